from dataclasses import replace

from qcity_xl.core.master.initial_rows import master_rows, owners
from qcity_xl.core.plan import Criterion, Indicator, Plan, PlanSection, Ruling, Task, Unit
from qcity_xl.core.schema import MASTER

PLAN = Plan(
    "",
    (PlanSection(1, "战略", 80.0), PlanSection(2, "创新", 60, bonus=True)),
    (Indicator(26, 1, "声誉", 7.5, "capped", ("听取汇报", "查阅文件")),),
    (
        Criterion(26, 1, "满意度", 5, "达成", may_be_absent=True),
        Criterion(26, 2, "知名度", 2.5, "达成", ">80%", "每年"),
        Criterion(27, 1, "其他", 1, "达成"),
    ),
    (
        Task("26.1", "宣传", "2016", ("市委宣传部", "市质监局"), ("各辖市、区政府",), ()),
        Task("26.10", "测评", "2016", ("市统计局",), (), ("26(2)", "26(1)")),
    ),
    (Unit("G1", "成员单位", "group", ("成员",), ("市统计局", "市质监局")),),
    (Ruling("26(2)", "部分", "怎么计？", "按比例", "从宽", ("按比例", "不计")),),
)
ROWS = master_rows(PLAN, [("总表", "城市", "", "抬头")], [("下发", "题", "文", "名")])


def test_every_table_has_its_rows_and_every_field_is_known() -> None:
    assert list(ROWS) == [table.name for table in MASTER]
    for table in MASTER:
        for row in ROWS[table.name]:
            assert set(row) <= set(table.fields)
    filled = {name for name, rows in ROWS.items() if rows}
    assert not filled & {"tblAssignments", "tblEvidence", "tblRounds", "tblConflicts", "tblLog"}


def test_codes_become_the_words_of_the_workbook() -> None:
    assert [row["bonus"] for row in ROWS["tblSections"]] == ["否", "是"]
    indicator = ROWS["tblIndicators"][0]
    assert (indicator["combine"], indicator["methods"]) == ("累加封顶", "听取汇报、查阅文件")
    assert (indicator["points"], indicator["factor"], indicator["wording"]) == (7.5, 1, None)
    unit = ROWS["tblUnits"][0]
    assert (unit["kind"], unit["members"]) == ("组", "市统计局、市质监局")
    assert ROWS["tblRulings"][0]["options"] == "按比例 / 不计"
    assert ROWS["tblRulings"][0]["choice"] is None
    assert ROWS["tblSettings"] == [
        {"key": "总表/城市", "group": "总表", "item": "城市", "value": None, "help": "抬头"}
    ]


def test_ids_stay_text_and_units_are_divided_where_no_name_has_the_mark() -> None:
    first, second = ROWS["tblTasks"]
    assert (first["key"], first["no"], first["indicator"]) == ("T26.1", "26.1", 26)
    assert (second["key"], second["no"]) == ("T26.10", "26.10")
    assert (first["leads"], first["partners"]) == ("市委宣传部；市质监局", "各辖市、区政府")
    assert second["criteria"] == "26(2)、26(1)"


def test_a_criterion_is_answered_by_the_lead_of_its_task() -> None:
    linked, also, alone = PLAN.criteria
    assert owners(PLAN)[linked.label] == "市统计局"
    assert owners(PLAN)[also.label] == "市统计局"
    assert owners(PLAN)[alone.label] == ""
    assert ROWS["tblCriteria"][2]["owner"] is None


def test_without_a_link_the_first_task_of_the_indicator_counts() -> None:
    plan = Plan(tasks=PLAN.tasks[:1], criteria=PLAN.criteria)
    assert owners(plan)[PLAN.criteria[1].label] == "市委宣传部"


def test_a_plan_says_which_years_count() -> None:
    task = PLAN.tasks[0]
    settings = [
        ("总表", "考核年份", "0", ""),
        ("总表", "任务年份", "", ""),
        ("轮次", "填报天数", "9", ""),
    ]
    for deadlines, values in (
        (("2016年底", "2017年6月底"), ["2017", "2016-2017", "9"]),
        (("2018年",), ["2018", "2018", "9"]),
        (("长期",), [None, None, "9"]),
    ):
        plan = Plan(tasks=tuple(replace(task, deadline=deadline) for deadline in deadlines))
        rows = master_rows(plan, settings, ())["tblSettings"]
        assert [row["value"] for row in rows] == values
