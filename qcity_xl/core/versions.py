"""What a unit has said in other files: versions of its pack at hand, and those merged before.

| the other file, of the same unit             | it is  |
|----------------------------------------------|--------|
| the same file, or one that says the same     | same   |
| of an earlier round                          | older  |
| of a later round                             | newer  |
| same round, fills only cells filled here too | older  |
| same round, fills all cells filled here too  | newer  |
| same round, each fills cells the other lacks | rival  |
| same round, the same cells, other values     | rival  |

Dates and names of files say nothing. What was merged before is read from 日志, where each line
names the file that brought it, so that the master alone knows what each unit has said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qcity_xl.core.accept import accept
from qcity_xl.core.differences import base_value, differing, match_rows
from qcity_xl.core.journal import operations
from qcity_xl.core.master import Master, Row, text
from qcity_xl.core.packs import Identity, ReturnedPack
from qcity_xl.core.schema import BY_SHEET, LOG, ROUNDS
from qcity_xl.core.schema.pack import PACK
from qcity_xl.core.values import Value, parse_date, parse_number, same_meaning

Place = tuple[str, str, str]  # table of the master, row id, field
_BY_SOURCE = {table.source.name: table for table in PACK}
_SETTLED = ("修改", "保留")
_SAID = (*_SETTLED, "冲突")


@dataclass(frozen=True, slots=True)
class Version:
    """One returned file in short: the unit's cells that it fills otherwise than sent.

    `values` are those that can be taken, `faulty` the others. Of a file that was merged, `settled`
    are the cells that need no more decision and `takes` what was written: place, old, new.
    """

    round: str
    sha256: str
    values: Mapping[Place, Value]
    faulty: frozenset[Place] = frozenset()
    settled: frozenset[Place] = frozenset()
    takes: tuple[tuple[Place, Value, Value], ...] = ()

    @property
    def merged(self) -> bool:
        """Whether an earlier merge dealt with it."""
        return bool(self.settled)


@dataclass(frozen=True, slots=True)
class Said:
    """The other versions of a pack, as the pack sees them; `older` holds the same ones too."""

    older: tuple[Version, ...] = ()
    newer: tuple[Version, ...] = ()
    rivals: tuple[Version, ...] = ()

    def settled(self, place: Place, value: Value) -> bool:
        """Whether this value was brought by the unit before and dealt with."""
        return any(
            place in other.settled and _same(place, other.values[place], value)
            for other in (*self.older, *self.newer)
        )

    def wrote(self, table: str, row: str) -> bool:
        """Whether a version that is no rival brought this row, and it was dealt with."""
        known = (place for other in (*self.older, *self.newer) for place in other.settled)
        return any(place[:2] == (table, row) for place in known)

    def brought(self, place: Place, value: Value) -> bool:
        """Whether another file of the unit says this."""
        return any(
            place in other.values and _same(place, other.values[place], value)
            for other in (*self.older, *self.newer, *self.rivals)
        )

    def superseded(self, place: Place, value: Value) -> Version | None:
        """A newer version that says something else here."""
        return _other(self.newer, place, value)

    def disputed(self, place: Place, value: Value) -> Version | None:
        """A rival that says something else here."""
        return _other(self.rivals, place, value)

    def before(self, place: Place, round_name: str) -> list[Value]:
        """What older versions of the same round say here, taken by the merge or by the office."""
        same_round = (old for old in self.older if old.round == round_name)
        return [old.values[place] for old in same_round if place in old.values]

    def own(self, place: Place, base: Value) -> Value:
        """What the cell holds if nobody but the unit itself wrote it since it was sent."""
        takes = (take for old in self.older for take in old.takes if take[0] == place)
        for _, before, after in takes:
            if _same(place, before, base):
                base = after
        return base


def source_of(identity: Identity, sha256: str) -> str:
    """How 日志 and 冲突 name a returned file: by what it is, never by its file name."""
    return f"{identity.round} {identity.unit} {sha256[:12]}"


def version_of(pack: ReturnedPack, master: Master, sha256: str) -> Version:
    """A returned pack in short."""
    values: dict[Place, Value] = {}
    faulty: set[Place] = set()
    for matched in match_rows(pack):
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
    return Version(pack.identity.round, sha256, values, frozenset(faulty))


def merged_versions(master: Master) -> dict[str, list[Version]]:
    """By unit, the files that were merged and not undone, as 日志 tells, oldest first."""
    undone = _undone(master)
    lines: dict[str, list[Row]] = {}
    for _, line in sorted(master.rows(LOG).items()):
        if parse_number(line.get("operation")) not in undone:
            lines.setdefault(text(line, "source"), []).append(line)
    found: dict[str, list[Version]] = {}
    for row in master.rows(ROUNDS).values():
        who = Identity("", text(row, "round"), text(row, "unit"))
        found.setdefault(who.unit, []).extend(
            _merged(who.round, sha256, lines.get(source_of(who, sha256), ()))
            for sha256 in text(row, "returned").split()
        )
    return found


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

    values: dict[Place, Value] = field(default_factory=dict)
    faulty: set[Place] = field(default_factory=set)
    settled: set[Place] = field(default_factory=set)
    takes: list[tuple[Place, Value, Value]] = field(default_factory=list)


def _merged(round_name: str, sha256: str, lines: Iterable[Row]) -> Version:
    told = _Told()
    for line in lines:
        place, action = _place(line), text(line, "action")
        if place is None:
            continue
        if action == "拒收":
            told.faulty.add(place)
            continue
        if action in _SAID:
            told.values[place] = line.get("new")
        if action in _SETTLED:
            told.settled.add(place)
        if action == "修改":
            told.takes.append((place, line.get("old"), line.get("new")))
    faulty = frozenset(told.faulty - set(told.values))
    return Version(
        round_name, sha256, told.values, faulty, frozenset(told.settled), tuple(told.takes)
    )


def _place(line: Row) -> Place | None:
    """The unit's cell that a log line is about, None for any other cell."""
    table = BY_SHEET.get(text(line, "sheet"))
    pack_table = _BY_SOURCE.get(table.name) if table else None
    if table is None or pack_table is None:
        return None
    fields = {table.column(name).header: name for name in pack_table.editable}
    name = fields.get(text(line, "column"))
    return (table.name, text(line, "row"), name) if name else None


