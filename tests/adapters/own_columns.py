"""A master to which an office added columns of its own."""

import warnings
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.table import TableColumn

from qcity_xl.core.schema import Table

SENT, KEPT = "经办科室（发单位）", "内部备注"


def add_own_columns(path: Path, table: Table) -> None:
    """Two columns right of the table, filled in every second row; one is marked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of print areas of whole columns
        book = load_workbook(path)
    sheet = book[table.sheet]
    found = sheet.tables[table.name]
    _, top, right, bottom = range_boundaries(found.ref)
    assert top and right and bottom
    for place, header in enumerate((SENT, KEPT), right + 1):
        sheet.cell(top, place).value = header
        for row in range(top + 1, bottom + 1, 2):
            sheet.cell(row, place).value = "法规处" if header == SENT else "不外传"
        found.tableColumns.append(TableColumn(id=100 + place, name=header))
    found.ref = f"A{top}:{get_column_letter(right + 2)}{bottom}"
    found.autoFilter.ref = found.ref
    book.save(path)
