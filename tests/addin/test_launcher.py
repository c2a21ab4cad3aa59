"""The launcher is xlwings' own, cut down; another xlwings stops the build."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from qcity_xl.addin import launcher
from qcity_xl.addin.launcher import OtherXlwings, applescript, applescript_name, xlwings_module

MAC_PYTHON = "/Users/质量 强市/环境/bin/python"


def test_nothing_reads_settings_from_a_workbook_a_folder_or_the_home_folder() -> None:
    text = xlwings_module()
    for word in (
        "GetConfigFrom",
        "Dictionary",
        ".FullName",
        "USERPROFILE",
        "LICENSE_KEY",
        "VBProject",
    ):
        assert word not in text, word


def test_of_the_workbook_only_its_name_reaches_a_command_line() -> None:
    used = re.findall(r".*ActiveWorkbook.*", xlwings_module())
    running = [line for line in used if "ActiveWorkbook.Name" in line]
    assert len(running) == 2  # one for Windows, one for the Mac
    # The rest makes a sheet for errors, which no setting of ours asks for.
    rest = [line for line in used if line not in running and not line.lstrip().startswith("'")]
    assert all("Error" in line for line in rest)


def test_python_is_isolated_wherever_it_is_started() -> None:
    text = xlwings_module()
    assert len(re.findall(r" -c \"\"", text)) == len(re.findall(r'" -I -c ""', text)) == 2
    assert applescript().count(" -I -u ") == 1


def test_no_english_message_is_left_to_show() -> None:
    shown = re.findall(r'^ +(MsgBox (?:"[^"]*"|\w+))', xlwings_module(), re.MULTILINE)
    conda = "Your Conda version seems to be too old"  # no setting of ours asks for Conda
    assert [line for line in shown if conda not in line] == ["MsgBox Content"]


def test_another_xlwings_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    text = launcher._installed("xlwings_custom_addin.bas")
    for old, new in (
        ("Function GetConfig(", "Function GetSetting("),
        (" -B -c ", " -c "),
        ("XLWINGS_VERSION As String", "VERSION As String"),
        ("' TODO: Doesn't automatically check", "'"),
    ):
        changed = text.replace(old, new)
        assert changed != text
        monkeypatch.setattr(launcher, "_installed", lambda _name, changed=changed: changed)
        with pytest.raises(OtherXlwings, match="没有生成加载项"):
            xlwings_module()


# On a Mac, AppleScript puts the command line together for the shell


def evaluated(expression: str, values: dict[str, str]) -> str:
    """An AppleScript expression of strings, names, & and `quoted form of`."""
    pieces = r'"((?:\\.|[^"\\])*)"|quoted form of \(([^()]*)\)|(quoted form of )?(\w+)'
    made = ""
    for text, inner, quoted, name in re.findall(pieces, expression):
        if inner:
            made += shlex.quote(evaluated(inner, values))
        elif name:
            made += shlex.quote(values[name]) if quoted else values[name]
        else:
            made += text.replace('\\"', '"')
    return made


def shell_command(workbook: str, folder: Path, code: str, python: str = MAC_PYTHON) -> str:
    """What the script hands to the shell for a workbook's name; without going to the background."""
    parameter = "|".join([";", python, code, workbook, "/Excel.app", f"{folder}/log"])
    names = re.search(r"set \{(.*)\} to SplitString", applescript())
    command = re.search(r"set ShellCommand to (.*?)\n\ttry", applescript(), re.DOTALL)
    assert names and command
    values = dict(zip(names[1].split(", "), parameter.split("|"), strict=False))
    return evaluated(command[1].replace("¬\n", ""), values).rstrip("& ")


def test_the_shell_command_of_a_mac(tmp_path: Path) -> None:
    command = shell_command("总 表.xlsx", tmp_path, "import qcity_xl.ribbon as r; r.score()")
    assert command == (
        f"{shlex.quote(MAC_PYTHON)} -I -u -W ignore -c "
        '"import qcity_xl.ribbon as r; r.score() " '
        f"{shlex.quote('--wb=总 表.xlsx')} --from_xl=1 --app=/Excel.app"
        f" > /dev/null 2>{tmp_path}/log"
    )


@pytest.mark.parametrize(
    "name",
    [
        *(
            'a"; touch ran; ".xlsx',
            "$(touch ran).xlsx",
            "`touch ran`.xlsx",
            "a'; touch ran; '.xlsx",
        ),
        *("a|$(touch ran).xlsx", "a|b|`touch ran`.xlsx", "-c import os.xlsx"),
    ],
)
def test_a_workbooks_name_runs_nothing_on_a_mac(name: str, tmp_path: Path) -> None:
    code = f"import sys, pathlib; pathlib.Path('{tmp_path}/said').write_text(sys.argv[1])"
    command = shell_command(name, tmp_path, code, sys.executable)
    subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, check=False)
    assert not (tmp_path / "ran").exists()
    if "|" not in name:
        assert (tmp_path / "said").read_text(encoding="utf-8") == f"--wb={name}"


def test_modules_beside_the_workbook_are_not_run_on_a_mac(hostile: Path) -> None:
    code = "import csv, json, qcity_xl"
    command = shell_command("总表.xlsx", hostile.parent, code, sys.executable)
    done = subprocess.run(["/bin/sh", "-c", command], cwd=hostile, check=False)
    assert done.returncode == 0
    assert not (hostile.parent / "ran").exists()


def test_the_vba_asks_for_the_script_by_its_own_name() -> None:
    assert 'AppleScriptTask("qcity_xl-" & XLWINGS_VERSION & ".applescript"' in xlwings_module()
    assert applescript_name().startswith("qcity_xl-")
