"""What evidence files hold, as SHA-256: each is read once, however often the steps run."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.errors import QcityError

_Known = dict[str, tuple[int, int, str]]  # path -> size in bytes, time in nanoseconds, SHA-256


class FileHashes:
    """The hashes of files beside a master, by path, size and time of change.

    What is kept in the side folder may be lost: the files are read again then.
    """

    def __init__(self, master: Path) -> None:
        """Those that an earlier step kept."""
        self._side = SideFolder(master)
        self._folder = master.parent.resolve()
        self._kept = _parse(self._side.hashes())
        self._used: _Known = {}

    def of(self, path: Path) -> str:
        """The SHA-256 of a file in the master's folder. Raises OSError."""
        stat, name = path.stat(), path.relative_to(self._folder).as_posix()
        size, time, digest = self._kept.get(name, (0, 0, ""))
        if (size, time) != (stat.st_size, stat.st_mtime_ns) or not digest:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        self._used[name] = self._kept[name] = (stat.st_size, stat.st_mtime_ns, digest)
        return digest

    def keep(self) -> None:
        """Keep those that were asked for; where that can't be written, they are read again."""
        data = json.dumps(self._used, ensure_ascii=False, sort_keys=True).encode()
        if self._used and data != self._side.hashes():
            with suppress(QcityError, OSError):
                self._side.keep_hashes(data)


def together(digests: Iterable[str]) -> str:
    """One SHA-256 for several files, in whatever order."""
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def _parse(data: bytes) -> _Known:
    """What was kept; nothing where somebody else wrote there."""
    try:
        return {
            str(name): (int(size), int(time), str(digest))
            for name, (size, time, digest) in json.loads(data or b"{}").items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
