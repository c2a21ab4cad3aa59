"""Cells in, plan out: the outline given its meaning."""

from collections.abc import Iterable, Sequence

from qcity_xl.core.plan import Plan
from qcity_xl.core.problems import Problem
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.grids import Grid
from qcity_xl.core.reading.headers import Words
from qcity_xl.core.reading.indicators import read_indicators
from qcity_xl.core.reading.model import Cell, Outline, Reading
from qcity_xl.core.reading.numbering import number_outline
from qcity_xl.core.reading.outline import read_outline
from qcity_xl.core.reading.tasks import read_tasks
from qcity_xl.core.text import shorten

_FIRST = 50  # a table that begins above this number is the continuation of another


def read_plan(
    blocks: Iterable[Cell | Grid],
    own: Words = (),
    aside: Iterable[Cell] = (),
    problems: Iterable[Problem] = (),
) -> Reading:
    """The plan that a document's cells and tables hold, in their order.

    `own` are header words with their meanings, as the office has explained them; `aside` stands
    beside the text, as footnotes do, and `problems` are what its file already told. Never raises
    for what the cells say: what can't be read is a problem, a guess, or unplaced.
    """
    findings = Findings(problems=list(problems))
    outline = read_outline(blocks, findings, own)
    outline.unplaced += aside
    number_outline(outline, findings)
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
    return Reading(
        plan,
        recovered,
        tuple(findings.guesses),
        tuple(findings.problems),
        unplaced,
        tuple(outline.columns),
    )


def _note_gaps(outline: Outline, findings: Findings) -> None:
    """A number that is left out shows a section, an indicator or a task that was lost."""
    _note_gap("部分", "", [section.no for section in outline.sections], findings)
    _note_gap("指标", "", [indicator.no for indicator in outline.indicators()], findings)
    for indicator in outline.indicators():
        ordinals = [int(task.no.split(".")[1]) for task in indicator.tasks]
        _note_gap("任务", f"{indicator.no}.", ordinals, findings)


def _note_gap(what: str, prefix: str, numbers: Sequence[int], findings: Findings) -> None:
    first = min(numbers, default=1)
    first = first if first > _FIRST else 1  # a part of a longer table begins anywhere
    missing = sorted(set(range(first, max(numbers, default=0))) - set(numbers))
    if missing:
        listed = shorten("、".join(f"{prefix}{number}" for number in missing), 60)
        findings.problem(
            "number-missing",
            "全文",
            f"没有读到编号{listed}的{what}",
            "编号连续",
            "查原件，在总表补上，或改正原文件后重新读入",
        )
