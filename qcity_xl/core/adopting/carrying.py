"""A newer table carried into the master: rows keep their ids, answers and all that stands beside.

What is new is added; what has no successor goes to 新旧对照 with all that it held. What else names
criteria and tasks by their numbers follows (`following`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qcity_xl.core.adopting.decided import Decided
from qcity_xl.core.adopting.following import follow
from qcity_xl.core.adopting.likeness import likeness
from qcity_xl.core.adopting.renumbered import Numbers, new_numbers
from qcity_xl.core.adopting.retired import Revised, documents_of, drop, retired, revision_rows
from qcity_xl.core.adopting.revision import LEVELS, MatchedTables
from qcity_xl.core.changes import KEY, Change, added_row
from qcity_xl.core.master.model import Row, differences, text
from qcity_xl.core.master.numbers import (
    NumbersInUse,
    free_id,
    number_changes,
    standing_ids,
)
from qcity_xl.core.schema import (
    BY_NAME,
    CRITERIA,
    INDICATORS,
    LOG,
    RULINGS,
    SECTIONS,
    STEPS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.core.schema.words import CRITERION, INDICATOR, NEW, SECTION, TASK
from qcity_xl.core.text import fold, one_line, shorten
from qcity_xl.core.values import Value, tidy

_KINDS = {SECTIONS.name: SECTION, INDICATORS.name: INDICATOR}
_KINDS |= {CRITERIA.name: CRITERION, TASKS.name: TASK}
# What 新旧对照 calls a change of a cell; the others follow from the numbers.
_CALLED: Mapping[str, str] = {
    **dict.fromkeys(("no", "label"), "改号"),
    **dict.fromkeys(("title", "text", "wording", "goal"), "改文字"),
    **dict.fromkeys(("kind", "params", "may_be_absent", "combine"), "改评分规则"),
    "points": "改分值",
    "bonus": "改加分项",
    "methods": "改验收方式",
    "period": "改佐证周期",
    "owner": "改自评单位",
    "deadline": "改时限",
    "remark": "改备注",
    "leads": "改牵头单位",
    "partners": "改配合单位",
}
_ABOVE = {INDICATORS.name: ("section", SECTIONS), CRITERIA.name: ("indicator", INDICATORS)}
_ABOVE |= {TASKS.name: ("indicator", INDICATORS)}
_RULE = {"改文字", "改分值", "改评分规则"}  # after which an answer should be looked at again
_ANSWERED = ("answer", "ruling")
_SHOWN = 40
_ALIKE = 0.6  # texts that share less are told


@dataclass(slots=True)
class Carried:
    """What a newer table does to the master.

    `revised` are the rows of 新旧对照, `counts` how many there are of each kind of change, `told`
    what somebody should look at; `standing` the rows that then bear other numbers than their ids.
    """

    changes: list[Change] = field(default_factory=list)
    revised: list[Revised] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    standing: NumbersInUse = field(default_factory=dict)


def carry(matched: MatchedTables, version: str) -> Carried:
    """The changes that bring the master to the newer table, named `version`; none if it is there.

    No question may be open.
    """
    return _Carrying(matched, version).done()


class _Carrying:
    def __init__(self, matched: MatchedTables, version: str) -> None:
        self._matched, self._master, self._version = matched, matched.master, version
        self._numbers: Numbers = new_numbers(matched)
        self._standing = dict(standing_ids(self._master))
        self._reworded: set[tuple[str, str]] = set()  # rows by table whose words or points changed
        self._found = Carried()
        self._decided = Decided(matched, self._numbers, self._found.told)

    def done(self) -> Carried:
        found = self._found
        self._units()
        for table in (SECTIONS, INDICATORS, CRITERIA, TASKS):
            self._table(table)
        if not found.changes:
            return found
        if self._matched.flat:
            found.told.append("部分：新表没有分部分，各项指标仍在原来的部分")
        after = self._master.with_changes(found.changes)
        followed = follow(
            *(self._master, after, self._matched, self._numbers),
            *(self._reworded, self._decided.voided),
        )
        found.changes += followed.changes
        found.revised += followed.revised
        found.told += followed.told
        found.counts.update(one.change for one in followed.revised)
        if self._renumbered():
            for key, row in self._master.rows(STEPS).items():
                found.changes += drop(STEPS, key, row)
        self._standing |= followed.standing
        present = self._master.with_changes(found.changes).tables
        rows = {key for name in (*LEVELS, RULINGS.name) for key in present[name]}
        standing = {key: stands for key, stands in self._standing.items() if key in rows}
        found.changes += number_changes(self._master, standing)
        found.standing = standing
        found.changes += revision_rows(self._master, found.revised, self._version)
        return found

    def _renumbered(self) -> bool:
        return any(
            old != new for numbers in self._numbers.of.values() for old, new in numbers.items()
        )

    def _units(self) -> None:
        """The units that the registry does not know."""
        taken = self._taken(UNITS)
        for key, row in self._matched.rows[UNITS.name].items():
            name = text(row, "name")
            if name in self._decided.new_units:
                made = free_id(key, taken)
                taken.add(made)
                self._found.changes += added_row(UNITS.name, made, _cells(row))
                self._found.counts["新增单位"] += 1
                near = self._decided.near(name)
                like = f"，与“{near}”相近；是同一个单位的，把它写进“{near}”的别名" if near else ""
                self._found.told.append(f"单位：“{name}”不在单位名录，已新增{like}")

    def _taken(self, table: Table) -> set[str]:
        """The ids that rows of a table have or ever had."""
        logged = self._master.rows(LOG).values()
        return {
            *self._master.rows(table),
            *(text(row, "row") for row in logged if text(row, "sheet") == table.sheet),
        }

    # -- one table

    def _table(self, table: Table) -> None:
        level, fresh = self._matched.levels[table.name], self._matched.rows[table.name]
        wanted = {
            old: self._decided.cells(table, old, fresh[new]) for old, new in level.same.items()
        }
        wanted |= {key: self._kept(table, key) for key in level.kept}
        changes = differences(self._master, table, wanted)
        self._note(table, changes)
        self._found.changes += changes
        taken, used = self._taken(table), {*level.same.values(), *level.aside}
        for key, row in fresh.items():
            if key not in used:
                self._add(table, key, row, taken)
        for key in level.gone:
            self._retire(table, key)

    def _kept(self, table: Table, key: str) -> dict[str, Value]:
        """The number of a row that stays, and what it is part of."""
        number = LEVELS[table.name][0]
        row = self._master.rows(table)[key]
        cells: dict[str, Value] = {}
        new = self._numbers.rows[table.name][key]
        if new != text(row, number):
            cells[number] = int(new) if table.column(number).type == "number" else new
        if table.name in _ABOVE:
            link, above = _ABOVE[table.name]
            now = self._numbers.new(above.name, text(row, link))
            if now and now != text(row, link):
                cells[link] = int(now) if now.isdigit() else now
        if table is CRITERIA:
            cells |= self._decided.section_of(row, cells)
            cells |= self._decided.owner(row, new)
        return cells | self._decided.links(table, row)

    def _add(self, table: Table, key: str, row: Row, taken: set[str]) -> None:
        made = free_id(key, taken)
        taken.add(made)
        if made != key:
            self._standing[made] = key
        cells = self._decided.fresh(table, row)
        number, words = LEVELS[table.name]
        self._found.changes += added_row(table.name, made, cells)
        self._found.counts[NEW] += 1
        self._found.revised.append(
            Revised(_KINDS[table.name], NEW, "", text(row, number), "", text(row, words))
        )

    def _retire(self, table: Table, key: str) -> None:
        row, number = self._master.rows(table)[key], LEVELS[table.name][0]
        no = text(row, number)
        known = {**self._numbers.of[CRITERIA.name], **self._numbers.of[INDICATORS.name]}
        documents: Iterator[str] = iter(())
        if table in (CRITERIA, INDICATORS):
            documents = documents_of(self._master, fold(no), known)
        self._found.revised.append(retired(table, _KINDS[table.name], no, row, list(documents)))
        self._found.changes += drop(table, key, row)
        self._found.counts["取消"] += 1
        if any(row.get(name) is not None for name in _ANSWERED):
            self._found.told.append(f"得分点{no}：取消了，它的自评和核定在「新旧对照」")

    # -- what is told of it

    def _note(self, table: Table, changes: list[Change]) -> None:
        rows: dict[str, list[Change]] = {}
        for change in changes:
            rows.setdefault(change.row, []).append(change)
        for key, mine in rows.items():
            kinds = list(dict.fromkeys(filter(None, (self._called(table, c) for c in mine))))
            number = LEVELS[table.name][0]
            numbered = [c for c in mine if c.field == number]
            if numbered:
                self._standing[key] = _id_by(table, str(numbered[0].new))
            if _RULE & set(kinds):
                self._reworded.add((table.name, key))
            if not kinds:
                continue
            self._found.counts.update(kinds)
            row = self._master.rows(table)[key]
            old_no = text(row, number)
            new_no = str(numbered[0].new) if numbered else old_no
            old, new = (_said(table, mine, side) for side in ("old", "new"))
            self._found.revised.append(
                Revised(_KINDS[table.name], "、".join(kinds), old_no, new_no, old, new)
            )
            self._tell_reworded(table, new_no, mine)
            if table is CRITERIA and _RULE & set(kinds):
                self._ask_again(row, new_no, "、".join(k for k in kinds if k in _RULE))

    def _tell_reworded(self, table: Table, no: str, changes: list[Change]) -> None:
        """A row that was found, but says something rather different now."""
        words = LEVELS[table.name][1]
        for change in changes:
            was, now = str(change.old or ""), str(change.new or "")
            if (
                table is not SECTIONS
                and change.field == words
                and was
                and likeness(was, now) < _ALIKE
            ):
                old, new = (shorten(one_line(said), _SHOWN) for said in (was, now))
                said = f"原来是“{old}”，现在是“{new}”，请核对是不是同一项"
                self._found.told.append(f"{_KINDS[table.name]}{no}：{said}")

    def _called(self, table: Table, change: Change) -> str:
        link, above = _ABOVE.get(table.name, ("", table))
        if change.field == link:
            was = "" if change.old is None else str(change.old)
            return "改归属" if self._numbers.new(above.name, was) != str(change.new) else ""
        return _CALLED.get(change.field, "")

    def _ask_again(self, row: Row, new_no: str, what: str) -> None:
        for name in _ANSWERED:
            if held := text(row, name):
                header = CRITERIA.column(name).header
                said = shorten(one_line(held), _SHOWN)
                self._found.told.append(f"得分点{new_no}：{what}，原来的{header}“{said}”请核对")


def _said(table: Table, changes: list[Change], side: str) -> str:
    """What the changed cells said, or say now; the numbers have columns of their own."""
    number, words = LEVELS[table.name]
    lines = []
    for change in changes:
        value = getattr(change, side)
        if change.field in (number, *(link for link, _ in _ABOVE.values()), "criteria"):
            continue
        shown = "（空）" if value is None else str(value)
        header = BY_NAME[table.name].column(change.field).header
        lines.append(shown if change.field == words else f"{header}：{shown}")
    return "\n".join(lines)


def _cells(row: Row) -> dict[str, Value]:
    return {name: tidy(value) for name, value in row.items() if name != KEY}


def _id_by(table: Table, number: str) -> str:
    """The id that a number stands for."""
    letter = {SECTIONS.name: "S", INDICATORS.name: "I", CRITERIA.name: "C"}.get(table.name, "T")
    return f"{letter}{number.replace('(', '.').rstrip(')')}"
