"""Dropdowns and prompts."""

import pytest

from qcity_xl.adapters.templates.validation import column_validation
from qcity_xl.core.schema import MASTER, FieldColumn, Table

from .build import (
    cell_of,
    sheet_of,
    validation_at,
)


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_dropdowns_come_from_choices_and_prompts_from_help(table: Table) -> None:
    for column in table.columns[1:]:
        if column.choices:
            rule = validation_at(sheet_of(table), cell_of(table, column.field))
            assert rule.formula1 == f'"{",".join(column.choices)}"'
            assert (rule.type, rule.errorStyle or "stop") == ("list", "stop")
        if column.help and column.field not in ("answer", "ruling"):
            rule = validation_at(sheet_of(table), cell_of(table, column.field))
            assert rule.prompt == column.help


def test_a_column_without_choices_and_help_takes_anything() -> None:
    assert column_validation(FieldColumn("note", "备注")) is None
    told = column_validation(FieldColumn("note", "备注", help="一两句即可"))
    assert told is not None
    assert (told.prompt, told.formula1) == ("一两句即可", None)
