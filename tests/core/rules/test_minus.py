"""扣分项: points below nothing, for what has no points of its own."""

import pytest

from qcity_xl.core.rules import ParamsError
from qcity_xl.core.rules.minus import Minus

RULE = Minus.parse("省级通报：4；市级通报：2；最多：6", 0)


@pytest.mark.parametrize(("answer", "points"), [("市级通报1", -2), ("省级通报3", -6), ("无", 0)])
def test_what_is_taken_from_the_total(answer: str, points: float) -> None:
    assert RULE.score(answer, {}).points == points


def test_the_reason_says_from_what() -> None:
    assert "从总分中扣2分" in RULE.score("市级通报1", {}).reason
    assert "不扣分" in RULE.score("无", {}).reason


@pytest.mark.parametrize(("params", "points"), [("每次：2", 5), ("", 0), ("每次：2；最多：-1", 0)])
def test_it_has_no_points_to_give(params: str, points: float) -> None:
    with pytest.raises(ParamsError):
        Minus.parse(params, points)
