"""The folder beside the master: snapshots, sent packs, received files.

It can be lost without losing an answer that was merged; everything a step needs is in the master.
"""

import re
from pathlib import Path

from qcity_xl.adapters.ooxml import replace_file
from qcity_xl.adapters.workbook import load_bytes, sha256_of
from qcity_xl.core.errors import CannotWrite

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def safe_name(text: str) -> str:
    """A file name that Windows, Mac and Linux take, without folders in it."""
    name = _FORBIDDEN.sub("_", text).strip(" .") or "_"
    return f"_{name}" if _DEVICES.fullmatch(name) else name[:120]


def write_file(path: Path, data: bytes) -> None:
    """Write a file with its folders, all or nothing; CannotWrite in a Chinese sentence."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
    except OSError as error:
        raise CannotWrite(path.name, error.strerror or str(error)) from error


class SideFolder:
    """`<master name>.qcity` beside the master."""

    def __init__(self, master: Path) -> None:
        """The folder for this master; made when something is first put in."""
        self.path = master.with_name(f"{master.name}.qcity")

    def keep_snapshot(self, data: bytes, label: str, most: int) -> Path:
        """Keep the master as it was before a step; only the newest `most` stay (at least one).

        A content that is the newest already is not kept twice.
        """
        folder = self.path / "snapshots"
        kept = sorted(folder.glob("*.xls[xm]"))
        digest = sha256_of(data)[:12]
        if kept and digest in kept[-1].name:
            return kept[-1]
        number = int(kept[-1].name.split("-")[0]) + 1 if kept else 1
        path = folder / f"{number:05d}-{safe_name(label)}-{digest}.xlsx"
        write_file(path, data)
        for old in [*kept, path][: -max(most, 1)]:
            old.unlink(missing_ok=True)
        return path

    def keep_sent(self, round_name: str, unit: str, data: bytes) -> None:
        """Keep a pack as it was sent: it proves the base of a return whose own is damaged."""
        write_file(self._sent(round_name, unit), data)

    def sent(self, round_name: str, unit: str) -> bytes | None:
        """The pack as it was sent, None where it is not kept."""
        path = self._sent(round_name, unit)
        return load_bytes(path) if path.is_file() else None

    def keep_received(self, name: str, data: bytes) -> None:
        """Keep a returned file by its content, its name only for people."""
        path = self.path / "received" / f"{sha256_of(data)[:12]}-{safe_name(name)}"
        if not path.exists():
            write_file(path, data)

    def _sent(self, round_name: str, unit: str) -> Path:
        return self.path / "sent" / safe_name(round_name) / f"{safe_name(unit)}.xlsx"
