"""Rows of a book: where headers are, what is merged, what is no row."""

from qcity_xl.core.adopting.book import BookTable, read_book
from qcity_xl.core.adopting.ledger import Ledger
from qcity_xl.core.reading import Cell, Grid
from tests.core.adopting.books import merged, sheet


def read(*blocks: Grid | Cell) -> tuple[list[BookTable], Ledger]:
    ledger = Ledger()
    return read_book(blocks, ledger), ledger


def texts(table: BookTable) -> list[list[str]]:
    return [[piece.text for piece in row.pieces] for row in table.rows]


def test_titles_above_the_headers_are_headings() -> None:
    (table,), ledger = read(
        sheet(("质量工作台账",), ("截至8月底",), ("工作任务", "进展情况"), ("建专班", "已完成"))
    )
    assert texts(table) == [["建专班", "已完成"]]
    assert [cell.cell for cell in ledger.cells("heading")] == ["A1", "A2", "A3", "B3"]


def test_a_header_of_two_rows() -> None:
    grid = sheet(
        ("工作任务", "完成情况", "", "联系人"), ("", "进展情况", "完成率", ""), ("甲", "在办", "5%")
    )
    (table,), _ = read(merged(grid, ("A1", 2, 1), ("B1", 1, 2), ("D1", 2, 1)))
    assert {piece.slot for row in table.rows for piece in row.pieces} == {
        *("task", "progress"),
        "rate",
    }


def test_a_merged_cell_is_one_of_each_of_its_rows() -> None:
    grid = sheet(("工作任务", "存在问题"), ("甲", "缺钱"), ("乙", ""), ("丙", "缺人"))
    (table,), _ = read(merged(grid, ("B2", 2, 1)))
    assert texts(table) == [["甲", "缺钱"], ["乙", "缺钱"], ["丙", "缺人"]]


def test_a_blank_indicator_is_the_one_above_but_not_past_a_new_section() -> None:
    (table,), _ = read(
        sheet(
            ("部分", "指标", "工作任务", "进展情况"),
            ("一、机制", "1.专班", "甲", "好"),
            ("", "", "乙", "好"),
            ("二、标准", "", "丙", "好"),
        )
    )
    indicators = [[p.text for p in row.context("indicator")] for row in table.rows]
    assert indicators == [["1.专班"], ["1.专班"], []]
    assert [p.text for p in table.rows[1].context("section")] == ["一、机制"]


def test_sums_repeated_headers_and_section_lines_are_no_rows() -> None:
    grid = sheet(
        ("工作任务", "进展情况", "自评得分"),
        ("一、工作机制（20分）", "", ""),
        ("甲", "好", "5"),
        ("工作任务", "进展情况", "自评得分"),
        ("乙", "好", "6"),
        ("合计", "", "11"),
    )
    (table,), ledger = read(merged(grid, ("A2", 1, 3)))
    assert texts(table) == [["甲", "好", "5"], ["乙", "好", "6"]]
    assert ledger.count("open") == 6


def test_two_tables_below_each_other() -> None:
    tables, _ = read(
        sheet(
            ("工作任务", "进展情况"),
            ("甲", "好"),
            ("单位", "联系人", "电话"),
            ("市农委", "陈静", "0519-85550001"),
        )
    )
    assert [table.kind for table in tables] == ["work", "contacts"]


def test_a_table_that_nobody_knows_is_left() -> None:
    tables, ledger = read(sheet(("品名", "单价"), ("投影仪", "4200")))
    assert not tables
    assert [c.cell.cell for c in ledger.left()] == ["A1", "B1", "A2", "B2"]


def test_text_behind_the_tables_is_left() -> None:
    book = sheet(("工作任务", "进展情况"), ("甲", "好"))
    _, ledger = read(Cell("台账", "第1段"), book, Cell("请各单位核对。", "第2段"))
    assert [c.cell.text for c in ledger.left()] == ["请各单位核对。"]


def test_a_list_of_documents_is_known_by_its_headers() -> None:
    (table,), _ = read(sheet(("名称", "文号", "单位", "日期"), ("通知", "1号", "市农委", "2016")))
    assert table.kind == "evidence"
    assert [p.slot for p in table.rows[0].pieces] == ["evidence", "number", "units", "dated"]
