"""A master of 0.1.0 prints 得分点 at a size that can be read: the rest is folded away."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from qcity_xl.core.schema import CRITERIA
from qcity_xl.steps.history import undo
from qcity_xl.steps.score import score
from tests.masters.stages import now

_OLD = Path(__file__).parent / "0.1.0.xlsx"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(_OLD, tmp_path / "总表.xlsx"))


def hidden(path: Path) -> set[str]:
    """The headers of 得分点 that are out of view."""
    sheet = openpyxl.load_workbook(path)[CRITERIA.sheet]
    dimensions = sheet.column_dimensions.values()
    spans = [range(d.min or 0, (d.max or 0) + 1) for d in dimensions if d.hidden]
    return {str(c.value) for c in sheet[4] if any((c.column or 0) in span for span in spans)}


def test_columns_for_the_screen_are_folded_and_come_back(old: Path) -> None:
    before = hidden(old)
    aside = {"部分", "指标", "计分方式", "参数", "可缺项", "佐证周期", "自评说明", "核定意见"}
    context = now()
    score(old, context)
    assert any("计分方式" in line and "分组" in line for line in context.notes)
    assert hidden(old) - before == {*aside, "计分时自评答案", "计分时核定"}
    score(old, now())
    undo(old, now())
    undo(old, now())
    assert hidden(old) == before


def test_what_the_office_opens_or_grouped_itself_stays_so(old: Path) -> None:
    book = openpyxl.load_workbook(old)
    column = book[CRITERIA.sheet].column_dimensions[get_column_letter(7)]
    column.outlineLevel = 2
    book.save(old)
    score(old, now())
    assert "计分方式" not in hidden(old)
    book = openpyxl.load_workbook(old)
    book[CRITERIA.sheet].column_dimensions["H"].hidden = False  # as a click on + does
    book.save(old)
    assert score(old, now()).data["changes"] == 0
    assert "参数" not in hidden(old)
