"""Facts about evidence files: there or not, how large, and what they hold."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from qcity_xl.adapters.file_hashes import FileHashes, together
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.scoring.evidence import ELSEWHERE, ITSELF, OUTSIDE, FileFact

_WEB = re.compile(r"https?://\S", re.IGNORECASE)
_QUOTES = "\"'“”‘’「」"
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_DIVIDERS = re.compile(r"[；;\n]")


Progress = Callable[[Sequence[str], str], Iterator[str]]


def _silent(locations: Sequence[str], title: str) -> Iterator[str]:  # noqa: ARG001 - the form of Progress
    return iter(locations)


def file_facts(
    master: Master, book: Path, *, remember: bool = False, progress: Progress = _silent
) -> dict[str, FileFact]:
    """存放位置 -> facts of files beside the master; relative ones start at its folder.

    Nothing outside that folder is touched: a unit wrote these places, and asking alone would tell
    a stranger's server who we are. Web addresses are left out: nobody looks there. A file is read
    for its SHA-256 once; with `remember` what was read is kept for the next step.
    """
    hashes = FileHashes(book)
    locations = list(dict.fromkeys(text(row, "location") for row in master.rows(EVIDENCE).values()))
    facts: dict[str, FileFact] = {}
    for location in progress(locations, "核对佐证文件"):
        places = [place for place in _places(location, book.parent) if not _WEB.match(place)]
        if places:
            facts[location] = _together([_fact(place, book, hashes) for place in places])
    if remember:
        hashes.keep()
    return facts


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


def _fact(place: str, book: Path, hashes: FileHashes) -> FileFact:
    if fault := _forbidden(place):
        return FileFact(exists=False, fault=fault)
    try:
        folder = book.parent.resolve()
        path = (folder / place.replace("\\", "/")).resolve()
        if path == book.resolve():
            return FileFact(exists=True, fault=ITSELF)
        if folder not in path.parents:
            return FileFact(exists=False, fault=OUTSIDE)
        size, digest = path.stat().st_size, ""
        if path.is_dir():
            size = sum(1 for _ in path.iterdir())
        elif size:
            digest = hashes.of(path)
    except (OSError, ValueError):  # gone, locked, or no path that this system knows
        return FileFact(exists=False)
    return FileFact(exists=True, size=size, sha256=digest)


def _together(facts: list[FileFact]) -> FileFact:
    """Several files as one piece of evidence: it is as good as the worst of them."""
    if len(facts) == 1:
        return facts[0]
    for fact in facts:
        if fact.fault or not fact.exists:
            return fact
    known = {fact.sha256 for fact in facts}
    joined = known.pop() if len(known) == 1 else together(fact.sha256 for fact in facts)
    return FileFact(exists=True, size=min(fact.size for fact in facts), sha256=joined)
