"""Points that an office had given itself."""

from qcity_xl.core.schema import CRITERIA, INDICATORS
from tests.core.adopting.books import adopt, after, merged, sheet, why

HEAD = ("指标", "工作任务", "进展情况", "自评得分")


def test_one_score_of_an_indicator_is_its_own() -> None:
    grid = sheet(
        HEAD,
        ("1.质量工作机制", "1.1 建立质量工作专班", "好", "12.5分"),
        ("", "1.2 每季度召开一次质量例会", "好", ""),
    )
    adopted = adopt(merged(grid, ("A2", 2, 1), ("D2", 2, 1)))
    assert after(adopted).rows(INDICATORS)["I1"]["kept"] == 12.5
    assert not adopted.left


def test_one_for_each_task_is_that_of_the_criterion_that_it_serves() -> None:
    adopted = adopt(
        sheet(
            HEAD,
            ("3.质量人才", "3.1 在职业院校开设质量课程", "好", "4"),
            ("", "3.2 评出质量工匠十名", "好", "0"),
        )
    )
    criteria = after(adopted).rows(CRITERIA)
    assert (criteria["C3.1"]["kept"], criteria["C3.2"]["kept"]) == (4, 0)


def test_a_score_above_the_points_is_left() -> None:
    adopted = adopt(sheet(HEAD, ("2.标准供给", "", "", "15.5"), ("3.质量人才", "", "", "很好")))
    assert why(adopted, "D2") == "得分15.5超过分值15"
    assert "不是分数" in why(adopted, "D3")
    assert not adopted.changes


def test_scores_that_may_be_of_any_criterion_are_left() -> None:
    adopted = adopt(sheet(HEAD, ("1.质量工作机制", "", "", "10"), ("", "", "", "8")))
    assert "分不清" in why(adopted, "D2")
    assert "分不清" in why(adopted, "D3")


def test_what_was_not_scored_is_no_zero() -> None:
    adopted = adopt(sheet(HEAD, ("2.标准供给", "", "", "—"), ("3.质量人才", "", "", "未评")))
    assert not adopted.changes
    assert not adopted.left
