"""Where tables stand, asked of Excel in its own formulas: several tables in one call."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.ooxml.refs import Rect, parse_rect
from qcity_xl.core.schema import MASTER

if TYPE_CHECKING:
    import xlwings as xw

TableArea = tuple[str, Rect]  # the name of the sheet; header and lines, without the totals
_MOST = 255  # characters that Evaluate takes
_BETWEEN, _TIMES = "?", "*"  # neither a sheet's name nor an address holds them


class Places:
    """The tables of an open workbook, each known by its name from the schema.

    Only Excel on Windows is asked so; `Places.of` gives none for the others, nor where one of the
    tables is lacking.
    """

    def __init__(self, book: "xw.Book") -> None:
        """Nothing is asked yet but for a sheet of the workbook, whose formulas are meant."""
        sheet = book.sheets(1)
        self._range: Any = type(sheet.cells.impl)
        self._sheet = sheet.api
        self._known: dict[str, TableArea] = {}
        self._areas: dict[TableArea, xw.Range] = {}

    @classmethod
    def of(cls, book: "xw.Book") -> "Places | None":
        """All tables of a master, if Excel can say where they stand."""
        with suppress(Exception):  # each engine has its own
            places = cls(book)
            places._ask([table.name for table in MASTER])
            return places
        return None

    def forget(self) -> None:
        """They may have been moved meanwhile."""
        self._known.clear()
        self._areas.clear()

    def place(self, name: str) -> TableArea:
        """Where a table stands. Raises what the engine raises, KeyError if it is gone."""
        if name not in self._known:
            asked = next(part for part in _parts([t.name for t in MASTER]) if name in part)
            self._ask(asked)
        return self._known[name]

    def area(self, sheet: str, place: Rect) -> "xw.Range":
        """These cells; by the sheet's own name they cross once."""
        if (sheet, place) not in self._areas:
            import xlwings

            quoted = sheet.replace("'", "''")
            found = self._sheet.Evaluate(f"'{quoted}'!{place}")
            if isinstance(found, int):  # an error: no such sheet by now
                raise KeyError(sheet)
            self._areas[sheet, place] = xlwings.Range(impl=self._range(xl=found))
        return self._areas[sheet, place]

    def _ask(self, names: Sequence[str]) -> None:
        for part in _parts(names):
            said = self._sheet.Evaluate(asking_for(part))
            if not isinstance(said, str):  # an error, as a number
                raise KeyError(part[0])
            for name, one in zip(part, said.split(_BETWEEN), strict=True):
                self._known[name] = _place(one)


def _parts(names: Sequence[str]) -> Iterator[list[str]]:
    """As many tables at a time as one formula holds."""
    part: list[str] = []
    for name in names:
        if part and len(asking_for([*part, name])) > _MOST:
            yield part
            part = []
        part.append(name)
    yield part


def asking_for(names: Sequence[str]) -> str:
    """The formula: of each the first cell below the header, the number of lines, of columns."""
    by = f'&"{_TIMES}"&'
    of_each = (f'CELL("address",{n}){by}ROWS({n}){by}COLUMNS({n})' for n in names)
    return f'&"{_BETWEEN}"&'.join(of_each)


def _place(said: str) -> TableArea:
    """That of '[总表.xlsx]指标'!$A$5*50*24."""
    where, rows, cols = said.rsplit(_TIMES, 2)
    book_and_sheet, _, cell = where.rpartition("!")
    sheet = book_and_sheet.removesuffix("'").replace("''", "'").rpartition("]")[2]
    first = parse_rect(cell)
    if first is None or not sheet:
        raise ValueError(said)
    top, left = first.top - 1, first.left
    return sheet, Rect(top, left, top + int(rows), left + int(cols) - 1)
