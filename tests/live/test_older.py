"""A click on a master of an earlier version: what it lacks is appended, and it is open again."""

import datetime as dt
import errno
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from qcity_xl import ribbon
from qcity_xl.adapters import disk
from qcity_xl.adapters.excel import reopening
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import files
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.adapters.user import user_name
from qcity_xl.core.history.log import operations, verify
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.upgrade import UPGRADE, version_of
from qcity_xl.core.schema import CRITERIA, SCHEMA_VERSION, SECTIONS, UNITS
from qcity_xl.steps.shared.outcome import Context
from tests.live.conftest import Answers, Open, open_again
from tests.live.engine.calc import Book, Books
from tests.live.test_parity import CHOSEN, cells
from tests.masters.stages import ROUND, STEPS, VERSIONS, before, renamed
from tests.steps.books import book_for, newer_for

_MINUTE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
Opener = Callable[[Path], Open]


def _steady(master: Master) -> dict[tuple[str, str, str], str]:
    """The meaning of each cell, the minute of what was done left out."""
    return {place: _MINUTE.sub("…", value) for place, value in cells(master).items()}


def _commands(master: Master) -> list[str]:
    return [operation.stamp.command for operation in operations(master)]


@pytest.fixture
def old(tmp_path: Path, opened: Opener) -> Open:
    path = tmp_path / "质量 强市" / "总表.xlsx"
    path.parent.mkdir()
    shutil.copyfile(VERSIONS[0], path)
    return opened(path)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("step", STEPS)
def test_a_click_leaves_the_master_that_the_command_leaves(
    step: str, version: Path, tmp_path: Path, app: xw.App, opened: Opener
) -> None:
    by_command = before(step, version, tmp_path / "命令")
    by_click = tmp_path / "点击 一下" / "总表.xlsx"
    shutil.copytree(by_command.parent, by_click.parent)
    STEPS[step](by_command, Context(dt.datetime.now(), user_name()))
    wanted = _steady(WorkbookFile.open(by_command).master)
    opened(by_click)
    answers = Answers(folder=by_click.parent / CHOSEN.get(step, "回收件"))
    if step == "adopt":
        answers.files = [book_for(by_click, by_click.parent)]
    if step == "revise":
        answers.files = [newer_for(by_click, by_click.parent)]
        answers.more = [{"packs_out": True}]
    if step == "split":
        answers.more = [{"round_name": ROUND}]
    if step == "units":
        answers.more = [{"rename": renamed(by_click)}]
    ribbon.click(step, answers)
    assert len(answers.shown) == len(answers.told) == 1, answers.told
    assert "完成" in answers.told[0]
    live = open_again(app, by_click)
    assert verify(live.master) == []
    assert _steady(live.master) == wanted
    if step != "undo":
        assert "自动保存" in answers.shown[0]
        assert _steady(WorkbookFile.open(by_click).master) == wanted


def test_what_was_typed_and_not_saved_is_kept_and_can_be_restored(old: Open, app: xw.App) -> None:
    unit, criterion = (next(iter(old.master.rows(table))) for table in (UNITS, CRITERIA))
    old.type(UNITS.name, unit, "phone", "0571-8800 1234")
    old.type(CRITERIA.name, criterion, "answer", "达成")
    old.book.sheets[UNITS.sheet].activate()
    old.book.sheets[UNITS.sheet].range((5, 3), (7, 4)).select()
    ribbon.click("check", Answers())
    live = open_again(app, old.path)
    for master in (live.master, WorkbookFile.open(old.path).master):
        assert master.rows(UNITS)[unit]["phone"] == "0571-8800 1234"
        assert master.rows(CRITERIA)[criterion]["answer"] == "达成"
        assert version_of(master) == SCHEMA_VERSION
    assert live.book.sheets.active.name == "问题"  # what a check shows in the end
    (snapshot,) = (SideFolder(old.path).path / "snapshots").glob("*.xlsx")
    kept = WorkbookFile.open(snapshot).master
    assert kept.rows(CRITERIA)[criterion]["answer"] == "达成"
    assert version_of(kept) < SCHEMA_VERSION


