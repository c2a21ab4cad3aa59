"""The only way a workbook is altered: one cell, old value, new value."""

from collections.abc import Iterable
from typing import NamedTuple

from qcity_xl.core.values import Value

KEY = "key"  # the field that every table has; its cell is the row's id
# In place of a row's id: what a table consists of beside its rows (see core/master/upgrade.py).
SHEET, HEADER, CHOICES = "（工作表）", "（表头）", "（下拉）"
FORMATS, FORMULA, FOLDED = "（条件格式）", "（公式）", "（收起的列）"
BOARD = "（看板）"
PAPER, GUIDE = "（打印）", "（使用说明的打印）"
STRUCTURE = (SHEET, BOARD, HEADER, CHOICES, FORMATS, FORMULA, FOLDED, PAPER, GUIDE)
CARD = "（卡片）"  # and the name of a figure on 看板 behind it
# And the id of a row: behind which other one it stands (see master/row_order.py).
ORDER = "（次序）"


def is_structure(row: str) -> bool:
    """Whether this stands in place of a row's id for a part of the layout."""
    return row[:1] == "（" and (row in STRUCTURE or row.startswith((CARD, ORDER)))


class Change(NamedTuple):
    """One cell of one table: `field` of row `row` goes from `old` to `new`.

    A change of the field "key" from None adds the row, to None takes it away; the other cells of
    such a row are changes of their own. From "" or another key it gives an id to a row that is
    there, as a person typed it; to these it takes the id back, and the row stays.
    """

    table: str
    row: str
    field: str
    old: Value
    new: Value

    @property
    def adds_row(self) -> bool:
        """Whether this change makes its row."""
        return self.field == KEY and self.old is None and not self.structural

    @property
    def drops_row(self) -> bool:
        """Whether this change takes its row away."""
        return self.field == KEY and self.new is None and not self.structural

    @property
    def structural(self) -> bool:
        """Whether it is of a table's sheet, header or look, not of a cell in a row."""
        return is_structure(self.row)

    @property
    def places_row(self) -> bool:
        """Whether it says behind which other row one stands."""
        return self.row.startswith(ORDER)

    def inverse(self) -> "Change":
        """The change that brings the old value back."""
        return Change(self.table, self.row, self.field, self.new, self.old)


def added_row(table: str, row: str, values: dict[str, Value]) -> list[Change]:
    """The changes that add one row with these values (blank ones are left out)."""
    cells = [
        Change(table, row, name, None, value) for name, value in values.items() if value is not None
    ]
    return [Change(table, row, KEY, None, row), *cells]


def dropped_row(table: str, row: str, values: dict[str, Value]) -> list[Change]:
    """The changes that take one row away, its present values named first."""
    cells = [
        Change(table, row, name, value, None)
        for name, value in values.items()
        if name != KEY and value is not None
    ]
    return [*cells, Change(table, row, KEY, row, None)]


def inverted(changes: Iterable[Change]) -> list[Change]:
    """The list that undoes `changes`: inverses, last first."""
    return [change.inverse() for change in reversed(list(changes))]
