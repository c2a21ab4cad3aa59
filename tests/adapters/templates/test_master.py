import pytest
from openpyxl.utils import range_boundaries

from qcity_xl.adapters.templates import build_master
from qcity_xl.core.schema import GUIDE_SHEET, MASTER, Table

from .build import ROWS, cell_of, master_book, master_bytes, part, sheet_of, table_of


def test_sheets_stand_in_the_order_of_the_schema() -> None:
    assert master_book().sheetnames == [GUIDE_SHEET, *(table.sheet for table in MASTER)]
    first = master_book().active
    assert first is not None
    assert first.title == GUIDE_SHEET


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_one_table_with_the_columns_of_the_schema(table: Table) -> None:
    sheet = sheet_of(table)
    made = table_of(sheet)
    left, top, right, bottom = range_boundaries(made.ref)
    assert (made.displayName, left, right) == (table.name, 1, len(table.columns))
    assert made.column_names == [column.header for column in table.columns]
    assert [sheet.cell(top or 0, n).value for n in range(1, (right or 0) + 1)] == made.column_names
    assert (bottom or 0) - (top or 0) == max(1, len(ROWS[table.name]))
    assert made.autoFilter is not None
    assert sheet.column_dimensions["A"].hidden


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_values_and_formulas_stand_where_the_schema_says(table: Table) -> None:
    sheet, made = sheet_of(table), table_of(sheet_of(table))
    for column, written in zip(table.columns, made.tableColumns, strict=True):
        for index, row in enumerate(ROWS[table.name] or [{}]):
            value = sheet[cell_of(table, column.field, index)].value
            assert value == (f"={column.formula}" if column.formula else row.get(column.field))
        formula = written.calculatedColumnFormula
        assert (formula.attr_text if formula else "") == column.formula


def test_the_same_rows_give_the_same_bytes() -> None:
    assert build_master(ROWS) == master_bytes()
    assert "2024-01-01T00:00:00Z</dcterms:modified>" in part(master_bytes(), "docProps/core.xml")
