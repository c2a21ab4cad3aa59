"""What is put into the add-in: settings, modules, the interpreter in full."""

import re
from pathlib import Path

import pytest

from qcity_xl.addin.build import (
    SHEET,
    NotAbsolute,
    build,
    modules,
    read_settings,
    settings,
    write_addin,
)
from qcity_xl.addin.launcher import PROJECT_NAME, xlwings_version

PYTHON = r"C:\质量 强市 & 100%\env\Scripts\python.exe"


@pytest.fixture(scope="module")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_addin(tmp_path_factory.mktemp("加载项"), PYTHON)


def test_the_settings_say_which_python_and_nothing_of_the_workbook(addin: Path) -> None:
    found = read_settings(addin)
    assert found["INTERPRETER_WIN"] == found["INTERPRETER_MAC"] == PYTHON
    assert found["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert found["XLWINGS_VERSION"] == xlwings_version()
    assert len(found) == len(settings(PYTHON)) < 60  # as many rows as the VBA looks at


def test_the_constants_of_the_launcher_match() -> None:
    text = modules()["xlwings"]
    assert f'PROJECT_NAME As String = "{PROJECT_NAME}"' in text
    assert f'XLWINGS_VERSION As String = "{xlwings_version()}"' in text
    assert f"{PROJECT_NAME}.conf" == SHEET


def test_every_setting_that_the_vba_asks_for_by_message_is_there() -> None:
    text = "\n".join(modules().values())
    asked = set(re.findall(r'"((?:MSG_|INTERPRETER_(?:WIN|MAC)|TITLE)\w*)"', text))
    assert asked == {name for name, *_ in settings(PYTHON)} & asked
    assert {"MSG_NO_PYTHON", "MSG_FAILED", "MSG_NO_SCRIPT", "MSG_WINDOWS_ONLY"} <= asked


@pytest.mark.parametrize(
    "path", ["python", "Scripts/python.exe", r"env\python.exe", 'C:\\a"b\\python.exe', ""]
)
def test_an_interpreter_must_be_named_in_full(path: str) -> None:
    with pytest.raises(NotAbsolute, match="不是 Python 的完整路径"):
        build(path)


def test_a_file_of_another_kind_has_no_settings(tmp_path: Path) -> None:
    other = tmp_path / "qcity.xlam"
    assert read_settings(other) == {}
    other.write_bytes(b"PK\x03\x04 not a package")
    assert read_settings(other) == {}
