"""The master's own cells mean what they show."""

from pathlib import Path

import openpyxl
import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.schema import CRITERIA, EVIDENCE
from qcity_xl.core.values import Value


def _with(path: Path, sheet: str, header: str, value: Value, code: str, link: str = "") -> Path:
    """The template with one cell of the first row filled as by hand."""
    book = openpyxl.load_workbook(master_template())
    cells = book[sheet]
    top = next(line for line in range(1, 9) if cells.cell(line, 1).value == "行键")
    col = next(c for c in range(1, 40) if cells.cell(top, c).value == header)
    if cells.cell(top + 1, 1).value is None:
        cells.cell(top + 1, 1).value = "E1"
    cells.cell(top + 1, col).value = value
    cells.cell(top + 1, col).number_format = code
    if link:
        cells.cell(top + 1, col).hyperlink = link
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("header", "field", "code", "value", "shown"),
    [
        ("自评答案", "answer", "0.0%", 0.965, "96.5%"),
        ("核定", "ruling", '0"项"', 4, "4项"),
        ("自评答案", "answer", "General", 4, 4),
        ("自评答案", "answer", "@", "96.5%", "96.5%"),
    ],
)
def test_answers_and_reviews(
    tmp_path: Path, header: str, field: str, code: str, value: Value, shown: Value
) -> None:
    file = WorkbookFile.open(_with(tmp_path / "总表.xlsx", "得分点", header, value, code))
    (first, *_) = file.master.rows(CRITERIA).values()
    assert first[field] == shown


def test_the_link_behind_words_is_the_place_of_evidence(tmp_path: Path) -> None:
    path = _with(tmp_path / "总表.xlsx", "佐证", "存放位置", "点击查看", "@", "照片/工地.jpg")
    (row,) = WorkbookFile.open(path).master.rows(EVIDENCE).values()
    assert row["location"] == "照片/工地.jpg"
