"""计件: so much for each, the criterion's points at most."""

import pytest

from qcity_xl.core.rules import ParamsError
from qcity_xl.core.rules.count import CountRule

PRIZES = CountRule.parse("国家级：4；省级：2", 10)


@pytest.mark.parametrize(
    ("answer", "points"), [("国家级1、省级2", 8), ("省级3", 6), ("国家级5", 10)]
)
def test_each_class_counts(answer: str, points: float) -> None:
    assert PRIZES.score(answer, {}).points == points


def test_more_than_the_points_is_told() -> None:
    assert "封顶10分" in PRIZES.score("国家级5", {}).reason


def test_of_one_kind_a_number_is_enough() -> None:
    assert CountRule.parse("每次：2", 6).score(2, {}).points == 4


@pytest.mark.parametrize("params", ["", "国家级", "国家级：全部"])
def test_each_class_has_its_points(params: str) -> None:
    with pytest.raises(ParamsError):
        CountRule.parse(params, 10)
