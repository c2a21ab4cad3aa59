"""Sums of points."""

from qcity_xl.core.lint.sums import sums
from tests.core.builders import Entry, build, criterion, indicator, section


def found(*entries: Entry) -> list[tuple[str, float]]:
    return [(f.criterion, f.effect) for f in sums(build(*entries))]


def test_parts_that_are_not_the_whole() -> None:
    assert found(section(1, 30), indicator(6, 20), criterion("6(1)", 20)) == [("部分1", 10)]
    assert found(section(1, 20), indicator(6, 20), criterion("6(1)", 12)) == [("6", 8)]
    assert found(section(1, 20), indicator(6, 20), criterion("6(1)", 20)) == []


def test_more_than_the_whole_is_weighed_both_ways() -> None:
    parts = (criterion("6(1)", 10), criterion("6(2)", 6))
    assert found(section(1, 10), indicator(6, 10, "取高"), *parts) == [("6", 0)]
    three = (criterion("6(1)", 10), criterion("6(2)", 6), criterion("6(3)", 3))
    assert found(section(1, 10), indicator(6, 10, "取高"), *three) == [("6", 3)]
