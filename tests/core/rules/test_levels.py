"""分档: named levels that exclude each other."""

import pytest

from qcity_xl.core.rules import AnswerError, ParamsError
from qcity_xl.core.rules.levels import Levels

RULE = Levels.parse("12：全部建成；6：在建；0：未开工", 12)


@pytest.mark.parametrize(("answer", "points"), [("在建", 6), ("6", 6), ("6分 在建", 6), ("0分", 0)])
def test_a_level_by_its_name_or_its_points(answer: str, points: float) -> None:
    assert RULE.score(answer, {}).points == points


def test_two_levels_of_one_worth_are_told_apart_by_name_alone() -> None:
    rule = Levels.parse("6：市级；6：县级；0：没有", 6)
    assert rule.score("县级", {}).reason == "档次“县级”，得6分"
    with pytest.raises(AnswerError):
        rule.score("6", {})


def test_a_choice_is_short_and_spelled_out_in_full_elsewhere() -> None:
    long = "有专门的口号，但宣传不充分，或没有口号但城市精神里有质量元素"
    rule = Levels.parse(f"15：口号宣传充分；5：{long}；0：没有", 15)
    assert rule.choices({}) == ("15分", "5分", "0分")
    assert rule.spelled({})[1] == f"5分 {long}"
    assert all(rule.score(said, {}).points == 5 for said in ("5分", rule.spelled({})[1], long))
    assert rule.score("5分 有专门的口号、但宣传不充分、或没有口号但城…", {}).points == 5  # of 0.1.0


def test_choices_of_one_worth_have_a_number() -> None:
    rule = Levels.parse("6：市级；6：县级；0：没有", 6)
    assert rule.choices({}) == ("6分（1）", "6分（2）", "0分")
    assert rule.score("6分（2）", {}).reason == "档次“县级”，得6分"


def test_a_case_between_the_levels_needs_a_ruling() -> None:
    assert "其他情形" not in RULE.choices({})
    assert RULE.choices({"未尽": "3"})[-1] == "其他情形"
    assert RULE.score("其他情形", {"未尽": "3"}).points == 3
    with pytest.raises(AnswerError):
        RULE.score("其他情形", {})


@pytest.mark.parametrize("params", ["", "13：高于满分", "-1：倒扣", "甲：乙"])
def test_levels_stay_within_the_points(params: str) -> None:
    with pytest.raises(ParamsError):
        Levels.parse(params, 12)


@pytest.mark.parametrize("answer", ["优秀", "优秀等次", "优秀等级", "优秀、体系完善", "6分"])
@pytest.mark.parametrize("first", ["优秀、体系完善", "优秀等次、体系完善"])
def test_a_grade_is_an_answer_without_what_it_means(first: str, answer: str) -> None:
    rule = Levels.parse(f"6：{first}；3：良好；0：未获优秀、无体系", 6)
    if answer in first or "、" not in answer:
        assert rule.score(answer, {}).points == 6


def test_no_part_of_a_level_that_is_no_grade_is_an_answer() -> None:
    with pytest.raises(AnswerError):
        Levels.parse("6：有制度、有台账；3：有台账", 6).score("有制度", {})
