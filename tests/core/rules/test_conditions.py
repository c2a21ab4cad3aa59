"""Thresholds in Chinese wording, and thresholds as the program writes them."""

import pytest

from qcity_xl.core.rules.comparisons import find_conditions
from qcity_xl.core.rules.conditions import Condition, parse_condition


@pytest.mark.parametrize(
    ("condition", "meets", "fails"),
    [
        (Condition(">=", 85, "%"), 85, 84.9),
        (Condition(">", 85, "%"), 85.1, 85),
        (Condition("<=", 3, "名"), 3, 4),
        (Condition("<", 3, "‰"), 2.9, 3),
        (Condition("=", 0), 0, 0.1),
        (Condition(">=", 60, "%", Condition("<", 80, "%")), 60, 80),
        (Condition(">=", 120_000, "平方米"), 120_000, 119_999),
    ],
)
def test_a_threshold_holds_or_not(condition: Condition, meets: float, fails: float) -> None:
    assert condition.holds(meets)
    assert not condition.holds(fails)
    assert parse_condition(condition.text()) == condition


def test_noise_of_floats_is_equal() -> None:
    assert Condition(">=", 0.3).holds(0.1 + 0.2)
    assert not Condition(">", 0.3).holds(0.1 + 0.2)


def test_several_thresholds_in_one_sentence() -> None:
    found = find_conditions("检测覆盖率达到85%以上，投诉率低于２‰，开展宣讲不少于6次")
    assert [one.text() for one in found] == ["≥85%", "<2‰", "≥6次"]
    assert parse_condition("达到85%以上") is None
