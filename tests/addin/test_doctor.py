"""自检 finds each fault that we can make, and says how to mend it."""

import json
import shutil
import sys
import venv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlwings
from click.testing import CliRunner

import qcity_xl
from qcity_xl.addin import doctor
from qcity_xl.addin import machine as machines
from qcity_xl.addin.build import SHEET, build, read_settings, settings
from qcity_xl.addin.cli import addin
from qcity_xl.addin.doctor import Diagnosis, examine
from qcity_xl.addin.install import install
from qcity_xl.addin.machine import Machine
from qcity_xl.addin.package import addin_bytes
from tests.addin.test_machine import registered


@pytest.fixture(params=["win32", "darwin"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """A computer with Excel and our add-in, all well."""
    programs = tmp_path / "Program Files"
    (tmp_path / "Applications" / "Microsoft Excel.app").mkdir(parents=True)
    excel = programs / "Microsoft Office" / "root" / "Office16" / "EXCEL.EXE"
    excel.parent.mkdir(parents=True)
    excel.touch()
    made = Machine(
        request.param, tmp_path / "张 三", {"PROGRAMFILES": str(programs)}, root=tmp_path
    )
    install(made, sys.executable)
    return made


def faults(checks: tuple[Diagnosis, ...]) -> dict[str, str]:
    return {check.name: check.fix for check in checks if not check.ok}


def test_all_is_well_after_installing(machine: Machine) -> None:
    checks = examine(machine)
    assert faults(checks) == {}
    assert not any(check.fix for check in checks)
    names = {check.name for check in checks}
    assert {"Python", "程序包", "加载项文件", "版本一致", "Excel 或 LibreOffice"} <= names
    assert ("Excel 信任加载项" in names) == (machine.platform == "win32")
    assert ("启动脚本" in names) == (machine.platform == "darwin")


def remove_addin(machine: Machine) -> None:
    (machine.startup / "qcity.xlam").unlink()


def other_version(machine: Machine) -> None:
    rows = [
        (name, "0.0.1") if name == "QCITY_VERSION" else (name, *rest)
        for name, *rest in settings(sys.executable)
    ]
    (machine.startup / "qcity.xlam").write_bytes(addin_bytes(SHEET, rows, {}))


def no_python(machine: Machine) -> None:
    (machine.startup / "qcity.xlam").write_bytes(build("/gone/python"))


def no_package(machine: Machine) -> None:
    (machine.startup / "qcity.xlam").write_bytes(build(str(bare_python(machine.home / "无"))))


def another_package(machine: Machine) -> None:
    """The add-in runs a Python whose package is not the one that examines."""
    python = bare_python(machine.home / "旧")
    site = next((python.parents[1] / "lib").glob("python*/site-packages"))
    own = Path(qcity_xl.__file__).parent
    site.joinpath("here.pth").write_text(f"{Path(xlwings.__file__).parents[1]}\n", encoding="utf-8")
    shutil.copytree(own, site / "qcity_xl", ignore=shutil.ignore_patterns("__pycache__"))
    (site / "qcity_xl" / "__init__.py").write_text('__version__ = "0.0.1"', encoding="utf-8")
    (machine.startup / "qcity.xlam").write_bytes(build(str(python)))


def library_that_does_not_load(machine: Machine) -> None:
    another_package(machine)
    python = Path(read_settings(machine.startup / "qcity.xlam")["INTERPRETER_WIN"])
    site = next((python.parents[1] / "lib").glob("python*/site-packages"))
    (site / "xlwings").mkdir()
    (site / "xlwings" / "__init__.py").write_text("raise ImportError('DLL')", encoding="utf-8")
    (site / "qcity_xl" / "__init__.py").write_bytes(Path(qcity_xl.__file__).read_bytes())


def bare_python(folder: Path) -> Path:
    """A Python of its own, with no packages."""
    venv.create(folder, symlinks=True)
    return folder / "bin" / "python"


@pytest.mark.parametrize(
    ("break_it", "found"),
    [
        (remove_addin, {"加载项文件", "版本一致"}),
        (other_version, {"版本一致"}),
        (another_package, {"版本一致"}),
        (library_that_does_not_load, {"程序包"}),
        (no_python, {"Python", "程序包", "版本一致"}),
        (no_package, {"程序包", "版本一致"}),
    ],
)
def test_a_fault_is_found_with_the_way_to_mend_it(
    machine: Machine, break_it: Callable[[Machine], None], found: set[str]
) -> None:
    break_it(machine)
    seen = faults(examine(machine))
    assert set(seen) == found
    assert all(seen.values())


@pytest.mark.parametrize("machine", ["win32"], indirect=True)
def test_a_blocked_add_in_is_found(machine: Machine) -> None:
    (machine.startup / "qcity.xlam:Zone.Identifier").write_text("[ZoneTransfer]", encoding="utf-8")
    assert "解除锁定" in faults(examine(machine))["Excel 信任加载项"]


POLICY = r"Software\Policies\Microsoft\Office\16.0"
CHOSEN = r"Software\Microsoft\Office\16.0"


@pytest.mark.parametrize("machine", ["win32"], indirect=True)
@pytest.mark.parametrize(
    ("key", "found", "fix"),
    [
        (
            rf"{POLICY}\Excel\Security\Trusted Locations\AllLocationsDisabled",
            "受信任位置",
            "管理员",
        ),
        (rf"{POLICY}\Excel\Security\DisableAllAddins", "组策略停用了所有加载项", "管理员"),
        (rf"{POLICY}\Excel\Security\RequireAddinSig", "签名", "管理员"),
        (rf"{POLICY}\Common\Security\RequireAlwaysOnMacroSig", "签名", "管理员"),
        (rf"{POLICY}\Common\VBAOff", "停用了宏", "管理员"),
        (rf"{CHOSEN}\Excel\Security\DisableAllAddins", "停用了所有加载项", "取消勾选"),
        (rf"{CHOSEN}\Excel\Security\RequireAddinSig", "签名", "取消勾选"),
    ],
)
def test_what_forbids_add_ins_is_found(machine: Machine, key: str, found: str, fix: str) -> None:
    def registry(folder: str, name: str) -> object:
        return int(rf"{folder}\{name}" == key)

    wrong = [check for check in examine(replace(machine, registry=registry)) if not check.ok]
    assert [check.name for check in wrong] == ["Excel 信任加载项"]
    assert found in wrong[0].found
    assert fix in wrong[0].fix


@pytest.mark.parametrize("machine", ["darwin"], indirect=True)
def test_a_missing_script_is_found(machine: Machine) -> None:
    next(machine.scripts.glob("qcity_xl-*")).unlink()
    assert set(faults(examine(machine))) == {"启动脚本"}


def test_neither_excel_nor_libreoffice(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_soffice", lambda: None)
    bare = replace(machine, environ={}, root=machine.home)
    assert set(faults(examine(bare))) == {"Excel 或 LibreOffice"}


def test_names_of_windows_in_the_path_are_filled_in(machine: Machine) -> None:
    folder = str(Path(sys.executable).parent)
    known = replace(machine, environ={"LOCALAPPDATA": folder})
    assert known.expanded(r"%LOCALAPPDATA%\x") == Path(rf"{folder}\x")
    assert known.expanded("%NOWHERE%/x") == Path("%NOWHERE%/x")


def test_mail_settings_are_examined_with_a_master(machine: Machine) -> None:
    row = {"group": "邮件", "item": "发件地址", "value": "zlqs@example.com"}
    server = {"group": "邮件", "item": "发送服务器", "value": "smtp.example.com"}
    wrong = {"group": "邮件", "item": "发送端口", "value": "很多"}
    mail = examine(machine, [row, server])[-1]
    assert (mail.name, mail.ok) == ("邮件设置", True)
    assert "smtp.example.com" in mail.found
    assert "发送端口" in faults(examine(machine, [row, wrong]))["邮件设置"]
    assert "草稿" in examine(machine, [])[-1].found


def test_without_excel_the_command_line_is_examined(tmp_path: Path) -> None:
    names = [check.name for check in examine(Machine("linux", tmp_path))]
    assert names == ["Python", "程序包", "Excel 或 LibreOffice", "菜单里的“质量强市”"]


def test_the_command(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "this_machine", lambda: machine)
    done = CliRunner().invoke(addin, ["doctor", "--json"])
    assert done.exit_code == 0
    assert set(json.loads(done.output)["checks"][0]) == {"name", "ok", "found", "fix"}
    remove_addin(machine)
    done = CliRunner().invoke(addin, ["doctor"])
    assert done.exit_code == 1
    assert "加载项文件怎么修：关闭 Excel，重新运行 install.cmd" in done.output


@pytest.mark.parametrize(
    ("server", "well"),
    [
        (r"C:\PROGRA~1\MICROS~1\Root\Office16\EXCEL.EXE /automation", True),
        (r'"D:\WPS Office\12.1.0.24034\office6\et.exe" /automation', False),
        (r"D:\Kingsoft\office6\wps.exe /et /automation", False),
        ("", True),
    ],
)
def test_a_program_that_stands_in_for_excel_is_told(
    server: str, well: bool, tmp_path: Path
) -> None:
    programs = tmp_path / "Program Files"
    excel = programs / "Microsoft Office" / "root" / "Office16" / "EXCEL.EXE"
    excel.parent.mkdir(parents=True)
    excel.touch()
    environ = {"PROGRAMFILES": str(programs)}
    machine = replace(registered(server), home=tmp_path, environ=environ)
    (found,) = (c for c in examine(machine) if c.name.startswith("Excel.Application"))
    assert found.ok == well
    assert well == ("qcity desk" not in found.fix)


def test_where_there_is_wps_alone_nothing_is_wrong_and_the_window_is_named(tmp_path: Path) -> None:
    machine = replace(registered(r"D:\WPS Office\office6\et.exe /automation"), home=tmp_path)
    found = {check.name: check for check in examine(machine)}
    asked = found["Excel.Application 由谁应答"]
    assert asked.ok
    assert "qcity desk" in asked.found
    assert found["Excel 或 LibreOffice"].ok
