"""达成: all points or none."""

import pytest

from qcity_xl.core.rules import AnswerError
from qcity_xl.core.rules.met import Met


@pytest.mark.parametrize(
    ("answer", "points"), [("达成", 8), ("是", 8), ("√", 8), ("未完成", 0), ("无", 0)]
)
def test_a_word_for_yes_or_no(answer: str, points: float) -> None:
    assert Met.parse("", 8).score(answer, {}).points == points


def test_what_is_neither_is_told_with_the_threshold_that_yes_claims() -> None:
    rule = Met.parse("≥12场；＞70%", 8)
    with pytest.raises(AnswerError) as caught:
        rule.score("差不多", {})
    assert caught.value.allowed == "达成 或 未达成（门槛 ≥12场，>70%，以得分点的文字为准）"


def test_rules_with_other_thresholds_differ() -> None:
    assert Met.parse("≥12场", 8).signature() != Met.parse("≥13场", 8).signature()
    assert Met.parse("≥12场", 8).choices({}) == ("达成", "未达成")
