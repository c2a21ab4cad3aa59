"""Wordings as the readings take them, and criteria as 得分点 shows them."""

from collections.abc import Callable

from qcity_xl.core.reading.drafts import Draft
from qcity_xl.core.reading.wording.clauses import Clause, cut, flatten
from qcity_xl.core.reading.wording.group import Group

Reading = Callable[[Group], Draft | None]


def group(wording: str, worth: float | None = None) -> Group:
    """All clauses of a wording as one group."""
    flat = flatten(wording)
    return Group(flat, wording, cut(flat), worth)


def first(wording: str) -> Clause:
    """The first clause of a wording."""
    return cut(flatten(wording))[0]


def read(reading: Reading, wording: str, worth: float | None = None) -> str | None:
    """The criterion as `6 名次 前列：6；其余：0 ?前列`, None if the reading does not take it."""
    draft = reading(group(wording, worth))
    return None if draft is None else shown(draft)


def shown(draft: Draft) -> str:
    """A criterion on one line."""
    asked = [f"?{choice.item}" for choice in draft.open]
    return " ".join(filter(None, (f"{draft.points:g}", draft.kind, draft.params, *asked)))
