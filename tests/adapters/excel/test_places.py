"""Excel says where tables stand, or each is looked up."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qcity_xl.adapters.excel.places import Places
from qcity_xl.core.schema import CRITERIA, LOG, MASTER
from tests.excel.conftest import Opened, engine, excel, opened
from tests.live.conftest import home, stage, stages

__all__ = ["engine", "excel", "home", "opened", "stage", "stages"]

Stage = Callable[..., Path]
Opener = Callable[[Path], Opened]


def test_all_tables_are_found_in_few_calls(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    sheets = {table.name: sheet for sheet in live.model.sheets for table in sheet.tables}
    sheets[CRITERIA.name].name = "得分点（'终稿'）!"
    live.model.wire.calls = 0
    places = Places.of(live.book)
    assert places
    found = {table.name: places.place(table.name) for table in MASTER}
    assert live.model.wire.calls <= 10
    for name, (sheet, place) in found.items():
        (table,) = (one for one in sheets[name].tables if one.name == name)
        assert sheet == sheets[name].name
        assert (place.left, place.top, place.right, place.bottom) == table.bounds


def test_what_was_moved_is_found_again(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    places = Places.of(live.book)
    assert places
    sheet, place = places.place(LOG.name)
    (table,) = next(one for one in live.model.sheets if one.name == sheet).tables
    left, top, right, bottom = table.bounds
    table.bounds = left, top + 2, right, bottom + 3
    assert places.place(LOG.name) == (sheet, place)
    places.forget(LOG.name)
    assert places.place(LOG.name)[1] == (top + 2, left, bottom + 3, right)


@pytest.mark.parametrize("cause", ["cannot evaluate", "another sheet in front", "a table is gone"])
def test_where_excel_cannot_say_it_nothing_is_taken(
    cause: str, stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    if cause == "a table is gone":
        next(one for one in live.model.sheets if one.name == LOG.sheet).tables.clear()
    live.model.app.evaluates = {
        "cannot evaluate": "",
        "another sheet in front": "on the sheet in front",
    }.get(cause, "on its sheet")
    live.model.active = next(one for one in live.model.sheets if one.name == LOG.sheet)
    assert Places.of(live.book) is None


@pytest.mark.parametrize("how", ["taller", "lower", "left alone"])
def test_a_table_of_another_size_is_found_again_with_that(
    how: str, stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    places = Places.of(live.book)
    assert places
    names = [table.name for table in MASTER]
    known = {name: places.place(name) for name in names}
    (table,) = next(one for one in live.model.sheets if one.name == CRITERIA.sheet).tables
    left, top, right, bottom = table.bounds
    by = {"taller": 1, "lower": -1, "left alone": 0}[how]
    table.bounds = left, top, right, bottom + by
    live.model.wire.calls = 0
    places.look_again(names)
    assert live.model.wire.calls <= 5
    sheet, place = known.pop(CRITERIA.name)
    assert places.place(CRITERIA.name) == (sheet, place._replace(bottom=place.bottom + by))
    assert {name: places.place(name) for name in known} == known
