"""A click on xlwings' Windows engine leaves what the command leaves."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from qcity_xl import ribbon
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.user import user_name
from qcity_xl.core.history.log import verify
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import BY_NAME, EVIDENCE, LOG, PROBLEMS
from qcity_xl.steps.shared.outcome import Context
from tests.excel.conftest import Opened
from tests.live.conftest import Answers
from tests.live.test_parity import (
    MAKES,
    STEPS,
    TELLS,
    answers_for,
    cells,
    copies,
    files_beside,
    made_alike,
    told_alike,
)


def typed(master: Master) -> dict[tuple[str, str, str], str]:
    """The meaning of each cell that is no formula: the model does not calculate."""
    return {
        place: value
        for place, value in cells(master).items()
        if BY_NAME[place[0]].column(place[2]).editor != "formula"
    }


def with_own_sums(path: Path) -> Path:
    """The office counts the lines of tables by their addresses, on a sheet of its own."""
    book = openpyxl.load_workbook(path)
    sums = book.create_sheet("统计")
    for table in (LOG, EVIDENCE, PROBLEMS):
        (placed,) = book[table.sheet].tables.values()
        _, first, _, last = range_boundaries(placed.ref)
        sums.append([f"=COUNTA({table.sheet}!$A${(first or 0) + 1}:$A${last})"])
    book.save(path)
    return path


def without_time(master: Master) -> dict[tuple[str, str, str], str]:
    """The same without the log, which tells of the minute."""
    return {place: value for place, value in typed(master).items() if place[0] != LOG.name}


@pytest.mark.parametrize("name", STEPS)
def test_a_click_leaves_the_master_that_the_command_leaves(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    start, step = STEPS[name]
    by_command, by_click = copies(name, start, stage)
    step(by_command, Context(dt.datetime.now(), user_name()))
    live, answers = opened(by_click), answers_for(name, by_click)
    settings = dict(live.model.app.settings)
    ribbon.click(name, answers)
    assert "完成" in answers.told[0], answers.told
    live = live.again()
    wanted = typed(WorkbookFile.open(by_command).master)
    assert typed(live.master) == wanted
    assert not verify(live.master)
    assert files_beside(by_click) == files_beside(by_command)
    assert live.model.app.settings == settings
    live.book.save()
    assert typed(WorkbookFile.open(by_click).master) == wanted


def test_ranges_over_a_table_that_a_step_lets_grow_are_the_same_after(
    stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    by_command, by_click = (with_own_sums(stage("回收", name)) for name in ("命令", "点击"))
    before = openpyxl.load_workbook(by_command)["统计"]["A1"].value
    _, step = STEPS["merge"]
    step(by_command, Context(dt.datetime.now(), user_name()))
    live = opened(by_click)
    ribbon.click("merge", Answers(folder=by_click.parent / "回收件", files=[]))
    live.book.save()
    wanted, found = (
        [cell.value for cell in openpyxl.load_workbook(path)["统计"]["A"]]
        for path in (by_command, by_click)
    )
    assert wanted == found
    assert wanted[0] != before


@pytest.mark.parametrize("name", MAKES)
def test_a_click_makes_what_the_command_makes(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    assert made_alike(name, stage, opened)


@pytest.mark.parametrize("name", TELLS)
def test_a_click_tells_what_the_command_tells(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    told_alike(name, stage, opened)
