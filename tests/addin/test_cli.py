"""The commands of the add-in."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from qcity_xl.addin import machine as machines
from qcity_xl.addin.build import FILE_NAME, build
from qcity_xl.addin.cli import addin
from qcity_xl.addin.machine import Machine
from tests.addin.test_entries import shell


@pytest.fixture(params=["win32", "darwin"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """A home folder as Office leaves it, with files of others in it."""
    home = tmp_path / "张 三"
    roaming = home / "AppData" / "Roaming"
    made = Machine(request.param, home, {"APPDATA": str(roaming)}, root=tmp_path, link=shell)
    for folder in (made.startup, made.scripts):
        folder.mkdir(parents=True)
    (made.startup / "PERSONAL.XLSB").write_bytes(b"theirs")
    (made.scripts / "xlwings-0.37.8.applescript").write_bytes(b"theirs")
    return made


def test_the_commands(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "this_machine", lambda: machine)
    run = CliRunner()
    done = run.invoke(addin, ["install", "--json"])
    files = json.loads(done.output)["files"]
    assert files[0] == str(machine.startup / FILE_NAME)
    done = run.invoke(addin, ["uninstall"])
    assert done.output.startswith(f"已卸下{len(files)}个文件")


def test_building_by_command(tmp_path: Path) -> None:
    arguments = ["build", "--out", str(tmp_path / "新 文件夹"), "--interpreter", "/opt/python"]
    assert CliRunner().invoke(addin, arguments).exit_code == 0
    assert (tmp_path / "新 文件夹" / FILE_NAME).read_bytes() == build("/opt/python")


def test_on_linux_the_window_is_in_the_menu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines, "this_machine", lambda: Machine("linux", tmp_path))
    run = CliRunner()
    files = json.loads(run.invoke(addin, ["install", "--json"]).output)["files"]
    assert files[0].endswith("applications/qcity-desk.desktop")
    assert run.invoke(addin, ["uninstall"]).output.startswith(f"已卸下{len(files)}个文件")
