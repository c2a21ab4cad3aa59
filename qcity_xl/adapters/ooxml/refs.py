"""Cell references: A1 text to numbers and back. Rows and columns count from 1."""

import re
from functools import cache
from typing import NamedTuple

MAX_ROW = 1_048_576
MAX_COL = 16_384

_RECT = re.compile(
    r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?", re.ASCII
)

_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})", re.ASCII)
_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})", re.ASCII)


class Rect(NamedTuple):
    """A block of cells, all four sides included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """The block as "A1:B9", or "A1" if it is one cell."""
        first = cell_name(self.top, self.left)
        last = cell_name(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, col: int) -> bool:
        """Whether the cell lies in the block."""
        return self.top <= row <= self.bottom and self.left <= col <= self.right

    def meets(self, other: "Rect") -> bool:
        """Whether the two blocks share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


@cache
def column_letters(col: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, col: int) -> str:
    """The A1 name of a cell."""
    return f"{column_letters(col)}{row}"


def parse_rect(text: str) -> Rect | None:
    """The block that "A1", "A1:B9" or "$A$1:$B$9" names; None for anything else."""
    match = _RECT.fullmatch(text)
    if match is None:
        return None
    left, top = column_number(match[1]), int(match[2])
    right = column_number(match[3]) if match[3] else left
    bottom = int(match[4]) if match[4] else top
    return Rect(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def parse_block(text: str) -> Rect | None:
    """The same, and whole columns and rows: "B:D", "$2:$5"."""
    if columns := _COLUMNS.fullmatch(text):
        left, right = sorted(map(column_number, columns.groups()))
        return Rect(1, left, MAX_ROW, right)
    if rows := _ROWS.fullmatch(text):
        top, bottom = sorted(map(int, rows.groups()))
        return Rect(top, 1, bottom, MAX_COL)
    return parse_rect(text)


def parse_rects(text: str) -> list[Rect]:
    """The blocks of a space-separated list (ST_Sqref); what is no block is left out."""
    return [rect for word in text.split() if (rect := parse_rect(word))]
