"""扣减: full at the base, less for each step below, never under 0."""

import pytest

from qcity_xl.core.rules import AnswerError, ParamsError
from qcity_xl.core.rules.steps import Steps

RULE = Steps.parse("≥90%；每降2：扣3", 12)


@pytest.mark.parametrize(
    ("answer", "points"), [("95%", 12), ("90%", 12), ("88%", 9), ("87%", 9), ("60%", 0)]
)
def test_whole_steps_below_the_base(answer: str, points: float) -> None:
    assert RULE.score(answer, {}).points == points


@pytest.mark.parametrize(("policy", "points"), [("不扣", 9), ("扣一步", 6), ("按比例", 7.5)])
def test_a_part_of_a_step_costs_what_was_ruled(policy: str, points: float) -> None:
    assert RULE.score("87%", {"不足一步": policy}).points == points


def test_the_shortfall_may_be_a_share_of_the_base() -> None:
    assert RULE.score("86.4%", {"口径": "百分比"}).points == 6  # 3.6 百分点是 90% 的 4%
    with pytest.raises(AnswerError):
        RULE.score("不错", {})


@pytest.mark.parametrize(
    "params", ["≤90%；每降2：扣3", "≥90%", "≥90%；每降0：扣3", "≥0%；每降2：扣3"]
)
def test_a_base_a_step_and_a_deduction_are_needed(params: str) -> None:
    with pytest.raises(ParamsError):
        Steps.parse(params, 12)
