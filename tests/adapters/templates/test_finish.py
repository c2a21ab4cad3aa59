"""A master just built shows its numbers in readers that don't calculate."""

import io
from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.templates.finish import finish_master, worked_out
from qcity_xl.adapters.templates.master import build_master
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA

from .build import ROWS, master_bytes


@cache
def data() -> bytes:
    return finish_master(master_bytes())


@cache
def master() -> Master:
    return WorkbookFile(Path("总表.xlsx"), data()).master


def test_duties_follow_from_the_tasks() -> None:
    assert list(master().rows(ASSIGNMENTS)) == ["T1.1/市质监局", "T2.10/市质监局"]


def test_what_nobody_answered_has_a_reason_and_no_score() -> None:
    rows = master().rows(CRITERIA).values()
    assert {row["claimed"] for row in rows} == {None}
    assert all(row["reason"] for row in rows)


def test_formulas_hold_what_a_calculation_would_give() -> None:
    cards = roll_up(master()).cards
    assert {name: value or "" for name, value in master().figures.items()} == {
        name: value or "" for name, value in cards.items()
    }
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data())).get_sheet_by_name("看板")
    shown = {value for row in sheet.to_python() for value in row}
    assert {value for value in cards.values() if isinstance(value, int | float)} <= shown


def test_rows_worked_out_before_building_make_the_same_master() -> None:
    made = finish_master(build_master(worked_out(ROWS)))
    assert dict(WorkbookFile(Path("总表.xlsx"), made).master.tables) == dict(master().tables)
    assert read_sheets(made) == read_sheets(data())


def read_sheets(data: bytes) -> dict[str, object]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
