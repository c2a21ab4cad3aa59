"""LibreOffice opens the add-in, and its buttons do what they say; a cell proves it."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl import __version__
from qcity_xl.addin.build import SHEET, modules, settings
from qcity_xl.addin.launcher import PROJECT_NAME, xlwings_version
from qcity_xl.core.catalogue import BUTTONS
from tests.addin.cmd import commands
from tests.addin.conftest import CELL, WINDOWS_PYTHON, caught_modules, replayed, run_calls

STUB = (
    'Attribute VB_Name = "QcityLauncher"\nPublic Function RunPython(PythonCommand As String)\n'
    f'    ThisWorkbook.Worksheets(1).Range("{CELL}").Value = PythonCommand\nEnd Function\n'
)
SHOW_PATH = "import csv, json, sys, qcity_xl; print(csv.__file__, qcity_xl.__file__, *sys.argv)"


def workbook(path: Path) -> Path:
    """A workbook that tries to be asked: settings of its own, code in a sheet."""
    book = openpyxl.Workbook()
    for title in (SHEET, "myaddin.conf", "xlwings.conf"):
        sheet = book.create_sheet(title)
        assert isinstance(sheet, Worksheet)
        sheet.append(["INTERPRETER_WIN", r"C:\evil\python.exe"])
        sheet.append(["ADD_WORKBOOK_TO_PYTHONPATH", "True"])
        sheet.append(["PYTHONPATH", r"C:\evil"])
        sheet.append(["CONDA PATH", r"C:\evil"])
        sheet.append(["CONDA ENV", "evil"])
    book.create_sheet("evil.py")
    book.save(path)
    return path


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workbook(tmp_path_factory.mktemp("总 表") / "总表 & (1)%25.xlsx")


def test_it_opens_with_all_its_modules(front: Path) -> None:
    show = f'ThisWorkbook.Worksheets(1).Range("{CELL}").Value = PROJECT_NAME & XLWINGS_VERSION'
    assert run_calls(modules(), [show], front) == [PROJECT_NAME + xlwings_version()]


def test_each_button_hands_its_own_command_to_the_launcher(front: Path) -> None:
    parts = {"QcityLauncher": STUB, "QcityRibbon": modules()["QcityRibbon"]}
    found = run_calls(parts, [f"{command.macro} Nothing" for command in BUTTONS], front)
    assert found == [f"import qcity_xl.ribbon as r; r.click('{c.id}')" for c in BUTTONS]


@pytest.fixture(scope="module")
def lines(front: Path) -> list[str]:
    """What the real launcher runs or shows: of a button, of our own code, and where it fails."""
    sheet = "ThisWorkbook.Worksheets(1)"
    calls = [
        "QcScore Nothing",
        f'RunPython "{SHOW_PATH}"',
        f'{sheet}.Range("F2").Value = 1: QcScore Nothing',
        f'{sheet}.Range("F1").Value = "gone": QcScore Nothing',
        f'{sheet}.Range("{CELL}").Value = XLPyCommand()',
    ]
    return run_calls(caught_modules(), calls, front)


def test_the_launcher_builds_this_command_line(lines: list[str]) -> None:
    folder = WINDOWS_PYTHON.rpartition("\\")[0]
    assert lines[0] == (
        r'"C:\Windows\System32\cmd.exe"'
        f' /C C: & cd "{folder}" & "{WINDOWS_PYTHON}" -I -c '
        f"\"import qcity_xl.addin.started as s; s.by('{__version__}'); "
        "import qcity_xl.ribbon as r; r.click('score')\" "
        ' --from_xl=1 --app="C:\\Excel" --hwnd="4711"'
        r' 2> "\xlwings-guid.log" '
        "\n总表 & (1)%25.xlsx"
    )


def test_the_status_bar_speaks_before_python_starts_and_is_left_however_it_ends(
    front: Path,
) -> None:
    sheet = "ThisWorkbook.Worksheets(1)"
    shown = f'{sheet}.Range("{CELL}").Value = {sheet}.Range("F5").Value & {sheet}.Range("F4").Value'
    endings = ("", f'{sheet}.Range("F2").Value = 1: ', f'{sheet}.Range("F2").Value = "error": ')
    calls = [f"{ending}QcScore Nothing: {shown}" for ending in endings]
    assert run_calls(caught_modules(), calls, front) == ["质量强市：正在处理……False"] * 3


def test_a_workbooks_name_runs_nothing(lines: list[str], tmp_path: Path) -> None:
    name = "总表%CMDCMDLINE%&calc&.xlsx"
    (caught,) = run_calls(caught_modules(), ["QcScore Nothing"], workbook(tmp_path / name))
    line, _, told = caught.partition("\n")
    assert told == name
    assert line == lines[0].partition("\n")[0]
    with_name = line.replace(" --from_xl", f' --wb="{name}" --from_xl')
    assert ["calc" in commands(each) for each in (line, with_name)] == [False, True]


def test_the_server_of_worksheet_functions_is_started_like_it(lines: list[str]) -> None:
    assert lines[4] == (
        f'cmd.exe  /K ""{WINDOWS_PYTHON}" -I -c "from qcity_xl.adapters.excel.session '
        "import load_xlwings; load_xlwings(); import xlwings; xlwings.serve('$(CLSID)')\"\""
    )


def test_what_the_server_runs_first_leaves_xlwings_without_pandas(lines: list[str]) -> None:
    code = lines[4].split(' -c "')[1].split("xlwings.serve")[0]
    code += "import sys; print('xlwings' in sys.modules, 'pandas' in sys.modules)"
    command = [sys.executable, "-I", "-B", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_settings_and_code_inside_the_workbook_in_front_count_for_nothing(
    lines: list[str],
) -> None:
    assert all("evil" not in line for line in lines)
    assert "conda" not in "".join(lines)


def test_where_python_fails_or_is_missing_one_chinese_sentence_says_what_to_do(
    lines: list[str],
) -> None:
    messages = {name: text for name, text, *_ in settings(WINDOWS_PYTHON)}
    assert lines[2:4] == [messages["MSG_FAILED"], messages["MSG_NO_PYTHON"]]
    assert all("qcity addin" in line for line in lines[2:4])


def test_modules_beside_the_workbook_are_not_run(lines: list[str], hostile: Path) -> None:
    done = subprocess.run(
        replayed(lines[1]),
        cwd=hostile,
        env={**os.environ, "PYTHONPATH": str(hostile)},
        capture_output=True,
        text=True,
        check=True,
    )
    csv, package, *arguments = done.stdout.strip().split(" ", 3)
    assert not (hostile.parent / "ran").exists()
    assert str(hostile) not in (Path(csv).parent.name, Path(package).parent.name)
    assert arguments[-1].endswith("--from_xl=1 --app=C:\\Excel --hwnd=4711")


def test_the_traps_work_on_a_launcher_that_is_not_cut_down(hostile: Path) -> None:
    code = f"import xlwings.utils;xlwings.utils.prepare_sys_path('true;{hostile / 'a.xlsx'};')"
    subprocess.run([sys.executable, "-B", "-c", f"{code}; import csv"], cwd=hostile, check=False)
    assert (hostile.parent / "ran").exists()
