"""What the other tests rely on: the referee calculates, and edits as a user would."""

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Protection
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from tests.libreoffice import LibreOffice, LibreOfficeError, client
from tests.libreoffice.client import find_programs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "质量强市 第1轮#100%"
    made.mkdir()
    return made


@pytest.fixture
def master(folder: Path) -> Path:
    """A table of criteria and roll-ups over it; no formula has a cached value."""
    book = openpyxl.Workbook()
    points = book.active
    assert isinstance(points, Worksheet)
    points.title = "得分点"
    points.append(["编号", "部分", "分值", "自评", "折算"])
    rows = [
        ("1.1", "党的领导", 10, 8.0),
        ("1.2", "党的领导", 20, None),
        ("13.10", "质量基础", 30, 0.0),
        ("13.1", "质量基础", 40, 15.5),
    ]
    for number, row in enumerate(rows, start=2):
        points.append(row)
        points.cell(number, 1).number_format = "@"
        points.cell(number, 5).value = (
            '=IF(tblPoints[[#This Row],[自评]]="","",'
            "tblPoints[[#This Row],[自评]]/tblPoints[[#This Row],[分值]])"
        )
    points.add_table(Table(displayName="tblPoints", ref="A1:E5"))

    board = book.create_sheet("看 板")
    board["A1"] = "党的领导"
    board["B1"] = "=SUMIFS(tblPoints[自评],tblPoints[部分],A1)"
    board["B2"] = '=SUMPRODUCT(MAX((tblPoints[部分]="质量基础")*tblPoints[分值]))'
    board["B3"] = '=COUNTIFS(tblPoints[自评],">=0")'
    board["B4"] = '=HYPERLINK("#\'得分点\'!A1","第"&COUNTA(tblPoints[编号])&"项")'
    board["B5"] = "=1/0"
    board["B6"] = "=没有这个名称"
    path = folder / "总 表.xlsx"
    book.save(path)
    return path


BOARD = {"B1": 8, "B2": 40, "B3": 3, "B4": "第4项", "B5": "#ERR #DIV/0!", "B6": "#ERR #NAME?"}
SHARES = {"E2": 0.8, "E3": "", "E4": 0, "E5": 15.5 / 40}


def with_wrong_cache(source: Path, out: Path) -> Path:
    """The same workbook with 999 as the cached value of each formula."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part, count = re.subn(rb"</f><v ?(/>|></v>)", b"</f><v>999</v>", part)
                assert count
            new.writestr(name, part)
    return out


def test_formulas_without_cached_values_are_calculated(
    libreoffice: LibreOffice, master: Path
) -> None:
    assert libreoffice.recalculate(master) == {"得分点": SHARES, "看 板": BOARD}


def test_wrong_cached_values_are_seen_and_put_right(
    libreoffice: LibreOffice, master: Path, folder: Path
) -> None:
    wrong = with_wrong_cache(master, folder / "错误缓存.xlsx")
    assert libreoffice.values(wrong)["看 板"]["B1"] == 999
    assert libreoffice.recalculate(wrong) == {"得分点": SHARES, "看 板": BOARD}


def test_values_are_all_cells_that_are_not_empty(libreoffice: LibreOffice, master: Path) -> None:
    points = libreoffice.values(master)["得分点"]
    assert {name: points[name] for name in ("A1", "A4", "A5", "C4", "D5")} == {
        "A1": "编号",
        "A4": "13.10",
        "A5": "13.1",
        "C4": 30,
        "D5": 15.5,
    }
    assert "D3" not in points


def test_the_file_read_is_left_alone(libreoffice: LibreOffice, master: Path) -> None:
    before = master.read_bytes()
    (master.parent / f".~lock.{master.name}#").write_text("someone else", encoding="utf-8")
    libreoffice.recalculate(master)
    libreoffice.values(master)
    assert master.read_bytes() == before
    assert len(list(master.parent.iterdir())) == 2


def test_edits_come_back(libreoffice: LibreOffice, master: Path, folder: Path) -> None:
    out = folder / "回收件 甲.xlsx"
    libreoffice.edit(
        master,
        {
            ("得分点", "D3"): 20,
            ("得分点", "D5"): None,
            ("得分点", "A2"): "=1+1",
            ("看 板", "A1"): "  前后空格，第一行\n第二行 ",
        },
        out,
    )
    values = libreoffice.values(out)
    assert values["得分点"]["D3"] == 20
    assert "D5" not in values["得分点"]
    assert values["得分点"]["A2"] == "=1+1"
    assert values["看 板"]["A1"] == "  前后空格，第一行\n第二行 "
    again = openpyxl.load_workbook(out)["得分点"]
    assert (again["D3"].value, again["A2"].value, again["D5"].value) == (20, "=1+1", None)
    assert again["A2"].data_type != "f"


def test_a_formula_is_typed_only_when_asked(
    libreoffice: LibreOffice, master: Path, folder: Path
) -> None:
    out = folder / "公式.xlsx"
    libreoffice.edit(master, {("看 板", "C1"): "=B2+1"}, out, formula=True)
    assert libreoffice.recalculate(out)["看 板"]["C1"] == 41


@pytest.mark.parametrize(
    ("ending", "name", "total"),
    [
        ("ods", "calc8", 15),
        ("xlsx", "Calc MS Excel 2007 XML", 15),
        ("xls", "MS Excel 97", "#ERR #N/A"),  # LibreOffice loses structured references there
    ],
)
def test_other_formats_can_be_saved_and_read(
    libreoffice: LibreOffice, master: Path, folder: Path, ending: str, name: str, total: object
) -> None:
    out = folder / f"另存.{ending}"
    libreoffice.edit(master, {("得分点", "D3"): 7}, out, filter=name)
    assert libreoffice.values(out)["得分点"]["D3"] == 7
    assert libreoffice.recalculate(out)["看 板"]["B1"] == total


@pytest.fixture
def protected(folder: Path) -> Path:
    """A list with one column that may be filled in; workbook and sheet protected, no password."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "本轮任务"
    sheet.append(["键", "任务", "进展"])
    for number in (1, 2, 3):
        sheet.append([f"k{number}", f"任务{number}", number * 10])
        sheet.cell(number + 1, 3).protection = Protection(locked=False)
    sheet.protection.sheet = True
    sheet.protection.autoFilter = False
    book.security.lockStructure = True
    path = folder / "填报表.xlsx"
    book.save(path)
    return path


