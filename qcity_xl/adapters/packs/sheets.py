"""The sheets of a returned workbook as values, whatever wrote it, within bounds."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from qcity_xl.core.values import Value

Raw = Value | dt.time | dt.timedelta  # what the reader of values gives; "" for empty
Cells = Sequence[Raw]
SheetRows = Sequence[tuple[int, Cells]]  # the number of each row, from 1, and its cells from A on

# Why a cell is special: its value is not what stands in the grid, or not what was typed.
Oddity = Literal["error", "formula", "uncalculated", "merged", "picture"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the `rows` that hold something.

    By line and column, both from 1: `odd` cells; `formats` of numbers; where `links` lead. With
    `late` its day numbers count from 1904.
    """

    name: str
    rows: SheetRows
    odd: Mapping[tuple[int, int], tuple[Oddity, str]] = field(default_factory=dict)
    clipped: str = ""  # what beyond the bounds was left out, e.g. XFD1048576
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    late: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """All sheets; `remarks` tell what else is in the file; `blanks_count`: whether an empty cell
    is known to be empty (old formats show errors and unread cells as empty ones); `saved` is when
    a program wrote the file, as the program put it in, "" where it did not.
    """

    sheets: Sequence[Sheet]
    remarks: Sequence[str] = ()
    blanks_count: bool = True
    saved: str = ""


def filled(rows: Iterable[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    """The rows that hold something, without the empty cells at their ends."""
    for number, cells in rows:
        width = len(cells)
        while width and cells[width - 1] in ("", None):
            width -= 1
        if width:
            yield number, cells[:width]
