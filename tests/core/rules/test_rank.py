"""名次: points by place, also less for each place lost."""

import pytest

from qcity_xl.core.rules import AnswerError, ParamsError
from qcity_xl.core.rules.rank import Rank

RULE = Rank.parse("≤3：15；≤6：每名-2；其余：1", 15)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        *((1, 15), ("第3名", 15), (4, 13), (6, 9), (7, 1), ("80", 1)),
        *(("第4位", 13), ("并列第6", 9), ("位列第2名", 15), ("并列第 4 位", 13)),
    ],
)
def test_points_by_place(answer: str | int, points: float) -> None:
    assert RULE.score(answer, {}).points == points


def test_a_place_that_two_bands_name_belongs_where_it_was_ruled() -> None:
    assert RULE.score(3, {"边界": "上档"}).points == 15
    assert RULE.score(3, {"边界": "下档"}).points == 13


def test_words_for_places_have_bounds_by_ruling() -> None:
    rule = Rank.parse("前列：15；其余：4", 15)
    assert rule.score("前列", {}).points == 15
    assert rule.score(5, {"前列": "前5名"}).points == 15
    assert rule.score(6, {"前列": "前5名"}).points == 4
    with pytest.raises(AnswerError, match="待定事项"):
        rule.score(5, {})


@pytest.mark.parametrize("answer", [0, -1, 2.5, "并列", "全省第3名", "前3名"])
def test_a_place_is_a_whole_number_from_one(answer: str | float) -> None:
    with pytest.raises(AnswerError):
        RULE.score(answer, {})


@pytest.mark.parametrize("params", ["", "≤3：16", "每名-2", "其余：-1"])
def test_places_stay_within_the_points(params: str) -> None:
    with pytest.raises(ParamsError):
        Rank.parse(params, 15)
