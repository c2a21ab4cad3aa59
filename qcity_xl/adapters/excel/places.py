"""Where tables stand, asked of Excel in its own formulas: several tables in one call."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.ooxml.refs import Rect, parse_rect
from qcity_xl.core.schema import MASTER

if TYPE_CHECKING:
    import xlwings as xw

Asking = Callable[[Sequence[str]], str]  # the formula that asks of these tables
TableArea = tuple[str, Rect]  # the name of the sheet; header and lines, without the totals
_ALL = tuple(table.name for table in MASTER)
_MOST = 255  # characters that Evaluate takes
_OF_SHOWN = 103  # COUNTA without lines that are hidden, by a filter or by hand
_BETWEEN, _TIMES = "?", "*"  # neither a sheet's name nor an address holds them


class Places:
    """The tables of an open workbook, each known by its name from the schema.

    Only Excel on Windows is asked so; `Places.of` gives none for the others, nor where one of the
    tables is lacking.
    """

    def __init__(self, book: "xw.Book") -> None:
        """Nothing is asked yet but for a sheet of the workbook, whose formulas are meant."""
        sheet = book.sheets(1)
        # The class of ranges beside that of sheets: to ask for one would cross once more.
        self._range: Any = type(sheet.impl).range.__globals__["Range"]
        self._sheet = sheet.api
        self._known: dict[str, TableArea] = {}
        self._first: dict[str, str] = {}  # the first cell of each in Excel's own words
        self._areas: dict[TableArea, xw.Range] = {}

    @classmethod
    def of(cls, book: "xw.Book") -> "Places | None":
        """All tables of a master, if Excel can say where they stand."""
        with suppress(Exception):  # each engine has its own
            places = cls(book)
            places._ask(_ALL)
            return places
        return None

    def forget(self, name: str) -> None:
        """This table may have been moved meanwhile, or have another size."""
        self._known.pop(name, None)
        self._areas.clear()

    def look_again(self, names: Sequence[str]) -> None:
        """Any may have been moved or have another size meanwhile: of these it is asked, for several
        of them in one call.

        One that begins where it did, with as many lines as it had, is as wide as it was. Raises
        what the engine raises, KeyError if one is gone.
        """
        known, self._known = self._known, {}
        self._areas.clear()
        for part in _parts(sorted(names, key=len), asking_again):
            said = self._evaluated(asking_again(part), part)
            mine = [name for name in part if name in known]
            if said == "".join(f"{self._first[n]}{_count_lines(known[n])}" for n in mine):
                self._known |= {name: known[name] for name in mine}

    def place(self, name: str) -> TableArea:
        """Where a table stands. Raises what the engine raises, KeyError if it is gone."""
        if name not in self._known:
            asked = next(part for part in _parts(_ALL, asking_for) if name in part)
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

    def all_shown(self, names: Sequence[str]) -> bool:
        """Whether no line of these tables is hidden in which something stands."""
        return all(
            self._sheet.Evaluate(asking_if_shown(part)) is True
            for part in _parts(names, asking_if_shown)
        )

    def _ask(self, names: Sequence[str]) -> None:
        for name, said in self._answers(names, asking_for):
            self._known[name] = _place(said)
            self._first[name] = said.partition(_TIMES)[0]

    def _answers(self, names: Sequence[str], asking: Asking) -> Iterator[tuple[str, str]]:
        for part in _parts(names, asking):
            yield from zip(part, self._evaluated(asking(part), part).split(_BETWEEN), strict=True)

    def _evaluated(self, formula: str, names: Sequence[str]) -> str:
        said = self._sheet.Evaluate(formula)
        if not isinstance(said, str):  # an error, as a number
            raise KeyError(names[0])
        return said


def _parts(names: Sequence[str], asking: Asking) -> Iterator[list[str]]:
    """As many tables at a time as one formula holds."""
    part: list[str] = []
    for name in names:
        if part and len(asking([*part, name])) > _MOST:
            yield part
            part = []
        part.append(name)
    yield part


def asking_for(names: Sequence[str]) -> str:
    """The formula: of each the first cell below the header, the number of lines, of columns."""
    by = f'&"{_TIMES}"&'
    of_each = (f'CELL("address",{n}){by}ROWS({n}){by}COLUMNS({n})' for n in names)
    return f'&"{_BETWEEN}"&'.join(of_each)


def asking_again(names: Sequence[str]) -> str:
    """The formula: of each the first cell below the header and the number of lines.

    All in one row, for there is room for few characters: $A$515 may be 15 lines from line 5 or 5
    from line 51, but what moved so far is told by its cells, which are read again.
    """
    return "&".join(f'CELL("address",{name})&ROWS({name})' for name in names)


def asking_if_shown(names: Sequence[str]) -> str:
    """The formula: whether as many cells are filled in lines that are shown as in all."""
    listed = ",".join(names)
    return f"SUBTOTAL({_OF_SHOWN},{listed})=COUNTA({listed})"


def _place(said: str) -> TableArea:
    """That of '[总表.xlsx]指标'!$A$5*50*24."""
    where, rows, cols = said.rsplit(_TIMES, 2)
    sheet, first = _first_cell(where)
    top, left = first.top - 1, first.left
    return sheet, Rect(top, left, top + int(rows), left + int(cols) - 1)


def _first_cell(said: str) -> TableArea:
    """That of '[总表.xlsx]指标'!$A$5."""
    book_and_sheet, _, cell = said.rpartition("!")
    sheet = book_and_sheet.removesuffix("'").replace("''", "'").rpartition("]")[2]
    first = parse_rect(cell)
    if first is None or not sheet:
        raise ValueError(said)
    return sheet, first


def _count_lines(known: TableArea) -> int:
    _, place = known
    return place.bottom - place.top
