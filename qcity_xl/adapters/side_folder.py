"""The folder beside the master: snapshots, sent packs, received files.

It can be lost without losing an answer that was merged; everything a step needs is in the master.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes, make_file, only_one, sha256_of, writing
from qcity_xl.core.file_names import own_name, safe_name
from qcity_xl.core.litter import is_litter

_SNAPSHOT = re.compile(r"(\d{5,})-.*-([0-9a-f]{12})\.xls[xm]")
_ENDING = ".qcity"
_HASHES = "hashes.json"  # of evidence files, so that each is read once
_FEWEST = 2  # snapshots that stay whatever the setting says: before the last step, and before that


def files_in(folder: Path) -> list[Path]:
    """What a folder and the folders in it hold, by path; litter and side folders left out."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if not path.is_dir() and not is_left_out(path.relative_to(folder).parts)
    ]


def is_left_out(parts: Sequence[str]) -> bool:
    """Whether a file in a folder, by its path there, is litter or lies in a side folder."""
    name = parts[-1]
    return name.startswith(".") or is_litter(name) or any(part.endswith(_ENDING) for part in parts)


class SideFolder:
    """`<master name>.qcity` beside the master."""

    def __init__(self, master: Path) -> None:
        """The folder for this master; made when something is first put in."""
        self.path = master.with_name(f"{master.name}{_ENDING}")
        self._master = master

    @contextmanager
    def locked(self) -> Iterator[None]:
        """While inside, nobody else writes this master. Raises AnotherStep, CannotWrite."""
        self.make()
        with only_one(self.path / "lock", self._master.name):
            self.guard(self.path / "lock")
            yield

    def keep_snapshot(self, data: bytes, label: str, most: int) -> Path:
        """Keep the master as it was before a step; only the newest `most` stay (at least two).

        A content that is kept already becomes the newest, under its new label, not a second file.
        """
        self.make()
        folder = self.path / "snapshots"
        kept = sorted(
            (int(match[1]), match[2], path)
            for path in folder.glob("*.xls[xm]")
            if (match := _SNAPSHOT.fullmatch(path.name))
        )
        digest = sha256_of(data)[:12]
        number = kept[-1][0] + 1 if kept else 1
        path = folder / f"{number:05d}-{safe_name(label)}-{digest}{self._master.suffix}"
        same = [old for _, known, old in kept if known == digest and load_bytes(old) == data]
        if same:
            with writing(path.name):
                same[-1].replace(path)
        else:
            self.put(path, data)
        rest = [old for _, _, old in kept if old not in same[-1:]]
        with writing(folder.name):
            for old in rest[: max(len(rest) + 1 - max(most, _FEWEST), 0)]:
                old.unlink(missing_ok=True)
        return path

    def snapshots(self) -> list[Path]:
        """What was kept before each step, the newest first."""
        kept = [
            (int(match[1]), path)
            for path in (self.path / "snapshots").glob("*.xls[xm]")
            if (match := _SNAPSHOT.fullmatch(path.name))
        ]
        return [path for _, path in sorted(kept, reverse=True)]

    def keep_sent(self, round_name: str, unit: str, data: bytes) -> None:
        """Keep a pack as it was sent: it proves the base of a return whose own is damaged."""
        self.put(self._sent(round_name, unit), data, lasting=False)

    def forget_sent(self, round_name: str, unit: str) -> None:
        """Keep it no longer: it was not sent."""
        self._sent(round_name, unit).unlink(missing_ok=True)

    def sent(self, round_name: str, unit: str) -> bytes | None:
        """The pack as it was sent, None where it is not kept."""
        before = self.path / "sent" / safe_name(round_name) / f"{safe_name(unit)}.xlsx"  # 0.1.0
        there = (path for path in (self._sent(round_name, unit), before) if path.is_file())
        return next(map(load_bytes, there), None)

    def keep_received(self, name: str, data: bytes) -> None:
        """Keep a returned file by its content, its name only for people."""
        path = self.path / "received" / f"{sha256_of(data)[:12]}-{safe_name(name)}"
        if not path.exists():
            self.put(path, data, lasting=False)

    def hashes(self) -> bytes:
        """What `keep_hashes` kept last, empty without it."""
        try:
            return (self.path / _HASHES).read_bytes()
        except OSError:
            return b""

    def keep_hashes(self, data: bytes) -> None:
        """Keep what is known of evidence files. Raises CannotWrite."""
        self.put(self.path / _HASHES, data, lasting=False)

    def make(self) -> None:
        """Make the folder, but not the one that the master should be in: if gone, it is gone."""
        with writing(self.path.name):
            self.path.mkdir(exist_ok=True)
        self.guard(self.path)

    def put(self, path: Path, data: bytes, *, lasting: bool = True) -> None:
        """Write a file in the folder, for those alone who may read the master.

        Copies of what is elsewhere, and what can be made again, need not be `lasting`.
        """
        self.make()
        make_file(path, data, lasting=lasting)
        for made in (path, *path.parents):
            if made == self.path:
                break
            self.guard(made)

    def guard(self, path: Path) -> None:
        """Give it the master's permissions: passwords stand in snapshots as in the master."""
        with suppress(OSError):  # there is no master yet, or the file belongs to somebody else
            mode = self._master.stat().st_mode & 0o777 | 0o600  # it may be write-protected
            wanted = mode | (mode & 0o444) >> 2 if path.is_dir() else mode
            if path.stat().st_mode & 0o777 != wanted:
                path.chmod(wanted)

    def _sent(self, round_name: str, unit: str) -> Path:
        return self.path / "sent" / own_name(round_name) / own_name(unit, ending=".xlsx")


__all__ = ["SideFolder", "files_in", "own_name", "safe_name"]
