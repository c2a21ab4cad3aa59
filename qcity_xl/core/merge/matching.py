"""A returned pack against what was sent: rows matched by id, each with the cells that differ."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qcity_xl.core.master.model import Row
from qcity_xl.core.rounds.pack import PackRow, ReturnedPack
from qcity_xl.core.schema import EVIDENCE, FieldColumn
from qcity_xl.core.schema.pack import PACK, PACK_EVIDENCE, PackTable
from qcity_xl.core.values import Value, canonical, same_meaning

IDENTIFYING = ("title", "number", "dated", "location")  # one of them makes a row evidence

TWICE = "同一行出现两次，填的不一样，请只留一行"
UNKNOWN_ROW = "这一行不是下发的行，认不出属于哪一条"


@dataclass(frozen=True, slots=True)
class StrayCell:
    """A filled cell that belongs to no row that was sent."""

    row: PackRow
    column: FieldColumn
    base: Value
    reason: str


@dataclass(slots=True)
class Matched:
    """One table of a returned pack: rows that were sent, new evidence, strays, ids not returned.

    `sent` are the ids that were sent; `known` holds only rows that differ. `added` is by content:
    the same evidence is there once.
    """

    table: PackTable
    sent: Collection[str] = ()
    known: dict[str, PackRow] = field(default_factory=dict)
    added: dict[str, PackRow] = field(default_factory=dict)
    strays: list[StrayCell] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def columns_of(table: PackTable) -> Sequence[FieldColumn]:
    """The pack's columns that the master has too: only these can differ (not 怎么填)."""
    return table.shared


def differing(table: PackTable, one: Row, other: Row) -> list[FieldColumn]:
    """The columns in which two rows differ in meaning; one that was not read does not count."""
    found = []
    for column in columns_of(table):
        if column.field in one:
            mine, theirs = one[column.field], other.get(column.field)
            # Mostly they are the very same, which needs no look at what they mean.
            if not (mine is theirs or same_meaning(mine, theirs, column.type)):
                found.append(column)
    return found


def is_as_sent(rows: Sequence[PackRow], sent: Mapping[str, Row]) -> bool:
    """Whether a table came back with the very rows and values that went out: a quick look.

    Then nothing differs, and what its cells mean need not be asked.
    """
    return len(rows) == len(sent) and all(
        row.key == key and {f: v for f, v in row.values.items() if v is not None} == was
        for row, (key, was) in zip(rows, sent.items(), strict=True)
    )


def written_otherwise(
    pack: ReturnedPack,
) -> Iterator[tuple[PackTable, PackRow, FieldColumn, Value]]:
    """The cells that mean what was sent, but are not written so; with what was sent."""
    for table in () if pack.untouched else PACK:
        base, rows = pack.base.get(table.table.name, {}), pack.rows.get(table.table.name, ())
        for row in () if is_as_sent(rows, base) else rows:
            sent = base.get(row.key)
            if sent is None:
                continue
            other = differing(table, row.values, sent)
            for column in columns_of(table):
                if column in other or column.field not in row.values:
                    continue
                now, then = row.values[column.field], sent.get(column.field)
                if now != then:
                    yield table, row, column, then


def is_evidence(row: Row) -> bool:
    """Whether a row of 佐证 names a piece of evidence, and is no blank or half-filled line."""
    return any(row.get(name) is not None for name in IDENTIFYING)


def evidence_key(unit: str, row: Row) -> str:
    """Row id of evidence that came without one, from what it says: the same again is the same."""
    names = PACK_EVIDENCE.editable
    parts = [unit, *(canonical(row.get(n), EVIDENCE.column(n).type) for n in names)]
    return "E" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def new_key(unit: str, row: Row, sent: Collection[str]) -> str:
    """The same, but none that was sent: what such a row said first may come again as a new one."""
    key = evidence_key(unit, row)
    while key in sent:
        key = "E" + hashlib.sha256(key.encode()).hexdigest()[:12]
    return key


