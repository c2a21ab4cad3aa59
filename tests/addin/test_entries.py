"""After installing the product is in the menu of programs; taking it away leaves nothing."""

import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from qcity_xl.addin.entries import NoEntries, links, place_entries, placed_entries, take_entries
from qcity_xl.addin.machine import Machine

PYTHON = Path(sys.executable)


@pytest.fixture
def linux(tmp_path: Path) -> Machine:
    return Machine("linux", tmp_path / "张 三")


def shell(path: Path, target: str, arguments: str, tip: str) -> None:
    """What the shell of Windows makes, as text."""
    path.write_text("\n".join((target, arguments, tip)), encoding="utf-8")


def test_the_menu_of_linux_starts_the_window(linux: Machine) -> None:
    entry, command = place_entries(linux, PYTHON)
    lines = entry.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert f'Exec="{PYTHON}" -I -m qcity_xl desk %F' in lines
    assert command == linux.home / ".local" / "bin" / "qcity"
    done = subprocess.run([command, "--version"], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("qcity_xl ")
    assert place_entries(linux, PYTHON) == [entry, command]  # again, as after an upgrade


def test_signs_in_the_path_of_the_interpreter_mean_nothing(linux: Machine) -> None:
    (entry,) = place_entries(linux, Path('/opt/一 "50%" $x\\y/python'))
    assert r'Exec="/opt/一 \\"50%%\\" \\$x\\\\y/python" -I' in entry.read_text(encoding="utf-8")


def test_taking_away_leaves_what_is_not_ours(linux: Machine) -> None:
    theirs = linux.home / ".local" / "bin" / "qcity"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"theirs")
    placed = place_entries(linux, PYTHON)
    assert theirs not in placed
    assert placed_entries(linux) == placed
    assert take_entries(linux) == placed
    assert theirs.read_bytes() == b"theirs"
    foreign = placed[0]
    foreign.write_text("[Desktop Entry]\nName=别的\n", encoding="utf-8")
    assert take_entries(linux) == []
    assert foreign.exists()


def test_the_start_menu_has_the_window_and_a_command_line(tmp_path: Path) -> None:
    machine = Machine("win32", tmp_path, {"APPDATA": str(tmp_path / "漫游")}, link=shell)
    menu = tmp_path / "漫游" / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "质量强市"
    placed = place_entries(machine, PYTHON)
    assert placed == [menu / "质量强市.lnk", menu / "质量强市命令行.lnk"]
    target, arguments, _ = placed[0].read_text(encoding="utf-8").splitlines()
    assert (target, arguments) == (str(PYTHON.with_name("pythonw.exe")), "-I -m qcity_xl desk")
    assert sorted(take_entries(machine)) == sorted(placed)
    assert not menu.exists()


def test_a_shell_that_refuses_is_told_with_the_way_out(tmp_path: Path) -> None:
    def refuses(*_: object) -> None:
        raise OSError("(-2147221005, '无效的类字符串')")

    with pytest.raises(NoEntries, match="窗口可以这样打开"):
        place_entries(Machine("win32", tmp_path, link=refuses), PYTHON)


def test_the_command_line_of_the_start_menu_knows_the_folder() -> None:
    arguments = links(Path("C:/程序 夹/Scripts"))["质量强市命令行"].arguments
    # cmd /k takes off the first and the last quote
    assert arguments.removeprefix('/k "').removesuffix('"') == (
        f'set "PATH={Path("C:/程序 夹/Scripts")};%PATH%" && qcity --help'
    )


def test_on_a_mac_a_program_starts_the_window(tmp_path: Path) -> None:
    machine = Machine("darwin", tmp_path / "张 三's")
    (app,) = place_entries(machine, PYTHON)
    assert app == machine.home / "Applications" / "质量强市.app"
    said = plistlib.loads((app / "Contents" / "Info.plist").read_bytes())
    script = app / "Contents" / "MacOS" / said["CFBundleExecutable"]
    around = {"PATH": "", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run([script], env=around, capture_output=True, encoding="utf-8", check=False)
    assert "开不了窗口" in done.stderr  # without a screen
    assert place_entries(machine, PYTHON) == placed_entries(machine) == [app]
    assert take_entries(machine) == [app]
    assert not app.exists()


def test_a_program_of_that_name_that_is_not_ours_stays(tmp_path: Path) -> None:
    machine = Machine("darwin", tmp_path)
    theirs = tmp_path / "Applications" / "质量强市.app" / "Contents" / "Info.plist"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(plistlib.dumps({"CFBundleIdentifier": "com.example"}))
    assert place_entries(machine, PYTHON) == take_entries(machine) == []
    assert theirs.exists()
