"""Where the tables of a master stand in the open workbook, in as few calls as can be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.excel.places import Places
from qcity_xl.adapters.excel.values import place_of
from qcity_xl.adapters.master_file.master_tables import find_tables
from qcity_xl.adapters.ooxml.refs import Rect
from qcity_xl.core.schema import MASTER, Table

if TYPE_CHECKING:
    import xlwings as xw
    from xlwings.main import Table as ExcelTable


@dataclass(slots=True)
class FoundTable:
    """A table of the open workbook and its name there; `_on` and `_known` are its sheet's."""

    name: str
    _book: "xw.Book"
    _on: "xw.Sheet | None" = None
    _known: str = ""
    places: Places | None = None
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

    def has_totals(self) -> bool:
        """Whether a totals row is shown."""
        return bool(self.table.show_totals)

    def resize(self, area: "xw.Range") -> None:
        """Let it be this large, header included. Raises what the engine raises."""
        listed: Any = None
        with suppress(Exception):  # Windows' Excel has it at once; xlwings asks twice more
            listed = area.api.ListObject
        if listed is None:
            self.table.resize(area)
        else:
            listed.Resize(area.api)

    def place(self) -> Rect:
        """Where its header and lines are, without the totals.

        Unless that was forgotten, where it was found.
        """
        if self.places is not None:
            self._known, place = self.places.place(self.name)
            return place
        if self._listed:
            place = place_of(self.table.range)
            return place._replace(bottom=place.bottom - bool(self.table.show_totals))
        seen, self._seen = self._seen, None
        return place_of(seen if seen is not None else _referred(self._its_sheet, self.name))

    def area(self, place: Rect) -> "xw.Range":
        """Cells of its sheet, by their address: that crosses once, two cells would five times."""
        if self.places is not None:
            return self.places.area(self._known, place)
        return self._its_sheet.range(str(place))

    def forget(self) -> None:
        """It may have been moved meanwhile."""
        self._seen = None
        if self.places is not None:
            self.places.forget(self.name)

    @property
    def _its_sheet(self) -> "xw.Sheet":
        if self._on is None:
            self._on = self._book.sheets(self._known)
        return self._on


def find(book: "xw.Book") -> tuple[dict[str, FoundTable], list[str]]:
    """The tables of a master by the names of the schema, and the names of all tables that are seen.

    All at once where Excel can say it, else each is looked up on its own sheet. Where one is not
    there, all tables of all sheets are listed, which takes a hundred calls. Raises what the engine
    raises.
    """
    if places := Places.of(book):
        known = {table.name: places.place(table.name)[0] for table in MASTER}
        return {n: FoundTable(n, book, None, on, places) for n, on in known.items()}, []
    with suppress(Exception):  # each engine has its own
        sheets = book.sheets
        return {t.name: _named(book, t, sheets(t.sheet)) for t in MASTER}, []
    listed = list(_all_tables(book))
    return find_tables(listed), [table.name for table in listed]


def look_again(tables: Iterable[FoundTable]) -> None:
    """These may have been moved meanwhile. Raises what the engine raises."""
    together: dict[int, list[FoundTable]] = {}
    for table in tables:
        together.setdefault(id(table.places), []).append(table)
    for found in together.values():
        if (places := found[0].places) is not None:
            places.look_again([table.name for table in found])
        else:
            for table in found:
                table.forget()


def all_shown(tables: Sequence[FoundTable]) -> bool:
    """Whether it is known, in one call for several, that no line of these tables is hidden.

    Blank lines don't count. Raises what the engine raises.
    """
    places = {id(table.places): table.places for table in tables}
    found = next(iter(places.values()), None)
    return found is not None and found.all_shown([table.name for table in tables])


def _named(book: "xw.Book", table: Table, on: "xw.Sheet") -> FoundTable:
    return FoundTable(table.name, book, on, table.sheet, _seen=_referred(on, table.name))


def _referred(sheet: "xw.Sheet", name: str) -> "xw.Range":
    """By a structured reference, which crosses once; the table's own range takes three calls."""
    return sheet.range(f"{name}[[#Headers],[#Data]]")


def _all_tables(book: "xw.Book") -> Iterator[FoundTable]:
    for sheet in _members(book.sheets):
        for table in _members(sheet.tables):
            yield FoundTable(str(table.name), book, sheet, _table=table, _listed=True)


def _members(collection: Any) -> Iterator[Any]:
    """One by one, since xlwings asks again for each of these when Excel is busy."""
    return (collection(number) for number in range(1, len(collection) + 1))
