"""Where the tables of a master stand in the open workbook, in as few calls as can be."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.excel.places import Places
from qcity_xl.adapters.excel.values import place_of
from qcity_xl.adapters.master_file.master_tables import find_tables
from qcity_xl.adapters.ooxml.refs import Rect
from qcity_xl.core.schema import MASTER

if TYPE_CHECKING:
    import xlwings as xw
    from xlwings.main import Table as ExcelTable


@dataclass(slots=True)
class FoundTable:
    """A table of the open workbook and its name there; `_on` and `_known` are its sheet's."""

    name: str
    _sheets: "xw.main.Sheets"
    _on: "xw.Sheet | None" = None
    _known: str = ""
    _places: Places | None = None
    _table: "ExcelTable | None" = None
    _listed: bool = False
    _seen: "xw.Range | None" = None  # where it stood when it was found

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self._known or str(self._its_sheet.name)

    @property
    def table(self) -> "ExcelTable":
        """The table itself, for what only that can do."""
        if self._table is None:
            self._table = self._its_sheet.tables(self.name)
        return self._table

    @property
    def texts(self) -> Mapping[int, str]:
        """What stands over each column, by the columns of the sheet."""
        area = self.table.range
        first = area[0, :].options(ndim=1, err_to_str=True).value
        return dict(enumerate(map(str, first), int(area.column)))

    def place(self) -> Rect:
        """Where its header and lines are, without the totals.

        Unless that was forgotten, where it was found.
        """
        if self._places is not None:
            self._known, place = self._places.place(self.name)
            return place
        if self._listed:
            place = place_of(self.table.range)
            return place._replace(bottom=place.bottom - bool(self.table.show_totals))
        seen, self._seen = self._seen, None
        return place_of(seen if seen is not None else _referred(self._its_sheet, self.name))

    def area(self, place: Rect) -> "xw.Range":
        """Cells of its sheet, by their address: that crosses once, two cells would five times."""
        if self._places is not None:
            return self._places.area(self._known, place)
        return self._its_sheet.range(str(place))

    def forget(self) -> None:
        """It may have been moved meanwhile."""
        self._seen = None
        if self._places is not None:
            self._places.forget()

    @property
    def _its_sheet(self) -> "xw.Sheet":
        if self._on is None:
            self._on = self._sheets(self._known)
        return self._on


def find(book: "xw.Book") -> tuple[dict[str, FoundTable], list[str]]:
    """The tables of a master by the names of the schema, and the names of all tables that are seen.

    All at once where Excel can say it, else each is looked up on its own sheet. Where one is not
    there, all tables of all sheets are listed, which takes a hundred calls. Raises what the engine
    raises.
    """
    sheets = book.sheets
    if places := Places.of(book):
        known = {table.name: places.place(table.name)[0] for table in MASTER}
        return {n: FoundTable(n, sheets, None, on, places) for n, on in known.items()}, []
    with suppress(Exception):  # each engine has its own
        return {table.name: _named(sheets, table.name, table.sheet) for table in MASTER}, []
    listed = list(_all_tables(sheets))
    return find_tables(listed), [table.name for table in listed]


def _named(sheets: "xw.main.Sheets", name: str, sheet: str) -> FoundTable:
    on = sheets(sheet)
    return FoundTable(name, sheets, on, sheet, _seen=_referred(on, name))


def _referred(sheet: "xw.Sheet", name: str) -> "xw.Range":
    """By a structured reference, which crosses once; the table's own range takes three calls."""
    return sheet.range(f"{name}[[#Headers],[#Data]]")


def _all_tables(sheets: "xw.main.Sheets") -> Iterator[FoundTable]:
    for sheet in _members(sheets):
        for table in _members(sheet.tables):
            yield FoundTable(str(table.name), sheets, sheet, _table=table, _listed=True)


def _members(collection: Any) -> Iterator[Any]:
    """One by one, since xlwings asks again for each of these when Excel is busy."""
    return (collection(number) for number in range(1, len(collection) + 1))
