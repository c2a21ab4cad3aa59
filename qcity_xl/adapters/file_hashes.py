"""What evidence files hold: each is read once, however often the steps run."""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from qcity_xl.adapters.portions import hash_of
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.errors import QcityError


@dataclass(slots=True)
class _Known:
    """Size in bytes and time in nanoseconds of a file, and what was found then."""

    size: int
    time: int
    sha256: str = ""
    fault: str | None = None  # None: nobody looked yet


class FileHashes:
    """The hashes of files beside a master, and what is wrong with them, by path, size and time.

    What is kept in the side folder may be lost: the files are read again then.
    """

    def __init__(self, master: Path) -> None:
        """Those that an earlier step kept."""
        self._side = SideFolder(master)
        self._folder = master.parent.resolve()
        self._kept = _parse(self._side.hashes())
        self._used: dict[str, _Known] = {}

    def of(self, path: Path, passed: Callable[[int], None] = lambda _: None) -> str:
        """The SHA-256 of a file in the master's folder; `passed` is told bytes. Raises OSError."""
        known = self._known(path)
        if not known.sha256:
            known.sha256 = hash_of(path, passed)
        return known.sha256

    def unread(self, path: Path) -> int:
        """Bytes that `of` would read of a file in the master's folder. Raises OSError."""
        known = self._known(path)
        return 0 if known.sha256 else known.size

    def fault(self, path: Path, look: Callable[[Path], str]) -> str:
        """What a `look` into a file in the master's folder found. Raises OSError."""
        known = self._known(path)
        if known.fault is None:
            known.fault = look(path)
        return known.fault

    def _known(self, path: Path) -> _Known:
        stat, name = path.stat(), path.relative_to(self._folder).as_posix()
        known = self._kept.get(name)
        if known is None or (known.size, known.time) != (stat.st_size, stat.st_mtime_ns):
            known = _Known(stat.st_size, stat.st_mtime_ns)
        self._used[name] = self._kept[name] = known
        return known

    def keep(self) -> None:
        """Keep those that were asked for; where that can't be written, they are read again."""
        used = {name: astuple(known) for name, known in self._used.items()}
        data = json.dumps(used, ensure_ascii=False, sort_keys=True).encode()
        if used and data != self._side.hashes():
            with suppress(QcityError, OSError):
                self._side.keep_hashes(data)


def together(digests: Iterable[str]) -> str:
    """One SHA-256 for several files, in whatever order."""
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def _parse(data: bytes) -> dict[str, _Known]:
    """What was kept; nothing where somebody else wrote there."""
    try:
        return {
            str(name): _Known(
                int(size), int(time), str(digest), None if fault is None else str(fault)
            )
            for name, (size, time, digest, fault) in json.loads(data or b"{}").items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
