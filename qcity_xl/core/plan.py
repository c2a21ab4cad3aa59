"""The plan (任务分解表): sections, indicators, criteria, tasks, units, open rulings."""

from dataclasses import dataclass, field
from typing import Literal

YES, NO = "是", "否"
Combine = Literal["sum", "best", "capped"]
COMBINE_NAMES: dict[Combine, str] = {"sum": "累加", "best": "取高", "capped": "累加封顶"}
UnitKind = Literal["unit", "group"]
UNIT_KIND_NAMES: dict[UnitKind, str] = {"unit": "单位", "group": "组"}


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A part of the plan (部分) with its stated points; bonus points stand apart."""

    no: int
    title: str
    points: float
    bonus: bool = False
    goal: str = ""  # what it is to come to, as the document says behind its heading

    @property
    def key(self) -> str:
        """Row id, e.g. S3."""
        return f"S{self.no}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A graded item (指标): points are out of 1,000 or, in a bonus section, on top."""

    no: int
    section: int
    title: str
    points: float
    combine: Combine = "sum"
    methods: tuple[str, ...] = ()
    wording: str = ""

    @property
    def key(self) -> str:
        """Row id, e.g. I13."""
        return f"I{self.no}"


@dataclass(frozen=True, slots=True)
class Criterion:
    """The smallest thing that earns points (得分点).

    `kind` and `params` are read by `qcity_xl.core.rules`; `period` names the times that
    evidence must cover, joined by 、: 每年, 定期, 当年, 连续3年, 3年内 (any number of years), or
    nothing. `may_be_absent` marks 合理缺项.
    """

    indicator: int
    ordinal: int
    text: str
    points: float
    kind: str
    params: str = ""
    period: str = ""
    may_be_absent: bool = False

    @property
    def key(self) -> str:
        """Row id, e.g. C13.3."""
        return f"C{self.indicator}.{self.ordinal}"

    @property
    def label(self) -> str:
        """What people read: 13(3). Excel does not take it for a date or a number."""
        return f"{self.indicator}({self.ordinal})"


@dataclass(frozen=True, slots=True)
class Task:
    """What units must do (工作任务). `no` is text: 13.1 and 13.10 never meet.

    `partners` holds unit names and group words in the order of the document; `criteria` holds
    labels such as 13(3), and is empty for a task that only supports.
    """

    no: str
    text: str
    deadline: str
    leads: tuple[str, ...]
    partners: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    remark: str = ""

    @property
    def indicator(self) -> int:
        """The indicator's number, the part before the dot."""
        return int(self.no.split(".")[0])

    @property
    def key(self) -> str:
        """Row id, e.g. T13.10."""
        return f"T{self.no}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A government unit, or a group word (领导小组成员单位) whose members the office names."""

    key: str
    name: str
    kind: UnitKind = "unit"
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A choice the wording leaves open (待定事项), with the default taken and why.

    `subject` is a label (指标 "26", 得分点 "26(3)", 任务 "27.1", 单位 name); `item` names the
    parameter it settles (see `qcity_xl.core.rules`) or, for a matter to confirm, 标题, 分值 …;
    `options` are what may be chosen, empty for free text.
    """

    subject: str
    item: str
    question: str
    default: str
    reason: str
    options: tuple[str, ...] = ()
    choice: str = ""

    @property
    def key(self) -> str:
        """Row id, one per subject and item."""
        return f"Q{self.subject}/{self.item}"

    @property
    def value(self) -> str:
        """What holds: the office's choice, or the default until there is one."""
        return self.choice or self.default


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole table, in document order."""

    title: str = ""
    sections: tuple[PlanSection, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    tasks: tuple[Task, ...] = ()
    units: tuple[Unit, ...] = ()
    rulings: tuple[Ruling, ...] = field(default=())

    def criteria_of(self, indicator: int) -> tuple[Criterion, ...]:
        """The criteria of one indicator, in order."""
        return tuple(c for c in self.criteria if c.indicator == indicator)

    def points(self, *, bonus: bool) -> float:
        """Points of all indicators in bonus sections, or in the others."""
        wanted = {s.no for s in self.sections if s.bonus is bonus}
        return sum(i.points for i in self.indicators if i.section in wanted)
