"""The master as values: rows by id, and what the office has ruled."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from qcity_xl.core.changes import HEADER, KEY, ORDER, Change, is_structure
from qcity_xl.core.master.lazy import Lazy
from qcity_xl.core.master.row_order import behind, placed
from qcity_xl.core.master.rulings import ABSENT, held_rulings
from qcity_xl.core.master.settings import Settings, parse_settings
from qcity_xl.core.master.units import Registry, load_registry
from qcity_xl.core.schema import BY_NAME, CRITERIA, RULINGS, SETTINGS, UNITS, Table
from qcity_xl.core.schema.words import YES
from qcity_xl.core.values import Value, same_meaning

Row = Mapping[str, Value]
Rows = Mapping[str, Row]  # row id -> row, in the order of the sheet
Held = Mapping[str, Mapping[str, str]]  # by subject of 待定事项: item -> what holds
Layout = Mapping[tuple[str, str, str], str]  # what stands in a part of a table, for a field
Said = Callable[[Row], Hashable]  # something that a row says


@dataclass(frozen=True, slots=True)
class Stray:
    """A row without an id of its own: it is missing, or an earlier row has the same."""

    table: str
    line: int
    key: str


class Index:
    """The rows of a table by something that they say: in their order, those that say another thing
    by now after the others.
    """

    def __init__(self, said: Said, rows: Rows) -> None:
        """Ask each row once."""
        self._said = said
        self._keys: dict[Hashable, dict[str, None]] = {}
        for key, row in rows.items():
            self._keys.setdefault(said(row), {})[key] = None

    def keys(self, what: Hashable) -> Collection[str]:
        """The rows that say this."""
        return self._keys.get(what, {}).keys()

    def follow(self, key: str, before: Row | None, after: Row | None) -> None:
        """A row says something else, is new or is gone."""
        was = self._said(before) if before is not None else None
        now = self._said(after) if after is not None else None
        if before is not None and (after is None or was != now):
            del self._keys[was][key]
        if after is not None and (before is None or was != now):
            self._keys.setdefault(now, {})[key] = None


@dataclass(frozen=True)
class Master:
    """All tables of the master, and where their cells stand. What follows from them is found once.

    `lines` is the line on its sheet of each row (table, row id), `letters` the letters of each
    column (table, field); `cell` joins them. `strays` are the rows that `tables` leaves out.
    `figures` holds the cached values of the named cells on 看板; `layout` what the tables consist
    of, where that was asked for.
    """

    tables: Mapping[str, Rows]
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    letters: Mapping[tuple[str, str], str] = field(default_factory=dict)
    strays: Iterable[Stray] = field(default=(), compare=False)
    figures: Mapping[str, Value] = field(default_factory=dict)
    layout: Layout = field(default_factory=dict, compare=False)

    def rows(self, table: Table) -> Rows:
        """The rows of one table."""
        return self.tables.get(table.name, {})

    def row(self, table: str, key: str) -> Row:
        """The cells of one row by field, or the texts of one part of the layout.

        For ORDER and an id: behind which row that one stands.
        """
        if key.startswith(ORDER):
            found = behind(self.tables.get(table, {})).get(key.removeprefix(ORDER))
            return {KEY: found}
        if is_structure(key):
            parts = self.layout.items()
            return {field: text for (t, part, field), text in parts if (t, part) == (table, key)}
        return self.tables.get(table, {}).get(key, {})

    def has_column(self, table: str, field: str) -> bool:
        """Whether the workbook has this column, as far as its layout is known."""
        return not self.layout or (table, HEADER, field) in self.layout

    def cell(self, table: Table, row: str, name: str) -> str:
        """Address of a cell on its sheet, "" where the row or the column is gone."""
        line = self.lines.get((table.name, row))
        letter = self.letters.get((table.name, name))
        return f"{letter}{line}" if line and letter else ""

    @cached_property
    def settings(self) -> Settings:
        """The office's settings; the checks report what is wrong with them."""
        return parse_settings(self.rows(SETTINGS).values())[0]

    @cached_property
    def registry(self) -> Registry:
        """The units by all their names."""
        return load_registry(self.rows(UNITS).values())

    def rulings(self) -> Held:
        """What holds for each subject of 待定事项: item -> choice, or the default without one.

        What is ruled on 合理缺项 of an indicator holds for its criteria without a row of their own.
        """
        return self._held

    @cached_property
    def _held(self) -> Held:
        rulings = held_rulings(self.rows(RULINGS).values())
        for row in self.rows(CRITERIA).values():
            policy = rulings.get(text(row, "indicator"), {}).get(ABSENT)
            if policy is not None and row.get("may_be_absent") == YES:
                rulings.setdefault(text(row, "label"), {}).setdefault(ABSENT, policy)
        return rulings

    @cached_property
    def _indexes(self) -> dict[tuple[str, Said], Index]:
        return {}

    def saying(self, table: Table, said: Said, what: Hashable) -> Collection[str]:
        """The rows of a table of which `said`, a function of a module, is this.

        All are asked once; then the master after changes knows, and asks those that changed.
        """
        place = table.name, said
        if place not in self._indexes:
            self._indexes[place] = Index(said, self.rows(table))
        return self._indexes[place].keys(what)

    def with_changes(self, changes: Iterable[Change]) -> "Master":
        """The master after these changes. What was found out of this one (see `saying`) is its."""
        changed: dict[str, dict[str, Row]] = {}
        orders: dict[str, list[Change]] = {}
        own: dict[tuple[str, str], dict[str, Value]] = {}  # each row is copied once
        touched: dict[tuple[str, str], None] = {}
        for change in changes:
            if change.places_row:
                orders.setdefault(change.table, []).append(change)
            if change.structural:
                continue
            if change.table not in changed:
                changed[change.table] = dict(self.tables.get(change.table, {}))
            rows, place = changed[change.table], (change.table, change.row)
            touched[place] = None
            if change.drops_row:
                rows.pop(change.row, None)
                own.pop(place, None)
                continue
            if place not in own:
                own[place] = dict(rows.get(change.row, {}))
                rows[change.row] = own[place]
            own[place][change.field] = change.new
        for name, listed in orders.items():
            present: Rows = changed.get(name) or self.tables.get(name, {})
            changed[name] = {row: present[row] for row in placed([*present], listed)}
        if isinstance(self.tables, Lazy):  # tables that nobody asked for stay unread
            after = replace(self, tables=self.tables.updated(changed))
        else:
            after = replace(self, tables={**self.tables, **changed})
        for found, sources in _FOLLOWS.items():
            if found in self.__dict__ and changed.keys().isdisjoint(sources):
                after.__dict__[found] = self.__dict__[found]
        self._hand_on_indexes(after, touched)
        return after

    def _hand_on_indexes(self, after: "Master", touched: Iterable[tuple[str, str]]) -> None:
        """The master after changes has the indexes, which follow the rows that were touched."""
        indexes = after.__dict__["_indexes"] = self.__dict__.pop("_indexes", {})
        for (name, _), index in indexes.items():
            before, now = self.tables.get(name, {}), after.tables.get(name, {})
            for table, key in touched:
                if table == name:
                    index.follow(key, before.get(key), now.get(key))


# What a master finds out once, and the tables that it follows from.
_FOLLOWS: Mapping[str, Collection[str]] = {
    "settings": {SETTINGS.name},
    "registry": {UNITS.name},
    "_held": {RULINGS.name, CRITERIA.name},
}


def differences(
    master: Master, table: Table, wanted: Mapping[str, Mapping[str, Value]]
) -> list[Change]:
    """Changes that bring these cells of existing rows to the wanted values."""
    changes = []
    for key, values in wanted.items():
        row = master.rows(table).get(key, {})
        for name, new in values.items():
            old = row.get(name)
            if not same_meaning(old, new, table.column(name).type):
                changes.append(Change(table.name, key, name, old, new))
    return changes


def text(row: Row, name: str) -> str:
    """A cell as text, "" when blank."""
    value = row.get(name)
    return "" if value is None else str(value)


__all__ = ["BY_NAME", "KEY", "Master", "Row", "Rows", "Stray", "differences", "text"]
