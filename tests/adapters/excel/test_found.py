"""Tables are found on their own sheets in few calls, and wherever else people put them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qcity_xl.adapters.excel.found import find
from qcity_xl.core.schema import CRITERIA, LOG, MASTER, UNITS
from tests.excel.conftest import Opened, engine, excel, home, opened, stage, stages
from tests.excel.objects import ListObject

__all__ = ["engine", "excel", "home", "opened", "stage", "stages"]

Stage = Callable[..., Path]
Opener = Callable[[Path], Opened]


def table(live: Opened, name: str) -> ListObject:
    return next(t for sheet in live.model.sheets for t in sheet.tables if t.name == name)


@pytest.mark.parametrize(("evaluates", "most"), [("on its sheet", 8), ("", 4 + 2 * len(MASTER))])
def test_each_table_is_found_in_two_calls_at_most(
    evaluates: str, most: int, stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    live.model.app.evaluates = evaluates
    live.model.wire.calls = 0
    found, _ = find(live.book)
    assert list(found) == [table.name for table in MASTER]
    assert live.model.wire.calls == most
    assert {name: one.sheet for name, one in found.items()} == {t.name: t.sheet for t in MASTER}


def test_a_table_under_another_name_on_another_sheet_is_found(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    moved = table(live, CRITERIA.name)
    moved.name, moved.sheet.name = "表7", "得分点（副本）"
    found, seen = find(live.book)
    assert (found[CRITERIA.name].name, found[CRITERIA.name].sheet) == ("表7", "得分点（副本）")
    assert "表7" in seen
    assert found[UNITS.name].sheet == UNITS.sheet


@pytest.mark.parametrize("evaluates", ["on its sheet", ""])
def test_its_area_ends_before_the_totals(evaluates: str, stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    live.model.app.evaluates = evaluates
    log = table(live, LOG.name)
    _, top, _, bottom = log.bounds
    log.totals = True
    on_its_sheet, _ = find(live.book)
    log.sheet.name = "操作日志"
    elsewhere, _ = find(live.book)
    for found in (on_its_sheet, elsewhere):
        place = found[LOG.name].place()
        assert (place.top, place.bottom) == (top, bottom - 1)
