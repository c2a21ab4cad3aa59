"""Rectangles of cells, and text kept from turning into numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.excel.blocks import CellBlock, blocks, typed

Cells = st.dictionaries(st.tuples(st.integers(1, 8), st.integers(1, 6)), st.integers())


@given(Cells)
def test_blocks_hold_each_cell_once_and_no_other(cells: dict[tuple[int, int], int]) -> None:
    found = [
        ((block.line + y, block.col + x), value)
        for block in blocks(cells)
        for y, row in enumerate(block.rows)
        for x, value in enumerate(row)
    ]
    assert len(found) == len(cells)
    assert dict(found) == cells


def test_a_whole_table_is_one_block() -> None:
    cells = {(line, col): line * col for line in (5, 6, 7) for col in (2, 3)}
    assert blocks(cells) == [CellBlock(5, 2, ((10, 15), (12, 18), (14, 21)))]
    assert blocks(cells)[0].last == (7, 3)


def test_other_columns_are_other_blocks() -> None:
    assert len(blocks({(1, 1): "a", (2, 1): "b", (2, 3): "c"})) == 2


RISKY = ["13.10", "007", "=1+1", "+86", "-1", "@市", "'a", "2016-5-3", "５％", "TRUE", "#N/A"]


@pytest.mark.parametrize("text", [*RISKY, "2016年5月", "3月5日", "Mar 5", "1,200", "￥5", "12:30"])
def test_what_looks_like_more_than_text_is_marked(text: str) -> None:
    assert typed(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["达成", "关于2016年质量工作的通知", "市教育局", "第1行\n第2行", ""]
)
def test_plain_text_is_written_plainly(text: str) -> None:
    assert typed(text) == text


def test_numbers_and_blanks_are_left_alone() -> None:
    assert [typed(value) for value in (None, 5, 1.5, True)] == [None, 5, 1.5, True]
