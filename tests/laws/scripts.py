"""Random rounds: a base, what the office did since, what each unit did to its pack.

`Pack.meant` tells what of a unit's doing counts, worked out from the script and not from the
code under test: cells that were edited, rows deleted, evidence added.
"""

import datetime as dt
import os
import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from qcity_xl.core.changes import KEY, Change, added_row
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.rounds.pack import Base, PackRow, ReturnedPack
from qcity_xl.core.schema import ASSIGNMENTS, BY_NAME, CRITERIA, EVIDENCE
from qcity_xl.core.schema.pack import PACK, PACK_EVIDENCE, PackTable
from qcity_xl.core.values import Value, canonical, tidy
from tests.core.builders import Entry, build
from tests.core.merge.rounds import (
    base_of,
    filled,
    logged,
    merge,
    office,
    returned,
    rows_of,
    sent_row,
)

Place = tuple[str, str, str]  # table of the master, row id, field
ROUNDS = ("第1轮", "第2轮", "第3轮")
UNITS = ("市农委", "市教育局", "常州国检局")
GOOD: dict[str, tuple[Value, ...]] = {
    "progress": ("未开始", "推进中", "已完成", "有困难"),
    "done_on": ("2016-05-01", "2016-06-02", "2016-07-03"),
    "dated": ("2016-05-01", "2016-06-02"),
    "kind": ("文件", "会议纪要", "现场照片"),
}
WORDS: tuple[Value, ...] = ("方案已印发", "正在起草", "2016-2017", "95", "甲，乙", "=1+1", 7, 1.5)
BAD: dict[str, Value] = {"progress": "差不多了", "done_on": "五月", "dated": "去年", "kind": "口头"}
# The same in other words: (written, written otherwise).
ALIKE: tuple[tuple[Value, Value], ...] = (
    ("2016-2017", "２０１６—２０１７ "),
    ("95", 95.0),
    ("甲，乙", "甲,乙"),
    ("2016-05-01", "2016年5月1日"),
    ("推进中", " 推进中"),
    (7, "7"),
)
Cells = dict[Place, Value]


@dataclass(slots=True)
class Pack:
    """One returned file, and what of it counts; `deleted` rows are (table, row id)."""

    unit: str
    file: ReturnedPack
    meant: Cells = field(default_factory=dict)
    deleted: set[tuple[str, str]] = field(default_factory=set)
    added: list[dict[str, Value]] = field(default_factory=list)


@dataclass(slots=True)
class Scene:
    """One case: what was sent, the master since, the returns in any order."""

    seed: int
    sent: Master
    master: Master
    packs: list[Pack]
    round: str = ROUNDS[0]


def seeds(cases: int, chunk: int = 0) -> range:
    """The seeds of one part of a test: the same in each run, so that one run proves the next.

    QCITY_CASES=100000 asks for that many new ones in each part, QCITY_SEED=123 for the one to
    look at again.
    """
    if "QCITY_SEED" in os.environ:
        first = int(os.environ["QCITY_SEED"])
        return range(first, first + (chunk == 0))
    if "QCITY_CASES" in os.environ:
        first = secrets.randbits(40)
        return range(first, first + int(os.environ["QCITY_CASES"]))
    return range(chunk * cases, (chunk + 1) * cases)


def scene(seed: int) -> Scene:
    """The case of this seed."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    sent = _master(rng)
    bases = {unit: base_of(sent, unit) for unit in UNITS}
    master = _office(rng, sent)
    packs = [Hand(rng, unit, bases[unit]).fill() for unit in rng.sample(UNITS, rng.randint(1, 3))]
    return Scene(seed, sent, master, packs)


def later_rounds(seed: int) -> list[Scene]:
    """Three rounds one after another: what is sent next is what the last merge came to."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    sent = _master(rng)
    scenes = []
    for name in ROUNDS:
        sent = logged(sent, as_lines(_sendings(name)))
        master = _office(rng, sent)
        units = rng.sample(UNITS, rng.randint(1, 3))
        hands = [Hand(rng, unit, base_of(sent, unit, name), name) for unit in units]
        packs = [hand.fill() for hand in hands]
        if not _moves_evidence(master, packs):
            scenes.append(Scene(seed, sent, master, packs, name))
        sent = merge(master, *(pack.file for pack in packs)).master
    return scenes


