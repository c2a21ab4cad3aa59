"""Installing and taking away, in home folders laid out as on Windows and on a Mac."""

import subprocess
import sys
from pathlib import Path

import pytest

from qcity_xl.adapters.disk import sha256_of
from qcity_xl.addin.build import FILE_NAME, build, read_settings
from qcity_xl.addin.install import install, uninstall
from qcity_xl.addin.launcher import applescript, applescript_name
from qcity_xl.addin.machine import Machine
from qcity_xl.core.errors import AlreadyThere, CannotWrite, FileUnreadable
from tests.tools import held

MAC_STARTUP = (
    "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
)


@pytest.fixture(params=["win32", "darwin"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """A home folder as Office leaves it, with files of others in it."""
    home = tmp_path / "张 三"
    roaming = home / "AppData" / "Roaming"
    made = Machine(request.param, home, {"APPDATA": str(roaming)}, root=tmp_path)
    for folder in (made.startup, made.scripts):
        folder.mkdir(parents=True)
    (made.startup / "PERSONAL.XLSB").write_bytes(b"theirs")
    (made.scripts / "xlwings-0.37.8.applescript").write_bytes(b"theirs")
    return made


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256_of(path.read_bytes()) if path.is_file() else ""
        for path in folder.rglob("*")
    }


def test_the_add_in_stands_where_excel_loads_it(machine: Machine) -> None:
    placed = install(machine, sys.executable)
    windows = machine.home / "AppData/Roaming/Microsoft/Excel/XLSTART" / FILE_NAME
    mac = machine.home / MAC_STARTUP / FILE_NAME
    assert placed[0] == (windows if machine.platform == "win32" else mac)
    assert placed[0].read_bytes() == build(sys.executable)


def test_a_mac_gets_the_script_that_starts_python(machine: Machine) -> None:
    placed = install(machine, sys.executable)
    script = machine.scripts / applescript_name()
    assert (script in placed) == script.exists() == (machine.platform == "darwin")
    if script.exists():
        assert script.read_text(encoding="utf-8") == applescript()


def test_uninstalling_leaves_the_home_folder_as_it_was(machine: Machine) -> None:
    before = tree(machine.home)
    placed = install(machine, sys.executable)
    assert uninstall(machine) == placed
    assert tree(machine.home) == before
    assert uninstall(machine) == []


def test_installing_again_replaces_ours_and_an_older_script(machine: Machine) -> None:
    install(machine, "/somewhere/else/python")
    (machine.scripts / "qcity_xl-0.30.0.applescript").write_text("old", encoding="utf-8")
    placed = install(machine, sys.executable)
    assert read_settings(placed[0])["INTERPRETER_WIN"] == sys.executable
    kept = machine.scripts / "qcity_xl-0.30.0.applescript"
    assert kept.exists() == (machine.platform == "win32")


def test_a_file_of_another_of_that_name_stays(machine: Machine) -> None:
    foreign = machine.startup / FILE_NAME
    foreign.write_bytes(b"another add-in")
    with pytest.raises(AlreadyThere, match="没有覆盖"):
        install(machine, sys.executable)
    assert uninstall(machine) == []
    assert foreign.read_bytes() == b"another add-in"


def test_a_given_add_in_is_copied_as_it_is(machine: Machine, tmp_path: Path) -> None:
    given = tmp_path / "给大家的.xlam"
    given.write_bytes(build(r"%LOCALAPPDATA%\qcity_xl\env\Scripts\python.exe"))
    assert install(machine, sys.executable, given)[0].read_bytes() == given.read_bytes()
    given.write_bytes(b"no add-in")
    with pytest.raises(FileUnreadable, match="不是本工具的加载项"):
        install(machine, sys.executable, given)


def test_missing_folders_are_made(tmp_path: Path) -> None:
    fresh = Machine("win32", tmp_path / "home")
    assert install(fresh, sys.executable)[0].exists()


HELD = """
import sys
from pathlib import Path
from qcity_xl.addin.install import install, uninstall
from qcity_xl.addin.machine import Machine
from qcity_xl.core.errors import QcityError
for work in (lambda machine: install(machine, sys.executable), uninstall):
    try:
        work(Machine("win32", Path(sys.argv[1])))
    except QcityError as error:
        print(type(error).__name__, error)
"""


def test_an_add_in_that_excel_holds_open_stays_and_the_user_is_told(tmp_path: Path) -> None:
    placed = install(Machine("win32", tmp_path), "/an/older/python")[0]
    before = placed.read_bytes()
    done = subprocess.run(
        [*held(placed), sys.executable, "-c", HELD, str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    said = done.stdout.splitlines()
    assert len(said) == 2
    for line in said:
        assert line.startswith("ExcelHoldsIt “qcity.xlam”正被占用，没有改动")
        assert "关闭所有 Excel 窗口" in line
    assert {path: path.read_bytes() for path in placed.parent.iterdir()} == {placed: before}


def test_where_writing_fails_the_sentence_is_chinese(tmp_path: Path) -> None:
    (tmp_path / "AppData").write_text("no folder", encoding="utf-8")
    with pytest.raises(CannotWrite, match="写不了"):
        install(Machine("win32", tmp_path), sys.executable)
