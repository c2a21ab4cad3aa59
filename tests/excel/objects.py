"""The part of Excel's object model that the product uses, over sheets read by openpyxl.

A name that is not here is an error as in Excel: a new call of the product fails loudly. Nothing is
calculated: formulas keep the values that the file had for them.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter, range_boundaries

from qcity_xl.adapters.ooxml.moves import LastRowMove
from qcity_xl.adapters.ooxml.references import stretched
from tests.excel.attach import Dispatch
from tests.excel.cells import ERRORS, Cell, _serial
from tests.excel.formulas import evaluated
from tests.excel.wire import UNKNOWN_NAME, ComError, Wire, refused

_LINES = re.compile(r"\d+:\d+")
AUTOMATIC, MANUAL, SEMIAUTOMATIC = -4105, -4135, 2


class Com(Dispatch):
    """An object of Excel: get_X, set_X and do_X are its X; each use crosses the wire."""

    def __init__(self, wire: Wire) -> None:
        self.__dict__["wire"] = wire

    @property
    def _oleobj_(self) -> _Names:
        return _Names(self)

    def __getattr__(self, name: str) -> Any:
        if not name[:1].isupper():
            raise AttributeError(name)
        if getter := getattr(type(self), f"get_{name}", None):
            self.wire.cross("get", name)
            return getter(self)
        if method := getattr(type(self), f"do_{name}", None):

            def call(one: Com, *args: object, **named: object) -> Any:
                one.wire.cross("call", name)
                return method(one, *map(_bare, args), **{k: _bare(v) for k, v in named.items()})

            return types.MethodType(call, self)
        raise AttributeError(f"{type(self).__name__}.{name} is not in the model")

    def __setattr__(self, name: str, value: Any) -> None:
        if not name[:1].isupper():
            self.__dict__[name] = value
            return
        setter = getattr(type(self), f"set_{name}", None)
        if setter is None:
            raise AttributeError(f"{type(self).__name__}.{name} is not in the model")
        self.wire.cross("set", name)
        setter(self, _bare(value))


class _Names:
    """Whether an object has a name: what xlwings asks when an attribute fails."""

    def __init__(self, owner: Com) -> None:
        self._owner = owner

    def GetIDsOfNames(self, _: int, name: str) -> int:
        self._owner.wire.cross("get", name)
        known = dir(type(self._owner))
        if not {f"get_{name}", f"do_{name}"} & set(known):
            raise ComError(UNKNOWN_NAME)
        return 1


def _bare(value: Any) -> Any:
    """The object inside of xlwings' wrapper."""
    return object.__getattribute__(value, "_inner") if hasattr(value, "_inner") else value


class Collection(Com):
    """Workbooks, Worksheets, ListObjects: by number from 1, by name, one after the other."""

    def __init__(self, wire: Wire, members: list[Any]) -> None:
        super().__init__(wire)
        self.members = members

    def get_Count(self) -> int:
        return len(self.members)

    def __call__(self, which: int | str) -> Any:
        self.wire.cross("call", "Item")
        return self.do_Item(which)

    def do_Item(self, which: int | str) -> Any:
        if isinstance(which, int) and 0 < which <= len(self.members):
            return self.members[which - 1]
        for member in self.members:
            if isinstance(which, str) and member.name.lower() == which.lower():
                return member
        raise refused("no such member")

    def __iter__(self) -> Iterator[Any]:
        for member in self.members:
            self.wire.cross("next", "Item")
            yield member


