"""Facts about evidence files: there or not, how large, what they hold, and whether they open."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from qcity_xl.adapters.file_hashes import FileHashes, together
from qcity_xl.adapters.portions import Portions, ShowProgress
from qcity_xl.adapters.readable import Inspector
from qcity_xl.adapters.side_folder import files_in
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.scoring.evidence import (
    ELSEWHERE,
    ITSELF,
    NO_FILE,
    NO_PLACE,
    OUTSIDE,
    UNCHECKED,
    FileFact,
)

_WEB = re.compile(r"https?://\S", re.IGNORECASE)
_QUOTES = "\"'“”‘’「」"
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_DIVIDERS = re.compile(r"[；;\n]")
ONLINE = "是网址，请自行下载后放入"
_MOST_FILES = 5000  # of a folder that is looked through
_MOST_OPENED = 200  # files of one folder


class OutsideFolder(QcityError):
    """A folder to look through that is not beside the master."""

    def __init__(self, folder: str, home: str) -> None:
        """Say where it has to be."""
        super().__init__(
            f"“{folder}”不在总表所在的文件夹“{home}”里，没有查看：佐证文件要和总表放在一起，"
            "检查时才找得到。请把它移进去（或复制进去）再选。"
        )


def _silent(
    items: Sequence[str],
    title: str,  # noqa: ARG001 - the form of ShowProgress
    sizes: Sequence[int] = (),  # noqa: ARG001 - as above
) -> Iterator[str]:
    return iter(items)


def file_facts(
    master: Master, book: Path, *, remember: bool = False, progress: ShowProgress = _silent
) -> dict[str, FileFact]:
    """存放位置 -> facts of files beside the master; relative ones start at its folder.

    Nothing outside that folder is touched: a unit wrote these places, and asking alone would tell
    a stranger's server who we are. Web addresses are left out: nobody looks there. A file is read
    for its SHA-256, and opened, once; with `remember` what was found is kept for the next step.
    """
    hashes = FileHashes(book)
    locations = list(dict.fromkeys(text(row, "location") for row in master.rows(EVIDENCE).values()))
    facts: dict[str, FileFact] = {}
    with Inspector() as inspector:
        named = {
            location: [p for p in _places(location, book.parent) if not _WEB.match(p)]
            for location in locations
        }
        sizes = {
            location: sum(_unread(place, book, hashes) for place in places)
            for location, places in named.items()
        }
        files = Portions(sizes, "核对佐证文件", progress)
        for location in files:
            if named[location]:
                found = [_fact(p, book, hashes, inspector, files.passed) for p in named[location]]
                facts[location] = _together(found)
    if remember:
        hashes.keep()
    return facts


def evidence_paths(location: str, book: Path) -> tuple[list[Path], str]:
    """The files that a 存放位置 names beside the master, and why some are left out, "" if none is.

    Of a folder those in it, with those in its folders.
    """
    home, found, why = book.parent.resolve(), list[Path](), "" if location.strip() else NO_PLACE
    for place in _places(location, book.parent):
        try:
            path, fault = (None, ONLINE) if _WEB.match(place) else _found(place, book)
            if path is None:
                why = fault
            elif path.is_dir():
                found += _inside(path, book, home)
            elif path.is_file():
                found.append(path)
            else:
                why = NO_FILE
        except (OSError, ValueError):
            why = NO_FILE
    return found, why


def folder_facts(
    folder: Path, book: Path, *, remember: bool = False, progress: ShowProgress = _silent
) -> dict[str, FileFact]:
    """Path below the master's folder, with /, -> facts of each file that a folder in it holds.

    Of more than 5,000 files the first are looked at. Raises OutsideFolder.
    """
    home = book.parent.resolve()
    if home not in (folder.resolve(), *folder.resolve().parents):
        raise OutsideFolder(str(folder), str(home))
    hashes = FileHashes(book)
    names = [path.resolve().relative_to(home).as_posix() for path in _inside(folder, book, home)]
    sizes = {name: _unread(name, book, hashes) for name in names}
    files = Portions(sizes, "查看文件", progress)
    with Inspector() as inspector:
        facts = {name: _fact(name, book, hashes, inspector, files.passed) for name in files}
    if remember:
        hashes.keep()
    return facts


def _inside(folder: Path, book: Path, home: Path) -> list[Path]:
    """Files that are really there, not the master itself, nor links that lead out."""
    found = [
        path
        for path in files_in(folder)
        if path.is_file() and home in path.resolve().parents and path.resolve() != book.resolve()
    ]
    return found[:_MOST_FILES]


def _places(location: str, folder: Path) -> list[str]:
    """The files that a cell names: in quotes as Windows copies them, several with ；between."""
    quoted = _QUOTED.findall(location)
    if quoted and not _QUOTED.sub("", location).strip("；;，,、 \n"):
        return [place.strip() for place in quoted]
    parts = [part.strip().strip(_QUOTES).strip() for part in _DIVIDERS.split(location)]
    named = [part for part in parts if part]
    whole = location.strip().strip(_QUOTES)
    return [whole] if len(named) > 1 and _is_there(whole, folder) else named


def _is_there(place: str, folder: Path) -> bool:
    return not _forbidden(place) and _exists(folder / place.replace("\\", "/"))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _forbidden(place: str) -> str:
    """Why nobody looks at a place, by its words alone."""
    path = place.replace("\\", "/")
    if "://" in path or path.startswith("//") or path.lower().startswith(("file:", "mailto:")):
        return ELSEWHERE
    return OUTSIDE if ".." in path.split("/") else ""


def _found(place: str, book: Path) -> tuple[Path | None, str]:
    """Where a place is in the master's folder, or why nobody looks. Raises OSError, ValueError."""
    if fault := _forbidden(place):
        return None, fault
    home, path = book.parent.resolve(), (book.parent / place.replace("\\", "/")).resolve()
    if path == book.resolve():
        return None, ITSELF
    return (path, "") if home in path.parents else (None, OUTSIDE)


