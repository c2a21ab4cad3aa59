"""The computer as one user sees it."""

import sys
from pathlib import Path

import pytest

from qcity_xl.addin.install import install
from qcity_xl.addin.machine import Machine, NoExcelHere, this_machine


def test_linux_has_no_excel(tmp_path: Path) -> None:
    with pytest.raises(NoExcelHere, match="Windows 或 Mac"):
        install(Machine("linux", tmp_path), sys.executable)


def test_excel_opens_what_stands_in_its_startup_folder(tmp_path: Path) -> None:
    home = tmp_path / "张 三"
    windows = Machine("win32", home, {"APPDATA": str(home / "漫游")})
    assert windows.startup == home / "漫游" / "Microsoft" / "Excel" / "XLSTART"
    usual = home / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART"
    assert Machine("win32", home).startup == usual
    assert Machine("darwin", home).startup.name == "Excel"


def test_the_path_of_an_interpreter_may_begin_with_a_name_of_windows(tmp_path: Path) -> None:
    machine = Machine("win32", tmp_path, {"LOCALAPPDATA": "/home/张三/本地"})
    assert machine.expanded("%LocalAppData%/qcity/python.exe") == Path(
        "/home/张三/本地/qcity/python.exe"
    )
    assert machine.expanded("%NOWHERE%/python.exe") == Path("%NOWHERE%/python.exe")


def test_excel_is_found_where_it_is_usually_put(tmp_path: Path) -> None:
    programs = tmp_path / "Program Files"
    machine = Machine("win32", tmp_path, {"PROGRAMFILES": str(programs)})
    assert machine.excel() is None
    excel = programs / "Microsoft Office" / "root" / "Office16" / "EXCEL.EXE"
    excel.parent.mkdir(parents=True)
    excel.write_bytes(b"")
    assert machine.excel() == excel
    assert Machine("darwin", tmp_path, root=tmp_path).excel() is None


def test_this_machine_is_the_one_at_hand() -> None:
    assert this_machine().platform == sys.platform
    assert this_machine().home == Path.home()


def registered(server: str, below: str = "") -> Machine:
    """A Windows on which this answers for Excel."""
    clsid = "{00024500-0000-0000-C000-000000000046}"
    known = {
        r"Software\Classes\Excel.Application\CLSID": clsid,
        rf"Software\Classes{below}\CLSID\{clsid}\LocalServer32": server,
    }
    return Machine("win32", Path("C:/Users/张三"), registry=lambda key, _: known.get(key))


def test_who_answers_for_excel_stands_in_the_registry() -> None:
    wps = r'"D:\WPS Office\12.1.0\office6\et.exe" /automation'
    for below in ("", r"\WOW6432Node"):
        assert registered(wps, below).excel_server() == wps
    assert Machine("win32", Path("C:/Users/张三")).excel_server() == ""
