"""按比例: what is reached of the target earns its share."""

import pytest

from qcity_xl.core.rules import AnswerError, ParamsError
from qcity_xl.core.rules.proportion import Proportion

RULE = Proportion.parse("目标40个", 8)


@pytest.mark.parametrize(
    ("answer", "points"), [("30个", 6), (40, 8), ("50个", 8), ("10/40", 2), (0, 0)]
)
def test_the_share_of_the_points(answer: str | int, points: float) -> None:
    assert RULE.score(answer, {}).points == points


@pytest.mark.parametrize("answer", ["10/50", "差不多", "-3个"])
def test_another_target_and_what_is_no_number_are_told(answer: str) -> None:
    with pytest.raises(AnswerError):
        RULE.score(answer, {})


@pytest.mark.parametrize("params", ["", "40个", "目标0个", "目标很多"])
def test_a_target_is_wanted(params: str) -> None:
    with pytest.raises(ParamsError):
        Proportion.parse(params, 8)
