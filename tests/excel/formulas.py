"""The formulas that the product has Excel evaluate, and no others."""

import re
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from tests.excel.cells import Cell

if TYPE_CHECKING:
    from tests.excel.objects import ListObject, Range, Worksheet

_LONGEST = 255  # characters that Evaluate takes
_CELLS = re.compile(r"'(.+)'!([A-Z]+\d+(?::[A-Z]+\d+)?)")
_SHOWN = re.compile(r"SUBTOTAL\(103,([\w,]+)\)=COUNTA\(\1\)")
_AGAIN = re.compile(r'CELL\("address",(\w+)\)&ROWS\(\1\)')
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
    if shown := _SHOWN.fullmatch(formula):
        named = [tables.get(name.lower()) for name in shown[1].split(",")]
        if None in named:
            return Cell(error="#NAME?").read()
        return all(_all_shown(table) for table in named if table)
    here = sheet if book.app.evaluates == "on its sheet" else book.active
    again = re.fullmatch(f"(?:{_AGAIN.pattern}&?)+".replace("\\1", "\\w+"), formula)
    asked = _AGAIN.findall(formula) if again else _named_by(formula)
    found = [table for name in asked if (table := tables.get(name.lower()))]
    if not asked or len(found) < len(asked):
        return Cell(error="#NAME?").read()
    if again:
        return "".join(f"{_first(table, here)}{_lines(table)}" for table in found)
    return "?".join(_place(table, here) for table in found)


def _all_shown(table: "ListObject") -> bool:
    """Of lines that are hidden SUBTOTAL counts nothing; what COUNTA counts has a value."""
    left, top, right, bottom = table.bounds
    lines = {line for line in table.sheet.filtered if top < line <= bottom - table.totals}
    return not any(
        row in lines and left <= col <= right and (cell.value is not None or cell.error)
        for (row, col), cell in table.sheet.cells.items()
    )


def _named_by(formula: str) -> list[str]:
    asked = [_PLACE.fullmatch(part) for part in formula.split('&"?"&')]
    return [part[1] for part in asked if part] if all(asked) else []


def _lines(table: "ListObject") -> int:
    _, top, _, bottom = table.bounds
    return bottom - top - table.totals


def _place(table: "ListObject", here: object) -> str:
    left, _, right, _ = table.bounds
    return f"{_first(table, here)}*{_lines(table)}*{right - left + 1}"


def _first(table: "ListObject", here: object) -> str:
    """CELL leaves out the sheet that the formula itself is on."""
    left, top, *_ = table.bounds
    name = f"[{table.sheet.book.name}]{table.sheet.name}".replace("'", "''")
    sheet = "" if table.sheet is here else f"'{name}'!"
    return f"{sheet}${get_column_letter(left)}${top + 1}"
