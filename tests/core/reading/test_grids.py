import pytest

from qcity_xl.core.reading.grids import Grid, Square, column_letters, grid_of
from qcity_xl.core.reading.model import Cell


def test_a_merged_cell_reaches_into_each_row_and_is_read_in_its_first() -> None:
    squares = (Square("计量", 1, 1, height=2), Square("市教育局", 1, 2), Square("市民政局", 2, 2))
    first, second = Grid("表1", squares).lines()
    assert (first.text(1), second.text(1)) == ("计量", "")
    assert second.at[1] is first.at[1]
    assert (first.begins(1), second.begins(1)) == (True, False)
    assert [square.text for square in second.own()] == ["市民政局"]


def test_a_wide_cell_is_counted_once_and_blank_ones_not_at_all() -> None:
    squares = (Square("二、安全（35分）", 1, 1, width=3), Square(" ", 1, 4), Square("备注", 1, 5))
    (line,) = Grid("表1", squares).lines()
    assert sorted(line.at) == [1, 2, 3, 4, 5]
    assert [square.text for square in line.own()] == ["二、安全（35分）", "备注"]


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")]
)
def test_letters_of_columns(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_a_place_is_named_as_people_name_it() -> None:
    assert Grid("表4", ()).where(6, 2) == "表4第6行第2列"
    assert Grid("工作表“分解”", (), letters=True).where(6, 28) == "工作表“分解”AB6"


def test_plain_rows_of_uneven_length() -> None:
    grid = grid_of("表2", [("指标",), ("认证", "7"), ()])
    assert grid.squares == (Square("指标", 1, 1), Square("认证", 2, 1), Square("7", 2, 2))
    assert not grid.merges
    assert [line.row for line in grid.lines()] == [1, 2]
    assert Grid("表3", ()).lines() == []


def test_the_name_of_a_sheet_may_be_a_heading() -> None:
    sheet = Grid("工作表“一、品牌（30分）”", (), caption="一、品牌（30分）")
    assert sheet.caption_cells() == [Cell("一、品牌（30分）", sheet.name, free=True)]
    assert Grid("表1", ()).caption_cells() == []
