"""扣分: full points less what was at fault, never under 0."""

import pytest

from qcity_xl.core.rules import ParamsError
from qcity_xl.core.rules.deduct import Deduct

RULE = Deduct.parse("一般问题：1；严重问题：3；重大问题：全部", 8)


@pytest.mark.parametrize(
    ("answer", "points"),
    [("一般问题2", 6), ("一般问题1、严重问题2", 1), ("严重问题5", 0), ("重大问题1", 0), ("无", 8)],
)
def test_faults_cost_points(answer: str, points: float) -> None:
    assert RULE.score(answer, {}).points == points


def test_no_more_than_the_bound() -> None:
    bounded = Deduct.parse("每次：2；最多：6", 8)
    assert [bounded.score(n, {}).points for n in (0, 1, 3, 9)] == [8, 6, 2, 2]
    assert "扣6分" in bounded.score(9, {}).reason


@pytest.mark.parametrize("params", ["", "每次：2；最多：9", "每次：2；最多：0"])
def test_a_bound_is_within_the_points(params: str) -> None:
    with pytest.raises(ParamsError):
        Deduct.parse(params, 8)