def _moves_evidence(master: Master, packs: list[Pack]) -> bool:
    """Whether new evidence bears the title of a row, before or after, that a pack writes in."""
    written = [place for pack in packs for place in pack.meant if place[0] == EVIDENCE.name]
    rows = master.rows(EVIDENCE)
    titles = {rows[key].get("title") for _, key, _ in written if key in rows}
    titles |= {
        pack.meant.get((EVIDENCE.name, key, "title")) for pack in packs for _, key, _ in written
    }
    return any(row["title"] in titles for pack in packs for row in pack.added)


def finds_evidence_elsewhere(item: Scene) -> bool:
    """Whether evidence was sent, or came back, as what stands beside another id in the master,
    which was sent, or came back, with something else.
    """

    def said(row: Row) -> tuple[Value, ...]:
        return row.get("title"), row.get("number")

    held = item.master.rows(EVIDENCE)
    for pack in item.packs:
        came = {row.key: row.values for row in pack.file.rows[PACK_EVIDENCE.table.name]}
        for rows in (pack.file.base[PACK_EVIDENCE.table.name], came):
            for key, row in rows.items():
                there = [
                    k for k, other in held.items() if said(other) == said(row) and any(said(row))
                ]
                if key not in there and any(
                    said(rows[k]) != said(row) if k in rows else held[k].get("unit") == pack.unit
                    for k in there
                ):
                    return True
    return False


def _master(rng: random.Random) -> Master:
    """Two or three rows a unit; ids that look like numbers among them."""
    rows: list[Entry] = []
    for number, unit in enumerate(UNITS, 1):
        for key in (f"T{number}.1/{unit}", f"{number}001", f"{number}3.10")[: rng.randint(2, 3)]:
            values: dict[str, Value] = {"task": key, "text": f"任务{key}", "unit": unit}
            values |= {"role": "牵头", "deadline": "2016-2017", **_some(rng, ASSIGNMENT_FIELDS)}
            rows.append(Entry(ASSIGNMENTS, key, values))
        values = {"label": f"{number}(1)", "indicator": number, "text": "得分点", "owner": unit}
        values |= {"note": rng.choice((None, *WORDS))}
        rows.append(Entry(CRITERIA, f"C{number}.1", values))
        for index in range(rng.randint(0, 2)):
            values = {"criteria": "1(1)", "unit": unit, "kind": "文件", "state": "待审"}
            values |= {"title": f"{unit}通知{index}", **_some(rng, ("dated", "page"))}
            rows.append(Entry(EVIDENCE, f"E{number}{index}.10", values))
        rows.append(sent_row(unit))
    return build(*rows)


def _sendings(name: str) -> list[Change]:
    """What 拆分下发 writes into 轮次; the first round is there from the start."""
    made_on = dt.date(2016, 6, 1 + ROUNDS.index(name))
    rows = [sent_row(unit, name, made_on) for unit in UNITS if name != ROUNDS[0]]
    return [c for row in rows for c in added_row(row.table.name, row.key, dict(row.values))]


ASSIGNMENT_FIELDS = ("progress", "note", "done_on", "difficulty")


def _some(rng: random.Random, names: tuple[str, ...]) -> dict[str, Value]:
    return {name: _good(rng, name) for name in names if rng.random() < 0.5}


def _good(rng: random.Random, name: str) -> Value:
    return rng.choice(GOOD.get(name, WORDS))


def _office(rng: random.Random, sent: Master) -> Master:
    """The master some time later: edited, cleared, rows gone; a row more."""
    cells: list[tuple[str, str, str, Value]] = []
    for pack_table in PACK:
        name = pack_table.source.name
        for key in sent.rows(pack_table.source):
            if name != CRITERIA.name and rng.random() < 0.1:
                cells.append((name, key, KEY, None))
                continue
            cells += [
                (name, key, column, rng.choice((None, _good(rng, column))))
                for column in pack_table.editable
                if rng.random() < 0.2
            ]
            if name == ASSIGNMENTS.name and rng.random() < 0.2:
                cells.append((name, key, "deadline", rng.choice(WORDS)))
    if rng.random() < 0.3:
        row = {"criteria": "1(1)", "unit": "市质监局", "kind": "文件", "title": "新通知0"}
        cells += [(EVIDENCE.name, "E9", name, value) for name, value in row.items()]
    return office(sent, *cells)


