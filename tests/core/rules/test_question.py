"""What is asked of a criterion: its rule under what was ruled, and 合理缺项."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.model import text
from qcity_xl.core.rules import parse_rule
from qcity_xl.core.rules.base import AnswerError
from qcity_xl.core.rules.question import EXCLUDED, FULL, RESCALED, Question, says_absent
from qcity_xl.core.rules.yearly import join_years
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.values import Value, parse_number
from tests.core.builders import embedded


def question(absent: str = "是", **rulings: str) -> Question:
    row: dict[str, Value] = {
        "kind": "分档",
        "params": "8：已通航；3：在建",
        "points": 8,
        "may_be_absent": absent,
    }
    return Question.of(row, rulings)


@pytest.mark.parametrize(
    ("policy", "points", "left_out"), [(FULL, 8, False), (EXCLUDED, 0, True), (RESCALED, 0, True)]
)
def test_what_does_not_apply_counts_as_ruled(policy: str, points: float, left_out: bool) -> None:
    asked = question(缺项=policy)
    assert asked.score("不适用").points == points
    assert asked.leaves_out("不适用") is left_out


def test_an_answer_is_what_one_sees_of_it() -> None:
    assert question().score("已\u2063通\u00ad航\ufe0f").points == 8


def test_without_a_ruling_the_others_are_weighed_up() -> None:
    assert question().policy == RESCALED
    assert question().leaves_out("合理缺项")


def test_only_a_criterion_that_may_be_absent_is() -> None:
    asked = question(absent="否")
    assert not asked.leaves_out("不适用")
    assert "不适用" not in asked.choices
    with pytest.raises(AnswerError, match="不是合理缺项"):
        asked.score("不适用")


def test_any_other_answer_is_the_rule_s() -> None:
    assert question().score("在建").points == 3
    assert question().choices[-1] == "不适用"
    assert question().allowed.endswith("合理缺项填“不适用”")
    assert says_absent(" 缺项 ")
    assert not says_absent("在建")


def test_no_example_is_the_full_mark() -> None:
    """People copy what stands there: no rule of the embedded table says what earns all."""
    master = embedded()
    told = 0
    for row in master.rows(CRITERIA).values():
        points = parse_number(row.get("points")) or 0.0
        rule = parse_rule(text(row, "kind"), text(row, "params"), points)
        example = re.search("如 ([^（，；、或]+)", rule.allowed({}))
        if example and not rule.choices({}):
            told += 1
            assert rule.score(example[1], {}).points < points, row["label"]
    assert told >= 10


BUDGET: dict[str, Value] = {"kind": "数值分段", "params": "≥1‰：30；≥0.6‰：20", "points": 30}


@pytest.mark.parametrize(
    ("which", "points"), [(None, 20), ("取差的一年", 20), ("取好的一年", 30), ("取最后一年", 20)]
)
def test_of_an_answer_by_year_the_year_counts_that_was_ruled(
    which: str | None, points: int
) -> None:
    asked = Question.of(BUDGET, {"逐年": which} if which else {})
    said = asked.score("2016年：1.2‰；2017年：0.7‰")
    assert said.points == points
    assert "2016年1.2‰" in said.reason
    assert "2017年0.7‰" in said.reason
    assert (which or "取差的一年") in said.reason


@given(st.lists(st.sampled_from(["0.1‰", "0.6‰", "0.99‰", "1‰"]), min_size=1, max_size=4))
def test_the_worst_year_counts_and_years_alike_are_no_question(answers: list[str]) -> None:
    asked = Question.of(BUDGET, {})
    said = asked.score(join_years({2014 + n: answer for n, answer in enumerate(answers)}))
    alone = {asked.score(answer).points for answer in answers}
    assert said.points == min(alone)
    assert ("取差的一年" in said.reason) is (len(alone) > 1)


def test_a_year_that_can_not_be_scored_is_named() -> None:
    with pytest.raises(AnswerError, match=r"2017年：很高.*2017年的数值"):
        Question.of(BUDGET, {}).score("2016年：1‰；2017年：很高")


def test_a_year_without_such_a_thing_is_left_out() -> None:
    asked = Question.of({**BUDGET, "may_be_absent": "是"}, {})
    assert asked.score("2016年：不适用；2017年：1‰").points == 30
    assert asked.is_absent("2016年：不适用；2017年：不适用")
    with pytest.raises(AnswerError, match="不是合理缺项"):
        Question.of(BUDGET, {}).score("2016年：不适用；2017年：1‰")


def test_what_is_counted_over_all_years_has_one_answer() -> None:
    row: dict[str, Value] = {"kind": "计件", "params": "每个：2", "points": 10}
    with pytest.raises(AnswerError):
        Question.of(row, {}).score("2016年：3；2017年：4")
