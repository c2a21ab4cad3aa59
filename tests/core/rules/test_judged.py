"""专家评分: only the review gives points, by level or within bounds."""

import pytest

from qcity_xl.core.rules import AnswerError, ParamsError
from qcity_xl.core.rules.judged import Judged


@pytest.mark.parametrize(("answer", "points"), [("9分", 9), (6, 6), ("３", 3)])
def test_points_of_a_level(answer: str | int, points: float) -> None:
    assert Judged.parse("9；6；3", 9).score(answer, {}).points == points


@pytest.mark.parametrize("answer", [8, "良好", "", -1])
def test_what_is_between_the_levels_is_refused(answer: str | int) -> None:
    with pytest.raises(AnswerError) as caught:
        Judged.parse("9；6；3", 9).score(answer, {})
    assert caught.value.allowed == "9分、6分、3分"


def test_without_levels_anything_up_to_the_points() -> None:
    rule = Judged.parse("", 9)
    assert rule.score("7.5", {}).points == 7.5
    assert rule.allowed({}) == "0 到 9 分"
    with pytest.raises(AnswerError):
        rule.score("9.5", {})


def test_a_level_above_the_points_is_refused() -> None:
    with pytest.raises(ParamsError):
        Judged.parse("10；6", 9)
    assert Judged.reviewed_only
