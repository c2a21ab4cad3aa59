import pytest

from qcity_xl.core.reading import Cell, Grid, doubts, grid_of, read_plan, refusal


def blocks(title: str, *rows: tuple[str, ...]) -> list[Cell | Grid]:
    return [Cell(title, "第1段", free=True), *([grid_of("表1", rows)] if rows else [])]


HEAD = ("指标", "分值", "评分标准", "工作任务", "牵头单位")
LINE = ("1.培训", "5", "培训2场以上（5分）。", "1.1培训", "市教育局")


def test_a_plan_is_no_doubt() -> None:
    reading = read_plan(blocks("江阳市任务分解表", HEAD, LINE))
    assert (refusal(reading), list(doubts(reading))) == ("", [])


@pytest.mark.parametrize(
    "document",
    [
        blocks("值班安排", ("序号", "姓名", "电话"), ("1", "孙明", "55550001")),
        blocks("订货单", ("序号", "品名", "数量", "备注"), ("1", "打印纸", "20", "")),
        blocks(
            "比选评分表",
            ("序号", "评审项目", "分值", "评分标准"),
            ("1", "报价", "30", "最低价得满分。"),
        ),
        blocks("通知"),
    ],
)
def test_what_is_no_plan_is_refused_with_what_was_seen(document: list[Cell | Grid]) -> None:
    assert "看来不是任务分解表：读到" in refusal(read_plan(document))


def test_an_assessment_without_tasks_is_made_and_said_to_be_doubtful() -> None:
    rows = (("考核项目", "分值", "评分标准"), ("1.培训", "5", "培训2场以上（5分）。"))
    reading = read_plan(blocks("江阳市乡镇质量考核细则", *rows))
    assert refusal(reading) == ""
    assert "没有任务，不能下发" in list(doubts(reading))


def test_a_list_of_tasks_without_points_is_made_and_said_to_be_doubtful() -> None:
    rows = (("序号", "重点任务", "牵头单位"), ("1", "办好培训", "市教育局"))
    reading = read_plan(blocks("江阳市重点任务清单", *rows))
    assert refusal(reading) == ""
    assert "没有分值和得分点，不能评分" in list(doubts(reading))
