"""How much room text takes, since nothing that writes files can auto-fit rows."""

import math
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from qcity_xl.core.schema.base import FieldColumn, Table
from qcity_xl.core.values import Value

LINE_POINTS = 15.5  # one line at 10 points in a CJK font
PADDING = 5.0
TALLEST = 409.0  # Excel's limit


class _Widths(dict[str, int]):
    """The width of each character, found when it is first met."""

    def __missing__(self, char: str) -> int:
        self[char] = width = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return width


_WIDTHS = _Widths()


def units(text: str) -> int:
    """Width in half-width characters: a Chinese character takes two."""
    return sum(map(_WIDTHS.__getitem__, text))


@lru_cache(maxsize=1 << 14)  # what stands in packs stands in several
def lines(text: str, width: float) -> int:
    """Lines that text takes in a column of this width."""
    room = max(2.0, width - 1.2)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(units(part) / room)) for part in text.split("\n"))


def row_height(cells: list[tuple[str, float]]) -> float:
    """Points of a row with these texts in columns of these widths."""
    most = max((lines(text, width) for text, width in cells), default=1)
    return min(TALLEST, most * LINE_POINTS + PADDING)


def column_width(column: FieldColumn) -> float:
    """Characters across, never too few for the header and its filter button."""
    return max(column.width, units(column.header) + 2)


def points_for(table: Table, row: Mapping[str, Value]) -> float:
    """Height of a table's row, from the columns whose text wraps."""
    return heights_of(table, (row,))[0]


def heights_of(table: Table, rows: Iterable[Mapping[str, Value]]) -> list[float]:
    """Heights of a table's rows, in points, in their order."""
    wrapping = [(column.field, column_width(column)) for column in table.columns if column.wrap]
    return [
        row_height([(str(row[f]), width) for f, width in wrapping if row.get(f) is not None])
        for row in rows
    ]