def match_rows(pack: ReturnedPack) -> list[Matched]:
    """The tables that could be read, in the order of the pack. Row order makes no difference."""
    return [_match(pack, table) for table in PACK if table.table.name in pack.rows]


def _match(pack: ReturnedPack, table: PackTable) -> Matched:
    base = pack.base.get(table.table.name, {})
    found = Matched(table, base.keys())
    if is_as_sent(pack.rows[table.table.name], base):
        return found
    by_key: dict[str, list[PackRow]] = {}
    others: list[PackRow] = []
    for row in pack.rows[table.table.name]:
        if row.key in base:
            by_key.setdefault(row.key, []).append(row)
        else:
            others.append(row)
    for key, sent in base.items():
        rows = by_key.get(key)
        if rows is None:
            found.gone.append(key)
            continue
        row = _one_of_copies(found, rows, sent, pack.identity.unit)
        if differing(table, row.values, sent):
            found.known[key] = row
    for row in others:
        _place(found, row, {}, columns_of(table), pack.identity.unit)
    return found


def _one_of_copies(found: Matched, rows: list[PackRow], sent: Row, unit: str) -> PackRow:
    """The row that counts for an id that may stand several times; the rest goes where it belongs.

    A copy of evidence with other content is new evidence. Of an answer it is the same row: what
    the copies agree on counts, what they disagree on does not.
    """
    table = found.table
    if len(rows) == 1:
        return rows[0]
    ordered = sorted(rows, key=lambda row: (len(differing(table, row.values, sent)), _content(row)))
    if table.source is not EVIDENCE:
        own = [row for row in ordered if _is_copy(table, row, ordered[0])]
        for row in (row for row in ordered if row not in own):
            _place(found, row, sent, differing(table, row.values, sent), unit)
        return _agreed(found, own, sent)
    first, *copies = ordered
    for copy in copies:
        if differing(table, copy.values, first.values):
            _place(found, copy, sent, differing(table, copy.values, sent), unit)
    return first


def _is_copy(table: PackTable, row: PackRow, first: PackRow) -> bool:
    """Whether two rows agree in what no unit writes: else one of them has another row's id."""
    return all(c.field in table.editable for c in differing(table, row.values, first.values))


def _agreed(found: Matched, rows: list[PackRow], sent: Row) -> PackRow:
    values = dict(rows[0].values)
    for column in columns_of(found.table):
        name = column.field
        said: dict[str, PackRow] = {}
        for row in rows:
            if column in differing(found.table, row.values, sent):
                said.setdefault(canonical(row.values.get(name), column.type), row)
        if len(said) == 1:
            values[name] = next(iter(said.values())).values.get(name)
        elif said:
            values[name] = sent.get(name)
            found.strays += [StrayCell(row, column, sent.get(name), TWICE) for row in said.values()]
    return PackRow(rows[0].key, values, rows[0].line)


def _place(
    found: Matched, row: PackRow, sent: Row, columns: Iterable[FieldColumn], unit: str
) -> None:
    """Put a row that has no id of its own: evidence is new, anything else a stray."""
    filled = [c for c in columns if row.values.get(c.field) is not None]
    if filled and found.table.source is EVIDENCE and is_evidence(row.values):
        first = found.added.setdefault(new_key(unit, row.values, found.sent), row)
        more = differing(found.table, row.values, first.values)  # in cells that no unit writes
        found.strays += [StrayCell(row, c, None, UNKNOWN_ROW) for c in filled if c in more]
        return
    found.strays += [StrayCell(row, c, sent.get(c.field), UNKNOWN_ROW) for c in filled]


def _content(row: PackRow) -> list[tuple[str, str]]:
    return sorted((name, canonical(value)) for name, value in row.values.items())


def base_value(pack: ReturnedPack, table: PackTable, row: str, name: str) -> Value:
    """What was sent in one cell, None where there was nothing."""
    sent: Mapping[str, Row] = pack.base.get(table.table.name, {})
    return sent.get(row, {}).get(name)
