"""Rows of 待定事项 with a few choices: what each of them is worth where they differ most."""

from collections.abc import Iterator

from qcity_xl.core.lint.case import Case
from qcity_xl.core.lint.findings import Finding
from qcity_xl.core.master.rulings import ABSENT, options_of
from qcity_xl.core.rules.question import NOT_APPLICABLE

_KINDS = {"部分": "partial", "边界": "boundary"}
_OTHERS = ("累进", "不足一步", "口径", ABSENT)


def choices(case: Case) -> Iterator[Finding]:
    """Policies that the wording leaves open: how parts, steps, several bands, what is absent count.

    Shown for the answer at which the choices are furthest apart.
    """
    for item, row in case.asked.items():
        options = options_of(row)
        if len(options) < 2 or item not in (*_KINDS, *_OTHERS):
            continue
        rule = case.rule
        tried = {
            answer
            for option in options
            for answer in rule.trials({**case.question.rulings, item: option})
        }
        if item == ABSENT:
            tried.add(NOT_APPLICABLE)
        answer = max(sorted(tried), key=lambda one: _spread(case, item, options, one), default="")
        ways = ((f"{option}：{answer}", case.score(answer, {item: option})) for option in options)
        found = str(row.get("question") or item)
        yield case.finding(_KINDS.get(item, "policy"), found, *ways)


def _spread(case: Case, item: str, options: tuple[str, ...], answer: str) -> float:
    worth = [case.score(answer, {item: option}) for option in options]
    scored = [points for points in worth if points is not None]
    return max(scored) - min(scored) if scored else -1.0
