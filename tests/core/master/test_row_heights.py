"""How much room text takes: Chinese is twice as wide, and Excel's rows have an end."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.row_heights import (
    LINE_POINTS,
    PADDING,
    TALLEST,
    column_width,
    lines,
    points_for,
    row_height,
    units,
)
from qcity_xl.core.schema import UNITS, FieldColumn


def test_a_chinese_character_takes_two() -> None:
    assert units("湿地2016") == 8
    assert units("２０１６") == 8


def test_text_wraps_and_breaks() -> None:
    assert lines("湿地", 20) == 1
    assert lines("湿地" * 10, 21.2) == 2
    assert lines("湿地\n\n公园", 20) == 3


def test_a_row_is_as_high_as_its_longest_cell() -> None:
    assert row_height([("湿地", 20), ("湿地" * 10, 21.2)]) == 2 * LINE_POINTS + PADDING
    assert row_height([]) == LINE_POINTS + PADDING
    assert row_height([("湿地" * 5000, 10)]) == TALLEST


def test_a_header_always_fits_beside_its_button() -> None:
    assert column_width(FieldColumn("x", "困难和建议", width=4)) == 12
    assert column_width(FieldColumn("x", "页码", width=20)) == 20


def test_only_columns_that_wrap_count() -> None:
    long = "市园林局；" * 30
    assert points_for(UNITS, {"contact": long}) == LINE_POINTS + PADDING
    assert points_for(UNITS, {"members": long}) > 3 * LINE_POINTS


@given(st.text(max_size=200), st.text(max_size=50), st.floats(3, 80))
def test_more_text_never_needs_fewer_lines(text: str, more: str, width: float) -> None:
    assert lines(text + more, width) >= lines(text, width) >= 1
