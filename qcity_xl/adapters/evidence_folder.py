"""Files that units sent, each in a folder of its unit and under its own name."""

import re
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes, make_file, sha256_of, writing
from qcity_xl.adapters.side_folder import files_in, own_name, safe_name

EVIDENCE_FOLDER = "佐证"
NO_UNIT = "未定单位"
_SIDES = re.compile(r"[/\\]")
_MOST_FOLDERS = 2  # of those that a zip names: Windows takes paths of 260 characters


class EvidenceFolder:
    """`root`/unit/name: no file is written over, and each content stands once.

    Places are told from the folder that `root` lies in, with / between. On a `dry_run` they are
    those that would be taken.
    """

    def __init__(self, root: Path, *, dry_run: bool = False) -> None:
        """Made with its first file."""
        self._root, self._dry_run = root, dry_run
        self._kept: dict[Path, str] = {}  # what a dry run would have written: SHA-256
        self._listed: dict[int, list[Path]] | None = None  # by size in bytes

    def keep(self, unit: str, name: str, data: bytes) -> tuple[str, bool]:
        """Where the file is, and whether it is new there. "" for a unit that is not known.

        What is known under any unit is not filed again for nobody.
        """
        folder = self._folder(unit)
        within = folder if unit else self._root
        for path in self._sizes().get(len(data), ()):
            if within in path.parents and self._holds(path, data):
                return self._told(path), False
        *folders, last = [part for part in _SIDES.split(name) if part.strip(". ")] or ["附件"]
        path = folder.joinpath(*map(safe_name, folders[-_MOST_FOLDERS:]), safe_name(last))
        path = self._free(path)
        if self._dry_run:
            self._kept[path] = sha256_of(data)
        else:
            make_file(path, data)
        self._sizes().setdefault(len(data), []).append(path)
        return self._told(path), True

    def move(self, place: str, unit: str) -> str:
        """Where a file that was kept for nobody is now, with its unit known."""
        old = self._root.parent / place
        if self._dry_run:
            inside = old.relative_to(self._folder(""))
            return self._told(self._free(self._folder(unit) / inside))
        new, _ = self.keep(unit, str(old.relative_to(self._folder(""))), load_bytes(old))
        with writing(old.name):
            old.unlink()
        self._listed = None
        return new

    def places(self, unit: str) -> list[str]:
        """The files of a unit, by path."""
        folder = self._folder(unit)
        return [self._told(path) for path in files_in(folder)] if folder.is_dir() else []

    def _folder(self, unit: str) -> Path:
        return self._root / (own_name(unit) if unit else NO_UNIT)

    def _told(self, path: Path) -> str:
        return path.relative_to(self._root.parent).as_posix()

    def _sizes(self) -> dict[int, list[Path]]:
        if self._listed is None:
            self._listed = {}
            for path in files_in(self._root) if self._root.is_dir() else ():
                self._listed.setdefault(path.stat().st_size, []).append(path)
        return self._listed

    def _holds(self, path: Path, data: bytes) -> bool:
        if path in self._kept:
            return self._kept[path] == sha256_of(data)
        return path.is_file() and load_bytes(path) == data

    def _free(self, path: Path) -> Path:
        """The path, or the next one with a number that nothing has, whatever its capitals."""
        taken = {str(known).casefold() for known in self._kept}
        taken |= (
            {str(p).casefold() for p in path.parent.glob("*")} if path.parent.is_dir() else set()
        )
        free, number = path, 1
        while str(free).casefold() in taken:
            number += 1
            free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        return free
