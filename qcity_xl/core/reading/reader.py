"""Cells in, plan out: the outline given its meaning."""

from collections.abc import Iterable, Sequence

from qcity_xl.core.plan import Plan
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.indicators import read_indicators
from qcity_xl.core.reading.model import Cell, Outline, Reading
from qcity_xl.core.reading.outline import read_outline
from qcity_xl.core.reading.tasks import read_tasks
from qcity_xl.core.text import shorten


def read_plan(cells: Iterable[Cell]) -> Reading:
    """The plan that a document's cells hold, in their order.

    Never raises for what the cells say: what can't be read is a problem, a guess, or unplaced.
    """
    findings = Findings()
    outline = read_outline(cells, findings)
    title = "".join(outline.heading)
    graded = read_indicators(outline, findings)
    tasks, units = read_tasks(outline, title, graded.criteria, findings)
    _note_gaps(outline, findings)
    plan = Plan(
        title,
        tuple(graded.sections),
        tuple(graded.indicators),
        tuple(graded.criteria),
        tuple(tasks),
        tuple(units),
        findings.open_rulings(),
    )
    recovered, unplaced = tuple(graded.recovered), tuple(outline.unplaced)
    return Reading(plan, recovered, tuple(findings.guesses), tuple(findings.problems), unplaced)


def _note_gaps(outline: Outline, findings: Findings) -> None:
    """A number that is left out shows a section, an indicator or a task that was lost."""
    _note_gap("部分", "", [section.no for section in outline.sections], findings)
    _note_gap("指标", "", [indicator.no for indicator in outline.indicators()], findings)
    for indicator in outline.indicators():
        ordinals = [int(task.no.split(".")[1]) for task in indicator.tasks]
        _note_gap("任务", f"{indicator.no}.", ordinals, findings)


def _note_gap(what: str, prefix: str, numbers: Sequence[int], findings: Findings) -> None:
    missing = sorted(set(range(1, max(numbers, default=0))) - set(numbers))
    if missing:
        listed = shorten("、".join(f"{prefix}{number}" for number in missing), 60)
        findings.problem(
            "number-missing",
            "全文",
            f"没有读到编号{listed}的{what}",
            "编号连续",
            "查原件，在总表补上，或改正原文件后重新读入",
        )
