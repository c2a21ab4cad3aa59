"""The sheets of a returned workbook as values, whatever wrote it, within bounds."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from qcity_xl.core.values import Value, tidy

Raw = Value | dt.time | dt.timedelta  # what the reader of values gives; "" for empty
RawRow = Sequence[Raw]
SheetRows = Sequence[tuple[int, RawRow]]  # the number of each row, from 1, and its cells from A on

# Why a cell is special: its value is not what stands in the grid, or not what was typed.
Oddity = Literal["error", "formula", "uncalculated", "merged", "picture"]
_PLAIN = ("", "")
_SAID = {"error": "{0}", "uncalculated": "={0}", "picture": "［图片 {0}］"}  # without a value


@dataclass(frozen=True, slots=True)
class PackSheet:
    """One sheet: the `rows` that hold something.

    By line and column, both from 1: `odd` cells; `formats` of numbers; where `links` lead. With
    `late` its day numbers count from 1904.
    """

    name: str
    rows: SheetRows
    odd: Mapping[tuple[int, int], tuple[Oddity, str]] = field(default_factory=dict)
    clipped: Sequence[tuple[str, Raw]] = ()  # cells beyond the bounds: address, what they hold
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    late: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """All sheets; `remarks` tell what else is in the file; `blanks_count`: whether an empty cell
    is known to be empty (old formats show errors and unread cells as empty ones); `saved` is when
    a program wrote the file, as the program put it in, "" where it did not.
    """

    sheets: Sequence[PackSheet]
    remarks: Sequence[str] = ()
    blanks_count: bool = True
    saved: str = ""
    comments: Sequence[tuple[str, str, str]] = ()  # sheet, address, words


def said_in(sheet: PackSheet, line: int, col: int, raw: Raw) -> str:
    """What a cell says to people, its line and column from 1: an error or a formula as well."""
    if raw == "":
        value: Value = None
    else:
        value = tidy(raw)
    kind, what = sheet.odd.get((line, col), _PLAIN) if sheet.odd else _PLAIN
    if value is None and kind in _SAID:
        return _SAID[kind].format(what)
    return "" if value is None else str(value)


def cells_of(sheet: PackSheet, below: int = 0) -> Iterator[tuple[int, int, str]]:
    """Line and column, from 1, and words of each cell that holds something under a line."""
    for line, cells in sheet.rows:
        if line > below:
            for col, raw in enumerate(cells, 1):
                if said := said_in(sheet, line, col, raw):
                    yield line, col, said


def with_odd(sheet: PackSheet) -> PackSheet:
    """The sheet with rows for odd cells too, which the reader of values takes for empty."""
    odd = [place for place, (kind, _) in sheet.odd.items() if kind in _SAID]
    if not odd:
        return sheet
    rows = dict(sheet.rows)
    for line, col in odd:
        cells = rows.get(line, [])
        if len(cells) < col:
            rows[line] = [*cells, *[""] * (col - len(cells))]
    return replace(sheet, rows=sorted(rows.items()))


def filled(rows: Iterable[tuple[int, RawRow]]) -> Iterator[tuple[int, RawRow]]:
    """The rows that hold something, without the empty cells at their ends."""
    for number, cells in rows:
        width = len(cells)
        while width and cells[width - 1] in ("", None):
            width -= 1
        if width:
            yield number, cells if width == len(cells) else cells[:width]
