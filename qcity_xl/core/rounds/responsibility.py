"""Who must report on which task, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.units import Registry
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import TASKS, UNITS
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
class _Nobody:
    """A name that stands for no unit: unknown (perhaps as a group's member), or an empty group.

    `nearest` is a name much like it, the name itself where a group has a group as member.
    """

    name: str
    group: str = ""
    nearest: str = ""

    def problem(self, tasks: list[str], cell: str) -> Problem:
        many = f"等{len(tasks)}项" if len(tasks) > 1 else ""
        if not self.name:
            return Problem(
                "group-without-members",
                "warning",
                TASKS.sheet,
                cell,
                f"“{self.group}”还没有成员，任务{tasks[0]}{many}的这一配合职责暂未下发",
                "单位表里该组的“成员单位”写明成员",
                f"在「{UNITS.sheet}」找到“{self.group}”，填成员单位全称，用、隔开",
            )
        group = f"“{self.group}”的成员" if self.group else "单位"
        like = f"，是不是“{self.nearest}”" if self.nearest else ""
        wrong = "是组，不是单位" if self.name == self.nearest else f"不在单位名录{like}"
        return Problem(
            "unknown-unit",
            "error",
            TASKS.sheet,
            cell,
            f"任务{tasks[0]}{many}的{group}“{self.name}”{wrong}",
            "单位名录里的名称或别名",
            f"改正名称，或在「{UNITS.sheet}」登记该单位或别名",
        )


def resolve_duties(master: Master) -> tuple[list[Duty], list[Problem]]:
    """All duties in the order of the tasks, and a problem for each name that leads to no unit.

    A unit named twice for a task keeps the first part (leading before cooperating).
    """
    registry = master.registry
    duties: dict[tuple[str, str], Duty] = {}
    waiting: dict[_Nobody, list[tuple[str, str]]] = {}
    for key, row in master.rows(TASKS).items():
        for name, role in (("leads", LEAD), ("partners", PARTNER)):
            for unit, why in _members(registry, text(row, name), role):
                if isinstance(unit, str):
                    duties.setdefault((key, unit), Duty(key, unit, role, why))
                else:
                    cell = master.cell(TASKS, key, name)
                    waiting.setdefault(unit, []).append((text(row, "no"), cell))
    problems = [
        nobody.problem([task for task, _ in places], places[0][1])
        for nobody, places in waiting.items()
    ]
    return list(duties.values()), problems


def _members(registry: Registry, cell: str, role: str) -> Iterator[tuple[str | _Nobody, str]]:
    for name in registry.split(cell):
        if registry.find(name) is None:
            yield _Nobody(name, nearest=registry.nearest(name)), ""
        elif name not in registry.groups:
            yield name, f"{role}单位"
        elif not registry.groups[name]:
            yield _Nobody("", name), ""
        for member in registry.groups.get(name, ()):
            unit = registry.find(member)
            if unit is None or unit in registry.groups:
                yield _Nobody(unit or member, name, unit or registry.nearest(member)), ""
            else:
                yield unit, f"“{name}”成员"
