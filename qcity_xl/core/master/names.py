"""How a cell of the master is named to people, who never see the ids of rows."""

import re

from qcity_xl.core.changes import BOARD, CARD, HEADER, ORDER, Change
from qcity_xl.core.master.numbers import NO_OTHERS, NumbersInUse, standing_id
from qcity_xl.core.schema import BY_NAME
from qcity_xl.core.schema.cards import card_label

# Ids as `core/plan.py` makes them, and what stands on the sheet.
_SHOWN = (
    (re.compile(r"C(\d+)\.(\d+)"), r"\1(\2)"),
    (re.compile(r"[IST](\d[\d.]*)"), r"\1"),
    (re.compile(r"T([\d.]+)/(.+)", re.DOTALL), r"\1 \2"),
)


def place_name(change: Change, standing: NumbersInUse = NO_OTHERS) -> str:
    """Sheet, row and column: 「得分点」13(3) 自评答案."""
    table = BY_NAME[change.table]
    if change.row.startswith(CARD):
        return f"「{table.sheet}」{CARD}{card_label(change.row.removeprefix(CARD))}"
    if change.row == BOARD:
        return f"「{table.sheet}」整张工作表"
    if change.places_row:
        return f"「{table.sheet}」{row_name(change.row, standing)}"
    return f"「{table.sheet}」{row_name(change.row, standing)} {table.column(change.field).header}"


def stands_behind(row: object, standing: NumbersInUse = NO_OTHERS) -> str:
    """Where a row stands, by that which it stands behind (see master/row_order.py)."""
    if row is None:
        return "（没有）"
    return "表首" if row == HEADER else f"{row_name(str(row), standing)}之后"


def row_name(row: str, standing: NumbersInUse = NO_OTHERS) -> str:
    """The number that a row has on its sheet; an id that is no number is shown as it is.

    `standing` tells of rows that bear another number than their id.
    """
    if row.startswith(ORDER):
        return f"{row_name(row.removeprefix(ORDER), standing)}的位置"
    row = standing_id(row, standing)
    for pattern, shown in _SHOWN:
        match = pattern.fullmatch(row)
        if match:
            return match.expand(shown)
    return row