def test_it_is_taken_back_by_clicks(old: Open, app: xw.App) -> None:
    start = cells(old.master)
    ribbon.click("score", Answers())
    live = open_again(app, old.path)
    assert _commands(live.master)[-2:] == [UPGRADE, "重算得分"]
    ribbon.click("undo", Answers())
    answers = Answers()
    ribbon.click("undo", answers)
    assert "自动保存" in answers.shown[0]
    live = open_again(app, old.path)
    assert version_of(live.master) < SCHEMA_VERSION
    assert not live.master.cell(CRITERIA, next(iter(live.master.rows(CRITERIA))), "kinds")
    now = cells(live.master)
    different = {place for place in start if now.get(place) != start[place]}
    assert {table for table, _, _ in different} <= {SECTIONS.name}


def test_a_preview_that_is_cancelled_touches_nothing(old: Open) -> None:
    unit = next(iter(old.master.rows(UNITS)))
    old.type(UNITS.name, unit, "phone", "8800 1234")
    disk, screen = old.path.read_bytes(), cells(old.master)
    ribbon.click("score", Answers(go=False))
    assert old.path.read_bytes() == disk
    assert cells(old.master) == screen


# -- when it fails: all that was on screen is there, and the workbook is open


class BrokenError(Exception):
    """What goes wrong."""


def _broken(*_: Any, **__: Any) -> None:
    raise BrokenError


def _not_replaced(patch: pytest.MonkeyPatch, master: Path) -> None:
    """The disk takes everything but the master."""
    write = files.replace_file

    def replace_file(
        path: Path, data: bytes, check: Callable[[], None] | None = None, *, lasting: bool = True
    ) -> None:
        if path == master:
            raise OSError(errno.EIO, "bad disk")
        write(path, data, check, lasting=lasting)

    patch.setattr(disk, "replace_file", replace_file)


def _failing(patch: pytest.MonkeyPatch, what: str, path: Path) -> str:
    """Break one thing; gives a word of what is to be told."""
    if what == "save":
        patch.setattr(Book, "save", _broken)
        return "没有存成"
    if what == "close":
        patch.setattr(Book, "close", _broken)
        return "没有让它关闭"
    if what == "write":
        _not_replaced(patch, path)
        return "磁盘读写出错"
    patch.setattr(reopening, "_TRIES", 1)
    path.with_name(f"~${path.name}").touch()  # another program has it
    return "~$"


@pytest.mark.parametrize("what", ["save", "close", "write", "other"])
def test_a_failure_loses_nothing(what: str, old: Open, app: xw.App) -> None:
    unit = next(iter(old.master.rows(UNITS)))
    old.type(UNITS.name, unit, "phone", "8800 1234")
    screen = cells(old.master)
    answers = Answers()
    with pytest.MonkeyPatch.context() as patch:
        word = _failing(patch, what, old.path)
        ribbon.click("score", answers)
    assert word in answers.told[0]
    live = open_again(app, old.path)
    assert cells(live.master) == screen
    assert UPGRADE not in _commands(live.master)
    old.path.with_name(f"~${old.path.name}").unlink(missing_ok=True)
    again = Answers()
    ribbon.click("score", again)
    assert "完成" in again.told[0]
    assert open_again(app, old.path).master.rows(UNITS)[unit]["phone"] == "8800 1234"


@pytest.mark.parametrize("written", [True, False])
def test_a_workbook_that_does_not_open_again_is_told_and_whole_on_disk(
    written: bool, old: Open
) -> None:
    unit = next(iter(old.master.rows(UNITS)))
    old.type(UNITS.name, unit, "phone", "8800 1234")
    answers = Answers()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Books, "open", _broken)
        if not written:
            _not_replaced(patch, old.path)
        ribbon.click("score", answers)
    assert "请自己打开它" in answers.told[0]
    assert ("已经写入" in answers.told[0]) == written
    master = WorkbookFile.open(old.path).master
    assert master.rows(UNITS)[unit]["phone"] == "8800 1234"
    assert (UPGRADE in _commands(master)) == written
