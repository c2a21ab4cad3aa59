"""Marks: what they test of a row, and that each table they stand in has what they ask for."""

from string import Formatter

import pytest

from qcity_xl.core.schema import MASTER, Table
from qcity_xl.core.schema.marks import Mark, begins, below_points, says
from qcity_xl.core.schema.pack import PACK


def test_a_mark_is_a_formula_on_the_cells_of_its_row() -> None:
    assert says("state", "退回").format(state="$M5") == '$M5="退回"'
    assert says("outcome", "").format(outcome="$M5") == '$M5=""'
    assert begins("evidence", "齐全").format(evidence="$U5") == 'LEFT($U5,2)="齐全"'


def test_a_score_below_its_points_is_marked() -> None:
    (mark,) = below_points("claimed")
    assert mark == Mark("low", "AND(ISNUMBER({claimed}),{claimed}<{points})", "▼")


@pytest.mark.parametrize("table", [*MASTER, *(pack.table for pack in PACK)], ids=lambda t: t.name)
def test_a_mark_asks_for_columns_of_its_table(table: Table) -> None:
    for column in table.columns:
        asked = {
            name for mark in column.marks for _, name, *_ in Formatter().parse(mark.test) if name
        }
        assert asked <= set(table.fields), column.header


def test_what_a_unit_is_told_by_a_colour_the_office_is_told_too() -> None:
    marks = {(p.table.name, c.field): c.marks for p in PACK for c in p.table.columns if c.marks}
    told = {("tblPackTasks", "hint"), ("tblPackCriteria", "allowed"), ("tblPackEvidence", "fault")}
    assert set(marks) - told == {("tblPackTasks", "progress"), ("tblPackEvidence", "state")}
