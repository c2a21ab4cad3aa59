"""What a book repeats of the plan."""

import pytest

from qcity_xl.core.schema import INDICATORS, TASKS
from tests.core.adopting.books import OFFICE, adopt, after, sheet, why
from tests.core.builders import set_cell

HEAD = ("指标", "分值", "评分标准", "工作任务", "完成时限", "进展情况")
TITLE, TASK = "1.质量工作机制", "1.1 建立质量工作专班"


@pytest.mark.parametrize(
    ("points", "rule", "deadline", "left"),
    [
        ("20", "每季度召开例会得10分。", "2016—2017年", ""),
        ("20分", "", "2016-2017", ""),
        ("25", "", "", "B2"),
        ("", "另有规定", "", "C2"),
        ("", "", "2018", "E2"),
    ],
)
def test_it_is_there_or_told_and_never_changed(
    points: str, rule: str, deadline: str, left: str
) -> None:
    adopted = adopt(sheet(HEAD, (TITLE, points, rule, TASK, deadline, "好")))
    assert [c.cell.cell for c in adopted.left] == ([left] if left else [])
    if left:
        assert "接收台账不改任务分解" in why(adopted, left)
    assert {c.table for c in adopted.changes} == {"tblAssignments"}


def test_what_the_master_lacks_is_filled() -> None:
    master = set_cell(OFFICE, INDICATORS, "I1", "wording", None)
    master = set_cell(master, TASKS, "T1.1", "deadline", None)
    book = sheet(HEAD, (TITLE, "", "建立专班得10分", TASK, "2017年", "好"))
    changed = after(adopt(book, master=master), master)
    assert changed.rows(INDICATORS)["I1"]["wording"] == "建立专班得10分"
    assert changed.rows(TASKS)["T1.1"]["deadline"] == "2017"


def test_a_section_that_is_not_in_the_master_is_told() -> None:
    adopted = adopt(sheet(("部分", "工作任务", "进展情况"), ("九、人才", TASK, "好")))
    assert why(adopted, "A2") == "总表没有这个部分"
