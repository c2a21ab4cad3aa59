"""Figures that the goal of a section and a criterion in it give differently."""

import re
from collections.abc import Iterable, Iterator

from qcity_xl.core.lint.case import Case
from qcity_xl.core.lint.findings import Finding
from qcity_xl.core.lint.tasks import thresholds
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.quantities import quantity_text
from qcity_xl.core.rules.comparisons import find_spans
from qcity_xl.core.schema import SECTIONS
from qcity_xl.core.text import pairs

_ALIKE = 0.3  # how much of a clause is in a criterion that speaks of the same thing


def goals(master: Master, cases: Iterable[Case]) -> Iterator[Finding]:
    """For each figure of a goal, the criterion of that section that is most like it."""
    every = list(cases)
    for section in master.rows(SECTIONS).values():
        own = [case for case in every if text(case.row, "section") == text(section, "no")]
        for clause in re.split("[，。；]", text(section, "goal")):
            yield from _clause(clause, own)


def _clause(clause: str, cases: list[Case]) -> Iterator[Finding]:
    """What the clause and the criterion most like it ask; nothing if another asks the same."""
    spans, alike = find_spans(clause), [case for case in cases if _share(clause, case) >= _ALIKE]
    figures = {(round(end, 6), span.unit) for span in spans for end in (span.low, span.high)}
    asked = [(round(n, 6), unit) for case in alike for n, unit in thresholds(case)]
    if not alike or figures & set(asked):
        return
    case = max(alike, key=lambda one: _share(clause, one))
    for number, unit in thresholds(case):
        goal = next((quantity_text(span.low, unit) for span in spans if span.unit == unit), "")
        if goal:
            yield case.finding(
                "section",
                f"部分目标写的是“{clause}”，得分点要求{quantity_text(number, unit)}",
                (f"按得分点，{goal}", case.score(goal)),
                (f"按部分目标，{goal}", case.best),
            )


def _share(clause: str, case: Case) -> float:
    mine = pairs(clause)
    return len(mine & pairs(case.wording)) / len(mine) if mine else 0.0
