"""The formulas in the cells of a column: programs that keep none for the column keep these."""

import re

from qcity_xl.adapters.ooxml.markup import attributes, unescaped
from qcity_xl.adapters.ooxml.refs import Rect
from qcity_xl.adapters.ooxml.sheet import Sheet

_TAG = re.compile(rb"<[^>]*>")


def cell_formulas(sheet: Sheet, block: Rect) -> dict[int, str]:
    """The formula of each row of this block, one column wide, where there is one.

    A cell that shares the formula of another of them has its text.
    """
    found: dict[int, str] = {}
    shared: dict[bytes, str] = {}
    for row in range(block.top, block.bottom + 1):
        cell = sheet.cell(row, block.left)
        if cell and cell.formula:
            text = formula_of(cell.formula)
            number = attributes(cell.formula[: cell.formula.index(b">") + 1]).get(b"si")
            if number is not None:
                text = shared.setdefault(number, text)
            if text:
                found[row] = text
    return found


def formula_of(element: bytes) -> str:
    """The text of a formula element."""
    return unescaped(_TAG.sub(b"", element))
