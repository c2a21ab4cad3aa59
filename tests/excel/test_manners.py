"""Where the master is open and who else is there: each is told in a sentence before anything."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qcity_xl import ribbon
from qcity_xl.adapters.excel import workbook
from qcity_xl.core.schema import CRITERIA, LOG, UNITS
from tests.excel.cells import Cell
from tests.excel.conftest import Opened
from tests.excel.objects import Application, Chart, Workbook
from tests.excel.test_parity import typed
from tests.live.conftest import Answers

Stage = Callable[..., Path]
Opener = Callable[[Path], Opened]
CommandLine = Callable[[Application, Workbook], None]

pytestmark = pytest.mark.usefixtures("impatient")
ONLINE = "https://d.docs.live.net/0123456789abcdef/质量强市/总表.xlsx"


def refused(live: Opened, name: str = "score") -> str:
    """What is said by a click that shows no preview and leaves all as it was."""
    before, files = typed(live.master), sorted(live.path.parent.rglob("*"))
    person = Answers(folder=live.path.parent / "包")
    ribbon.click(name, person)
    assert not person.shown
    (told,) = person.told
    assert typed(live.master) == before
    assert sorted(live.path.parent.rglob("*")) == files
    return told


# -- where it is


@pytest.mark.parametrize(
    "address", [ONLINE, "https://city.sharepoint.com/sites/zlb/Shared%20Documents/总表.xlsx"]
)
def test_a_master_in_the_cloud_is_told(address: str, stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    live.model.address = address
    assert "OneDrive 或 SharePoint" in refused(live)


def test_no_sheet_says_where_the_master_is(
    stage: Stage, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """xlwings would read a folder from a sheet of the workbook, and take what lies there for it."""
    path, other = stage("新"), tmp_path / "别处" / "质量强市" / "总表.xlsx"
    other.parent.mkdir(parents=True)
    shutil.copy(path, other)
    book = openpyxl.load_workbook(path)
    named = book.create_sheet("xlwings.conf")
    named.append(["ONEDRIVE_CONSUMER_WIN", str(tmp_path / "别处")])
    book.save(path)
    monkeypatch.setenv("OneDriveConsumer", str(tmp_path / "别处"))
    live, kept = opened(path), other.read_bytes()
    live.model.address = ONLINE
    assert "OneDrive 或 SharePoint" in refused(live)
    assert other.read_bytes() == kept
    assert list(other.parent.iterdir()) == [other]


def test_a_master_that_stores_itself_is_told(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    live.model.stores_itself = True
    assert "关掉标题栏左边的“自动保存”" in refused(live)


def test_an_excel_without_autosave_works(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    live.model.stores_itself = None
    person = Answers()
    ribbon.click("score", person)
    assert "完成" in person.told[0]


def test_a_master_in_protected_view_is_told(stage: Stage, opened: Opener) -> None:
    """It is in no list of workbooks: the add-in has made an empty one to have any."""
    live = opened(stage("新"))
    live.model.address, live.model.app.protected_views = "工作簿1", 1
    assert "启用编辑" in refused(live)
    live.model.app.protected_views = 0
    assert "还没有保存过" in refused(live)


# -- who else has it


@pytest.mark.parametrize("name", ["score", "split", "undo"])
def test_a_master_that_somebody_else_has_is_told(name: str, stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    live.model.read_only = True
    told = refused(live, name)
    assert "只读" in told
    assert "别人" in told


def test_what_writes_no_master_works_while_somebody_else_has_it(
    stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    live.model.read_only = True
    person = Answers()
    ribbon.click("report", person)
    assert "完成" in person.told[0]


def test_what_is_typed_on_a_mac_while_a_step_writes_is_kept(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There the click runs beside Excel, which goes on taking what is typed."""
    monkeypatch.setattr(workbook, "_TYPES_ON", True)
    live = opened(stage("新"))
    before = typed(live.master)
    key = list(live.master.rows(CRITERIA))[2]
    sheet = next(s for s in live.model.sheets if s.name == CRITERIA.sheet)
    area = sheet.do_Range(live.master.cell(CRITERIA, key, "answer"))

    def types(_: int, kind: str, name: str) -> None:
        if (kind, name) == ("set", "Calculation"):
            sheet.cells[area.row, area.col] = Cell("未达成")

    live.model.wire.fault = types
    person = Answers()
    ribbon.click("score", person)
    live.model.wire.fault = None
    (told,) = person.told
    assert "没有写入" in told
    assert typed(live.master) == before | {(CRITERIA.name, key, "answer"): "未达成"}


# -- several at once


def test_of_two_excels_the_one_that_was_clicked_in_is_asked(
    stage: Stage, opened: Opener, second: Application, by_command_line: CommandLine
) -> None:
    """Each has a workbook of this name open, as one Excel alone can't."""
    live = opened(stage("新", "甲"))
    other = second.open(stage("新", "乙"))
    del type(live.book)._mock_caller  # type: ignore[attr-defined]  # no workbook is told to be it
    kept = [dict(sheet.cells) for sheet in live.model.sheets]
    for app, book in ((second, other), (live.model.app, live.model)):
        by_command_line(app, book)
        person = Answers()
        ribbon.click("score", person)
        assert "完成" in person.told[0]
        if app is second:
            assert [sheet.cells for sheet in live.model.sheets] == kept
    assert live.model.sheets[0].cells == other.sheets[0].cells


@pytest.mark.parametrize("name", ["总表 %PATH%&^!|=.xlsx", "=总表=.xlsx", "总 表（'终稿'）.xlsx"])
def test_a_name_may_hold_what_command_lines_trip_over(
    name: str, stage: Stage, opened: Opener, by_command_line: CommandLine
) -> None:
    path = stage("新", "质量%TEMP%&强^市!")
    live = opened(path.rename(path.with_name(name)))
    del type(live.book)._mock_caller  # type: ignore[attr-defined]  # no workbook is told to be it
    by_command_line(live.model.app, live.model)
    person = Answers()
    ribbon.click("score", person)
    assert "完成" in person.told[0]
    assert live.master.rows(LOG)


# -- what is in front


@pytest.mark.parametrize("chosen", [True, False])
def test_a_chart_in_front_stops_nothing(chosen: bool, stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    Chart(live.model)
    if not chosen:
        live.model.app.selection = None
    person = Answers()
    ribbon.click("score", person)
    assert "完成" in person.told[0]


@pytest.mark.parametrize("chosen", [True, False])
def test_with_a_chart_in_front_no_row_is_asked_about(
    chosen: bool, stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    Chart(live.model)
    if not chosen:
        live.model.app.selection = None
    assert "请先在「得分点」" in refused(live, "why")


def test_the_sheet_to_look_at_comes_to_the_front(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    live.model.active = next(s for s in live.model.sheets if s.name == UNITS.sheet)
    ribbon.click("score", Answers())
    front: Any = live.model.active
    assert front.name == "看板"
