"""What units reported that can't be so: dates against progress, evidence that says too little."""

import datetime as dt
from collections.abc import Iterator

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.settings import years_in
from qcity_xl.core.problems import Problem, Severity
from qcity_xl.core.rounds.assignments import in_force
from qcity_xl.core.schema import ASSIGNMENTS, EVIDENCE, Table
from qcity_xl.core.schema.words import FINISHED
from qcity_xl.core.values import parse_date

Complaint = tuple[str, str, str]


def check_progress(master: Master) -> Iterator[Problem]:
    """Work that is done has a day, and only work that is done."""
    for key in in_force(master):
        row = master.rows(ASSIGNMENTS)[key]
        progress, day = text(row, "progress"), parse_date(row.get("done_on"))
        if day and progress != FINISHED:
            words = (
                f"完成情况是“{progress or '空'}”，却填了完成日期{day}",
                f"“{FINISHED}”才有完成日期",
                "问清是否已经完成，改正其中一格",
            )
            yield _problem(master, (ASSIGNMENTS, key, "done_on"), words)
        if progress == FINISHED and row.get("done_on") is None:
            words = (f"任务{text(row, 'task')}已完成，没有完成日期", "如 2016-05-01", "请单位补上")
            yield _problem(master, (ASSIGNMENTS, key, "done_on"), words, "info")


def check_future(master: Master, today: dt.date) -> list[Problem]:
    """Nothing was done after today."""
    return [
        _problem(
            master,
            (ASSIGNMENTS, key, "done_on"),
            (f"完成日期{day}还没有到", f"{today} 或更早", "改正日期；还没完成的改完成情况"),
        )
        for key in in_force(master)
        if (day := parse_date(master.rows(ASSIGNMENTS)[key].get("done_on"))) and day > today
    ]


def check_papers(master: Master) -> Iterator[Problem]:
    """Each piece of evidence says of what kind it is, and of which year."""
    for key, row in master.rows(EVIDENCE).items():
        if text(row, "title") and not text(row, "kind"):
            words = (
                f"“{text(row, 'title')}”没有材料类型，不算作任何一项要求的材料",
                "、".join(EVIDENCE.column("kind").choices),
                "从下拉列表选",
            )
            yield _problem(master, (EVIDENCE, key, "kind"), words)
        period = text(row, "period")
        if period and not years_in(period):
            words = (f"所属期“{period}”看不出是哪一年", "如 2016、2016-2017", "写明年份")
            yield _problem(master, (EVIDENCE, key, "period"), words)


def _problem(
    master: Master, place: tuple[Table, str, str], words: Complaint, severity: Severity = "warning"
) -> Problem:
    table, row, name = place
    return Problem("progress", severity, table.sheet, master.cell(table, row, name), *words)
