"""A master just built shows its numbers in readers that don't calculate."""

import io
from pathlib import Path

from python_calamine import CalamineWorkbook

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.templates.finish import finish_master
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA

from .build import master_bytes

DATA = finish_master(master_bytes())
MASTER = WorkbookFile(Path("总表.xlsx"), DATA).master


def test_duties_follow_from_the_tasks() -> None:
    assert list(MASTER.rows(ASSIGNMENTS)) == ["T1.1/市质监局", "T2.10/市质监局"]


def test_what_nobody_answered_has_a_reason_and_no_score() -> None:
    rows = MASTER.rows(CRITERIA).values()
    assert {row["claimed"] for row in rows} == {None}
    assert all(row["reason"] for row in rows)


def test_formulas_hold_what_a_calculation_would_give() -> None:
    cards = roll_up(MASTER).cards
    assert {name: value or "" for name, value in MASTER.figures.items()} == {
        name: value or "" for name, value in cards.items()
    }
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(DATA)).get_sheet_by_name("看板")
    shown = {value for row in sheet.to_python() for value in row}
    assert {value for value in cards.values() if isinstance(value, int | float)} <= shown
