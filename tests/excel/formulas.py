"""The formulas that the product has Excel evaluate, and no others."""

import re
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from tests.excel.cells import Cell

if TYPE_CHECKING:
    from tests.excel.objects import ListObject, Range, Worksheet

_LONGEST = 255  # characters that Evaluate takes
_CELLS = re.compile(r"'(.+)'!([A-Z]+\d+(?::[A-Z]+\d+)?)")
_PLACE = re.compile(r'CELL\("address",(\w+)\)&"\*"&ROWS\(\1\)&"\*"&COLUMNS\(\1\)')


def evaluated(sheet: "Worksheet", formula: str) -> "Range | object":
    """What a formula on this sheet gives: cells, the places of tables, or an error."""
    book = sheet.book
    tables = {table.name.lower(): table for one in book.sheets for table in one.tables}
    sheets = {one.name.lower(): one for one in book.sheets}
    if not book.app.evaluates or len(formula) > _LONGEST:
        return Cell(error="#VALUE!").read()
    if cells := _CELLS.fullmatch(formula):
        there = sheets.get(cells[1].replace("''", "'").lower())
        return there.do_Range(cells[2]) if there else Cell(error="#REF!").read()
    asked = [_PLACE.fullmatch(part) for part in formula.split('&"?"&')]
    found = [tables.get(part[1].lower()) if part else None for part in asked]
    here = sheet if book.app.evaluates == "on its sheet" else book.active
    known = [_place(table, here) for table in found if table]
    return "?".join(known) if len(known) == len(asked) else Cell(error="#NAME?").read()


def _place(table: "ListObject", here: object) -> str:
    """CELL leaves out the sheet that the formula itself is on."""
    left, top, right, bottom = table.bounds
    name = f"[{table.sheet.book.name}]{table.sheet.name}".replace("'", "''")
    sheet = "" if table.sheet is here else f"'{name}'!"
    cell = f"${get_column_letter(left)}${top + 1}"
    return f"{sheet}{cell}*{bottom - top - table.totals}*{right - left + 1}"
