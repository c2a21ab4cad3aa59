"""What the rules of a plan leave open: one function for each kind of doubt, in one list."""

from collections.abc import Callable, Iterator

from qcity_xl.core.lint.case import Case, cases_of
from qcity_xl.core.lint.choices import choices
from qcity_xl.core.lint.findings import Finding
from qcity_xl.core.lint.goals import goals
from qcity_xl.core.lint.sums import sums
from qcity_xl.core.lint.tasks import weaker_tasks
from qcity_xl.core.lint.thresholds import (
    cliffs,
    gaps,
    overlaps,
    strict,
    ties,
    unreachable,
    zero,
)
from qcity_xl.core.lint.wording import either_or, parts, vague_words, yearly
from qcity_xl.core.master.model import Master

# A doubt is added by its function, here or (where it concerns the whole plan) in `lint`.
LINTS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    *(gaps, overlaps, unreachable, zero, strict, cliffs, ties),
    *(choices, vague_words, parts, either_or, yearly, weaker_tasks),
)


def lint(master: Master) -> list[Finding]:
    """Everything that is left open, what moves most points first."""
    cases = list(cases_of(master))
    found = [finding for case in cases for look in LINTS for finding in look(case)]
    found += [*sums(master), *goals(master, cases)]
    return sorted(found, key=lambda finding: -finding.effect)
