"""One table of the open workbook: read in one block, written in as few blocks as can be."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.excel.blocks import CellBlock, blocks, single_cell, stays, stretches, typed
from qcity_xl.adapters.excel.found import FoundTable
from qcity_xl.adapters.excel.session import asking
from qcity_xl.adapters.excel.values import (
    as_lines,
    fill_down,
    has_hidden_lines,
    read_values,
    write_values,
)
from qcity_xl.adapters.master_file.master_tables import TableCells, typed_columns
from qcity_xl.adapters.ooxml.refs import MAX_ROW, Rect
from qcity_xl.core.errors import CannotEdit, ChangedMeanwhile
from qcity_xl.core.master.table_lines import TableLines
from qcity_xl.core.schema import CRITERIA, EVIDENCE, TASKS, UNITS, Table
from qcity_xl.core.schema.headers import match_headers
from qcity_xl.core.shown import may_show_more, shown_value
from qcity_xl.core.values import Value

if TYPE_CHECKING:
    import xlwings as xw

Undo = Callable[[], None]
BELOW = 50  # lines below a table that are looked at
# Excel itself lets a table grow with what is typed below it: of these that is taken as rows.
_LOOKED_BELOW = {TASKS.name, CRITERIA.name, EVIDENCE.name, UNITS.name}


class LiveTable:
    """The cells of a table as they are on screen; lines and columns are those of the sheet."""

    def __init__(self, book: str, table: Table, found: FoundTable) -> None:
        """Read it. Raises ExcelBusy."""
        self._book = book
        self._found = found
        self._schema = table
        self.filtered = False  # whether lines are hidden, as far as `to_write` asked
        with asking(book):
            self._look()
            self.top, self.left, *_ = self._place
            self._read()

    def _look(self) -> None:
        self._place = self._found.place()
        last = min(self._place.bottom + BELOW, MAX_ROW)
        self._seen = self._area(self._place._replace(bottom=last))

    def _read(self) -> None:
        count = self._place.bottom - self._place.top
        self._values = read_values(self._seen)
        self.grid, below = self._values[1 : count + 1], self._values[count + 1 :]
        self._below = below
        # A totals row is no blank line, and what stands below it is not the table's.
        if self._filled_below and (not self._looks_below or self._found.has_totals()):
            self._below = []
        self.texts = dict(enumerate(map(str, self._values[0]), self.left))
        self.columns = match_headers(self._schema, self.texts)
        self._width = len(self.texts)
        self._written: list[tuple[Rect, xw.Range]] = []

    @property
    def _looks_below(self) -> bool:
        return self._schema.name in _LOOKED_BELOW

    @property
    def _filled_below(self) -> bool:
        return any(value is not None for row in self._below for value in row)

    def again(self) -> "LiveTable":
        """The table as it is now, with lines and columns as before, moved or not. ExcelBusy."""
        new = copy(self)
        with asking(self._book):
            if self._found.place() != self._place or not self.untouched():
                self._found.forget()
                new._look()
                new._read()
        return new

    def untouched(self) -> bool:
        """Whether its cells still hold what was read last. Raises what the engine raises."""
        return _same(read_values(self._seen), self._values)

    def to_write(self, *, shown: bool = False) -> "LiveTable":
        """The table for writing; this one stays what it was. Raises ChangedMeanwhile, ExcelBusy.

        Whether lines are hidden is asked, unless its own lines are known to be `shown`.
        """
        if (self.top, self.left) != self._place[:2]:  # as `again` found it
            raise ChangedMeanwhile(self._book)
        new = copy(self)
        new.grid, new._written = [[*row] for row in self.grid], []
        new._values = []  # it will hold others
        with asking(self._book):
            seen = shown and not (self._looks_below and self._filled_below)
            new.filtered = not seen and has_hidden_lines(self._seen)
        return new

    def see_written(self) -> None:
        """Read again what was written."""
        for place, area in self._written:
            for line, row in enumerate(read_values(area), place.top - self.top - 1):
                if line < len(self.grid):  # a line that was taken away is empty
                    self.grid[line][place.left - self.left : place.right - self.left + 1] = row
        self._written.clear()

    @property
    def name(self) -> str:
        """The name of the table in the workbook."""
        return self._found.name

    @property
    def last(self) -> int:
        """The last line of the table, a totals row not counted."""
        return self.top + len(self.grid)

    @property
    def area(self) -> "xw.Range":
        """Its cells and some below."""
        return self._seen

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self._found.sheet

    @property
    def cells(self) -> TableCells:
        """What `read_master` wants."""
        return TableCells(self.columns, self._lines(), self._lines_below())

    def at(self, line: int, col: int) -> Value:
        """What a cell holds."""
        return self.grid[line - self.top - 1][col - self.left]

    def is_formula(self, line: int, col: int) -> bool:
        """Whether a cell holds a formula; text that looks like one is none."""
        place = Rect(line, col, line, col)
        return col in self._formulas_of(self._area(place), place)[line]

    def lines(self, rows: Mapping[str, int]) -> TableLines:
        """What a plan of its lines wants; `rows` has the line of each row."""
        ours = set(self.columns.values())
        return TableLines(
            self.top + 1,
            self.last,
            rows,
            typed_columns(self._schema, self.columns),
            [col for col in range(self.left, self.left + self._width) if col not in ours],
            self.at,
            self.is_formula,
        )

    # -- writing: each gives what takes it back

    def grow(self, count: int) -> Iterator[Undo]:
        """Put lines at the end, with the formats and formulas of the last one. CannotEdit.

        Columns of the schema without formulas hold what the last line holds until they are written.
        """
        old_last = self.last
        if len(self._below) < count or self._filled_below:
            self._check_below(old_last + 1, old_last + count)
        yield lambda: self._resize(old_last)
        self._resize(old_last + count)
        yield lambda: self._block(old_last + 1, old_last + count).clear()
        fill_down(self._block(old_last, old_last + count), lambda: self._block(old_last, old_last))
        self._clear_others(old_last, count)
        self.grid += ([None] * self._width for _ in range(count))
        self._below = self._below[count:]

    def _check_below(self, first: int, last: int) -> None:
        """Raises CannotEdit where the lines that are to be put at the end are not free."""
        if self._found.has_totals():
            raise CannotEdit(
                self._book, f"「{self.sheet}」的表格有汇总行，加不了行。请先关掉汇总行。"
            )
        if any(value is not None for row in read_values(self._block(first, last)) for value in row):
            raise CannotEdit(
                self._book, f"「{self.sheet}」的表格下面还有内容，加不了行。请先移开。"
            )

    def _clear_others(self, old_last: int, count: int) -> None:
        """What users typed into columns of their own belongs to its line alone."""
        ours = set(self.columns.values())
        others = [col for col in range(self.left, self.left + self._width) if col not in ours]
        if not others:
            return
        place = Rect(old_last, self.left, old_last, self._right)
        formulas = self._formulas_of(self._area(place), place)
        fixed = {
            (line, col): None
            for col in others
            if col not in formulas[old_last]
            for line in range(old_last + 1, old_last + count + 1)
        }
        for block in blocks(fixed):
            self._range(block).clear_contents()

    def take_in(self, last: int) -> Iterator[Undo]:
        """Let the table reach down to this line, over what was typed below it. CannotEdit."""
        old_last, count = self.last, last - self.last
        if count <= 0:
            return
        yield lambda: self._resize(old_last)
        self._resize(last)
        place = Rect(old_last, self.left, old_last, self._right)
        for col in self._formulas_of(self._area(place), place)[old_last]:
            if all(row[col - self.left] is None for row in self._below[:count]):
                yield self._area(Rect(old_last + 1, col, last, col)).clear_contents
                first = partial(self._area, Rect(old_last, col, old_last, col))
                fill_down(self._area(Rect(old_last, col, last, col)), first)
        self.grid, self._below = self.grid + self._below[:count], self._below[count:]

    def write(self, cells: Mapping[tuple[int, int], Value], old_last: int) -> Iterator[Undo]:
        """Give cells these values; lines below `old_last` are new. CannotEdit for a formula."""
        if not cells:
            return
        lines, cols = {line for line, _ in cells}, {col for _, col in cells}
        place = Rect(min(lines), min(cols), max(lines), max(cols))
        whole = self._area(place)
        if place.top <= old_last:
            formulas = self._formulas_of(whole, place)
            self._check_formulas(cells, formulas, old_last)
            self._undate(cells, old_last)
            if not self.filtered:
                cells = {**self._between(cells, formulas, old_last), **cells}
        # Over filtered lines Excel would put the first value of a block into all that are shown.
        found = [*map(single_cell, cells.items())] if self.filtered else blocks(cells)
        for block in found:
            area = whole if len(found) == 1 else self._range(block)
            yield partial(write_values, area, self._before(block, old_last))
            write_values(
                area,
                [
                    [self._entered(value, col) for col, value in enumerate(row, block.col)]
                    for row in block.rows
                ],
            )
            yield lambda: None  # by now something is written, whatever fails next
        self._written.append((place, whole))

    def _between(
        self, cells: Iterable[tuple[int, int]], formulas: Mapping[int, set[int]], old_last: int
    ) -> dict[tuple[int, int], Value]:
        """What the program's own cells between these hold: written along, they make one block."""
        own = [c for f, c in self.columns.items() if self._schema.column(f).editor == "program"]
        texts = {c for f, c in self.columns.items() if self._schema.column(f).type == "text"}
        between: dict[tuple[int, int], Value] = {}
        for first, last in stretches(sorted(own)):
            mine = [(line, col) for line, col in cells if first <= col <= last and line <= old_last]
            if mine:
                lines, cols = zip(*mine, strict=True)
                held = {
                    (line, col): self.at(line, col)
                    for line in range(min(lines), max(lines) + 1)
                    for col in range(min(cols), max(cols) + 1)
                }
                if all(
                    col not in formulas[line] and stays(value, text=col in texts)
                    for (line, col), value in held.items()
                ):
                    between |= held
        return between

    def _check_formulas(
        self, cells: Iterable[tuple[int, int]], formulas: Mapping[int, set[int]], old_last: int
    ) -> None:
        for line, col in cells:
            if line <= old_last and col in formulas.get(line, ()):
                header = next(c.header for c in self._schema.columns if self._is(c.field, col))
                raise CannotEdit(
                    self._book, f"「{self.sheet}」第{line}行“{header}”是公式，没有写入。"
                )

    def shrink(self, count: int) -> Iterator[Undo]:
        """Take the last lines out of the table and empty them."""
        old_last = self.last
        area = self._block(old_last - count + 1, old_last)
        formulas = as_lines(area.formula, self._width)
        rows = tuple(tuple(row) for row in self.grid[len(self.grid) - count :])
        before = _as_typed(formulas, rows)
        yield lambda: write_values(area, before)
        area.clear_contents()
        yield lambda: self._resize(old_last)
        self._resize(old_last - count)
        del self.grid[len(self.grid) - count :]

    def _undate(self, cells: Mapping[tuple[int, int], Value], old_last: int) -> None:
        """A cell that held a date would show a number as one."""
        for (line, col), value in cells.items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if number and line <= old_last and isinstance(self.at(line, col), dt.date):
                self._area(Rect(line, col, line, col)).number_format = "General"

    def _entered(self, value: Value, col: int) -> Value:
        """The value as one would type it; Excel would write a date into a text cell its own way."""
        text = any(self._is(c.field, col) and c.type == "text" for c in self._schema.columns)
        return typed(value.isoformat() if text and isinstance(value, dt.date) else value)

    def _is(self, field: str, col: int) -> bool:
        return self.columns.get(field) == col

    def _formulas_of(self, area: "xw.Range", place: Rect) -> dict[int, set[int]]:
        """The columns of each line of a place where a formula stands."""
        found = as_lines(area.formula, place.right - place.left + 1)
        return {
            line: {
                col
                for col, formula in enumerate(row, place.left)
                if str(formula)[:1] == "=" and (line > self.last or formula != self.at(line, col))
            }
            for line, row in enumerate(found, place.top)
        }

    def _before(self, block: CellBlock[Value], old_last: int) -> list[list[Any]]:
        """What a block holds now, as one would type it: no formulas are ever written over."""
        lines = range(block.line, block.last[0] + 1)
        cols = range(block.col, block.last[1] + 1)
        return [
            [typed(self.at(line, col)) if line <= old_last else None for col in cols]
            for line in lines
        ]

    def _range(self, block: CellBlock[Any]) -> "xw.Range":
        return self._area(Rect(block.line, block.col, *block.last))

    def _block(self, first: int, last: int) -> "xw.Range":
        return self._area(Rect(first, self.left, last, self._right))

    def _area(self, place: Rect) -> "xw.Range":
        return self._found.area(place)

    @property
    def _right(self) -> int:
        return self.left + self._width - 1

    def _resize(self, last: int) -> None:
        self._found.resize(self._block(self.top, last))

    def _lines(self) -> Iterator[tuple[int, dict[str, Value]]]:
        shown = self._shown()
        for line, row in enumerate(self.grid, self.top + 1):
            yield (
                line,
                {
                    field: shown.get((line, col), row[col - self.left])
                    for field, col in self.columns.items()
                },
            )

    def _lines_below(self) -> Iterator[tuple[int, dict[str, Value]]]:
        for line, row in enumerate(self._below if self._looks_below else (), self.last + 1):
            yield line, {field: row[col - self.left] for field, col in self.columns.items()}

    def _shown(self) -> dict[tuple[int, int], Value]:
        """What cells of text show for the numbers in them, where their formats are not plain."""
        shown: dict[tuple[int, int], Value] = {}
        for field, col in self.columns.items():
            column = self._schema.column(field)
            held = {
                line: value
                for line, row in enumerate(self.grid, self.top + 1)
                if may_show_more(column, value := row[col - self.left])
            }
            if held:
                area = self._area(Rect(min(held), col, max(held), col))
                common = area.number_format  # None where they differ
                for line, value in held.items():
                    code = common or self._area(Rect(line, col, line, col)).number_format
                    shown[line, col] = shown_value(value, str(code or ""))  # type: ignore[arg-type]  # it is a number
        return shown


def _same(one: list[list[Value]], other: list[list[Value]]) -> bool:
    """Whether the values are alike, types too: 1 is not True."""
    return one == other and all(
        type(mine) is type(theirs)
        for pair in zip(one, other, strict=True)
        for mine, theirs in zip(*pair, strict=True)
    )


def _as_typed(formulas: list[list[Any]], values: tuple[tuple[Value, ...], ...]) -> list[list[Any]]:
    return [
        [
            formula if str(formula)[:1] == "=" and formula != value else typed(value)
            for formula, value in zip(line, row, strict=True)
        ]
        for line, row in zip(formulas, values, strict=True)
    ]
