"""A case is scored by its own rule under what was ruled, or under another ruling."""

import pytest

from qcity_xl.core.lint.case import cases_of
from tests.core.builders import build, criterion, indicator

from .examples import case


@pytest.mark.parametrize(
    ("kind", "params", "points", "best", "least"),
    [
        ("达成", "", 4, 4, 0),
        ("分档", "9：建成；6：在建；2：立项", 9, 9, 2),
        ("数值分段", "≥90%：7；≥60%：3", 7, 7, 0),
        ("扣减", "≥99%；每降0.5：扣2", 8, 8, 0),
        ("名次", "≤3：6；其余：1", 6, 6, 1),
        ("专家评分", "8；5；3", 8, 8, 3),
        ("计件", "每项：2", 5, 5, 0),
    ],
)
def test_the_best_and_the_least(
    kind: str, params: str, points: float, best: float, least: float
) -> None:
    one = case(kind, params, points)
    assert (one.best, one.least) == (best, least)


def test_another_ruling_scores_otherwise() -> None:
    one = case("数值分段", "≥90%：7；≥60%：3", 7, rulings={"其余": ("0", "")})
    assert (one.score("50%"), one.score("50%", {"其余": "2"}), one.score("很多")) == (0, 2, None)


def test_a_rule_that_cannot_be_read_is_left_to_the_check() -> None:
    assert not list(cases_of(build(indicator(6, 5), criterion("6(1)", 5, "分档", "随便"))))
