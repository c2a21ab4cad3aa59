"""Who is late, with what, and how sternly they are told."""

import datetime as dt

import pytest

from qcity_xl.core.mail.chasing import (
    NOTHING,
    PARTLY,
    Late,
    course_of,
    late_units,
    open_items,
)
from qcity_xl.core.mail.settings import MailSettings, parse_mail_settings
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA
from qcity_xl.core.values import Value
from tests.core.builders import conflict, evidence, issued, set_cell

DUE = dt.date(2016, 12, 7)
SETTINGS: MailSettings = parse_mail_settings(())[0]


def late(master: Master, days: int, **row: Value) -> list[Late]:
    """Who owes a round some days after it was due; one row of 轮次, of 市农委."""
    values: dict[str, Value] = {"unit": "市农委", "due": DUE, "state": "已生成", **row}
    return late_units(master, {"R第1轮/市农委": values}, DUE + dt.timedelta(days), SETTINGS)


def answered(master: Master) -> Master:
    done = set_cell(master, ASSIGNMENTS, "T1.1/市农委", "progress", "已完成")
    return set_cell(done, CRITERIA, "C1.1", "answer", "达成")


@pytest.mark.parametrize(
    ("days", "level"), [(0, ""), (1, "提醒"), (3, "提醒"), (4, "催办"), (8, "督办"), (90, "督办")]
)
def test_the_later_the_sterner(days: int, level: str) -> None:
    (one,) = late(issued(), days)
    assert (one.days, one.level, one.state) == (days, level, NOTHING)


def test_without_a_due_date_nobody_is_chased() -> None:
    (one,) = late(issued(), 90, due=None)
    assert (one.days, one.level) == (0, "")


def test_what_came_back_whole_is_not_chased_and_half_is() -> None:
    came: dict[str, Value] = {"round": "第1轮", "state": "已回收"}
    assert late(answered(issued()), 9, **came) == []
    half = set_cell(answered(issued()), CRITERIA, "C1.1", "answer", None)
    half = set_cell(half, ASSIGNMENTS, "T1.1/市农委", "round", "第1轮")
    (one,) = late(half, 9, **came)
    assert one.state == PARTLY
    assert [(item.no, item.note) for item in one.items] == [("得分点1(1)", "未自评")]


def test_a_unit_that_has_nothing_new_to_say_is_not_chased_for_what_is_blank() -> None:
    assert late(issued(), 9, round="第1轮", state="已回收") == []


def test_what_could_not_be_taken_is_chased_first() -> None:
    refused: dict[str, Value] = {"kind": "未采用", "theirs": "月底", "reason": "不是日期"}
    master = issued(
        conflict("X1", "T1.1/市农委", "完成日期", **refused),
        evidence("E1", "1(1)", finding="未注日期", title="抽查通报"),
        evidence("E2", "1(1)", finding="有效"),
    )
    (one,) = late(master, 9, round="第1轮", state="已回收")
    assert one.state == PARTLY
    assert [(item.no, item.text) for item in one.items] == [
        ("任务1.1", "上次“完成日期”填“月底”没有采用：不是日期"),
        ("佐证1(1)", "抽查通报：未注日期；请填文件日期或所属期"),
    ]
    (before,) = late(master, 9)
    assert before.items[:2] == one.items
    assert len(before.items) == 4


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, ""),
        ({"chase_level": "提醒", "chase_state": "已发送"}, "经提醒，"),
        ({"chase_level": "催办", "chase_state": "发送失败"}, ""),
        ({"chase_level": "催办", "chase_state": "已存草稿"}, ""),
    ],
)
def test_what_went_before_is_what_was_sent(row: dict[str, Value], said: str) -> None:
    assert course_of(row) == said


def test_a_unit_that_answered_on_the_master_still_owes_its_pack() -> None:
    (one,) = late(answered(issued()), 9)
    assert [item.text for item in one.items] == ["本轮填报表"]


@pytest.mark.parametrize(
    ("level", "state", "told"),
    [("催办", "已发送", "已发送"), ("提醒", "已发送", ""), ("督办", "发送失败", "")],
)
def test_a_level_that_went_is_known(level: str, state: str, told: str) -> None:
    (one,) = late(issued(), 5, chase_level=level, chase_state=state)
    assert one.sent == told


def test_tasks_come_before_criteria() -> None:
    assert [item.no for item in open_items(issued())["市农委"]] == ["任务1.1", "得分点1(1)"]
