"""What a unit wrote, as the master stores it, or why it can't be taken."""

import datetime as dt

import pytest

from qcity_xl.core.merge.validation import LONGEST, accept
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, Table
from qcity_xl.core.values import Value
from tests.core.builders import build, criterion

MASTER = build(
    criterion("4(1)", 10, "分档", "10：已挂牌；4：筹建中"),
    criterion("4(2)", 10, may_be_absent="是"),
    criterion("4(3)", 10, "分档", "看不懂的参数"),
)


def accepted(table: Table, field: str, value: Value, row: str = "") -> tuple[Value, str]:
    found = accept(MASTER, table, row, table.column(field), value)
    return found.value, found.fault


@pytest.mark.parametrize(
    ("table", "field", "value", "stored"),
    [
        (ASSIGNMENTS, "progress", " 推进中 ", "推进中"),
        (ASSIGNMENTS, "progress", "完成", "已完成"),
        (ASSIGNMENTS, "progress", "已完成。", "已完成"),
        (ASSIGNMENTS, "progress", "基本完成", "推进中"),
        (ASSIGNMENTS, "progress", "进行中", "推进中"),
        (ASSIGNMENTS, "done_on", "2016年9月3日", dt.date(2016, 9, 3)),
        (ASSIGNMENTS, "progress", "已\u2063完\u00ad成\ufe0f", "已完成"),
        (ASSIGNMENTS, "done_on", "2016年9月\u31643日", dt.date(2016, 9, 3)),
        (ASSIGNMENTS, "note", "已走访\u2063", "已走访\u2063"),
        (ASSIGNMENTS, "note", "已走访 12 家企业", "已走访 12 家企业"),
        (ASSIGNMENTS, "note", None, None),
    ],
)
def test_what_may_stand_there_is_stored_as_the_program_writes_it(
    table: Table, field: str, value: Value, stored: Value
) -> None:
    assert accepted(table, field, value) == (stored, "")


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("progress", "80%", "“完成情况”只能填：未开始、推进中、已完成、有困难"),
        ("progress", "未完成", "“完成情况”只能填：未开始、推进中、已完成、有困难"),
        ("progress", "快好了", "“完成情况”只能填：未开始、推进中、已完成、有困难"),
        ("done_on", "上周", "不是日期，应写如 2016-05-01"),
        ("note", "#REF!", "是公式错误值 #REF!，请直接填内容"),
        ("note", "长" * (LONGEST + 1), f"超过 {LONGEST} 个字，请精简"),
    ],
)
def test_what_may_not_is_told_with_what_may(field: str, value: str, fault: str) -> None:
    assert accepted(ASSIGNMENTS, field, value) == (value, fault)


def test_an_answer_is_checked_by_its_rule() -> None:
    assert accepted(CRITERIA, "answer", "筹建中", "C4.1") == ("筹建中", "")
    assert accepted(CRITERIA, "answer", "筹\u200d建\u2061中", "C4.1") == ("筹建中", "")
    _, fault = accepted(CRITERIA, "answer", "挂牌了吧", "C4.1")
    assert fault == "无法计分，应填：10分 已挂牌、4分 筹建中"


def test_absent_is_an_answer_only_where_a_thing_may_be_absent() -> None:
    assert accepted(CRITERIA, "answer", "不适用", "C4.2") == ("不适用", "")
    assert accepted(CRITERIA, "answer", "不适用", "C4.1")[1]


def test_the_office_s_own_mistake_is_not_the_unit_s() -> None:
    assert accepted(CRITERIA, "answer", "已挂牌", "C4.3") == ("已挂牌", "")
