"""Progress, states, rates, problems, answers."""

from dataclasses import replace

import pytest

from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, RULINGS, UNITS
from tests.core.adopting.books import OFFICE, adopt, after, merged, sheet, why
from tests.core.builders import build, ruling

TASK = "1.1 建立质量工作专班"


@pytest.mark.parametrize(
    ("state", "rate", "progress", "taken"),
    [
        ("进行中", "", "", ("推进中", None)),
        ("已办结", "100%", "挂牌", ("已完成", "挂牌")),
        ("", "0%", "", ("未开始", None)),
        ("", "80%", "在建", ("推进中", "在建\n完成率80%")),
        ("", "80%", "已建80%", ("推进中", "已建80%")),
        ("", "", "已完成80%", ("推进中", "完成率80%")),
        ("", "", "已完成，正在验收", ("已完成", "已完成，正在验收")),
        ("滞后", "60%", "", ("有困难", "完成率60%")),
        ("", "", "已完成前期调研", (None, "已完成前期调研")),
    ],
)
def test_states_are_translated(
    state: str, rate: str, progress: str, taken: tuple[str | None, str | None]
) -> None:
    book = sheet(("工作任务", "完成状态", "完成率", "进展情况"), (TASK, state, rate, progress))
    row = after(adopt(book)).rows(ASSIGNMENTS)["T1.1/市农委"]
    assert (row.get("progress"), row.get("note")) == taken


@pytest.mark.parametrize(("state", "rate"), [("未完成", ""), ("", "120%"), ("已完成", "30%")])
def test_what_is_not_understood_is_left(state: str, rate: str) -> None:
    adopted = adopt(sheet(("工作任务", "完成状态", "完成率"), (TASK, state, rate)))
    row = after(adopted).rows(ASSIGNMENTS).get("T1.1/市农委", {})
    assert row.get("progress") is None
    assert adopted.left


@pytest.mark.parametrize(
    ("rates", "states"), [(("1", "0.5"), ("已完成", "推进中")), (("1", "50"), ("推进中", "推进中"))]
)
def test_bare_rates_are_read_by_their_column(
    rates: tuple[str, str], states: tuple[str, str]
) -> None:
    other = "1.2 每季度召开一次质量例会"
    book = sheet(("工作任务", "完成率"), (TASK, rates[0]), (other, rates[1]))
    rows = after(adopt(book)).rows(ASSIGNMENTS)
    found = (rows["T1.1/市农委"]["progress"], rows["T1.2/市教育局"]["progress"])
    assert found == states


def test_a_unit_reports_on_its_own_row() -> None:
    book = sheet(("工作任务", "责任单位", "进展情况"), (TASK, "教育局", "已配合"))
    rows = after(adopt(book)).rows(ASSIGNMENTS)
    assert rows["T1.1/市教育局"]["note"] == "已配合"
    assert rows["T1.1/市农委"].get("note") is None


def test_a_unit_without_this_task_is_told() -> None:
    adopted = adopt(sheet(("工作任务", "牵头单位", "进展情况"), (TASK, "水务局", "好")))
    assert "市水务局" in why(adopted, "B2")
    assert "不承担任务1.1" in why(adopted, "C2")
    assert not adopted.changes


@pytest.mark.parametrize(("ruled", "unit"), [((), "市农委"), ((True,), "市教育局")])
def test_of_several_leads_the_ruled_one_or_the_first_reports(
    ruled: tuple[bool, ...], unit: str
) -> None:
    settled = build(*(ruling("2.1", "责任", "市农委", "市教育局") for _ in ruled))
    rows = {**OFFICE.tables, RULINGS.name: settled.rows(RULINGS)}
    master = replace(OFFICE, tables=rows)
    task = "2.1 制定发布地方标准三项以上"
    book = sheet(("工作任务", "牵头单位", "进展情况"), (task, "市农委、市教育局", "两项"))
    adopted = adopt(book, master=master)
    assert after(adopted, master).rows(ASSIGNMENTS)[f"T2.1/{unit}"]["note"] == "两项"
    assert f"记在{unit}名下" in adopted.told[0]


def test_an_indicator_stands_for_its_only_task() -> None:
    book = sheet(("指标", "进展情况"), ("2.标准供给", "一项"), ("1.质量工作机制", "好"))
    adopted = adopt(book)
    assert after(adopted).rows(ASSIGNMENTS)["T2.1/市农委"]["note"] == "一项"
    assert "2项任务" in why(adopted, "B3")


def test_several_tasks_in_one_cell_are_left() -> None:
    adopted = adopt(sheet(("工作任务", "进展情况"), ("1.建专班\n2.开例会", "都好")))
    assert "几项任务" in why(adopted, "A2")
    assert "2项任务" in why(adopted, "B2")


