"""What both workbook adapters do alike: tables to a master, changes held against it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol, TypeVar

from qcity_xl.adapters.ooxml.refs import cell_name, column_letters
from qcity_xl.core.changes import KEY, Change
from qcity_xl.core.errors import APack, HeaderLost, NotAMaster, StaleCell
from qcity_xl.core.master.formula_values import roll_up_scores
from qcity_xl.core.master.lazy import Lazy
from qcity_xl.core.master.model import Master, Rows, Stray
from qcity_xl.core.master.names import place_name
from qcity_xl.core.master.numbers import standing_ids
from qcity_xl.core.master.typed_rows import LastKnown, Typed, begins_row, settle
from qcity_xl.core.schema import BY_NAME, LOG, MASTER, PLAN, Table
from qcity_xl.core.schema.headers import lost_headers, match_headers, names_table
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.core.values import Value, same_meaning

T = TypeVar("T")
H = TypeVar("H", bound="Headed")
_NO_ROW: Mapping[str, Value] = {}
MASTER_NAMES = tuple(table.name for table in MASTER)


class Headed(Protocol):
    """A table of a workbook, whoever made it: its name, its sheet, what its header says."""

    @property
    def name(self) -> str:
        """The name of the table."""

    @property
    def sheet(self) -> str:
        """The name of its sheet."""

    @property
    def texts(self) -> Mapping[int, str]:
        """What stands over each column, by sheet columns counted from 1."""


class KnownTable(Headed, Protocol):
    """A table of the schema in a workbook."""

    @property
    def columns(self) -> Mapping[str, int]:
        """The column of the sheet of each field that is there."""


@dataclass(frozen=True, slots=True)
class TableCells:
    """The cells of one table: `columns` has the sheet column of each field, counted from 1.

    `lines` has each line of the table, by its row on the sheet; `below` the lines right below it,
    which a program that lets no table grow left there.
    """

    columns: Mapping[str, int]
    lines: Iterable[tuple[int, dict[str, Value]]]
    below: Iterable[tuple[int, dict[str, Value]]] = ()


def find_tables(found: Iterable[H]) -> dict[str, H]:
    """The tables of a master among those of a workbook, by the names of the schema.

    A table goes by its name; under another name it is known by its header, on whatever sheet.
    """
    others = {table.name.casefold(): table for table in found}
    known = {t.name: others.pop(t.name.casefold()) for t in MASTER if t.name.casefold() in others}
    for table in MASTER:
        if table.name not in known:
            places = {n: match_headers(table, other.texts) for n, other in others.items()}
            near = [n for n, found in places.items() if names_table(table, found)]
            best = max(
                near, key=lambda n: (others[n].sheet == table.sheet, len(places[n])), default=None
            )
            if best is not None:
                known[table.name] = others.pop(best)
    return known


def check_plan(book: str, known: Collection[str], found: Iterable[str]) -> None:
    """Raises NotAMaster if a table of the plan is lacking, APack for a unit's workbook.

    `known` are the names of the schema's tables that are there, `found` those of all tables.
    """
    lacking = [f"「{table.sheet}」" for table in PLAN if table.name not in known]
    if lacking and PACK_TASKS.table.name in found:
        raise APack(book)
    if lacking:
        raise NotAMaster(book, "、".join(lacking))


def check_header(book: str, table: Table, at: KnownTable, *, had_all: bool) -> None:
    """Raises HeaderLost if a column of the table is there under another header."""
    for lost in lost_headers(table, at.columns, at.texts, had_all=had_all):
        header = table.column(lost.field).header
        if not lost.place:
            raise HeaderLost(book, at.sheet, header)
        cell = column_letters(lost.place)
        raise HeaderLost(book, at.sheet, header, f"{cell}列", at.texts[lost.place])


def typed_columns(table: Table, columns: Mapping[str, int]) -> list[int]:
    """The sheet columns that hold no formulas, in the order of the schema."""
    return [columns[c.field] for c in table.columns if c.field in columns and not c.formula]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as values: rows by id, the line of each, the column letter of each field.

    `typed` are the rows among them whose ids are not in their cells yet.
    """

    rows: Rows
    lines: Mapping[str, int]
    letters: Mapping[str, str]
    strays: tuple[Stray, ...]
    typed: tuple[Typed, ...] = ()


