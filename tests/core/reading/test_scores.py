import pytest

from qcity_xl.core.reading.model import RawIndicator, RawPart
from qcity_xl.core.reading.scores import ScoreRows, parse_points, unlike_points


def settled(*rows: tuple[str, float | None]) -> RawIndicator:
    indicator, scores = RawIndicator(1, "表1第2行第1列", "品牌培育"), ScoreRows()
    for rule, points in rows:
        scores.add(rule, points)
    scores.settle(indicator)
    return indicator


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("18", 18),
        ("（６．５分）", 6.5),
        ("最高 25 分", 25),
        ("+3", 3),
        ("30%", 30),
        ("0分", 0),
        ("18元", None),
        ("10—15分", None),
        ("", None),
    ],
)
def test_points_stand_alone_in_a_cell(text: str, points: float | None) -> None:
    assert parse_points(text) == points


def test_rows_of_different_points_are_parts_that_add_up() -> None:
    indicator = settled(("新增驰名商标2件", 6), ("新增老字号5家", 4))
    assert indicator.points == 10
    assert indicator.parts == [RawPart("新增驰名商标2件", 6), RawPart("新增老字号5家", 4)]
    assert indicator.wording == "新增驰名商标2件；新增老字号5家"


def test_points_repeated_beside_one_rule_count_once() -> None:
    indicator = settled(("商标（6分）、老字号（4分）", 10), ("商标（6分）、老字号（4分）", 10))
    assert (indicator.points, indicator.parts) == (10, [])
    assert indicator.wording == "商标（6分）、老字号（4分）"


def test_a_row_without_points_goes_on_with_the_rule_above() -> None:
    indicator = settled(("新增商标。", 6), ("以注册证为准。", None), ("", 3))
    assert indicator.parts == [RawPart("新增商标。以注册证为准。", 6), RawPart("品牌培育", 3)]


def test_without_any_points_they_stay_lost() -> None:
    indicator = settled(("", None), ("酌情给分", None))
    assert (indicator.points, indicator.wording, indicator.parts) == (None, "酌情给分", [])


def test_equal_points_beside_different_rules_add_up() -> None:
    indicator = settled(("新增商标20件", 5), ("新增老字号3家", 5))
    assert (indicator.points, len(indicator.parts)) == (10, 2)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("10", "20%", ""), "有的带%（如20%），有的不带（如10）"),
        (("30％", "0.2"), "有的带%（如30％），有的不带（如0.2）"),
        (("0.1", "0.35", "0.55"), "都不到1（如0.1）"),
        (("10", "20分", "（15分）"), ""),
        (("10%", "20%", "70%"), ""),
        (("0.5", "10", "3"), ""),
        ((), ""),
    ],
)
def test_points_that_are_not_written_alike_are_told(texts: tuple[str, ...], said: str) -> None:
    assert unlike_points(texts).startswith(said)
    assert bool(unlike_points(texts)) == bool(said)
