"""Versions of a unit's pack in short: those at hand, and those that were merged before.

What was merged is read from 日志, where each line names the file that brought it, so that the
master alone knows what each unit has said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from qcity_xl.core.history.log import operations
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.merge.matching import differing, match_rows
from qcity_xl.core.merge.validation import accept
from qcity_xl.core.rounds.pack import Identity, ReturnedPack
from qcity_xl.core.schema import BY_SHEET, LOG, ROUNDS
from qcity_xl.core.schema.pack import PACK
from qcity_xl.core.schema.words import ADDED, CHANGED, CONFLICT, KEPT, is_refusal
from qcity_xl.core.values import Value, parse_date, parse_number, same_meaning

CellId = tuple[str, str, str]  # table of the master, row id, field
BY_SOURCE = {table.source.name: table for table in PACK}
_SETTLED = (CHANGED, KEPT)
_SAID = (*_SETTLED, CONFLICT)


class Take(NamedTuple):
    """A value that a merge wrote, in the operation of that number."""

    place: CellId
    old: Value
    new: Value
    operation: int


@dataclass(frozen=True, slots=True)
class Version:
    """One returned file in short: the unit's cells that it fills otherwise than sent.

    `values` are those that can be taken, `faulty` the others. Of a file that was merged, `settled`
    are the cells that need no more decision and `takes` what was written. `saved` is when it was
    saved, "" where that is not known or not all of it could be read.
    """

    round: str
    sha256: str
    values: Mapping[CellId, Value]
    faulty: frozenset[CellId] = frozenset()
    settled: frozenset[CellId] = frozenset()
    takes: tuple[Take, ...] = ()
    saved: str = ""

    @property
    def merged(self) -> bool:
        """Whether an earlier merge dealt with it."""
        return bool(self.settled)


def source_of(identity: Identity, sha256: str) -> str:
    """How 日志 and 冲突 name a returned file: by what it is, never by its file name."""
    return f"{identity.round} {identity.unit} {sha256[:12]}"


def version_of(pack: ReturnedPack, master: Master) -> Version:
    """A returned pack in short."""
    values: dict[CellId, Value] = {}
    faulty: set[CellId] = set()
    for matched in () if pack.untouched else match_rows(pack):
        table = matched.table
        sent = pack.base.get(table.table.name, {})
        for key, row in [*matched.known.items(), *matched.added.items()]:
            for column in differing(table, row.values, sent.get(key, {})):
                if column.field not in table.editable:
                    continue
                place = (table.source.name, key, column.field)
                value = row.values.get(column.field)
                accepted = accept(master, table.source, key, column, value)
                if accepted.fault:
                    faulty.add(place)
                else:
                    values[place] = accepted.value
        for stray in matched.strays:  # copies of one row that disagree: each is refused there
            if stray.row.key in sent and stray.column.field in table.editable:
                faulty.add((table.source.name, stray.row.key, stray.column.field))
    saved = "" if pack.findings else pack.saved
    return Version(pack.identity.round, pack.sha256, values, frozenset(faulty), saved=saved)


def merged_versions(master: Master) -> dict[str, list[Version]]:
    """By unit, the files that were merged and not undone, by 日志, oldest first."""
    undone = _undone(master)
    lines: dict[str, list[Row]] = {}
    for _, line in sorted(master.rows(LOG).items()):
        if parse_number(line.get("operation")) not in undone:
            lines.setdefault(text(line, "source"), []).append(line)
    found: dict[str, list[Version]] = {}
    for row in master.rows(ROUNDS).values():
        who = Identity("", text(row, "round"), text(row, "unit"))
        found.setdefault(who.unit, []).extend(
            _merged(who.round, file, lines.get(source_of(who, file[0]), ()))
            for file in merged_files(row)
        )
    return found


def sendings(master: Master) -> dict[str, int]:
    """By row id of 轮次, the operation that sent that pack, by 日志."""
    return {
        text(line, "row"): int(parse_number(line.get("operation")) or 0)
        for line in master.rows(LOG).values()
        if text(line, "sheet") == ROUNDS.sheet and text(line, "action") == ADDED
    }


def merged_files(row: Row) -> list[tuple[str, str]]:
    """The merged files that a row of 轮次 names: SHA-256, when it was saved."""
    lines = (line.split() for line in text(row, "returned").splitlines())
    return [(words[0], words[1] if len(words) > 1 else "") for words in lines if words]


def merged_line(version: Version) -> str:
    """How 轮次 names a merged file."""
    return f"{version.sha256} {version.saved}".strip()


def _undone(master: Master) -> set[float]:
    """The numbers of operations that were taken back and not done again."""
    undone: set[float] = set()
    for operation in reversed(operations(master)):
        if operation.undoes and operation.no not in undone:
            undone.add(operation.undoes)
    return undone


@dataclass(slots=True)
class _Told:
    """What the log lines of one file come to."""

    values: dict[CellId, Value] = field(default_factory=dict)
    faulty: set[CellId] = field(default_factory=set)
    settled: set[CellId] = field(default_factory=set)
    takes: list[Take] = field(default_factory=list)


def _merged(round_name: str, file: tuple[str, str], lines: Iterable[Row]) -> Version:
    told = _Told()
    for line in lines:
        place, action = _place(line), text(line, "action")
        if place is None:
            continue
        if is_refusal(action):
            told.faulty.add(place)
            continue
        if action in _SAID:
            told.values[place] = line.get("new")
        if action in _SETTLED:
            told.settled.add(place)
        if action == CHANGED:
            operation = int(parse_number(line.get("operation")) or 0)
            told.takes.append(Take(place, line.get("old"), line.get("new"), operation))
    faulty = frozenset(told.faulty - set(told.values))
    settled, takes = frozenset(told.settled), tuple(told.takes)
    return Version(round_name, file[0], told.values, faulty, settled, takes, file[1])


def _place(line: Row) -> CellId | None:
    """The unit's cell that a log line is about, None for any other cell."""
    table = BY_SHEET.get(text(line, "sheet"))
    pack_table = BY_SOURCE.get(table.name) if table else None
    if table is None or pack_table is None:
        return None
    fields = {table.column(name).header: name for name in pack_table.editable}
    name = fields.get(text(line, "column"))
    return (table.name, text(line, "row"), name) if name else None


def rounds_by_unit(master: Master) -> dict[str, dict[str, int]]:
    """By unit, the rounds that it was sent, numbered in the order of sending."""
    found: dict[str, dict[str, int]] = {}
    rows = master.rows(ROUNDS).values()
    for row in sorted(rows, key=lambda row: str(parse_date(row.get("made_on")))):
        sent = found.setdefault(text(row, "unit"), {})
        sent.setdefault(text(row, "round"), len(sent))
    return found


def same_in(place: CellId, one: Value, other: Value) -> bool:
    """Whether two values mean the same in this cell."""
    column = BY_SOURCE[place[0]].source.column(place[2])
    return same_meaning(one, other, column.type)