def test_an_open_cell_of_a_protected_sheet_takes_an_edit(
    libreoffice: LibreOffice, protected: Path, folder: Path
) -> None:
    out = folder / "回收.xlsx"
    libreoffice.edit(protected, {("本轮任务", "C2"): "已完成"}, out)
    assert libreoffice.values(out)["本轮任务"]["C2"] == "已完成"
    assert openpyxl.load_workbook(out)["本轮任务"].protection.sheet


def test_a_locked_cell_refuses_an_edit(
    libreoffice: LibreOffice, protected: Path, folder: Path
) -> None:
    with pytest.raises(LibreOfficeError, match=r"填报表\.xlsx: 本轮任务!B2 is locked"):
        libreoffice.edit(protected, {("本轮任务", "B2"): "改任务"}, folder / "回收.xlsx")
    assert not (folder / "回收.xlsx").exists()


def test_actions_work_on_a_protected_sheet_and_leave_it_protected(
    libreoffice: LibreOffice, protected: Path, folder: Path
) -> None:
    out = folder / "回收.xlsx"
    libreoffice.act(
        protected,
        [
            {"do": "sort", "sheet": "本轮任务", "range": "A2:C4", "by": 3, "descending": True},
            {"do": "insert_column", "sheet": "本轮任务", "before": "B"},
            {"do": "set", "sheet": "本轮任务", "cell": "B1", "value": "我的备注"},
            {"do": "insert_row", "sheet": "本轮任务", "before": 1},
            {"do": "set", "sheet": "本轮任务", "cell": "A1", "value": "=1+2", "formula": True},
            {"do": "hide_rows", "sheet": "本轮任务", "rows": [3, 4]},
            {"do": "hide_column", "sheet": "本轮任务", "column": "A"},
            {"do": "rename_sheet", "sheet": "本轮任务", "to": "任务 改名"},
        ],
        out,
    )
    assert libreoffice.values(out) == {
        "任务 改名": {"A1": 3}
        | {"A2": "键", "B2": "我的备注", "C2": "任务", "D2": "进展"}
        | {"A3": "k3", "C3": "任务3", "D3": 30}
        | {"A4": "k2", "C4": "任务2", "D4": 20}
        | {"A5": "k1", "C5": "任务1", "D5": 10}
    }
    book = openpyxl.load_workbook(out)
    sheet = book["任务 改名"]
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter  # false: what is not forbidden
    assert [row for row in range(1, 6) if sheet.row_dimensions[row].hidden] == [3, 4]
    assert sheet.column_dimensions["A"].hidden


