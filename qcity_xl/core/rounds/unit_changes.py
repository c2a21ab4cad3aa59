"""单位变更: a unit gets another name, several become one, one becomes several, one is abolished.

What was stays under the old name: 日志, 轮次, 进展记录. What is still to be done goes to the
successor: tasks, criteria, members of groups, evidence, rulings, open conflicts, and the answers on
填报. The old names are aliases of the successor, so that what comes back under them is known.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from qcity_xl.core.changes import Change, added_row, dropped_row
from qcity_xl.core.errors import NothingToDo, Unknown
from qcity_xl.core.master.initial_rows import LIST_MARK, UNIT_MARK
from qcity_xl.core.master.model import Master, Row, Rows, text
from qcity_xl.core.master.units import Registry, load_registry
from qcity_xl.core.rounds.assignments import RELEASED
from qcity_xl.core.rounds.group_members import chosen_text, parse_chosen, replaced
from qcity_xl.core.rounds.responsibility import Duty, resolve_duties
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    RULINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.core.schema.words import LEAD
from qcity_xl.core.text import entries, fold
from qcity_xl.core.values import Value, same_meaning

ChangeKind = Literal["rename", "merge", "split", "abolish"]
KINDS: dict[ChangeKind, str] = {
    "rename": "更名",
    "merge": "合并",
    "split": "拆分",
    "abolish": "撤销",
}
_LISTS = ((TASKS, "leads"), (TASKS, "partners"), (UNITS, "members"))  # cells with many names
_SINGLE = ((CRITERIA, "owner"), (EVIDENCE, "unit"), (RULINGS, "subject"))
_ANSWERS = ("progress", "note", "done_on", "difficulty", "round")
_TEXTS = ("note", "difficulty")  # what two units said of one task is put together
_KEPT = ("contact", "phone", "email", "password")  # of the first unit, for a successor that is new
_FORM = {"rename": "旧名=新名", "merge": "甲、乙=新名", "split": "旧名=甲、乙", "abolish": "单位"}


@dataclass(frozen=True, slots=True)
class Order:
    """One change: the units that were, and those that take over."""

    kind: ChangeKind
    old: tuple[str, ...]
    new: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """市质监局、市工商局合并为市市场监管局."""
        olds, news = "、".join(self.old), "、".join(self.new)
        words = {"rename": f"更名为{news}", "merge": f"合并为{news}", "split": f"拆分为{news}"}
        return olds + words.get(self.kind, "撤销")


@dataclass(slots=True)
class UnitChange:
    """What one order changes, and what is left to people."""

    order: Order
    changes: list[Change] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def parse_order(kind: ChangeKind, words: str) -> Order:
    """旧名=新名 and the like. Raises NothingToDo for what has another form."""
    left, mark, right = words.replace("＝", "=").partition("=")
    old, new = tuple(entries(left)), tuple(entries(right))
    fits = {
        "rename": len(old) == len(new) == 1,
        "merge": len(old) > 1 and len(new) == 1,
        "split": len(old) == 1 and len(new) > 1,
        "abolish": len(old) == 1 and not mark,
    }[kind]
    if not fits:
        raise NothingToDo(f"“{words}”看不懂：{KINDS[kind]}写作 {_FORM[kind]}")
    return Order(kind, old, new)


def change_units(master: Master, order: Order, day: dt.date) -> UnitChange:
    """All that an order changes; nothing where it was carried out before.

    Raises Unknown for a unit that is not registered, NothingToDo where its name is taken.
    """
    found = UnitChange(order)
    registry = load_registry(master.rows(UNITS).values())
    if _done(master, registry, order):
        return found
    work = _Work(master, registry, order, day, found)
    work.mentions()
    work.registered()
    work.assignments()
    work.conflicts()
    return found


def _done(master: Master, registry: Registry, order: Order) -> bool:
    """Whether the names mean the successors already."""
    left = [name for name in order.old if name not in order.new]
    if order.kind == "abolish" or not left:  # names tell nothing of it
        kept = registry.find(order.old[0])
        row = next((r for r in master.rows(UNITS).values() if text(r, "name") == kept), {})
        return order.sentence in text(row, "remark")
    return all(registry.find(name) in order.new for name in left)


class _Work:
    """One order against the master, which follows each change."""

    def __init__(
        self, master: Master, registry: Registry, order: Order, day: dt.date, found: UnitChange
    ) -> None:
        self.master, self.registry, self.day, self.found = master, registry, day, found
        self.order, self.gone, self.replaced = order, dict[str, None](), set[str]()
        for name in order.old:
            unit = registry.find(name)
            if unit is None:
                raise Unknown("单位", name, registry.nearest(name))
            self.replaced.add(unit)
            if unit not in order.new:
                self.gone[unit] = None
        taken = [n for n in order.new if (u := registry.find(n)) and u not in (*self.gone, n)]
        if order.kind == "rename":
            taken += [name for name in order.new if registry.find(name) == name]
        if taken:
            raise NothingToDo(
                f"“{taken[0]}”已是名录里的单位或别名；两个单位并成一个的，请用“合并”写明"
            )

    def _take(self, changes: Sequence[Change]) -> None:
        self.found.changes += changes
        self.master = self.master.with_changes(changes)

    def mentions(self) -> None:
        """Each cell that names one of the units names the successors."""
        for table, name in _LISTS:
            for key, row in self.master.rows(table).items():
                self._set(table, key, name, self._listed(text(row, name)))
        registry, news = self.registry, dict.fromkeys(self.replaced, self.order.new)
        for table in (TASKS, INDICATORS):
            for key, row in self.master.rows(table).items():
                chosen = parse_chosen(text(row, "members"), registry)
                if (after := replaced(chosen, news)) != chosen:
                    self._set(table, key, "members", chosen_text(after))
        for table, name in _SINGLE:
            for key, row in self.master.rows(table).items():
                if self.registry.find(text(row, name)) in self.gone and self.order.new:
                    self._set(table, key, name, self.order.new[0])
        self._tell_mentions()

    def _set(self, table: Table, key: str, name: str, new: Value) -> None:
        old = self.master.rows(table)[key].get(name)
        if not same_meaning(old, new):
            self._take([Change(table.name, key, name, old, new or None)])

    def _listed(self, cell: str) -> str:
        """The cell with the successors in place of the units; as it is where it names none."""
        names = entries(cell, self.registry.find)
        if not any(self.registry.find(name) in self.replaced for name in names):
            return cell
        after: dict[str, str] = {}
        for name in names:
            unit = self.registry.find(name)
            for new in self.order.new if unit in self.replaced else (name,):
                after.setdefault(fold(self.registry.find(new) or new), new)
        return UNIT_MARK.join(after.values())

    def _tell_mentions(self) -> None:
        changed = [c for c in self.found.changes if c.table in (TASKS.name, CRITERIA.name)]
        rows = self.master.rows(TASKS)
        tasks = [text(rows[c.row], "no") for c in changed if c.field == "leads"]
        criteria = self.master.rows(CRITERIA)
        owned = [text(criteria[c.row], "label") for c in changed if c.field == "owner"]
        if self.order.kind == "split" and tasks:
            self.found.notices.append(
                f"任务{'、'.join(tasks)}的牵头单位先写成{'、'.join(self.order.new)}，请按分工删去不对的"
            )
        if self.order.kind == "split" and owned:
            self.found.notices.append(
                f"得分点{'、'.join(owned)}和佐证先归{self.order.new[0]}，请按分工改正"
            )
        if self.order.kind == "abolish":
            lost = [text(row, "no") for key, row in rows.items() if not text(row, "leads")]
            left = [
                text(row, "label")
                for row in criteria.values()
                if self.registry.find(text(row, "owner")) in self.gone
            ]
            if lost:
                self.found.notices.append(f"任务{'、'.join(lost)}没有牵头单位了，请另定")
            if left:
                self.found.notices.append(f"得分点{'、'.join(left)}的自评单位已撤销，请另定")

    def registered(self) -> None:
        """单位: successors with the old names as aliases; the units that are gone leave it."""
        rows = self.master.rows(UNITS)
        keys = {text(row, "name"): key for key, row in rows.items()}
        remark = f"{self.day.isoformat()} {self.order.sentence}"
        if self.order.kind == "abolish":
            for unit in self.gone:
                self._set(UNITS, keys[unit], "remark", _with(rows[keys[unit]], "remark", remark))
            return
        first = keys[next(iter(self.gone), self.order.new[0])]
        aliases = [
            name
            for unit in self.gone
            for name in (unit, *entries(text(rows[keys[unit]], "aliases")))
        ]
        for number, name in enumerate(self.order.new):
            key = keys.get(name)
            if key is None and number == 0:  # the row stays that of the first unit
                key = first
                self._set(UNITS, key, "name", name)
            elif key is None:
                key = _free_key(self.master.rows(UNITS))
                given = {"name": name, "kind": rows[first].get("kind")}
                self._take(added_row(UNITS.name, key, given))
            if number == 0:
                own = entries(text(self.master.rows(UNITS)[key], "aliases"))
                known = dict.fromkeys(n for n in (*own, *aliases) if fold(n) != fold(name))
                self._set(UNITS, key, "aliases", LIST_MARK.join(known))
                keys[name] = key
            self._set(UNITS, key, "remark", _with(self.master.rows(UNITS)[key], "remark", remark))
        for unit in self.gone:
            if keys[unit] not in (keys.get(name) for name in self.order.new):
                row = dict(self.master.rows(UNITS)[keys[unit]])
                self._keep_contact(keys[self.order.new[0]], row)
                stored = {c.field: row.get(c.field) for c in UNITS.columns if not c.formula}
                self._take(dropped_row(UNITS.name, keys[unit], stored))

    def _keep_contact(self, key: str, gone: Row) -> None:
        for name in _KEPT:
            if self.master.rows(UNITS)[key].get(name) is None and gone.get(name) is not None:
                self._set(UNITS, key, name, gone.get(name))

    def assignments(self) -> None:
        """填报: the successor's rows with the answers; rows of units that are gone are released."""
        duties = {duty.key: duty for duty in resolve_duties(self.master)[0]}
        for key, row in list(self.master.rows(ASSIGNMENTS).items()):
            if text(row, "unit") not in self.gone or not text(row, "role"):
                continue
            task = key.removesuffix(f"/{text(row, 'unit')}")
            for name in self.order.new:
                if duty := duties.get(f"{task}/{name}"):
                    self._hand_over(row, duty)
            self._set(ASSIGNMENTS, key, "role", None)
            self._set(ASSIGNMENTS, key, "why", RELEASED)

    def _hand_over(self, row: Row, duty: Duty) -> None:
        given = {name: row.get(name) for name in _ANSWERS}
        present = self.master.rows(ASSIGNMENTS).get(duty.key)
        if present is None:
            made = duty.row(self.master.rows(TASKS)[duty.task])
            self._take(added_row(ASSIGNMENTS.name, duty.key, {**made, **given}))
            return
        for name, value in duty.row(self.master.rows(TASKS)[duty.task]).items():
            self._set(ASSIGNMENTS, duty.key, name, value)
        leads = text(row, "role") == LEAD and text(present, "role") != LEAD
        for name in _ANSWERS:
            self._set(ASSIGNMENTS, duty.key, name, self._joined(name, present, row, leads=leads))
        told = [
            ASSIGNMENTS.column(name).header
            for name in ("progress", "done_on")
            if given[name] is not None
            and not same_meaning(given[name], present.get(name))
            and present.get(name) is not None
        ]
        if told:
            self.found.notices.append(
                f"任务{text(row, 'task')}：{text(row, 'unit')}与{duty.unit}填的{'、'.join(told)}"
                f"不同，用了{text(row, 'unit') if leads else duty.unit}的，请核对"
            )

    def _joined(self, name: str, mine: Row, other: Row, *, leads: bool) -> Value:
        """What holds of two units' answers: the lead's, texts of both."""
        one, two = mine.get(name), other.get(name)
        if one is None or two is None or same_meaning(one, two):
            return two if one is None else one
        if name in _TEXTS:
            return str(one) if str(two) in str(one) else f"{one}；{text(other, 'unit')}：{two}"
        return two if leads else one

    def conflicts(self) -> None:
        """冲突 that are open are about the successor's row."""
        for key, row in self.master.rows(CONFLICTS).items():
            unit = self.registry.find(text(row, "unit"))
            if text(row, "outcome") or unit not in self.gone or not self.order.new:
                continue
            task = text(row, "row").removesuffix(f"/{unit}")
            if f"{task}/{self.order.new[0]}" in self.master.rows(ASSIGNMENTS):
                self._set(CONFLICTS, key, "row", f"{task}/{self.order.new[0]}")


def _with(row: Row, name: str, words: str) -> str:
    return "；".join(part for part in (text(row, name), words) if part)


def _free_key(rows: Rows) -> str:
    return next(key for n in count(1) if (key := f"U{n}") not in rows)
