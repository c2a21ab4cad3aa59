"""Which criteria a task serves, by how much of their wording they share."""

import re
from collections.abc import Sequence

from qcity_xl.core.plan import Criterion
from qcity_xl.core.text import fold, pairs

# Shares of wording, tried on a table whose 108 links are known; 0.3 to 0.45 agree alike.
_LIKE = 0.4  # the criterion most like a task counts only from here on
_COVERED = 0.5  # a task that says so much of a criterion serves it, whatever else it serves
_CLAUSE = 0.3  # a clause speaks for its task only if it is so much of it


def link(text: str, criteria: Sequence[Criterion]) -> tuple[list[Criterion], float]:
    """The criteria that a task serves, and how much the one most like it shares (0 to 1)."""
    if len(criteria) < 2:
        return list(criteria), 1.0
    wordings = [pairs(criterion.text) for criterion in criteria]
    common = frozenset.intersection(*wordings)  # what all say tells none apart
    task = pairs(text)
    clauses = [pairs(clause) for clause in re.split("[,;。]", fold(text))]
    speaking = [clause - common for clause in clauses if len(clause) >= _CLAUSE * len(task)]
    likeness = [
        max(_part(task, wording - common), *(_part(wording, clause) for clause in speaking), 0)
        for wording in wordings
    ]
    best = max(likeness)
    served = [
        criterion
        for criterion, wording, like in zip(criteria, wordings, likeness, strict=True)
        if best >= _LIKE
        and (like == best or min(_part(task, wording), _part(task, wording - common)) >= _COVERED)
    ]
    return served, best


def _part(some: frozenset[str], whole: frozenset[str]) -> float:
    """How much of `whole` is in `some`."""
    return len(some & whole) / len(whole) if whole else 0.0
