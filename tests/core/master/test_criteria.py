"""Points as a cell holds them."""

import pytest

from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.values import Value


@pytest.mark.parametrize(
    ("cell", "points"),
    [(12, 12), ("7.5", 7.5), ("３０", 30), (None, 0), ("待定", 0), ("", 0)],
)
def test_points(cell: Value, points: float) -> None:
    assert points_of({"points": cell}) == points


def test_a_row_without_points_is_worth_nothing() -> None:
    assert points_of({}) == 0
