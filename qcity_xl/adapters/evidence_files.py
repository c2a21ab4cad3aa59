"""Facts about evidence files: there or not, how large, and what they hold."""

import hashlib
from pathlib import Path

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.scoring.evidence import FileFact


def file_facts(master: Master, folder: Path, *, read: bool) -> dict[str, FileFact]:
    """存放位置 -> facts of files on this computer; relative ones start at `folder`.

    Web addresses and other computers are never asked: a unit wrote them, and asking alone would
    tell a stranger's server who we are. With `read` each file's SHA-256 is computed, else the one
    on 佐证 stands.
    """
    facts: dict[str, FileFact] = {}
    for row in master.rows(EVIDENCE).values():
        location = text(row, "location")
        path = location.replace("\\", "/")
        if location and "://" not in path and not path.startswith("//") and location not in facts:
            facts[location] = _fact(folder / path, text(row, "sha256"), read)
    return facts


def _fact(path: Path, known: str, read: bool) -> FileFact:
    try:
        size = path.stat().st_size
        if path.is_dir():
            size = sum(1 for _ in path.iterdir())
        elif read and size:
            with path.open("rb") as file:
                known = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # gone, locked, or no path that this system knows
        return FileFact(exists=False)
    return FileFact(exists=True, size=size, sha256=known)