def said_elsewhere(
    pack: ReturnedPack, this: Version, others: Iterable[Version], master: Master
) -> Said:
    """The other versions of this pack, sorted by what they are to it."""
    rounds = rounds_of(pack.identity.unit, master)
    older: list[Version] = []
    newer: list[Version] = []
    rivals: list[Version] = []
    last = len(rounds)  # a round that is not on 轮次
    for other in others:
        if other.round != this.round:
            (
                older if rounds.get(other.round, last) < rounds.get(this.round, last) else newer
            ).append(other)
        elif other.sha256 == this.sha256 or _says_the_same(pack, this, other):
            older.append(other)
        else:
            mine, its = _cells(pack, this), _cells(pack, other)
            (older if its < mine else newer if mine < its else rivals).append(other)
    return Said(tuple(older), tuple(newer), tuple(rivals))


def rounds_of(unit: str, master: Master) -> dict[str, int]:
    """The rounds that a unit was sent, numbered in the order of sending."""
    rows = [row for row in master.rows(ROUNDS).values() if text(row, "unit") == unit]
    rows.sort(key=lambda row: str(parse_date(row.get("made_on"))))
    return {text(row, "round"): number for number, row in enumerate(rows)}


def _cells(pack: ReturnedPack, version: Version) -> set[Place]:
    """The cells that a version of this pack fills otherwise than sent.

    日志 names also the prefilled cells of evidence that was added; they are left out.
    """
    sent = {place for place, value in version.values.items() if _is_sent(pack, place, value)}
    return (set(version.values) | version.faulty) - sent


def _is_sent(pack: ReturnedPack, place: Place, value: Value) -> bool:
    table, row, name = place
    pack_table = _BY_SOURCE[table]
    in_pack = row in pack.base.get(pack_table.table.name, {})
    return in_pack and _same(place, base_value(pack, pack_table, row, name), value)


def _says_the_same(pack: ReturnedPack, one: Version, other: Version) -> bool:
    cells = _cells(pack, one)
    return cells == _cells(pack, other) and all(
        place in one.values
        and place in other.values
        and _same(place, one.values[place], other.values[place])
        for place in cells
    )


def _other(versions: Iterable[Version], place: Place, value: Value) -> Version | None:
    """The first of these versions that says something else in this cell."""
    return next(
        (v for v in versions if place in v.values and not _same(place, v.values[place], value)),
        None,
    )


def _same(place: Place, one: Value, other: Value) -> bool:
    column = _BY_SOURCE[place[0]].source.column(place[2])
    return same_meaning(one, other, column.type)
