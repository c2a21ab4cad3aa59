"""Tables of tasks and their newer versions, with what the office has entered beside each row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from qcity_xl.core.adopting.carrying import Carried, carry
from qcity_xl.core.adopting.revision import MatchedTables, match_table
from qcity_xl.core.changes import KEY, added_row
from qcity_xl.core.history.log import Stamp, as_lines, log_rows
from qcity_xl.core.master.initial_rows import master_rows
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.plan import Criterion, Indicator, Plan, PlanSection, Ruling, Task, Unit
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CRITERIA,
    EVIDENCE,
    MASTER,
    PROGRESS_LINES,
    RULINGS,
    TASKS,
)
from tests.core.builders import FIRST_LINE, set_cell

COMMAND = "换用新表"


@dataclass(frozen=True)
class Row:
    """A criterion or a task of a table; `who` is the row that it is, whatever it says now."""

    who: str
    words: str
    points: float = 5
    leads: tuple[str, ...] = ("市农委",)


@dataclass(frozen=True)
class Part:
    """An indicator with its criteria and tasks."""

    who: str
    title: str
    criteria: tuple[Row, ...] = ()
    tasks: tuple[Row, ...] = ()
    rulings: tuple[tuple[int, str], ...] = field(default=())  # ordinal of a criterion, item

    @property
    def wording(self) -> str:
        return "".join(f"{row.words}的得{row.points:g}分；" for row in self.criteria)


Table = Sequence[Sequence[Part]]  # sections


def plan_of(table: Table) -> Plan:
    """The plan of a table, numbered through."""
    sections: list[PlanSection] = []
    indicators: list[Indicator] = []
    rulings: list[Ruling] = []
    criteria: list[Criterion] = []
    tasks: list[Task] = []
    for s, parts in enumerate(table, 1):
        total = sum(row.points for part in parts for row in part.criteria)
        sections.append(PlanSection(s, f"第{s}方面工作", total))
        for part in parts:
            no = len(indicators) + 1
            points = sum(row.points for row in part.criteria)
            indicators.append(Indicator(no, s, part.title, points, wording=part.wording))
            criteria += [
                Criterion(no, n, row.words, row.points, "达成")
                for n, row in enumerate(part.criteria, 1)
            ]
            first = (f"{no}(1)",) * bool(part.criteria)
            tasks += [
                Task(f"{no}.{n}", row.words, "2017", row.leads, criteria=first)
                for n, row in enumerate(part.tasks, 1)
            ]
            rulings += [
                Ruling(f"{no}({n})", item, f"得分点{no}({n})怎样算", "按项", "文件未写")
                for n, item in part.rulings
                if n <= len(part.criteria)
            ]
    names = dict.fromkeys(name for task in tasks for name in task.leads)
    return Plan(
        *("", tuple(sections), tuple(indicators), tuple(criteria), tuple(tasks)),
        tuple(Unit(f"U-{name}", name) for name in names),
        tuple(rulings),
    )


def master_of(table: Table) -> Master:
    """A new master on a table."""
    listed = master_rows(plan_of(table), (), ())
    tables = {
        t.name: {str(row[KEY]): {**dict.fromkeys(t.fields), **row} for row in listed[t.name]}
        for t in MASTER
    }
    lines = {(name, key): FIRST_LINE + n for name in tables for n, key in enumerate(tables[name])}
    master = Master(tables, lines)
    return master.with_changes(assignment_changes(master)[0])


def filled(master: Master) -> Master:
    """The master with words of its own in each cell that people fill: 自评1(1), 填报T1.1/市农委."""
    for key, row in master.rows(CRITERIA).items():
        label = text(row, "label")
        master = set_cell(master, CRITERIA, key, "answer", f"自评{label}")
        master = set_cell(master, CRITERIA, key, "ruling", f"核定{label}")
        cells = {"criteria": label, "title": f"佐证{label}", "unit": "市农委", "state": "通过"}
        master = master.with_changes(added_row(EVIDENCE.name, f"E{key}", {**cells}))
    for key, row in master.rows(ASSIGNMENTS).items():
        master = set_cell(master, ASSIGNMENTS, key, "note", f"填报{key}")
        line = {"round": "第1轮", "task": row["task"], "unit": row["unit"]}
        master = master.with_changes(added_row(PROGRESS_LINES.name, f"第1轮/{key}", line))
    for key, row in master.rows(RULINGS).items():
        master = set_cell(master, RULINGS, key, "choice", f"裁定{text(row, 'subject')}")
    return master


def match(master: Master, table: Table, *said: str) -> MatchedTables:
    return match_table(master, plan_of(table), said)


def revised(master: Master, table: Table, *said: str) -> Carried:
    matched = match(master, table, *said)
    assert not matched.questions, matched.questions
    assert not matched.faults, matched.faults
    return carry(matched, "新版.docx")


def after(master: Master, carried: Carried) -> Master:
    """The master with the changes, and with their lines in 日志."""
    stamp = Stamp("2017-03-01 09:00", "张三", COMMAND, "新版.docx")
    lines = log_rows(master, stamp, as_lines(carried.changes)) if carried.changes else []
    return master.with_changes([*carried.changes, *lines])


def reworded(row: Row, words: str) -> Row:
    return replace(row, words=words)


def notes(master: Master) -> dict[str, str]:
    """What is reported, by the words of the task."""
    tasks = master.rows(TASKS)
    return {
        text(tasks[key.partition("/")[0]], "text"): text(row, "note")
        for key, row in master.rows(ASSIGNMENTS).items()
    }


def entered(master: Master) -> Iterable[str]:
    """All that people entered, as `filled` did."""
    for table, name in (
        *((CRITERIA, "answer"), (CRITERIA, "ruling"), (ASSIGNMENTS, "note")),
        *((RULINGS, "choice"), (EVIDENCE, "title")),
    ):
        yield from (value for row in master.rows(table).values() if (value := text(row, name)))


MEETING = Row("例会", "每季度召开一次质量工作例会")
MINUTES = Row("纪要", "会议纪要印发各成员单位", leads=("市教育局",))
AWARD = Row("奖励", "设立市长质量奖并开展评审", leads=("市质监局",))
MONEY = Row("资金", "足额兑现质量奖励资金", leads=("市财政局",))
COURSE = Row("课程", "在职业院校开设质量管理课程", leads=("市教育局",))
BRAND = Row("品牌", "制定区域品牌培育三年规划", leads=("市质监局",))

MECHANISM = Part("机制", "质量工作机制", (MEETING, MINUTES), (MEETING, MINUTES), ((1, "部分"),))
REWARD = Part("激励", "质量激励政策", (AWARD, MONEY), (AWARD, MONEY))
TALENT = Part("人才", "质量人才培养", (COURSE,), (COURSE,))
OLD: Table = ((MECHANISM, REWARD), (TALENT,))
FILLED = filled(master_of(OLD))