@dataclass(slots=True)
class TwoSteps:
    """One unit's file, and a second that keeps all of it and fills more or otherwise."""

    seed: int
    sent: Master
    before: Master
    meant: Cells
    then: Cells
    more: Cells

    @property
    def first(self) -> ReturnedPack:
        return replace(self._file(self.meant), saved="2016-11-21T01:30:00Z")

    @property
    def second(self) -> ReturnedPack:
        return replace(self._file({**self.meant, **self.more}), saved="2016-11-22T01:30:00Z")

    def _file(self, cells: Cells) -> ReturnedPack:
        by_row = {(key, name): value for (_, key, name), value in cells.items()}
        return filled(base_of(self.sent, UNITS[0]), UNITS[0], by_row)


def two_steps(seed: int) -> TwoSteps:
    """The case of this seed: only cells of 填报 and 得分点 that were sent are written."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    sent = _master(rng)
    mine = (ASSIGNMENTS.name, CRITERIA.name)
    places = [
        (table, key, name)
        for (table, key, name), _ in cells_of(sent)
        if table in mine and sent.tables[table][key].get(_OWNER[table]) == UNITS[0]
    ]
    writable = [place for place in places if place[2] != "answer"]

    def some(share: float) -> Cells:
        return {p: rng.choice((None, _good(rng, p[2]))) for p in writable if rng.random() < share}

    now = dict(cells_of(sent))
    meant, more = ({p: v for p, v in some(0.4).items() if not _alike(p, v, now[p])} for _ in "12")
    before = office(sent, *((*place, value) for place, value in some(0.3).items()))
    new = [place for place in writable if place not in meant]
    for place in new[:1] if not set(more) - set(meant) else []:  # it must fill more
        value: Value = GOOD[place[2]][0] if place[2] in GOOD else "补充"
        more |= {} if _alike(place, value, now[place]) else {place: value}
    if not set(more) - set(meant):
        more = {}
    held = dict(cells_of(before))
    then = {
        p: v
        for p, v in some(0.3).items()
        if p not in meant or _alike(p, held[p], now[p]) or not _alike(p, v, now[p])
    }
    return TwoSteps(seed, sent, before, meant, then, more)


_OWNER = {ASSIGNMENTS.name: "unit", CRITERIA.name: "owner"}


def _alike(place: Place, one: Value, other: Value) -> bool:
    kind = BY_NAME[place[0]].column(place[2]).type
    return canonical(one, kind) == canonical(other, kind)


class Hand:
    """A contact who fills a pack, in a hurry."""

    def __init__(
        self, rng: random.Random, unit: str, base: Base, round_name: str = ROUNDS[0]
    ) -> None:
        self.rng, self.unit, self.base, self.round = rng, unit, base, round_name
        self.rows = rows_of(base)
        self.pack = Pack(unit, returned(base, unit, self.rows))

    def fill(self) -> Pack:
        for pack_table in PACK:
            for row in list(self.rows[pack_table.table.name]):
                self._row(pack_table, row)
        for _ in range(self.rng.choice((0, 0, 1, 2))):
            self._new_evidence()
        if self.rng.random() < 0.5:
            for listed in self.rows.values():
                self.rng.shuffle(listed)
        self.pack.file = returned(self.base, self.unit, self.rows, self.round)
        return self.pack

    def _row(self, table: PackTable, row: PackRow) -> None:
        """At most one thing that makes the row another, after any number of edits."""
        if table is PACK_EVIDENCE and row.values["title"] is None:
            # Evidence whose title was cleared before would be neither.
            if row.key.startswith(f"E{self.round}/") and self.rng.random() < 0.4:
                self._fill_slot(row)
            return
        for name in table.editable:
            if self.rng.random() < 0.3:
                self._cell(table, row, name)
        if self.rng.random() < 0.1:  # where the unit may not write
            name = "state" if table is PACK_EVIDENCE else "text"
            self._put(table, row.key, name, "另写")
        what = self.rng.random()
        if what < 0.08:
            self._drop(table, row)
        elif what < 0.16:
            self._copy(table, row)
        elif what < 0.3:
            self._retype(table, row)

    def _cell(self, table: PackTable, row: PackRow, name: str) -> None:
        sent = row.values[name]
        alike = [other for one, other in ALIKE if one == sent]
        what = self.rng.random()
        value = _good(self.rng, name) if what < 0.6 else None
        if what > 0.8 and name in BAD:
            value = BAD[name]
        elif what > 0.7 and alike:
            value = alike[0]
        self._put(table, row.key, name, value)
        column = table.source.column(name)
        if value != BAD.get(name, "") and canonical(value, column.type) != canonical(
            sent, column.type
        ):
            self.pack.meant[table.source.name, row.key, name] = value

    def _put(self, table: PackTable, key: str, name: str, value: Value) -> None:
        listed = self.rows[table.table.name]
        for index, row in enumerate(listed):
            if row.key == key:
                listed[index] = PackRow(key, {**row.values, name: value}, row.line)

    def _line(self) -> int:
        """The line of a row below all others."""
        return 1 + max(row.line for listed in self.rows.values() for row in listed)

    def _find(self, table: PackTable, key: str) -> PackRow:
        return next(row for row in self.rows[table.table.name] if row.key == key)

    def _drop(self, table: PackTable, row: PackRow) -> None:
        self.rows[table.table.name].remove(self._find(table, row.key))
        self._forget(table, row.key)
        self.pack.deleted.add((table.source.name, row.key))

    def _forget(self, table: PackTable, key: str) -> None:
        for place in [p for p in self.pack.meant if p[:2] == (table.source.name, key)]:
            del self.pack.meant[place]

    def _copy(self, table: PackTable, row: PackRow) -> None:
        """A second row with the same id: as it is, or with one cell written otherwise."""
        now = self._find(table, row.key)
        values = dict(now.values)
        if table is PACK_EVIDENCE:
            if (EVIDENCE.name, row.key, "title") in self.pack.meant:
                return  # which of the two is the copy, nobody can tell
            values["title"] = f"复制{self.rng.random()}"
            self._add(values)
        elif self.rng.random() < 0.5:
            values["note"] = f"{self.round}复制时另写"
            place = (table.source.name, row.key, "note")
            if place in self.pack.meant:
                del self.pack.meant[place]  # the two copies disagree: neither counts
            else:
                self.pack.meant[place] = values["note"]
        self.rows[table.table.name].append(PackRow(row.key, values, self._line()))

    def _retype(self, table: PackTable, row: PackRow) -> None:
        """The id as a number: 1001 is still the same, 13.10 becomes 13.1, another row's or none."""
        try:
            key = str(tidy(float(row.key)))
        except ValueError:
            return
        now = self._find(table, row.key)
        listed = self.rows[table.table.name]
        listed[listed.index(now)] = PackRow(key, now.values, now.line)
        if key != row.key:
            self._forget(table, row.key)
            self.pack.deleted.add((table.source.name, row.key))

    def _fill_slot(self, row: PackRow) -> None:
        values = {**row.values, "title": f"新通知{self.rng.randint(0, 2)}"}
        values |= {
            name: _good(self.rng, name) for name in ("dated", "page") if self.rng.random() < 0.3
        }
        for name, value in values.items():
            self._put(PACK_EVIDENCE, row.key, name, value)
        self._add(values)

    def _new_evidence(self) -> None:
        values: dict[str, Value] = dict.fromkeys(PACK_EVIDENCE.editable)
        values |= {"criteria": "1(1)", "kind": "文件", "title": f"新通知{self.rng.randint(0, 2)}"}
        self.rows[PACK_EVIDENCE.table.name].append(PackRow("", values, self._line()))
        self._add(values)

    def _add(self, values: dict[str, Value]) -> None:
        """New evidence: what can't be taken of it is left out."""
        names = PACK_EVIDENCE.editable
        self.pack.added.append(
            {n: None if values[n] == BAD.get(n, "") else values[n] for n in names}
        )


def cells_of(master: Master) -> Iterator[tuple[Place, Value]]:
    """The cells that units may write, of all rows."""
    for pack_table in PACK:
        for key, row in master.rows(pack_table.source).items():
            for name in pack_table.editable:
                yield (pack_table.source.name, key, name), row.get(name)


def content(row: Row) -> tuple[str, ...]:
    """What a row of 佐证 says."""
    return tuple(canonical(row.get(n), EVIDENCE.column(n).type) for n in PACK_EVIDENCE.editable)