class Application(Com):
    """One Excel, with a person at it who opens workbooks."""

    def __init__(self, hwnd: int = 4711) -> None:
        super().__init__(Wire())
        self.hwnd = hwnd
        self.protected_views = 0
        self.evaluates = "on its sheet"  # or "on the sheet in front", or "" for not at all
        self.books: list[Workbook] = []
        self.settings: dict[str, Any] = {
            "ScreenUpdating": True,
            "EnableEvents": True,
            "Calculation": AUTOMATIC,
            "StatusBar": False,
            "Interactive": True,
            "DisplayAlerts": True,
        }
        self.selection: Range | Chart | None = None

    def open(self, path: Path) -> Workbook:
        """A person opens a workbook."""
        book = Workbook(self, path)
        self.books.append(book)
        sheet = book.sheets[0]
        self.selection = Range(sheet, 1, 1, 1, 1)
        return book

    def get_Application(self) -> Application:
        return self

    def get_Hwnd(self) -> int:
        return self.hwnd

    def get_Workbooks(self) -> Workbooks:
        return Workbooks(self)

    def get_ActiveWorkbook(self) -> Workbook:
        return self.books[-1]

    def get_Selection(self) -> Range | Chart | None:
        return self.selection

    def get_ProtectedViewWindows(self) -> _Count:
        return _Count(self.wire, self.protected_views)


def _setting(name: str) -> None:
    def get(app: Application) -> Any:
        return app.settings[name]

    def put(app: Application, value: Any) -> None:
        app.settings[name] = value

    setattr(Application, f"get_{name}", get)
    setattr(Application, f"set_{name}", put)


for _name in (
    "ScreenUpdating",
    "EnableEvents",
    "Calculation",
    "StatusBar",
    "Interactive",
    "DisplayAlerts",
):
    _setting(_name)


class Workbooks(Collection):
    def __init__(self, app: Application) -> None:
        super().__init__(app.wire, app.books)
        self.app = app

    def do_Open(self, path: str, *_: object) -> Workbook:
        return self.app.open(Path(path))


class Workbook(Com):
    def __init__(self, app: Application, path: Path) -> None:
        super().__init__(app.wire)
        self.app, self.path, self.name = app, path, path.name
        self.address = str(path)  # what it calls its place: a URL in the cloud, a name if unsaved
        self.saves = 0
        self.read_only = False
        self.stores_itself: bool | None = False  # None: an Excel that knows no AutoSave
        kept, shown = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
        self.sheets = [Worksheet(self, one, shown[one.title]) for one in kept.worksheets]
        self.active: Worksheet | Chart = self.sheets[kept.index(kept.active) if kept.active else 0]

    def get_Name(self) -> str:
        return self.name

    def get_FullName(self) -> str:
        return self.address

    def get_AutoSaveOn(self) -> bool:
        if self.stores_itself is None:
            raise ComError(UNKNOWN_NAME)
        return self.stores_itself

    def get_Path(self) -> str:
        return str(self.path.parent)

    def get_FileFormat(self) -> int:
        return 51

    def get_ReadOnly(self) -> bool:
        return self.read_only

    def get_Application(self) -> Application:
        return self.app

    def get_Worksheets(self) -> Worksheets:
        return Worksheets(self)

    def get_ActiveSheet(self) -> Worksheet | Chart:
        return self.active

    def do_Save(self) -> None:
        if self.read_only:
            raise refused("read-only")
        self.saves += 1
        book = openpyxl.load_workbook(self.path)
        for sheet in self.sheets:
            sheet.store(book[sheet.name])
        book.save(self.path)

    def do_Close(self, SaveChanges: bool = False) -> None:  # noqa: N803, ARG002 - as in COM
        self.app.books.remove(self)


