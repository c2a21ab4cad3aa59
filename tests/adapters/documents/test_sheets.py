"""Workbooks and rows of text as tables: what their cells show."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from qcity_xl.adapters.documents import load_document
from qcity_xl.adapters.documents.errors import DocumentDamaged, DocumentTooLarge
from qcity_xl.adapters.documents.sheets import calamine_source, rows_of, text_grid, xlsx_source
from qcity_xl.core.reading import Grid, Square


def saved(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_struck_cells_are_not_read_and_shares_are_as_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"] = "旧内容", 0.955
    sheet["A1"].font = Font(strike=True)
    sheet["B1"].number_format = "0.0%"
    book.save(tmp_path / "表.xlsx")
    source = load_document(tmp_path / "表.xlsx")
    (grid,) = source.blocks
    assert isinstance(grid, Grid)
    assert [square.text for square in grid.squares] == ["", "95.5%"]
    assert [problem.code for problem in source.problems] == ["hidden-text"]


def test_a_cell_is_read_as_it_shows_and_a_merged_one_once() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "公交"
    sheet.append(["准点率", None, 0.955, 12.0, dt.date(2027, 6, 30), dt.date(2027, 6, 1)])
    sheet.merge_cells("A1:B1")
    sheet["C1"].number_format, sheet["E1"].number_format = "0%", "yyyy-mm-dd"
    sheet["F1"].number_format = 'yyyy"年"m"月"'
    source = xlsx_source("表.xlsx", saved(book))
    squares = (
        Square("准点率", 1, 1, 1, 2),
        Square("96%", 1, 3),
        Square("12", 1, 4),
        Square("2027年6月30日", 1, 5),
        Square("2027年6月", 1, 6),
    )
    assert source.blocks == [Grid("工作表“公交”", squares, letters=True, caption="公交")]
    assert source.problems == []


def test_hidden_rows_and_columns_are_counted_and_left_out() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("任务", "旧单位", "单位"),
        ("停用", "甲局", "乙局"),
        ("公布线网图", "丙局", "丁局"),
    ):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = sheet.column_dimensions["B"].hidden = True
    source = xlsx_source("表.xlsx", saved(book))
    (grid,) = source.blocks
    assert isinstance(grid, Grid)
    assert [square.text for square in grid.squares] == ["任务", "单位", "公布线网图", "丁局"]
    (told,) = source.problems
    assert "有1行、1列隐藏" in told.found


def test_a_sheet_longer_than_any_plan_is_refused() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A20000"] = "末行"
    (grid,) = xlsx_source("表.xlsx", saved(book)).blocks
    assert isinstance(grid, Grid) and grid.squares[-1] == Square("末行", 20_000, 1)
    book.worksheets[0]["A20001"] = "多一行"
    with pytest.raises(DocumentTooLarge, match="20,000"):
        xlsx_source("表.xlsx", saved(book))


@pytest.mark.parametrize("reader", [xlsx_source, calamine_source])
def test_what_is_no_workbook_is_told(reader: object) -> None:
    assert callable(reader)
    with pytest.raises(DocumentDamaged, match="不是完好的 Excel 工作簿"):
        reader("坏.xls", b"PK\3\4")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "任务\t分值\t单位\n绿地\t5\t市园林局\n",
            [["任务", "分值", "单位"], ["绿地", "5", "市园林局"]],
        ),
        (
            '任务,分值,单位\n"绿地,\n水体",5,甲局\n',
            [["任务", "分值", "单位"], ["绿地,\n水体", "5", "甲局"]],
        ),
        ("任务\t分值\n绿地\t5\n", None),
        ("任务\t分值\t单位\n绿地\t5\n", None),
        ("关于报送材料的通知\n各区，各有关单位，各公司\n", None),
    ],
)
def test_two_tabs_or_commas_in_two_lines_make_rows(text: str, rows: list[list[str]] | None) -> None:
    assert rows_of(text) == rows


def test_rows_of_text_keep_their_places_and_merge_nothing() -> None:
    grid = text_grid([["任务", "单位"], ["", "市水务局"]])
    assert grid.squares[2:] == (Square("", 2, 1), Square("市水务局", 2, 2))
    assert not grid.merges
