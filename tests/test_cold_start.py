"""What each command loads: libraries take longer to load than most steps take to run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qcity_xl.adapters.resources import master_template

MASTER = "总表"
# Beside the package itself and Python's own modules; python_calamine reads the master.
READS = {"click", "python_calamine"}
DATES = {*READS, "chinese_calendar"}  # a deadline ends on a working day
LOADED: dict[str, tuple[list[str], set[str]]] = {
    "--help": (["--help"], {"click"}),
    "check": (["check", MASTER, "--dry-run"], READS),
    "score": (["score", MASTER, "--dry-run"], DATES),
    "evidence": (["evidence", MASTER, "--dry-run"], DATES),
    "split": (["split", MASTER, "--out", "下发"], DATES),
    "merge": (["merge", MASTER, "下发"], READS),
    "why": (["why", MASTER, "2"], READS),
    "log": (["log", MASTER], READS),
}
# Modules that are not needed by a step that goes well, or that this one never needs.
SPARED = {"logging", "socket", "email", "asyncio", "qcity_xl.adapters.failure_log"}
RESTRUCTURES = "qcity_xl.adapters.master_file.restructure"
ALSO_SPARED: dict[str, set[str]] = {
    "--help": {"qcity_xl.steps", "qcity_xl.core.schema", "qcity_xl.adapters.ooxml", "zipfile"},
    "check": {RESTRUCTURES},
    "score": {RESTRUCTURES, "qcity_xl.core.mail.chasing", "qcity_xl.adapters.packs"},
    "evidence": {RESTRUCTURES, "qcity_xl.core.mail.chasing", "qcity_xl.adapters.packs"},
    "split": {RESTRUCTURES, "qcity_xl.core.mail.chasing", "qcity_xl.core.adopting"},
    "why": {RESTRUCTURES},
    "log": {RESTRUCTURES, "qcity_xl.core.scoring"},
}
_RUN = """
import json, sys
from qcity_xl.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
names = {name.partition(".")[0] for name, module in list(sys.modules.items())
         if "site-packages" in (getattr(module, "__file__", None) or "")}
sys.stderr.write(json.dumps([sorted(names), sorted(sys.modules)]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master as it ships; the commands come one after the other."""
    made = tmp_path_factory.mktemp("总表")
    (made / f"{MASTER}.xlsx").write_bytes(master_template().read_bytes())
    return made


@pytest.mark.parametrize("command", LOADED)
def test_a_command_loads_what_it_uses(folder: Path, command: str) -> None:
    words, wanted = LOADED[command]
    arguments = [
        str(folder / (f"{word}.xlsx" if word == MASTER else word))
        if word in (MASTER, "下发")
        else word
        for word in words
    ]
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    libraries, modules = json.loads(done.stderr.rpartition("\n")[2])
    assert {name for name in libraries if not name.startswith("_")} == wanted
    assert not {*SPARED, *ALSO_SPARED.get(command, ())}.intersection(modules)
