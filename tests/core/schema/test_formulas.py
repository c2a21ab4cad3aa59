"""Live formulas name columns that are there, and never the column that they stand in."""

import pytest

from qcity_xl.core.schema import MASTER, FieldColumn, Table
from qcity_xl.core.schema.formulas import indicator_total, section_total, this
from tests.core.schema.references import named, unknown

LIVE = [(table, column) for table in MASTER for column in table.columns if column.formula]


@pytest.mark.parametrize(("table", "column"), LIVE, ids=[f"{t.sheet}-{c.header}" for t, c in LIVE])
def test_a_formula_names_columns_of_the_master(table: Table, column: FieldColumn) -> None:
    assert not list(unknown(column.formula))
    assert (table.name, column.header) not in named(column.formula)


def test_a_misspelt_column_would_be_found() -> None:
    assert list(unknown(section_total("自评总分"))) == ["tblIndicators[自评总分]"] * 2


def test_sums_are_taken_one_floor_below() -> None:
    assert ("tblIndicators", "核定得分") in named(section_total("核定得分"))
    assert ("tblCriteria", "核定得分") in named(indicator_total("核定得分", "核定折算系数"))
    assert this("tblTasks", "编号") == "tblTasks[[#This Row],[编号]]"
