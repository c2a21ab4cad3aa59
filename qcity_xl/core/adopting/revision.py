"""A newer version of the state's table held against the master: which row is which."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qcity_xl.core.adopting.likeness import bare
from qcity_xl.core.adopting.pairing import NumberedRow, Pairs, UnsurePair, pair
from qcity_xl.core.master.initial_rows import NewRow, master_rows
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.plan import Plan
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS, TASKS, Table
from qcity_xl.core.schema.words import CRITERION, INDICATOR, TASK
from qcity_xl.core.text import fold

NOBODY = ("无", "取消", "没有")  # in the place of a number: it has no successor, or is new
ALL, NONE = ("都是", "全是"), ("都不是", "全不是")  # of what is in doubt otherwise
KEPT = ("保留", "不动")  # in the place of the new one: the row is the office's own and stays
LEVELS: Mapping[str, tuple[str, str]] = {  # the column of the number, and of the text
    SECTIONS.name: ("no", "title"),
    INDICATORS.name: ("no", "title"),
    CRITERIA.name: ("label", "text"),
    TASKS.name: ("no", "text"),
}
_LABELS = (
    (TASKS, re.compile(r"\d+\.\d+")),
    (CRITERIA, re.compile(r"\d+\(\d+\)")),
    (INDICATORS, re.compile(r"\d+")),
)
_NAMES = {INDICATORS.name: INDICATOR, CRITERIA.name: CRITERION, TASKS.name: TASK}


@dataclass(frozen=True, slots=True)
class PairQuestion:
    """Two rows that may be the same: the office says which, as 13.3=13.4 or 13.3=无."""

    kind: str
    old_no: str
    old: str
    new_no: str
    new: str


@dataclass(slots=True)
class Level:
    """One table: newer rows by older ones, the older ones that are gone, those that stay as is.

    `aside` are newer rows that say again what stays.
    """

    same: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    doubts: list[UnsurePair] = field(default_factory=list)
    aside: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class MatchedTables:
    """The master and the newer table, row by row, by the names of the tables.

    `rows` are those that a new master would have. `faults` are what the office said and nobody
    can follow; `flat` a table that has no sections of its own.
    """

    master: Master
    rows: Mapping[str, Mapping[str, NewRow]]
    levels: Mapping[str, Level]
    questions: tuple[PairQuestion, ...]
    faults: tuple[str, ...]
    flat: bool


def match_table(master: Master, plan: Plan, said: Iterable[str] = ()) -> MatchedTables:
    """Which row of the master is which of the plan. `said` are answers such as 13.3=13.4."""
    return _Matching(master, plan, said).done()


class _Matching:
    def __init__(self, master: Master, plan: Plan, said: Iterable[str]) -> None:
        self._master = master
        listed = master_rows(plan, (), ())
        self._rows = {name: {str(r["key"]): r for r in listed[name]} for name in listed}
        self._levels: dict[str, Level] = {}
        self._faults: list[str] = []
        self._said = _Said(master, self._rows, said, self._faults)

    def done(self) -> MatchedTables:
        """All levels, from above."""
        mine = self._master.rows(SECTIONS)
        flat = len(self._rows[SECTIONS.name]) < 2 <= len(mine)
        if flat:
            self._levels[SECTIONS.name] = Level(
                kept=list(mine), aside=set(self._rows[SECTIONS.name])
            )
        else:
            sections = self._level(SECTIONS, {}, {})
            sections.same |= {doubt.old: doubt.new for doubt in sections.doubts}
            sections.doubts = []
            sections.gone = [key for key in mine if key not in sections.same]
        self._level(INDICATORS, *(({}, {}) if flat else self._above(SECTIONS)))
        settled = self._settled_criteria()
        self._level(CRITERIA, *self._above(INDICATORS), settled)
        self._level(TASKS, *self._above(INDICATORS))
        levels, faults = self._levels, tuple(self._faults)
        return MatchedTables(
            self._master, self._rows, levels, tuple(self._questions()), faults, flat
        )

    def _above(self, table: Table) -> tuple[dict[str, str], dict[str, str]]:
        """Row ids of the older table by the numbers that name them, in the older and the newer."""
        level = self._levels[table.name]
        mine = {text(row, "no"): key for key, row in self._master.rows(table).items()}
        same = {new: old for old, new in level.same.items()}
        same |= {doubt.new: doubt.old for doubt in level.doubts}
        rows = self._rows[table.name].items()
        theirs = {text(row, "no"): same.get(key, f"+{key}") for key, row in rows}
        return mine, theirs

    def _settled_criteria(self) -> tuple[set[str], set[str]]:
        """The criteria of indicators whose wording is the same: as the office has them."""
        same = self._levels[INDICATORS.name].same
        olds, news = self._master.rows(INDICATORS), self._rows[INDICATORS.name]
        alike = {
            (text(olds[old], "no"), text(news[new], "no"))
            for old, new in same.items()
            if bare(text(olds[old], "wording"))
            and bare(text(olds[old], "wording")) == bare(text(news[new], "wording"))
        }
        mine, theirs = {one for one, _ in alike}, {other for _, other in alike}
        return (
            {k for k, r in self._master.rows(CRITERIA).items() if text(r, "indicator") in mine},
            {k for k, r in self._rows[CRITERIA.name].items() if text(r, "indicator") in theirs},
        )

    def _level(
        self,
        table: Table,
        mine: Mapping[str, str],
        theirs: Mapping[str, str],
        settled: tuple[set[str], set[str]] = (set(), set()),
    ) -> Level:
        rows, fresh = self._master.rows(table), self._rows[table.name]
        level = self._levels[table.name] = Level(aside=settled[1])
        lost = {key for key, row in rows.items() if self._lost(table, row)}
        if not fresh:  # the newer table says nothing of these
            level.kept = [key for key in rows if key not in lost]
            level.gone = [key for key in rows if key in lost]
            return level
        said, kept, new = self._said.of(table)
        for key in kept & lost:
            no = text(rows[key], LEVELS[table.name][0])
            self._faults.append(f"{no}不能保留：它所在的指标取消了，请先说明那个指标对应哪一项")
        level.kept = [key for key in rows if key in settled[0] or key in kept - lost]
        olds = [i for i in self._items(table, rows, mine) if i.key not in level.kept]
        news = [i for i in self._items(table, fresh, theirs) if i.key not in settled[1]]
        found = pair(olds, news, {k: n for k, n in said.items() if k not in level.kept}, new)
        self._said.settle(found)
        level.same, level.doubts = found.same, found.doubts
        asked = {doubt.old for doubt in found.doubts}
        level.gone = [i.key for i in olds if i.key not in found.same and i.key not in asked]
        self._tell_idle(table, found)
        return level

    def _lost(self, table: Table, row: Row) -> bool:
        """Whether the indicator of a criterion or a task is gone."""
        if table not in (CRITERIA, TASKS):
            return False
        indicators = self._master.rows(INDICATORS)
        gone = self._levels[INDICATORS.name].gone
        return text(row, "indicator") in {text(indicators[key], "no") for key in gone}

    def _tell_idle(self, table: Table, found: Pairs) -> None:
        number = LEVELS[table.name][0]
        for key in found.idle:
            no = text(self._master.rows(table)[key], number)
            self._faults.append(f"{no}不用说明，它在新表里没有变，或说的那一项已有对应")

    def _items(
        self, table: Table, rows: Mapping[str, Row], above: Mapping[str, str]
    ) -> list[NumberedRow]:
        number, words = LEVELS[table.name]
        link = {INDICATORS.name: "section"}.get(table.name, "indicator")
        under = self._under(table, rows)
        return [
            NumberedRow(
                key,
                text(row, number),
                text(row, words),
                above.get(text(row, link), ""),
                "".join((text(row, words), *under.get(text(row, number), ()))),
            )
            for key, row in rows.items()
        ]

    def _under(self, table: Table, rows: Mapping[str, Row]) -> dict[str, list[str]]:
        """What stands under a section or an indicator, by its number."""
        newer = rows is self._rows[table.name]
        found: dict[str, list[str]] = {}
        for part, link in {
            SECTIONS.name: ((INDICATORS, "section"),),
            INDICATORS.name: ((CRITERIA, "indicator"), (TASKS, "indicator")),
        }.get(table.name, ()):
            held: Mapping[str, Row] = self._rows[part.name] if newer else self._master.rows(part)
            for row in held.values():
                found.setdefault(text(row, link), []).append(text(row, LEVELS[part.name][1]))
        return found

    def _questions(self) -> Iterator[PairQuestion]:
        for table in (INDICATORS, CRITERIA, TASKS):
            number, words = LEVELS[table.name]
            for doubt in self._levels[table.name].doubts:
                old: Row = self._master.rows(table)[doubt.old]
                new: Row = self._rows[table.name][doubt.new]
                yield PairQuestion(
                    _NAMES[table.name],
                    *(text(old, number), text(old, words)),
                    *(text(new, number), text(new, words)),
                )


class _Said:
    """What the office says of rows: 13.3=13.4; 13(2)=无; 无=13.5; 13.9=保留."""

    def __init__(
        self,
        master: Master,
        rows: Mapping[str, Mapping[str, Row]],
        said: Iterable[str],
        faults: list[str],
    ) -> None:
        self._of: dict[str, tuple[dict[str, str], set[str], set[str]]] = {}
        self._rest: bool | None = None  # what holds of all doubts that nothing is said of
        for part in said_parts(said):
            if part in (*ALL, *NONE):
                self._rest = part in ALL
                continue
            one, _, other = (half.strip() for half in part.partition("="))
            table = _table_of(one) or _table_of(other)
            if table is None or (_table_of(other) not in (table, None)):
                faults.append(f"看不懂“{part}”")
                continue
            same, kept, new = self._of.setdefault(table.name, ({}, set(), set()))
            number = LEVELS[table.name][0]
            old = _numbered(master.rows(table), number, one)
            fresh = _numbered(rows[table.name], number, other)
            if old and (fresh or other in NOBODY):
                same[old] = fresh
            elif old and other in KEPT:
                kept.add(old)
            elif one in NOBODY and fresh:
                new.add(fresh)
            else:
                where = "总表" if not old and one not in NOBODY else "新表"
                faults.append(f"“{part}”里说的编号{where}没有")

    def settle(self, found: Pairs) -> None:
        """Settle the doubts that are left, if the office has said so of all of them."""
        if self._rest is not None:
            found.same |= {d.old: d.new for d in found.doubts if self._rest}
            found.doubts = []

    def of(self, table: Table) -> tuple[dict[str, str], set[str], set[str]]:
        """Newer keys by older ones, what stays as it is, what is new."""
        return self._of.get(table.name, ({}, set(), set()))


def said_parts(said: Iterable[str]) -> Sequence[str]:
    """The single answers, folded, without repetition."""
    parts = (fold(p) for one in said for p in re.split("[;；、\n]", one))
    return tuple(dict.fromkeys(part for part in parts if part))


def _table_of(number: str) -> Table | None:
    return next((table for table, shape in _LABELS if shape.fullmatch(number)), None)


def _numbered(rows: Mapping[str, Row], field_name: str, number: str) -> str:
    return next((k for k, r in rows.items() if fold(text(r, field_name)) == number), "")
