"""Bars in a terminal: never wider than it, and true to their shares."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.bars import Bar, bar_lines, columns_of, fitted

TEXT = st.text(st.characters(exclude_categories=("C", "Z", "M")), max_size=30)
SHARES = st.lists(st.floats(-1, 2), min_size=2, max_size=2)
BARS = st.lists(st.builds(Bar, TEXT, SHARES, TEXT), max_size=5)


@given(BARS, st.integers(20, 200))
def test_no_line_is_wider_than_the_terminal_and_bars_stand_below_each_other(
    bars: list[Bar], width: int
) -> None:
    lines = list(bar_lines(bars, ["佐证", "自评"], width))
    assert all(columns_of(line) < width for line in lines)
    begins = {columns_of(line.partition(" [")[0]) for line in lines[:-1] if line.endswith("]")}
    assert len(begins) <= 1 or any("[" in bar.label for bar in bars)


def test_a_bar_is_as_long_as_its_shares() -> None:
    bars = [
        Bar("1 战略规划", [0.25, 0.5], "自评40分"),
        Bar("2 质量文化", [0, 0.001], "自评0.1分"),
        Bar("3 基础", [0.999, 1], "自评120分"),
        Bar("4 空", [0, 0], "自评未评"),
    ]
    assert list(bar_lines(bars, ["佐证", "自评"], 80)) == [
        "  1 战略规划 [##########==========....................]  自评40分",
        "  2 质量文化 [=.......................................]  自评0.1分",
        "  3 基础     [#######################################=]  自评120分",
        "  4 空       [........................................]  自评未评",
        "  # 佐证  = 自评",
    ]


def test_words_go_first_where_there_is_no_room_then_the_bar() -> None:
    bars = [Bar("1 质量发展战略和规划", [0.5, 1], "自评40分  佐证20分  满分80分")]
    assert list(bar_lines(bars, ["佐证", "自评"], 50)) == [
        "  1 质量发展战略和规划 [############============]",
        "  # 佐证  = 自评",
    ]
    assert list(bar_lines(bars, ["佐证", "自评"], 20)) == ["  1 质量发.."]


def test_nothing_is_drawn_of_nothing() -> None:
    assert list(bar_lines([], ["佐证"], 80)) == []


@given(TEXT, st.integers(4, 30))
def test_a_text_fits_its_columns(text: str, columns: int) -> None:
    assert columns_of(fitted(text, columns)) == columns