class Chart(Com):
    """A sheet that is a chart or a dialog, and what is chosen on it: no cells."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book.wire)
        self.book = book
        book.active = book.app.selection = self

    def get_Name(self) -> str:
        return "图表1"

    def do_Activate(self) -> None:
        self.book.active = self


class Worksheets(Collection):
    def __init__(self, book: Workbook) -> None:
        super().__init__(book.wire, list(book.sheets))
        self.book = book

    def get_Parent(self) -> Workbook:
        return self.book


class Worksheet(Com):
    """A sheet; `protected` refuses writing, `filtered` rows swallow what is written in blocks."""

    def __init__(self, book: Workbook, kept: Any, shown: Any) -> None:
        super().__init__(book.wire)
        self.book, self.name = book, str(kept.title)
        self.protected = False
        kept_rows = kept.row_dimensions.items()
        self.grouped = {row for row, one in kept_rows if one.outlineLevel}
        self.filtered = {row for row, one in kept_rows if one.hidden}
        self.swallows = True  # whether an array over filtered rows goes wrong, as is believed
        self.merged = [one.bounds for one in kept.merged_cells.ranges]
        self.cells: dict[tuple[int, int], Cell] = {
            (cell.row, cell.column): _loaded(cell, shown)
            for row in kept.iter_rows()
            for cell in row
            if cell.value is not None or cell.has_style
        }
        self.tables = [ListObject(self, one) for one in kept.tables.values()]

    def get_Name(self) -> str:
        return self.name

    def get_Parent(self) -> Workbook:
        return self.book

    def get_Index(self) -> int:
        return self.book.sheets.index(self) + 1

    def get_Cells(self) -> Range:
        return Range(self, 1, 1, 1_048_576, 16_384)

    def do_Range(self, first: Any, last: Any = None) -> Range:
        first = self._area(first)
        last = first if last is None else self._area(last)
        right, bottom = last.col + last.width - 1, last.row + last.height - 1
        return Range(self, first.row, first.col, bottom - first.row + 1, right - first.col + 1)

    def _area(self, given: Any) -> Range:
        if isinstance(given, Range):
            return given
        if given.endswith("[[#Headers],[#Data]]"):
            return self._of_table(given.partition("[")[0])
        if _LINES.fullmatch(given):
            top, bottom = map(int, given.split(":"))
            return Range(self, top, 1, bottom - top + 1, 16_384)
        left, top, right, bottom = _bounds(given)
        return Range(self, top, left, bottom - top + 1, right - left + 1)

    def _of_table(self, name: str) -> Range:
        """A structured reference finds the tables of this sheet alone."""
        for table in self.tables:
            if table.name.lower() == name.lower():
                left, top, right, bottom = table.bounds
                lines = bottom - top + 1 - table.totals
                return Range(self, top, left, lines, right - left + 1)
        raise refused("no such table here")

    def do_Evaluate(self, formula: str) -> Any:
        return evaluated(self, formula)

    def get_Outline(self) -> Outline:
        return Outline(self)

    def get_ListObjects(self) -> Collection:
        return Collection(self.wire, list(self.tables))

    def do_Activate(self) -> None:
        self.book.active = self

    def store(self, sheet: Any) -> None:
        """Write the cells into a sheet of openpyxl, and the tables' sizes."""
        for (row, col), cell in self.cells.items():
            there = sheet.cell(row, col)
            if type(there).__name__ == "MergedCell":
                continue
            if cell.formula and cell.formula == there.value:
                continue
            there.value = cell.formula or cell.error or cell.value
            if isinstance(there.value, str) and not cell.formula and not cell.error:
                there.data_type = "s"
            there.number_format = cell.format
        for row in self.grouped:
            sheet.row_dimensions[row].outlineLevel = 1
            sheet.row_dimensions[row].hidden = row in self.filtered
        for table in self.tables:
            sheet.tables[table.name].ref = table.ref
            if sheet.tables[table.name].autoFilter is not None:
                sheet.tables[table.name].autoFilter.ref = table.ref


class Outline(Com):
    """Groups of rows, of one level; the first row of each stays in view."""

    def __init__(self, sheet: Worksheet) -> None:
        super().__init__(sheet.wire)
        self.sheet = sheet

    def set_SummaryRow(self, where: int) -> None:
        assert where == 0, "xlSummaryAbove"

    def do_ShowLevels(self, levels: int) -> None:
        if levels > 1:
            self.sheet.filtered -= self.sheet.grouped
        else:
            self.sheet.filtered |= self.sheet.grouped