def _unread(place: str, book: Path, hashes: FileHashes) -> int:
    """Bytes of a file whose SHA-256 nobody knows yet."""
    try:
        path, _ = _found(place, book)
        return hashes.unread(path) if path is not None and path.is_file() else 0
    except (OSError, ValueError):
        return 0


def _fact(
    place: str,
    book: Path,
    hashes: FileHashes,
    inspector: Inspector,
    passed: Callable[[int], None],
) -> FileFact:
    try:
        path, fault = _found(place, book)
        if path is None:
            return FileFact(exists=fault == ITSELF, fault=fault)
        size, digest, files = path.stat().st_size, "", [path]
        if path.is_dir():
            inside = sorted(path.iterdir())
            size = len(inside)
            files = [file for file in inside if file.is_file()][:_MOST_OPENED]
        elif size:
            digest = hashes.of(path, passed)
        faults = [hashes.fault(file, inspector.fault) for file in files if file.stat().st_size]
    except (OSError, ValueError):  # gone, locked, or no path that this system knows
        return FileFact(exists=False)
    fault = next((fault for fault in faults if fault not in ("", UNCHECKED)), "")
    return FileFact(True, size, digest, fault, unchecked=UNCHECKED in faults)


def _together(facts: list[FileFact]) -> FileFact:
    """Several files as one piece of evidence: it is as good as the worst of them."""
    if len(facts) == 1:
        return facts[0]
    for fact in facts:
        if fact.fault or not fact.exists:
            return fact
    known = {fact.sha256 for fact in facts}
    joined = known.pop() if len(known) == 1 else together(fact.sha256 for fact in facts)
    unchecked = any(fact.unchecked for fact in facts)
    return FileFact(True, min(fact.size for fact in facts), joined, unchecked=unchecked)