def test_rows_and_columns_can_be_deleted(
    libreoffice: LibreOffice, protected: Path, folder: Path
) -> None:
    out = folder / "删减.xlsx"
    libreoffice.act(
        protected,
        [
            {"do": "delete_rows", "sheet": "本轮任务", "rows": [2, 4]},
            {"do": "delete_column", "sheet": "本轮任务", "column": "B"},
        ],
        out,
    )
    assert libreoffice.values(out) == {"本轮任务": {"A1": "键", "B1": "进展", "A2": "k2", "B2": 20}}


def test_a_password_is_respected(libreoffice: LibreOffice, protected: Path, folder: Path) -> None:
    book = openpyxl.load_workbook(protected)
    book["本轮任务"].protection.set_password("secret")
    book.security.lockStructure = False
    book.save(protected)
    with pytest.raises(LibreOfficeError, match="本轮任务 is protected with a password"):
        libreoffice.act(
            protected,
            [{"do": "delete_rows", "sheet": "本轮任务", "rows": [2]}],
            folder / "out.xlsx",
        )


def test_an_unknown_sheet_is_named_with_those_that_are_there(
    libreoffice: LibreOffice, master: Path, folder: Path
) -> None:
    with pytest.raises(LibreOfficeError, match="no sheet 任务; there are 得分点, 看 板"):
        libreoffice.edit(master, {("任务", "A1"): 1}, folder / "out.xlsx")


def test_what_is_no_workbook_is_refused(libreoffice: LibreOffice, folder: Path) -> None:
    path = folder / "不是.xlsx"
    path.write_bytes(b"PK\x03\x04 not a package")
    with pytest.raises(LibreOfficeError, match=r"不是\.xlsx"):
        libreoffice.values(path)
    with pytest.raises(FileNotFoundError):
        libreoffice.values(folder / "没有.xlsx")


def test_each_page_is_a_picture(libreoffice: LibreOffice, master: Path, folder: Path) -> None:
    pages = libreoffice.pictures(master, folder / "图", dpi=40)
    assert [page.name for page in pages] == ["总 表-1.png", "总 表-2.png"]
    assert all(page.read_bytes().startswith(b"\x89PNG") for page in pages)


# Processes

posix = pytest.mark.skipif(sys.platform == "win32", reason="looks at POSIX process groups")


def group(pid: int) -> list[str]:
    """The commands that run in a process group, without those that only wait to be reaped."""
    listed = subprocess.run(
        ["/bin/ps", "-A", "-o", "pgid=,stat=,comm="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    return [row[2] for row in rows if row[0] == str(pid) and not row[1].startswith("Z")]


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 30
    while left := group(pid):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


@posix
def test_close_leaves_no_process_and_the_next_call_starts_anew(master: Path) -> None:
    office = LibreOffice(find_programs())
    assert office.pid is None
    with office:
        office.recalculate(master)
        first = office.pid
        assert first is not None
        assert any("soffice" in command for command in group(first))
    wait_until_gone(first)
    with office:
        assert office.recalculate(master)["看 板"]["B1"] == 8
        assert office.pid != first


@posix
def test_after_a_crash_the_next_call_works(master: Path) -> None:
    with LibreOffice(find_programs()) as office:
        office.recalculate(master)
        first = office.pid
        assert first is not None
        os.killpg(first, signal.SIGKILL)
        with pytest.raises(LibreOfficeError, match="ended or hung"):
            office.recalculate(master)
        assert office.recalculate(master)["看 板"]["B1"] == 8


@posix
def test_a_killed_session_leaves_no_process_and_no_file(master: Path, tmp_path: Path) -> None:
    find_programs()
    private = tmp_path / "tmp"
    private.mkdir()
    script = (
        "import os, sys, pathlib\n"
        "from tests.libreoffice import LibreOffice\n"
        "from tests.libreoffice.client import find_programs\n"
        "office = LibreOffice(find_programs())\n"
        "office.recalculate(pathlib.Path(sys.argv[1]))\n"
        "print(office.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script, str(master)],
        cwd=root,
        env={**os.environ, "TMPDIR": str(private)},
        capture_output=True,
        text=True,
        check=False,
    )
    wait_until_gone(int(done.stdout))
    assert list(private.iterdir()) == []


# Where it can't run


def test_a_missing_program_skips_by_name_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "find_soffice", lambda: None)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="install the package libreoffice-calc"):
        find_programs()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="LibreOffice is missing"):
        find_programs()


def test_a_missing_uno_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "find_soffice", lambda: Path(sys.executable))
    monkeypatch.setattr(client, "_can_import_uno", lambda _python: False)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="install the package python3-uno"):
        find_programs()