def test_nothing_said_is_no_news_unless_the_master_has_something() -> None:
    book = sheet(("工作任务", "进展情况", "存在问题"), (TASK, "好", "无"))
    assert not adopt(book).left
    told = sheet(("工作任务", "存在问题"), (TASK, "缺编制"))
    master = after(adopt(told))
    assert "总表已有“缺编制”" in why(adopt(book, master=master), "C2")


def test_answers_go_to_their_criterion_under_its_rule() -> None:
    head = ("编号", "得分点", "自评答案", "自评说明")
    adopted = adopt(
        sheet(head, ("2(1)", "制定地方标准", "2项", "见公告"), ("1(1)", "建立质量专班", "大概", ""))
    )
    row = after(adopted).rows(CRITERIA)["C2.1"]
    assert (row["answer"], row["note"]) == ("2项", "见公告")
    assert "无法计分" in why(adopted, "C3")


def test_a_contact_beside_one_lead_is_that_units() -> None:
    head = ("工作任务", "牵头单位", "联系人")
    adopted = adopt(
        sheet(
            head,
            (TASK, "市农委", "陈静"),
            ("2.1 制定发布地方标准三项以上", "市农委、教育局", "周宁"),
        )
    )
    assert after(adopted).rows(UNITS)["U-市农委"]["contact"] == "陈静"
    assert "几个牵头单位" in why(adopted, "C3")


def test_columns_that_nobody_knows_are_left_with_their_header() -> None:
    adopted = adopt(sheet(("工作任务", "进展情况", "天气"), (TASK, "好", "晴")))
    assert why(adopted, "C2") == "不认识表头“天气”"


def test_a_remark_stands_with_its_task() -> None:
    adopted = adopt(sheet(("工作任务", "进展情况", "备注"), (TASK, "好", "下月验收")))
    assert after(adopted).row("tblTasks", "T1.1")["remark"] == "下月验收"


# -- columns by month, by quarter, of problems

MEETING = "1.2 每季度召开一次质量例会"
KEY = "T1.2/市教育局"


def noted(*rows: tuple[str, ...]) -> object:
    return after(adopt(sheet(*rows))).rows(ASSIGNMENTS).get(KEY, {}).get("note")


def test_columns_by_month_are_lines_of_progress() -> None:
    heads = ("工作任务", *(f"{n}月" for n in range(1, 13)))
    row = (MEETING, "发了通知", "", "开了一次", *[""] * 9)
    assert noted(heads, row) == "1月：发了通知\n3月：开了一次"
    assert noted(("工作任务", "1-6月", "下半年"), (MEETING, "开了两次", "再开两次")) == (
        "1-6月：开了两次\n下半年：再开两次"
    )


def test_numbers_by_month_are_told() -> None:
    adopted = adopt(sheet(("工作任务", "一季度", "二季度"), (MEETING, "96.5%", "3")))
    assert not adopted.changes
    assert why(adopted, "B2") == "“一季度”写的是数，不知道是什么的数"
    assert why(adopted, "C2")


def test_quarters_below_a_header() -> None:
    grid = merged(
        sheet(
            ("工作任务", "2016年进展情况", "", "完成率", ""),
            ("", "一季度", "二季度", "一季度", "二季度"),
            (MEETING, "已发通知", "开会", "", "50%"),
        ),
        *(("A1", 2, 1), ("B1", 1, 2), ("D1", 1, 2)),
    )
    row = after(adopt(grid)).rows(ASSIGNMENTS)[KEY]
    assert (row["progress"], row["note"]) == ("推进中", "一季度：已发通知\n二季度：开会\n完成率50%")


def test_a_list_of_problems_says_nothing_of_the_tasks_own_state() -> None:
    heads = ("涉及任务", "问题描述", "整改措施", "整改时限", "整改情况", "是否销号")
    adopted = adopt(sheet(heads, (MEETING, "通知太晚", "提前三天", "2016年6月", "已完成", "是")))
    row = after(adopted).rows(ASSIGNMENTS)[KEY]
    assert (row.get("progress"), row["difficulty"]) == (None, "通知太晚")
    assert row["note"] == "整改措施：提前三天\n整改时限：2016年6月\n整改情况：已完成\n是否销号：是"
    assert not adopted.left


@pytest.mark.parametrize(
    ("rates", "wanted"),
    [
        (("0.5", "1"), ("完成率50%", None)),
        (("3/4", "40"), ("完成率75%", "完成率40%")),
        (("0.5", "40"), (None, "完成率40%")),  # half, or half of a percent: told
        (("5/4", "40"), (None, "完成率40%")),
    ],
)
def test_rates_as_fractions(rates: tuple[str, str], wanted: tuple[str | None, str | None]) -> None:
    lines = zip((MEETING, "3.2 评出质量工匠十名"), rates, strict=True)
    held = after(adopt(sheet(("工作任务", "完成率"), *lines))).rows(ASSIGNMENTS)
    assert tuple(held.get(k, {}).get("note") for k in (KEY, "T3.2/市教育局")) == wanted
