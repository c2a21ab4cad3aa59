"""What cells on progress say: words, signs alone, task numbers alone."""

import pytest

from qcity_xl.core.adopting.book import Piece
from qcity_xl.core.adopting.ledger import BookCell
from qcity_xl.core.adopting.reported import is_sign
from qcity_xl.core.changes import added_row
from qcity_xl.core.schema import ASSIGNMENTS, TASKS
from tests.core.adopting.books import OFFICE, adopt, after, sheet, why

KEY = "T1.2/市教育局"


@pytest.mark.parametrize("said", ["√", "○", "×", "🔴", "●", "红灯", "绿", "亮黄牌", "▲▲"])
def test_a_sign_alone_is_left_with_what_it_should_be(said: str) -> None:
    adopted = adopt(sheet(("工作任务", "完成情况"), ("1.2 每季度召开一次质量例会", said)))
    assert not adopted.changes
    assert "完成情况应为：未开始、推进中、已完成、有困难" in why(adopted, "B2")


@pytest.mark.parametrize("said", ["√已办结", "红旗渠", "绿色通道已开通", "办结", "12", "a"])
def test_what_has_words_is_none(said: str) -> None:
    assert not is_sign(Piece("progress", "完成情况", BookCell("台账", "B2", said)))


def test_words_that_say_more_than_the_state_are_kept() -> None:
    adopted = adopt(sheet(("工作任务", "完成情况"), ("1.2 每季度召开一次质量例会", "基本完成")))
    row = after(adopted).rows(ASSIGNMENTS)[KEY]
    assert (row["progress"], row["note"]) == ("推进中", "基本完成")


def test_a_number_alone_names_a_task_and_is_told() -> None:
    rows = (("1.2", "75%"), ("9.9", "已办结"))
    adopted = adopt(sheet(("任务编号", "完成进度"), *rows))
    assert after(adopted).rows(ASSIGNMENTS)[KEY]["note"] == "完成率75%"
    assert any("只写了编号，按编号对上“每季度召开一次质量例会”" in one for one in adopted.told)
    assert why(adopted, "B3") == "总表没有编号是9.9的任务"


def test_a_number_that_may_have_lost_its_nought_is_left() -> None:
    twin = added_row(TASKS.name, "T1.20", {"no": "1.20", "text": "开展质量月活动", "indicator": 1})
    adopted = adopt(
        sheet(("任务编号", "进展情况"), ("1.2", "已办结")), master=OFFICE.with_changes(twin)
    )
    assert not adopted.changes
    assert "分不清是1.2还是1.20" in why(adopted, "B2")
