"""References: A1 names to numbers and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.ooxml.refs import (
    MAX_COL,
    MAX_ROW,
    Rect,
    cell_name,
    column_letters,
    column_number,
    parse_rect,
    parse_rects,
)

ROWS, COLS = st.integers(1, MAX_ROW), st.integers(1, MAX_COL)


@given(COLS)
def test_letters_and_number_of_a_column_are_one(col: int) -> None:
    assert column_number(column_letters(col)) == col
    assert column_number(column_letters(col).lower()) == col


@given(ROWS, COLS, ROWS, COLS)
def test_a_block_is_read_as_it_is_written(top: int, left: int, bottom: int, right: int) -> None:
    named = parse_rect(f"{cell_name(top, left)}:{cell_name(bottom, right)}")
    assert named is not None
    assert parse_rect(str(named)) == named
    assert named.holds(top, left)
    assert named.holds(bottom, right)


@pytest.mark.parametrize(("col", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (MAX_COL, "XFD")])
def test_columns_at_the_turns(col: int, letters: str) -> None:
    assert column_letters(col) == letters


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("C4", Rect(4, 3, 4, 3)),
        ("$B$2:$D$9", Rect(2, 2, 9, 4)),
        ("D9:B2", Rect(2, 2, 9, 4)),
        ("A:B", None),
        ("３:４", None),
        ("任务!A1", None),
        ("", None),
    ],
)
def test_what_names_a_block(text: str, block: Rect | None) -> None:
    assert parse_rect(text) == block


def test_of_a_list_what_is_no_block_is_left_out() -> None:
    assert parse_rects("A1:B2 说明 D4") == [Rect(1, 1, 2, 2), Rect(4, 4, 4, 4)]


def test_blocks_meet_where_they_share_a_cell() -> None:
    block = Rect(2, 2, 4, 4)
    assert block.meets(Rect(4, 4, 9, 9))
    assert not block.meets(Rect(5, 2, 9, 4))
    assert not block.meets(Rect(2, 5, 4, 9))
