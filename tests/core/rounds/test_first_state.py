"""A master just built shows its numbers in readers that don't calculate."""

import io
from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.templates import build_master
from qcity_xl.core.changes import KEY
from qcity_xl.core.master.board_values import board_values
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.rounds.first_state import rows_of, worked_out
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA
from qcity_xl.core.values import Value, tidy
from tests.adapters.templates.build import ROWS


@cache
def data() -> bytes:
    state = worked_out(ROWS)
    return build_master(rows_of(state), state.figures)


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
    rollup = roll_up(master())
    cards = {**rollup.cards, **board_values(master(), rollup)}
    del cards["qc_open_rulings"]  # of masters made before there was 影响分值
    assert {name: value or "" for name, value in master().figures.items()} == {
        name: value or "" for name, value in cards.items()
    }
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data())).get_sheet_by_name("看板")
    shown = {value for row in sheet.to_python() for value in row}
    assert {value for value in cards.values() if isinstance(value, int | float)} <= shown


def test_what_is_built_is_what_was_worked_out() -> None:
    state = worked_out(ROWS)
    read = dict(master().tables)
    for table, rows in state.tables.items():
        assert {key: _filled(row) for key, row in read[table].items()} == {
            key: _filled(row) for key, row in rows.items()
        }


def _filled(row: Row) -> dict[str, Value]:
    return {name: value for name, value in row.items() if tidy(value) is not None and name != KEY}
