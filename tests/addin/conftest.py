"""The real VBA of the add-in, run in LibreOffice up to where Windows would start a process."""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from qcity_xl.adapters.disk import only_one
from qcity_xl.addin.build import SHEET, modules, settings
from qcity_xl.addin.bundle import bundle
from qcity_xl.addin.launcher import WORKBOOK
from qcity_xl.addin.package import addin_bytes
from qcity_xl.core.errors import AnotherStep
from tests.libreoffice.client import find_programs

PROJECT = Path(__file__).parents[2]
PYTHON = "3.11"  # for which the offline folder is made
CELL = "E1"
WINDOWS_PYTHON = r"C:\质量 强市\env\Scripts\python.exe"


def as_on_windows(text: str) -> str:
    """A module as VBA on Windows compiles it: LibreOffice runs both sides of #If."""
    lines, holds = [], [True]
    for line in text.splitlines():
        word = line.strip().partition(" ")[0]
        if word == "#If":
            holds.append("Mac" not in line and "MAC" not in line)
        elif word == "#Else":
            holds[-1] = not holds[-1]
        elif word == "#End":
            holds.pop()
        elif word not in ("#Const", "#ElseIf") and all(holds):
            lines.append(line)
    return "\n".join(lines) + "\n"


def with_body(text: str, name: str, body: str) -> str:
    """A module with another body for a procedure."""
    pattern = rf"^((?:Public )?(Function|Sub) {name}\(.*)\n(?s:.*?)^End \2"
    changed, count = re.subn(pattern, rf"\1\n    {body}\nEnd \2", text, flags=re.MULTILINE)
    assert count == 1, name
    return changed


def caught_modules() -> dict[str, str]:
    """The real modules; what they would have Windows run or show is written into the cell instead.

    Of a command line also, on a second line, the workbook that the environment names.

    Cells say what Windows would answer: F1 is "gone" where there is no interpreter, F2 its exit.
    """
    found = {name: as_on_windows(text) for name, text in modules().items()}
    launcher = found["xlwings"]
    sheet = "ThisWorkbook.Worksheets(1)"
    for old, new in (
        ("ExitCode = WScript.Run(", "ExitCode = Caught("),
        (f'WScript.Environment("Process").Item("{WORKBOOK}")', f'{sheet}.Range("F3").Value'),
        ('Environ("SystemRoot")', '"C:\\Windows"'),
        ('Application.Path & "\\" & Application.Name', '"C:\\Excel"'),
        ("Application.Hwnd", "4711"),
    ):
        assert old in launcher
        launcher = launcher.replace(old, new)
    for name, body in {
        "ExpandEnvironmentStrings": "ExpandEnvironmentStrings = s",
        "FileExists": f'FileExists = ({sheet}.Range("F1").Value <> "gone")',
        "CreateGUID": 'CreateGUID = "guid"',
        "ShowError": f'{sheet}.Range("{CELL}").Value = Message',
    }.items():
        launcher = with_body(launcher, name, body)
    launcher += "\nFunction Caught(line, style, wait)\nEnd Function\n"
    run = (
        f'{sheet}.Range("F5").Value = {sheet}.Range("F4").Value\n'
        f'    If {sheet}.Range("F2").Value = "error" Then Error 5\n'
        f'    {sheet}.Range("{CELL}").Value = line & Chr(10) & {sheet}.Range("F3").Value\n'
        f'    Caught = Val({sheet}.Range("F2").Value)'
    )
    found["xlwings"] = with_body(launcher, "Caught", run)
    bar = f'{sheet}.Range("F4").Value'  # LibreOffice would not tell what the bar shows
    assert "Application.StatusBar" in found["QcityLauncher"]
    found["QcityLauncher"] = found["QcityLauncher"].replace("Application.StatusBar", bar)
    del found["ThisWorkbook"]
    return found


def drive(calls: Sequence[str]) -> str:
    """A module with a procedure for each line of VBA: Step0, Step1 …"""
    subs = [f"Sub Step{n}()\n    {call}\nEnd Sub\n" for n, call in enumerate(calls)]
    return 'Attribute VB_Name = "Drive"\n' + "\n".join(subs)


def run_calls(parts: Mapping[str, str], calls: Sequence[str], active: Path) -> list[str]:
    """What each line of VBA leaves in the cell, with `active` as the workbook in front."""
    programs = find_programs()
    with tempfile.TemporaryDirectory() as folder:
        addin = Path(folder, "qcity.xlam")
        addin.write_bytes(
            addin_bytes(SHEET, settings(WINDOWS_PYTHON), {**parts, "Drive": drive(calls)})
        )
        task = {
            "soffice": str(programs.soffice),
            "folder": folder,
            "addin": str(addin),
            "active": str(active),
            "macros": [f"Drive.Step{number}" for number in range(len(calls))],
            "cell": CELL,
        }
        script = Path(__file__).with_name("run_macros.py")
        done = subprocess.run(
            [str(programs.python), str(script), json.dumps(task)],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
    return [str(line) for line in json.loads(done.stdout)]


def replayed(line: str, interpreter: str = sys.executable) -> list[str]:
    """The arguments of a caught command line, for this system's Python.

    cmd.exe changes to the folder of the interpreter, then starts it; the rest is one program with
    arguments that the C library of Windows splits as a POSIX shell would.
    """
    line = line.partition("\n")[0]
    shell = r'"C:\\Windows\\System32\\cmd\.exe" /C C: & cd "[^"]*" & ("[^"]*" .*) 2> "[^"]*" '
    match = re.fullmatch(shell, line)
    assert match, line
    program, *arguments = shlex.split(match[1].replace(WINDOWS_PYTHON, "PYTHON"))
    assert program == "PYTHON"
    return [interpreter, *arguments]


def named_by(line: str) -> dict[str, str]:
    """What a caught click puts into the environment."""
    return {WORKBOOK: line.partition("\n")[2]}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder full of traps: importing any of its modules leaves the file `ran`."""
    folder = tmp_path / "总表;false;;;;;."
    folder.mkdir()
    for name in ("csv", "sitecustomize", "usercustomize", "xlwings", "qcity_xl", "json"):
        code = f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\n"
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, by the first of the workers that asks."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    made = shared / "安装" / "质量强市 离线安装"
    while not (made / "SHA256SUMS").exists():
        try:
            with only_one(shared / "bundle.lock", "bundle"):
                if not made.exists():
                    bundle(PROJECT, made, PYTHON)
        except AnotherStep:
            time.sleep(0.2)
    return made


def wheels_in(folder: Path) -> list[Path]:
    return sorted((folder / "wheels").glob("*.whl"))
