"""A card for each indicator, in files as offices save them: the plan is the same in both."""

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from qcity_xl.adapters.documents import read_document
from qcity_xl.core.reading import refusal

Card = list[tuple[str, ...]]
TITLE = "临川市质量强市考核任务"
CARDS: list[Card] = [
    [
        ("指标名称", "品牌培育", "分值", "12分"),
        ("评分标准", "培育省级品牌3个以上（12分）。"),
        ("工作任务", "培育省级品牌"),
        ("责任单位", "市工信局", "完成时限", "2025年12月底前"),
    ],
    [
        ("指标名称", "食品抽检", "分值", "18分"),
        ("评分标准", "抽检合格率达到98%以上（18分）。"),
        ("工作任务", "组织食品抽检"),
        ("责任单位", "市市场监管局", "完成时限", "长期"),
    ],
]


def word(path: Path, cards: list[Card]) -> Path:
    """A table for each card, with a caption over it."""
    document = docx.Document()
    document.add_paragraph(TITLE)
    for number, rows in enumerate(cards, 1):
        document.add_paragraph(f"指标卡{number}")
        table = document.add_table(rows=len(rows), cols=4)
        for row, texts in zip(table.rows, rows, strict=True):
            if len(texts) == 2:
                row.cells[1].merge(row.cells[3])
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
    document.save(str(path.with_suffix(".docx")))
    return path.with_suffix(".docx")


def excel(path: Path, cards: list[Card]) -> Path:
    """All cards in one sheet, below each other, from its second column on."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B1"] = TITLE
    sheet.merge_cells("B1:E1")
    row = 3
    for number, rows in enumerate(cards, 1):
        sheet.cell(row, 2, f"指标卡{number}")
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=5)
        for texts in rows:
            row += 1
            for column, text in enumerate(texts, 2):
                sheet.cell(row, column, text)
            if len(texts) == 2:
                sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=5)
        row += 2
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


@pytest.mark.parametrize(("save", "place"), [(word, "表2第3行第2列"), (excel, "工作表“Sheet”C12")])
def test_cards_are_read_with_their_places(
    tmp_path: Path, save: Callable[[Path, list[Card]], Path], place: str
) -> None:
    late = [CARDS[0], [*CARDS[1][:3], ("责任单位", "市市场监管局", "完成时限", "")]]
    reading = read_document(save(tmp_path / "表", late))
    assert (refusal(reading), reading.plan.title) == ("", TITLE)
    assert [
        (one.title, one.points, task.text, task.leads, task.deadline)
        for one, task in zip(reading.plan.indicators, reading.plan.tasks, strict=True)
    ] == [
        ("品牌培育", 12, "培育省级品牌", ("市工信局",), "2025年12月底前"),
        ("食品抽检", 18, "组织食品抽检", ("市市场监管局",), ""),
    ]
    assert [p.cell for p in reading.problems if p.code == "deadline"] == [place]
    assert [cell.text for cell in reading.unplaced] == ["指标卡1", "指标卡2"]


@pytest.mark.parametrize("save", [word, excel])
def test_cards_of_which_one_has_no_name_are_refused_with_that(
    tmp_path: Path, save: Callable[[Path, list[Card]], Path]
) -> None:
    nameless: Card = [("指标名称", "", "分值", "18分"), *CARDS[1][1:]]
    said = refusal(read_document(save(tmp_path / "表", [*CARDS, nameless])))
    assert "有3张一项一张的卡片" in said
    assert "没有写指标或任务的名称" in said
