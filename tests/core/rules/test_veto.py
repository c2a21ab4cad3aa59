"""一票否决: what must not happen."""

import pytest

from qcity_xl.core.rules import AnswerError, ParamsError
from qcity_xl.core.rules.veto import DISQUALIFIED, EFFECT, NOTED, VOIDED, Veto

OWN, ALL = Veto.parse("本项", 0), Veto.parse("全部", 0)


def test_it_takes_the_points_of_its_indicator() -> None:
    assert OWN.effect("发生", {}) == VOIDED
    assert OWN.score("发生", {}).reason == f"发生，一票否决，{VOIDED}"


def test_what_it_does_to_everything_is_for_the_office_to_rule() -> None:
    assert ALL.effect("是", {}) == NOTED
    assert ALL.effect("是", {EFFECT: DISQUALIFIED}) == DISQUALIFIED


@pytest.mark.parametrize("answer", ["未发生", "无", "没有"])
def test_where_nothing_happened_nothing_follows(answer: str) -> None:
    assert ALL.effect(answer, {EFFECT: DISQUALIFIED}) == ""
    assert ALL.score(answer, {}).points == 0


def test_other_words_are_told() -> None:
    with pytest.raises(AnswerError) as caught:
        OWN.score("可能", {})
    assert caught.value.allowed == "未发生 或 发生"


@pytest.mark.parametrize(("params", "points"), [("", 0), ("部分", 0), ("本项", 5)])
def test_its_scope_is_said_and_it_has_no_points(params: str, points: float) -> None:
    with pytest.raises(ParamsError):
        Veto.parse(params, points)
