"""What a row of 待定事项 settles, and what settles nothing."""

import pytest

from qcity_xl.core.checks import check_master
from qcity_xl.core.master.rulings import settle
from qcity_xl.core.schema import INDICATORS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.values import Value
from tests.core.builders import criterion, indicator, ruling, section, sound

OPTIONS = "按比例 / 全部达到才得分"


@pytest.mark.parametrize(
    ("default", "options", "choice", "value", "ruled"),
    [
        ("按比例", OPTIONS, None, "按比例", False),
        ("按比例", OPTIONS, "全部达到才得分", "全部达到才得分", True),
        ("按比例", OPTIONS, " 全部达到才得分　", "全部达到才得分", True),
        ("按比例", OPTIONS, "同意", "按比例", True),
        ("按比例", OPTIONS, "随意", "按比例", False),  # 不在可选之列，仍按默认
        ("10", None, "前8名", "前8名", True),
        ("10", None, "同意", "10", True),
        ("10", None, "再议", "10", False),
        ("建设绿道网络", None, "同意", "建设绿道网络", True),
        ("建设绿道网络", None, "完善绿道网络", "完善绿道网络", True),
        (None, None, "同意", None, False),
    ],
)
def test_a_row_settles(
    default: Value, options: Value, choice: Value, value: str | None, ruled: bool
) -> None:
    settled = settle({"item": "某事", "default": default, "options": options, "choice": choice})
    assert (settled.value, settled.ruled) == (value, ruled)
    assert bool(settled.allowed) is (choice in ("随意", "再议"))


def test_agreeing_writes_the_default_where_it_belongs() -> None:
    agreed = (
        ruling("1", "标题", "建设绿道网络", "同意"),
        ruling("1", "验收方式", "查阅文件、现场检查", "同意"),
    )
    after = sound(*agreed)
    after = after.with_changes(evaluate(after, {}).changes)
    row = after.rows(INDICATORS)["I1"]
    assert (row["title"], row["methods"]) == ("建设绿道网络", "查阅文件、现场检查")


def test_a_ruling_that_is_none_of_the_choices_is_told() -> None:
    master = sound(ruling("1(2)", "部分", "按比例", "随意", OPTIONS))
    (problem,) = check_master(master)
    assert "随意" in problem.found
    assert "同意" in problem.allowed


@pytest.mark.parametrize(("points", "moved"), [("25", 30), ("30分", 30), ("30", 30)])
def test_points_that_the_criteria_do_not_have_are_refused(points: str, moved: float) -> None:
    master = sound(ruling("1", "分值", "30", points))
    after = master.with_changes(evaluate(master, {}).changes)
    assert after.rows(INDICATORS)["I1"]["points"] == moved
    told = [p for p in check_master(master) if p.code == "ruling"]
    assert bool(told) is (points == "25")


def test_points_follow_where_the_criteria_were_mended() -> None:
    more = (section(2, 12), indicator(2, 10, section=2), criterion("2(1)", 12, section=2))
    master = sound(*more, ruling("2", "分值", "10", "12"))
    after = master.with_changes(evaluate(master, {}).changes)
    assert after.rows(INDICATORS)["I2"]["points"] == 12
