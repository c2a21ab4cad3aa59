"""Who must report on which task, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.units import Registry
from qcity_xl.core.problems import Problem
from qcity_xl.core.rounds.group_members import ON_DEMAND, idle, members_in, parse_chosen
from qcity_xl.core.schema import INDICATORS, TASKS, UNITS, Table
from qcity_xl.core.schema.words import LEAD, PARTNER


@dataclass(frozen=True, slots=True)
class Duty:
    """One unit's part in one task; `why` names the cell or the group that puts it there."""

    task: str
    unit: str
    role: str
    why: str

    @property
    def key(self) -> str:
        """Row id on 填报: the unit's name belongs to it, so that two units never share a row."""
        return f"{self.task}/{self.unit}"

    def row(self, task: Row) -> dict[str, str]:
        """What the program writes for it on 填报."""
        return {
            "task": text(task, "no"),
            "text": text(task, "text"),
            "unit": self.unit,
            "role": self.role,
            "why": self.why,
            "deadline": text(task, "deadline"),
        }


@dataclass(frozen=True, slots=True)
class _Place:
    """The cell where the mistake is."""

    table: Table
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class _Nobody:
    """A name that stands for no unit: unknown (perhaps as a group's member), or an empty group.

    `nearest` is a name much like it, the name itself where a group has a group as member. `place`
    is where it stands, None for the cell of the first task concerned.
    """

    name: str
    group: str = ""
    nearest: str = ""
    place: _Place | None = None
    wanted: str = ""

    def problem(self, master: Master, tasks: list[str], first: _Place) -> Problem:
        place = self.place or (first if self.name else _Place(TASKS, first.row, "members"))
        where = place.table.sheet, master.cell(place.table, place.row, place.field)
        many = f"等{len(tasks)}项" if len(tasks) > 1 else ""
        which = f"任务{tasks[0]}{many}"
        if not self.name:
            words = self._empty(which)
            return Problem("group-without-members", "warning", *where, *words)
        if self.wanted:
            return Problem("unknown-unit", "error", *where, *self._words(which))
        group = f"“{self.group}”的成员" if self.group else "单位"
        like = f"，是不是“{self.nearest}”" if self.nearest else ""
        wrong = "是组，不是单位" if self.name == self.nearest else f"不在单位名录{like}"
        return Problem(
            "unknown-unit",
            "error",
            *where,
            f"{which}的{group}“{self.name}”{wrong}",
            "单位名录里的名称或别名",
            f"改正名称，或在「{UNITS.sheet}」登记该单位或别名",
        )

    def _empty(self, which: str) -> tuple[str, str, str]:
        found = f"“{self.group}”还没有成员，{which}的这一职责暂未下发"
        if self.place is None:
            wanted = "“组成员”写明这项任务里的成员"
            return f"{found}（「单位」写的是{ON_DEMAND}）", wanted, "逐项填单位全称，用、隔开"
        wanted = f"写明成员；每项任务各不相同的写“{ON_DEMAND}”，在「任务」的“组成员”逐项写明"
        return found, wanted, f"填“{self.group}”的成员单位全称，用、隔开"

    def _words(self, which: str) -> tuple[str, str, str]:
        return (
            f"{which}的组成员“{self.name}”说不上是哪个组的",
            self.wanted,
            "改成“组名：成员、成员”，或把组写进牵头、配合单位",
        )


def resolve_duties(master: Master) -> tuple[list[Duty], list[Problem]]:
    """All duties in the order of the tasks, and a problem for each name that leads to no unit.

    A unit named twice for a task keeps the first part (leading before cooperating).
    """
    registry = master.registry
    keys = {text(row, "name"): key for key, row in master.rows(UNITS).items()}
    indicators = {
        text(r, "no"): (k, text(r, "members")) for k, r in master.rows(INDICATORS).items()
    }
    duties: dict[tuple[str, str], Duty] = {}
    waiting: dict[_Nobody, list[tuple[str, _Place]]] = {}
    for key, row in master.rows(TASKS).items():
        indicator, of_all = indicators.get(text(row, "indicator"), ("", ""))
        beside = (_Place(TASKS, key, "members"), _Place(INDICATORS, indicator, "members"))
        task = _Task(registry, keys, row, (text(row, "members"), of_all), beside)
        for name, role in (("leads", LEAD), ("partners", PARTNER)):
            for unit, why in task.members(name, role):
                if isinstance(unit, str):
                    duties.setdefault((key, unit), Duty(key, unit, role, why))
                else:
                    place = _Place(TASKS, key, name)
                    waiting.setdefault(unit, []).append((text(row, "no"), place))
        for nobody in task.idle():
            waiting.setdefault(nobody, []).append((text(row, "no"), beside[0]))
    problems = [
        nobody.problem(master, list(dict.fromkeys(task for task, _ in places)), places[0][1])
        for nobody, places in waiting.items()
    ]
    return list(duties.values()), problems


@dataclass(frozen=True, slots=True)
class _Task:
    """One task: `chosen` is what stands beside it and beside its indicator, at `beside`."""

    registry: Registry
    keys: Mapping[str, str]  # row id on 单位 by name
    row: Row
    chosen: tuple[str, str]
    beside: tuple[_Place, _Place]

    @property
    def groups(self) -> list[str]:
        """The groups that it names."""
        named = (n for f in ("leads", "partners") for n in self.registry.split(text(self.row, f)))
        return list(dict.fromkeys(name for name in named if name in self.registry.groups))

    def members(self, field: str, role: str) -> Iterator[tuple[str | _Nobody, str]]:
        registry = self.registry
        groups = members_in(self.chosen, self.groups, registry) if self.groups else {}
        for name in registry.split(text(self.row, field)):
            if registry.find(name) is None:
                yield _Nobody(name, nearest=registry.nearest(name)), ""
            elif name not in groups:
                yield name, f"{role}单位"
            elif not groups[name]:
                by_task = registry.groups[name] == (ON_DEMAND,)
                place = None if by_task else _Place(UNITS, self.keys[name], "members")
                yield _Nobody("", name, place=place), ""
            for member in groups.get(name, ()):
                unit = registry.find(member)
                if unit is None or unit in registry.groups:
                    near = unit or registry.nearest(member, groups=False)
                    yield _Nobody(unit or member, name, near, self._standing(name, member)), ""
                else:
                    yield unit, f"“{name}”成员"

    def idle(self) -> Iterator[_Nobody]:
        """What stands beside the task and is of no group that it names."""
        if self.chosen[0]:
            for said in idle(self.chosen[0], self.groups, self.registry):
                wanted = f"这项任务写的组：{'、'.join(self.groups) or '（没有组）'}"
                yield _Nobody(said, place=self.beside[0], wanted=wanted)

    def _standing(self, group: str, member: str) -> _Place:
        for cell, place in zip(self.chosen, self.beside, strict=True):
            if member in (name for one in parse_chosen(cell, self.registry) for name in one.names):
                return place
        return _Place(UNITS, self.keys[group], "members")