def read_table(table: Table, cells: TableCells, known: LastKnown = lambda _: None) -> ReadTable:
    """The rows, those included that people typed; a line that can be none of them is a stray.

    `known` has the rows of a table as they were last known.
    """
    formulas = {c.field for c in table.columns if c.editor == "formula"}
    rows: dict[str, dict[str, Value]] = {}
    lines: dict[str, int] = {}
    strays: list[tuple[int, str, dict[str, Value]]] = []
    lacking = dict.fromkeys(field for field in table.fields if field not in cells.columns)
    more, rest = _below(table, cells.below)
    for line, found in chain(cells.lines, more):
        row = {**found, **lacking} if lacking else found
        key = str(row[KEY]) if row[KEY] is not None else ""
        if key and key not in rows:
            rows[key] = row
            lines[key] = line
        elif any(v is not None for f, v in row.items() if key or f not in formulas):
            strays.append((line, key, row))
    letters = {field: cell_name(1, col)[:-1] for field, col in cells.columns.items()}
    left = [*((line, key) for line, key, _ in strays), *rest]
    typed: list[Typed] = []
    if strays and table is not LOG:  # where each line has its place in a chain
        ours = [(lines[key], key, row) for key, row in rows.items()]
        settled = settle(table, sorted([*ours, *strays], key=lambda found: found[0]), known)
        rows, lines, typed = settled.rows, settled.lines, settled.typed
        left = [*settled.left, *rest]
    found_strays = tuple(Stray(table.name, line, key) for line, key in left)
    return ReadTable(rows, lines, letters, found_strays, tuple(typed))


def _below(
    table: Table, lines: Iterable[tuple[int, dict[str, Value]]]
) -> tuple[list[tuple[int, dict[str, Value]]], list[tuple[int, str]]]:
    """The lines right below a table that are its rows; and the first of those that may be meant as
    such but are not, since too little is filled in or lines are blank before it.
    """
    rows: list[tuple[int, dict[str, Value]]] = []
    following = iter(lines)
    for line, cells in following:
        if not begins_row(table, cells):
            apart = chain([(line, cells)], following)
            return rows, [(at, "") for at, found in apart if begins_row(table, found)]
        rows.append((line, cells))
    return rows, []


def as_master(read: Mapping[str, ReadTable]) -> Master:
    """The master of these tables; one is asked for when something of it is."""
    return Master(
        Lazy(MASTER_NAMES, lambda name: read[name].rows if name in read else {}),
        _Pairs(Lazy(read, lambda name: read[name].lines)),
        _Pairs(Lazy(read, lambda name: read[name].letters)),
        _Strays(read),
    )


class _Pairs(Mapping[tuple[str, str], T]):
    """What is known by table and name."""

    def __init__(self, tables: Mapping[str, Mapping[str, T]]) -> None:
        self._tables = tables

    def __getitem__(self, pair: tuple[str, str]) -> T:
        table, name = pair
        return self._tables[table][name]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((table, name) for table, found in self._tables.items() for name in found)

    def __len__(self) -> int:
        return sum(map(len, self._tables.values()))


class _Strays(Iterable[Stray]):
    """The strays of all tables."""

    def __init__(self, tables: Mapping[str, ReadTable]) -> None:
        self._tables = tables

    def __iter__(self) -> Iterator[Stray]:
        return chain.from_iterable(table.strays for table in self._tables.values())


def expect(master: Master, changes: Iterable[Change]) -> None:
    """Each cell holds `old`, or what an earlier change of the list gives it. Raises StaleCell."""
    given: dict[tuple[str, str, str], Value] = {}
    for change in changes:
        if change.places_row:
            now = master.row(change.table, change.row)[KEY]
            if None not in (change.old, change.new) and now != change.old:
                raise StaleCell(place_name(change, standing_ids(master)), change.old, now)
            continue
        place = (change.table, change.row, change.field)
        if place in given:
            found = given[place]
        else:
            found = master.tables[change.table].get(change.row, _NO_ROW).get(change.field)
        if found is not change.old:
            column = BY_NAME[change.table].column(change.field)
            if not same_meaning(found, change.old, column.type):
                raise StaleCell(place_name(change, standing_ids(master)), change.old, found)
        given[place] = change.new


def preview(master: Master, changes: Iterable[Change]) -> Master:
    """The master as it would be after these changes, with the live formulas that tell of scores."""
    after = master.with_changes(changes)
    rollup = roll_up_scores(after)
    cells = [Change(*place, None, value) for place, value in rollup.cells.items()]
    return replace(after.with_changes(cells), figures={**after.figures, **rollup.cards})
