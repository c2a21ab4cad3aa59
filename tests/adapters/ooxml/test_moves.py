"""Blocks that end with a table follow its last row; all others stay where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.ooxml.moves import LastRowMove, without
from qcity_xl.adapters.ooxml.refs import Rect, parse_rects

GROWN, SHRUNK = LastRowMove(2, 1, 4, 9, 12), LastRowMove(2, 1, 4, 9, 6)  # A2 to D9
SIDES = st.integers(1, 8)
BLOCKS = st.builds(
    lambda top, left, height, width: Rect(top, left, top + height, left + width),
    *(SIDES, SIDES, st.integers(0, 3), st.integers(0, 3)),
)


@pytest.mark.parametrize(
    ("move", "before", "after"),
    [
        (GROWN, "B2:B9", "B2:B12"),
        (GROWN, "B2:B20", "B2:B20"),
        (GROWN, "B2:B8", "B2:B8"),
        (GROWN, "F2:F9", "F2:F9"),
        (GROWN, "B2:F9", "B2:F9 B10:D12"),
        (GROWN, "B2:B9 B10:B11", "B2:B9 B10:B11"),
        (SHRUNK, "B2:B9", "B2:B6"),
        (SHRUNK, "B2:F9", "B2:F9"),
        (SHRUNK, "B8:B9", "B8:B9"),
    ],
)
def test_blocks_of_a_rule_after_a_move(move: LastRowMove, before: str, after: str) -> None:
    assert move.applied(parse_rects(before)) == parse_rects(after)


@given(BLOCKS, SIDES, SIDES)
def test_one_cell_is_cut_out_and_no_other(block: Rect, row: int, col: int) -> None:
    left = without([block], Rect(row, col, row, col))
    cells = [(r, c) for r in range(1, 13) for c in range(1, 13)]
    for cell in cells:
        held = sum(piece.holds(*cell) for piece in left)
        assert held == (block.holds(*cell) and cell != (row, col))
