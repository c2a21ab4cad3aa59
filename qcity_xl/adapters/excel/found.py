"""Where the tables of a master stand in the open workbook, in as few calls as can be."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.excel.values import place_of
from qcity_xl.adapters.master_file.master_tables import find_tables
from qcity_xl.core.schema import MASTER

if TYPE_CHECKING:
    import xlwings as xw
    from xlwings.main import Table as ExcelTable


@dataclass(slots=True)
class FoundTable:
    """A table of the open workbook: its name there, the sheet that it is on."""

    name: str
    on: "xw.Sheet"
    _known: str = ""  # the name of the sheet, where it is known
    _table: "ExcelTable | None" = None
    _seen: "xw.Range | None" = None  # where it stood when it was found
    _listed: bool = False

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self._known or str(self.on.name)

    @property
    def table(self) -> "ExcelTable":
        """The table itself, for what only that can do."""
        if self._table is None:
            self._table = self.on.tables(self.name)
        return self._table

    @property
    def texts(self) -> Mapping[int, str]:
        """What stands over each column, by the columns of the sheet."""
        area = self.table.range
        first = area[0, :].options(ndim=1, err_to_str=True).value
        return dict(enumerate(map(str, first), int(area.column)))

    def area(self) -> "xw.Range":
        """Its header and lines, without the totals, as they are now.

        The first time, unless that was forgotten, where it was found.
        """
        seen = self._seen
        self.forget()
        if seen is not None:
            return seen
        if not self._listed:
            return _referred(self.on, self.name)
        whole = self.table.range
        if not self.table.show_totals:
            return whole
        place = place_of(whole)
        return self.on.range(str(place._replace(bottom=place.bottom - 1)))

    def forget(self) -> None:
        """It may have been moved meanwhile."""
        self._seen = None


def find(book: "xw.Book") -> tuple[dict[str, FoundTable], list[str]]:
    """The tables of a master by the names of the schema, and the names of all tables that are seen.

    Each is looked up on its own sheet first. Where one is not there, all tables of all sheets are
    listed, which takes a hundred calls. Raises what the engine raises.
    """
    sheets = book.sheets
    with suppress(Exception):  # each engine has its own
        return {table.name: _named(sheets, table.name, table.sheet) for table in MASTER}, []
    listed = list(_all_tables(sheets))
    return find_tables(listed), [table.name for table in listed]


def _named(sheets: Any, name: str, sheet: str) -> FoundTable:
    on = sheets(sheet)
    return FoundTable(name, on, sheet, _seen=_referred(on, name))


def _referred(sheet: "xw.Sheet", name: str) -> "xw.Range":
    """By a structured reference, which crosses once; the table's own range takes three calls."""
    return sheet.range(f"{name}[[#Headers],[#Data]]")


def _all_tables(sheets: Any) -> Iterator[FoundTable]:
    for sheet in _members(sheets):
        for table in _members(sheet.tables):
            yield FoundTable(str(table.name), sheet, _table=table, _listed=True)


def _members(collection: Any) -> Iterator[Any]:
    """One by one, since xlwings asks again for each of these when Excel is busy."""
    return (collection(number) for number in range(1, len(collection) + 1))
