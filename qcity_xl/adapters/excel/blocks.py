"""Cells gathered into rectangles, and text that a spreadsheet would take for something else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from qcity_xl.core.text import half_width
from qcity_xl.core.values import Value

T = TypeVar("T")

# What Excel may read as a number, a date, a time, a percentage or an amount of money, whatever the
# language; 13.10 must not turn into 13.1, nor 2016-5-3 into a day.
_NUMBERLIKE = re.compile(
    r"[\d\s.,:/%‰()+\-–—$¥€£￥e年月日号时分秒点上下午周星期零〇一二三四五六七八九十百千万]+"
    r"|.*\d.*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|am|pm|ad|bc).*"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*\d.*",
    re.IGNORECASE | re.DOTALL,
)
_SPECIAL = ("=", "+", "-", "@", "'", "#")
_WORDS = {"true", "false", "真", "假"}


@dataclass(frozen=True, slots=True)
class CellBlock(Generic[T]):
    """A rectangle of cells; `line` and `col` are those of its first cell."""

    line: int
    col: int
    rows: tuple[tuple[T, ...], ...]

    @property
    def last(self) -> tuple[int, int]:
        """Line and column of its last cell."""
        return self.line + len(self.rows) - 1, self.col + len(self.rows[0]) - 1


def blocks(cells: Mapping[tuple[int, int], T]) -> list[CellBlock[T]]:
    """As few rectangles as come of joining neighbours, of these cells and no others.

    Cells are by (line, column); runs down a column first, then runs of the same lines side by side.
    """
    runs: dict[tuple[int, int], list[int]] = {}  # first and last line -> columns
    for first, last, col in _runs(cells):
        runs.setdefault((first, last), []).append(col)
    made = []
    for (first, last), cols in sorted(runs.items()):
        for left, right in stretches(sorted(cols)):
            rows = tuple(
                tuple(cells[line, col] for col in range(left, right + 1))
                for line in range(first, last + 1)
            )
            made.append(CellBlock(first, left, rows))
    return made


def _runs(cells: Mapping[tuple[int, int], T]) -> list[tuple[int, int, int]]:
    lines: dict[int, list[int]] = {}
    for line, col in cells:
        lines.setdefault(col, []).append(line)
    return [
        (first, last, col) for col, mine in lines.items() for first, last in stretches(sorted(mine))
    ]


def stretches(numbers: list[int]) -> list[tuple[int, int]]:
    """First and last of each stretch without gaps."""
    made: list[tuple[int, int]] = []
    for number in numbers:
        if made and number == made[-1][1] + 1:
            made[-1] = (made[-1][0], number)
        else:
            made.append((number, number))
    return made


def stays(value: Value, *, text: bool) -> bool:
    """Whether a cell, a `text` cell maybe, that holds this holds the same when it is written."""
    if isinstance(value, str):
        return not value.startswith("#")  # an error
    return value is None or (type(value) in (int, float) and not text)


def typed(value: Value) -> Value:
    """The value as one would type it, so that text stays text.

    An apostrophe in front is what Excel takes for "this is text"; it is no part of the text.
    """
    if not isinstance(value, str):
        return value
    folded = half_width(value).strip().lower()
    risky = (
        folded.startswith(_SPECIAL)
        or value.startswith(_SPECIAL)
        or folded in _WORDS
        or _NUMBERLIKE.fullmatch(folded)
    )
    return f"'{value}" if risky else value


def single_cell(cell: tuple[tuple[int, int], Value]) -> CellBlock[Value]:
    """The block of one cell, by its place and value."""
    (line, col), value = cell
    return CellBlock(line, col, ((value,),))
