"""Dropdowns and input prompts, from the same records as checks and help."""

from collections.abc import Sequence

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.master_file.entry_rules import choice_list, prompt
from qcity_xl.adapters.templates.grid import Placed
from qcity_xl.core.schema import FieldColumn


def add_validations(sheet: Worksheet, placed: Placed, skip: Sequence[str] = ()) -> None:
    """A dropdown for each column with choices, a prompt for each with help."""
    for column in placed.table.columns[1:]:
        if column.field not in skip and (rule := column_validation(column)):
            rule.add(placed.cells(column.field))
            sheet.add_data_validation(rule)


def column_validation(column: FieldColumn) -> DataValidation | None:
    """The validation of a column, None where it has neither choices nor help."""
    if column.choices:
        return choice_list(column.header, column.choices, column.help)
    return prompt(column.header, column.help) if column.help else None