def _loaded(cell: Any, shown: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        formula = value if isinstance(value, str) else value.text
        there = shown.cell(cell.row, cell.column).value
        held = _held(there)
        error = held if isinstance(held, str) and held in ERRORS else ""
        return Cell(None if error else held, formula, cell.number_format, error)
    if cell.data_type == "e":
        return Cell(None, "", cell.number_format, str(value))
    return Cell(_held(value), "", cell.number_format)


def _bounds(ref: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(ref)
    assert left and top and right and bottom  # no whole rows or columns here
    return left, top, right, bottom


def _held(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return float(value) if isinstance(value, int | float) else _serial(value)


class ListObject(Com):
    """A table. Microsoft: "The list must contain a header row and at least one row of data"."""

    def __init__(self, sheet: Worksheet, kept: Any) -> None:
        super().__init__(sheet.wire)
        self.sheet, self.name = sheet, str(kept.name)
        self.totals = bool(kept.totalsRowCount)
        self.bounds = _bounds(kept.ref)

    @property
    def ref(self) -> str:
        left, top, right, bottom = self.bounds
        return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"

    def get_Name(self) -> str:
        return self.name

    def get_Parent(self) -> Worksheet:
        return self.sheet

    def get_ShowTotals(self) -> bool:
        return self.totals

    def get_Range(self) -> Range:
        left, top, right, bottom = self.bounds
        return Range(self.sheet, top, left, bottom - top + 1, right - left + 1)

    def do_Resize(self, area: Range) -> None:
        if self.sheet.protected:
            raise refused("the sheet is protected")
        left, top, right, bottom = self.bounds
        if (area.col, area.row) != (left, top) or area.height < 2:
            raise refused("the list must contain a header row and at least one row of data")
        self.bounds = (left, top, left + area.width - 1, top + area.height - 1)
        move = LastRowMove(top + 1, left, right, bottom, top + area.height - 1)
        for sheet in self.sheet.book.sheets:
            for place, cell in sheet.cells.items():
                moves = {self.sheet.name.casefold(): [move]}
                formula = stretched(cell.formula, sheet.name, moves, place)
                sheet.cells[place] = replace(cell, formula=formula)


class Range(Com):
    """A rectangle of cells."""

    def __init__(self, sheet: Worksheet, row: int, col: int, height: int, width: int) -> None:
        super().__init__(sheet.wire)
        self.sheet, self.row, self.col, self.height, self.width = sheet, row, col, height, width

    def places(self) -> list[tuple[int, int]]:
        return [
            (row, col)
            for row in range(self.row, self.row + self.height)
            for col in range(self.col, self.col + self.width)
        ]

    def __call__(self, row: int, col: int = 1) -> Range:
        self.wire.cross("call", "Item")
        return Range(self.sheet, self.row + row - 1, self.col + col - 1, 1, 1)

    def get_Row(self) -> int:
        return self.row

    def get_Column(self) -> int:
        return self.col

    def get_Count(self) -> int:
        return self.height * self.width

    def get_Rows(self) -> _Count:
        return _Count(self.wire, self.height)

    def get_Columns(self) -> _Count:
        return _Count(self.wire, self.width)

    def get_Worksheet(self) -> Worksheet:
        return self.sheet

    def get_Application(self) -> Application:
        return self.sheet.book.app

    def get_ListObject(self) -> ListObject | None:
        """The table that the first cell stands in."""
        for table in self.sheet.tables:
            left, top, right, bottom = table.bounds
            if left <= self.col <= right and top <= self.row <= bottom:
                return table
        return None

    def get_Address(self) -> str:
        letters = get_column_letter(self.col), get_column_letter(self.col + self.width - 1)
        return f"${letters[0]}${self.row}:${letters[1]}${self.row + self.height - 1}"

    def do_Select(self) -> None:
        if self.sheet.book.active is not self.sheet:
            raise refused("the sheet is not in front")
        self.sheet.book.app.selection = self

    def _cell(self, place: tuple[int, int]) -> Cell:
        return self.sheet.cells.get(place, Cell())

    def _grid(self, read: Any) -> Any:
        if self.height == self.width == 1:
            return read(self._cell((self.row, self.col)))
        cols = range(self.col, self.col + self.width)
        rows = range(self.row, self.row + self.height)
        return tuple(tuple(read(self._cell((row, col))) for col in cols) for row in rows)

    def get_Value(self) -> Any:
        return self._grid(Cell.read)

    def get_Formula(self) -> Any:
        return self._grid(Cell.shown_formula)

    def set_Value(self, given: Any) -> None:
        self._writable()
        if not isinstance(given, list | tuple):
            new = {place: self._cell(place).filled(given) for place in self.places()}
        else:
            new = self._block(given)
        self.sheet.cells.update(new)

    def _block(self, given: Any) -> dict[tuple[int, int], Cell]:
        rows = [list(row) if isinstance(row, list | tuple) else [row] for row in given]
        new = {}
        for row, col in self.places():
            line, place = row - self.row, col - self.col
            if line >= len(rows) or place >= len(rows[line]):
                value: object = "#N/A"  # Excel fills what an array is too small for
            else:
                value = rows[line][place]
            if self.sheet.swallows and self._over_filter():
                value = rows[0][
                    0
                ]  # of an array over filtered rows each visible cell gets the first
                if row in self.sheet.filtered:
                    continue
            if not self._swallowed(row, col):
                new[row, col] = self._cell((row, col)).filled(value)
        return new

    def _over_filter(self) -> bool:
        """Whether hidden rows are among several cells; a single cell takes what it is given."""
        rows = range(self.row, self.row + self.height)
        return len(self.places()) > 1 and not self.sheet.filtered.isdisjoint(rows)

    def get_EntireRow(self) -> Range:
        return Range(self.sheet, self.row, 1, self.height, 16_384)

    def do_Group(self) -> None:
        self._writable()
        self.sheet.grouped |= set(range(self.row, self.row + self.height))

    def get_Hidden(self) -> bool | None:
        """None (Null) where some rows are and some are not."""
        if self.width != 16_384:
            raise refused("only whole rows are hidden")
        rows = set(range(self.row, self.row + self.height))
        hidden = rows & self.sheet.filtered
        return hidden == rows if hidden in (set(), rows) else None

    def set_Hidden(self, hidden: bool) -> None:
        if self.width != 16_384:
            raise refused("only whole rows are hidden")
        rows = set(range(self.row, self.row + self.height))
        self.sheet.filtered = self.sheet.filtered | rows if hidden else self.sheet.filtered - rows

    def _swallowed(self, row: int, col: int) -> bool:
        """Of merged cells only the first takes a value."""
        for left, top, right, bottom in self.sheet.merged:
            if left <= col <= right and top <= row <= bottom and (row, col) != (top, left):
                return True
        return False

    def _writable(self) -> None:
        if self.sheet.protected:
            raise refused("the cell is on a protected sheet")

    def get_NumberFormat(self) -> str | None:
        found = {self._cell(place).format for place in self.places()}
        return found.pop() if len(found) == 1 else None

    def set_NumberFormat(self, code: str) -> None:
        self._writable()
        for place in self.places():
            self.sheet.cells[place] = replace(self._cell(place), format=code)

    def _whole(self) -> None:
        """What is not done, or done to the visible rows alone, over a filter: better not asked."""
        self._writable()
        if self._over_filter():
            raise refused("rows are filtered")

    def do_ClearContents(self) -> None:
        self._whole()
        for place in self.places():
            if place in self.sheet.cells:
                self.sheet.cells[place] = Cell(format=self.sheet.cells[place].format)

    def do_Clear(self) -> None:
        self._whole()
        for place in self.places():
            self.sheet.cells.pop(place, None)

    def do_FillDown(self) -> None:
        """The first line into all others, formats too."""
        Range(self.sheet, self.row, self.col, 1, self.width).do_AutoFill(self, 1)

    def do_AutoFill(self, Destination: Range, Type: int) -> None:  # noqa: N803 - as in COM
        self._whole()
        if Type != 1 or (Destination.row, Destination.col) != (self.row, self.col):
            raise refused("the destination must contain the source")
        for row, col in Destination.places():
            source = (self.row + (row - self.row) % self.height, col)
            cell = self._cell(source)
            if cell.formula and row != source[0]:
                begin, end = (f"{get_column_letter(col)}{line}" for line in (source[0], row))
                moved = Translator(cell.formula, origin=begin).translate_formula(end)
                cell = replace(cell, formula=moved)
            self.sheet.cells[row, col] = cell


class _Count(Com):
    def __init__(self, wire: Wire, count: int) -> None:
        super().__init__(wire)
        self.count = count

    def get_Count(self) -> int:
        return self.count
