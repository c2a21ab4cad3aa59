"""A part of what a unit is asked: of some sections, one role, or some tasks."""

from dataclasses import dataclass, replace

from qcity_xl.core.errors import Unknown
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import SECTIONS, TASKS
from qcity_xl.core.schema.words import PARTNER, ROLES
from qcity_xl.core.scoring.evidence import criteria_in, criteria_labels
from qcity_xl.core.text import entries, natural_key

BETWEEN = "·"  # between a round and its part: 第2轮·第3部分


@dataclass(frozen=True, slots=True)
class PlanPart:
    """All of it where nothing is named. `criteria` are the row ids that the tasks serve."""

    sections: tuple[str, ...] = ()
    role: str = ""
    tasks: tuple[str, ...] = ()
    criteria: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """第3、4部分牵头; "" for all of it."""
        sections = f"第{'、'.join(self.sections)}部分" if self.sections else ""
        tasks = f"任务{'、'.join(self.tasks)}" if self.tasks else ""
        return f"{sections}{self.role}{tasks}"

    def of_round(self, name: str) -> str:
        """How the round of this part is called."""
        return f"{name}{BETWEEN}{self.name}" if self.name else name

    def has_task(self, row: Row, section: str) -> bool:
        """Whether a row of 填报 belongs to it, whose task is of that section."""
        return (
            (not self.sections or section in self.sections)
            and self.role in ("", text(row, "role"))
            and (not self.tasks or text(row, "task") in self.tasks)
        )

    def has_criterion(self, key: str, row: Row) -> bool:
        """Whether a criterion belongs to it; who cooperates answers none."""
        return (
            (not self.sections or text(row, "section") in self.sections)
            and self.role != PARTNER
            and (not self.tasks or key in self.criteria)
        )


EVERYTHING = PlanPart()


def base_round(name: str) -> str:
    """第2轮 of 第2轮·第3部分."""
    return name.partition(BETWEEN)[0]


def part_of(
    master: Master,
    sections: str = "",
    role: str = "",
    tasks: str = "",
) -> PlanPart:
    """The part that a user names (3、4), in the order of the plan. Raises Unknown."""
    wanted, named = _numbers(sections), _numbers(tasks)
    numbers = [text(row, "no") for row in master.rows(SECTIONS).values()]
    rows = {text(row, "no"): row for row in master.rows(TASKS).values()}
    for what, given, known in (
        ("部分", wanted, numbers),
        ("角色", (role,) if role else (), ROLES),
        ("任务", named, sorted(rows, key=natural_key)),
    ):
        for one in given:
            if one not in known:
                raise Unknown(what, one, "、".join(known))
    labels = criteria_labels(master)
    served = {k for no in named for k in criteria_in(text(rows[no], "criteria"), labels)}
    return PlanPart(wanted, role, named, frozenset(served))


def _numbers(said: str) -> tuple[str, ...]:
    return tuple(sorted(set(entries(said)), key=natural_key))


def by_section(master: Master, part: PlanPart) -> list[PlanPart]:
    """The part once more for each of its sections, for all where it names none."""
    numbers = [text(row, "no") for row in master.rows(SECTIONS).values()]
    return [replace(part, sections=(no,)) for no in numbers if no in (part.sections or numbers)]
