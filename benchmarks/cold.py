"""What each command loads before it does anything, and what that costs."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from qcity_xl.adapters.resources import master_template

_OURS, _LIBRARIES = "qcity_xl", "site-packages"
_LIST = """
import sys
from qcity_xl.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
for name, module in list(sys.modules.items()):
    print(name, getattr(module, "__file__", None) or "", sep="\\t", file=sys.stderr)
"""


def cold_commands(folder: Path) -> dict[str, list[str]]:
    """Commands on a master as it ships, none of which writes, and what importing openpyxl costs."""
    master = str(shutil.copy(master_template(), folder / "总表.xlsx"))
    steps = {
        "check": ["check", master, "--dry-run"],
        "score": ["score", master, "--dry-run"],
        "evidence": ["evidence", master, "--dry-run"],
        "split": ["split", master, "--out", str(folder / "下发"), "--dry-run"],
        "why": ["why", master, "2"],
        "log": ["log", master],
    }
    return {
        "qcity --help": ["qcity_xl", "--help"],
        **{f"qcity {name}": ["qcity_xl", *argv] for name, argv in steps.items()},
        "import openpyxl": ["benchmarks.office_start"],
    }


def loaded(arguments: Sequence[str]) -> dict[str, Counter[str]]:
    """The modules that a command loaded: ours, of libraries, of Python, each by its package."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _LIST, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    found: dict[str, Counter[str]] = {kind: Counter() for kind in ("ours", "libraries", "python")}
    for line in done.stderr.splitlines():
        name, tab, file = line.partition("\t")
        if not tab:
            continue
        package = name.partition(".")[0]
        if package == _OURS:
            found["ours"][".".join(name.split(".")[1:3]) or name] += 1
        elif _LIBRARIES in Path(file).parts:
            found["libraries"][package] += 1
        else:
            found["python"][package] += 1
    return found
