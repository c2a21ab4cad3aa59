"""The plan: row ids and labels that Excel does not take for something else, sums by section."""

from qcity_xl.core.plan import Criterion, Indicator, Plan, PlanSection, Ruling, Task

PLAN = Plan(
    "质量提升行动任务分解表",
    (PlanSection(1, "基础工作", 60), PlanSection(2, "加分项", 15, bonus=True)),
    (
        Indicator(1, 1, "组织保障", 40),
        Indicator(2, 1, "经费投入", 20),
        Indicator(3, 2, "典型经验", 15),
    ),
    (
        Criterion(1, 1, "成立领导小组", 30, "达成"),
        Criterion(1, 2, "每季度调度一次", 10, "达成"),
        Criterion(3, 1, "经验在全国推广", 15, "达成"),
    ),
)


def test_points_of_bonus_sections_stand_apart() -> None:
    assert PLAN.points(bonus=False) == 60
    assert PLAN.points(bonus=True) == 15


def test_criteria_of_one_indicator_in_their_order() -> None:
    assert [c.label for c in PLAN.criteria_of(1)] == ["1(1)", "1(2)"]
    assert PLAN.criteria_of(2) == ()


def test_row_ids_tell_every_row_apart() -> None:
    keys = [row.key for row in PLAN.sections] + [row.key for row in PLAN.indicators]
    assert [*keys, *(row.key for row in PLAN.criteria)] == [
        "S1",
        "S2",
        "I1",
        "I2",
        "I3",
        "C1.1",
        "C1.2",
        "C3.1",
    ]


def test_a_task_s_number_is_text() -> None:
    one, ten = (Task(no, "排查隐患", "2016年底", ("市安监局",)) for no in ("7.1", "7.10"))
    assert (one.key, ten.key) == ("T7.1", "T7.10")
    assert one.indicator == ten.indicator == 7


def test_the_office_s_choice_holds_or_else_the_default() -> None:
    open_question = Ruling("5(2)", "不足一步", "不足一步怎么扣？", "不扣", "文件未写")
    chosen = Ruling("5(2)", "不足一步", "不足一步怎么扣？", "不扣", "文件未写", choice="扣一步")
    assert (open_question.value, chosen.value) == ("不扣", "扣一步")
    assert open_question.key == chosen.key == "Q5(2)/不足一步"
