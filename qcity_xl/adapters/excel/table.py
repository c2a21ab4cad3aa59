"""One table of the open workbook: read in one block, written in as few blocks as can be."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.excel.blocks import Block, blocks, typed
from qcity_xl.adapters.excel.session import asking
from qcity_xl.adapters.excel.values import place_of, read_values, write_values
from qcity_xl.adapters.master_file.master_tables import TableCells, typed_columns
from qcity_xl.adapters.ooxml.refs import MAX_ROW, cell_name
from qcity_xl.core.errors import CannotEdit
from qcity_xl.core.master.table_lines import TableLines
from qcity_xl.core.schema import CRITERIA, EVIDENCE, TASKS, UNITS, Table
from qcity_xl.core.schema.headers import match_headers
from qcity_xl.core.shown import may_show_more, shown_value
from qcity_xl.core.values import Value

if TYPE_CHECKING:
    import xlwings as xw
    from xlwings.main import Table as ExcelTable

Undo = Callable[[], None]
BELOW = 50  # lines below a table that are looked at
# Excel itself lets a table grow with what is typed below it; to look costs a call for each table.
_LOOKED_BELOW = {TASKS.name, CRITERIA.name, EVIDENCE.name, UNITS.name}


class LiveTable:
    """The cells of a table as they are on screen; lines and columns are those of the sheet."""

    def __init__(self, book: str, table: Table, found: "ExcelTable") -> None:
        """Read it. Raises ExcelBusy."""
        self._book = book
        self._found = found
        self._schema = table
        with asking(book):
            self._sheet = found.parent
            self._totals = bool(found.show_totals)
        self._read()

    def _read(self) -> None:
        with asking(self._book):
            area = self._found.range
            place = place_of(area)
            self.top, self.left = place.top, place.left
            last = place.bottom if self._totals else self._may_end(place.bottom)
            if last > place.bottom:
                area = self._area(place.top, place.left, last, place.right)
            grid = read_values(area)
        self._below = grid[place.bottom - place.top + 1 :]
        grid = grid[: place.bottom - place.top + 1]
        self.texts = dict(enumerate((str(value) for value in grid[0]), self.left))
        self.columns = match_headers(self._schema, self.texts)
        self._width = len(self.texts)
        self.grid: list[list[Value]] = grid[1:-1] if self._totals else grid[1:]
        self._lines_written: set[int] = set()

    def _may_end(self, last: int) -> int:
        """Down to where rows of it may stand that people typed below its last line."""
        return min(last + BELOW, MAX_ROW) if self._schema.name in _LOOKED_BELOW else last

    def again(self) -> "LiveTable":
        """The table as it is now. Raises ExcelBusy."""
        new = copy(self)
        new._read()
        return new

    def written(self) -> "LiveTable":
        """The table as it is after our writing: its size and the lines concerned are read again."""
        count = place_of(self._found.range).bottom - self.top - self._totals
        lines = [line for line in self._lines_written if line <= self.top + count]
        new = copy(self)
        new.grid, new._lines_written = self.grid[:count], set()
        if lines:
            first, last = min(lines), max(lines)
            new.grid[first - self.top - 1 : last - self.top] = read_values(self._block(first, last))
        return new

    @property
    def name(self) -> str:
        """The name of the table in the workbook."""
        return str(self._found.name)

    @property
    def last(self) -> int:
        """The last line of the table, a totals row not counted."""
        return self.top + len(self.grid)

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return str(self._sheet.name)

    @property
    def cells(self) -> TableCells:
        """What `read_master` wants."""
        return TableCells(self.columns, self._lines(), self._lines_below())

    def at(self, line: int, col: int) -> Value:
        """What a cell holds."""
        return self.grid[line - self.top - 1][col - self.left]

    def is_formula(self, line: int, col: int) -> bool:
        """Whether a cell holds a formula; text that looks like one is none."""
        return col in self._formulas(line, line)[line]

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
        """Put lines at the end, with the formats and formulas of the last one. CannotEdit."""
        old_last = self.last
        new = self._block(old_last + 1, old_last + count)
        if self._totals:
            raise CannotEdit(
                self._book, f"「{self.sheet}」的表格有汇总行，加不了行。请先关掉汇总行。"
            )
        if any(value is not None for row in read_values(new) for value in row):
            raise CannotEdit(
                self._book, f"「{self.sheet}」的表格下面还有内容，加不了行。请先移开。"
            )
        yield lambda: self._resize(old_last)
        self._resize(old_last + count)
        yield new.clear
        whole = self._block(old_last, old_last + count)
        self._block(old_last, old_last).autofill(whole, "fill_copy")
        formulas = self._formulas(old_last, old_last)[old_last]
        fixed = {
            (line, col): None
            for col in range(self.left, self.left + self._width)
            if col not in formulas
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
        for col in self._formulas(old_last, old_last)[old_last]:
            if all(row[col - self.left] is None for row in self._below[:count]):
                yield self._area(old_last + 1, col, last, col).clear_contents
                filled = self._area(old_last, col, last, col)
                self._area(old_last, col, old_last, col).autofill(filled, "fill_copy")
        self.grid, self._below = self.grid + self._below[:count], self._below[count:]

    def write(self, cells: Mapping[tuple[int, int], Value]) -> Iterator[Undo]:
        """Give these cells these values. CannotEdit for a formula."""
        self._lines_written |= {line for line, _ in cells}
        present = {line for line, _ in cells if line <= self.last}
        formulas = self._formulas(min(present), max(present)) if present else {}
        for line, col in cells:
            if col in formulas.get(line, ()):
                header = next(c.header for c in self._schema.columns if self._is(c.field, col))
                raise CannotEdit(
                    self._book, f"「{self.sheet}」第{line}行“{header}”是公式，没有写入。"
                )
        self._undate(cells)
        for block in blocks(cells):
            yield partial(self._put, block, self._before(block))
            self._put(
                block,
                [
                    [self._entered(value, col) for col, value in enumerate(row, block.col)]
                    for row in block.rows
                ],
            )

    def shrink(self, count: int) -> Iterator[Undo]:
        """Take the last lines out of the table and empty them."""
        old_last = self.last
        area = self._block(old_last - count + 1, old_last)
        formulas = _matrix(area.formula, self._width)
        rows = tuple(tuple(row) for row in self.grid[len(self.grid) - count :])
        gone = Block(old_last - count + 1, self.left, rows)
        before = _as_typed(formulas, rows)
        yield lambda: self._put(gone, before)
        area.clear_contents()
        yield lambda: self._resize(old_last)
        self._resize(old_last - count)

    def _undate(self, cells: Mapping[tuple[int, int], Value]) -> None:
        """A cell that held a date would show a number as one."""
        for (line, col), value in cells.items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if number and line <= self.last and isinstance(self.at(line, col), dt.date):
                self._area(line, col, line, col).number_format = "General"

    def _entered(self, value: Value, col: int) -> Value:
        """The value as one would type it; Excel would write a date into a text cell its own way."""
        text = any(self._is(c.field, col) and c.type == "text" for c in self._schema.columns)
        return typed(value.isoformat() if text and isinstance(value, dt.date) else value)

    def _is(self, field: str, col: int) -> bool:
        return self.columns.get(field) == col

    def _formulas(self, first: int, last: int) -> dict[int, set[int]]:
        """The columns of each of these lines where a formula stands."""
        found = _matrix(self._block(first, last).formula, self._width)
        return {
            line: {
                col
                for col, formula in enumerate(row, self.left)
                if str(formula)[:1] == "=" and formula != self.at(line, col)
            }
            for line, row in enumerate(found, first)
        }

    def _before(self, block: Block[Value]) -> list[list[Any]]:
        """What a block holds now, as one would type it: no formulas are ever written over."""
        lines = range(block.line, block.last[0] + 1)
        cols = range(block.col, block.last[1] + 1)
        return [
            [typed(self.at(line, col)) if line <= self.last else None for col in cols]
            for line in lines
        ]

    def _put(self, block: Block[Value], rows: list[list[Any]]) -> None:
        write_values(self._range(block), rows)

    def _range(self, block: Block[Any]) -> "xw.Range":
        return self._area(block.line, block.col, *block.last)

    def _block(self, first: int, last: int) -> "xw.Range":
        return self._area(first, self.left, last, self.left + self._width - 1)

    def _area(self, top: int, left: int, bottom: int, right: int) -> "xw.Range":
        """By its address, which crosses once; two cells would cross five times."""
        area: xw.Range = self._sheet.range(f"{cell_name(top, left)}:{cell_name(bottom, right)}")
        return area

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
        for line, row in enumerate(self._below, self.last + 1):
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
                area = self._area(min(held), col, max(held), col)
                common = area.number_format  # None where they differ
                for line, value in held.items():
                    code = common or self._area(line, col, line, col).number_format
                    shown[line, col] = shown_value(value, str(code or ""))  # type: ignore[arg-type]  # it is a number
        return shown


def _matrix(found: Any, width: int) -> list[list[Any]]:
    """Formulas as lists of lists: one cell and one row come as less."""
    if not isinstance(found, list | tuple):
        return [[found]]
    if not isinstance(found[0], list | tuple):
        return [list(found)] if len(found) == width else [[one] for one in found]
    return [list(row) for row in found]


def _as_typed(formulas: list[list[Any]], values: tuple[tuple[Value, ...], ...]) -> list[list[Any]]:
    return [
        [
            formula if str(formula)[:1] == "=" and formula != value else typed(value)
            for formula, value in zip(line, row, strict=True)
        ]
        for line, row in zip(formulas, values, strict=True)
    ]
