"""红黄绿蓝 by deadline, progress and evidence."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.settings import Lights, Milestone
from qcity_xl.core.schema.words import BLUE, GREEN, PROGRESS, RED, YELLOW
from qcity_xl.core.scoring.deadlines import DueState
from qcity_xl.core.scoring.lights import deadline_years, light_changes, light_on
from qcity_xl.core.values import Value
from tests.core.builders import assignment, build, setting, task

TARGETS = (DueState(dt.date(2017, 3, 31), "推进中"), DueState(dt.date(2017, 11, 30), "已完成"))
USUAL = Lights()


def light(day: str, progress: str, evidence: Value = "齐全", settings: Lights = USUAL) -> str:
    return light_on(dt.date.fromisoformat(day), TARGETS, progress, evidence, settings)


@pytest.mark.parametrize(
    ("day", "progress", "evidence", "found"),
    [
        ("2017-01-10", "未开始", None, "●绿 正常"),
        ("2017-03-01", "未开始", None, "◆黄 临近节点"),
        ("2017-04-01", "未开始", None, "▲红 节点滞后"),
        ("2017-04-01", "", None, "▲红 节点滞后"),  # no word is no beginning
        ("2017-04-01", "推进中", None, "●绿 正常"),
        ("2017-04-01", "有困难", None, "◆黄 有困难"),
        ("2017-10-30", "推进中", None, "●绿 正常"),
        ("2017-10-31", "推进中", None, "◆黄 临近时限"),
        ("2017-11-30", "推进中", None, "◆黄 临近时限"),  # the last day is in time
        ("2017-12-01", "推进中", None, "▲红 逾期"),
        ("2017-12-01", "有困难", None, "▲红 逾期"),
        ("2017-12-01", "已完成", "齐全", "★蓝 已完成"),
        ("2017-12-01", "已完成", "无需", "★蓝 已完成"),
        ("2017-12-01", "已完成", "缺：8(1)", "◆黄 佐证不齐"),
    ],
)
def test_the_light_of_a_day(day: str, progress: str, evidence: Value, found: str) -> None:
    assert light(day, progress, evidence) == found


@pytest.mark.parametrize(
    ("settings", "day", "progress", "found"),
    [
        (Lights(red_days=7), "2017-12-07", "推进中", "◆黄 逾期"),
        (Lights(red_days=7), "2017-12-08", "推进中", "▲红 逾期"),
        (Lights(yellow_days=5), "2017-11-24", "推进中", "●绿 正常"),
        (Lights(yellow_days=5), "2017-11-25", "推进中", "◆黄 临近时限"),
    ],
)
def test_the_office_sets_the_thresholds(
    settings: Lights, day: str, progress: str, found: str
) -> None:
    assert light(day, progress, None, settings) == found


def test_evidence_counts_only_if_the_office_wants_it() -> None:
    settings = Lights(needs_evidence=False)
    assert light("2017-12-01", "已完成", "缺：8(1)", settings) == "★蓝 已完成"


@given(
    st.dates(dt.date(2016, 1, 1), dt.date(2018, 12, 31)),
    st.integers(0, 400),
    st.sampled_from(("", *PROGRESS)),
)
def test_what_is_not_done_gets_no_better_by_waiting(
    day: dt.date, later: int, progress: str
) -> None:
    order = [BLUE, GREEN, YELLOW, RED]
    now, then = (
        order.index(light_on(on, TARGETS, progress, None, USUAL)[:2])
        for on in (day, day + dt.timedelta(days=later))
    )
    assert then >= now
    assert (now == 0) == (progress == "已完成")


def no_holiday(day: dt.date) -> bool:
    return day.weekday() >= 5


MASTER = build(
    task("8.1", criteria="8(1)", deadline="2017", progress="已完成", evidence="缺：8(1)"),
    task("8.2", deadline="2017-05-10", progress="推进中"),
    task("8.3", deadline="长期"),
    assignment("8.1", "市农委", deadline="2017", progress="已完成"),
    assignment("8.2", "市农委", deadline="2017-05-10", progress="推进中"),
)


def test_tasks_and_parts_get_theirs_once() -> None:
    today = dt.date(2017, 5, 11)
    after = MASTER.with_changes(light_changes(MASTER, today, no_holiday))
    tasks = after.tables["tblTasks"]
    assert [(row["light"], row["milestones"]) for row in tasks.values()] == [
        ("◆黄 佐证不齐", "2017-03-31 推进中\n2017-11-30 已完成"),
        ("▲红 逾期", "2017-05-10 已完成"),
        (None, None),
    ]
    parts = after.tables["tblAssignments"].values()
    assert [row["light"] for row in parts] == ["◆黄 佐证不齐", "▲红 逾期"]
    assert light_changes(after, today, no_holiday) == []


def test_milestones_are_what_the_office_wrote() -> None:
    policy = setting("灯", "年度节点", "5月20日推进中、12月20日已完成")
    master = build(task("8.1", deadline="2017"), policy)
    assert master.settings.lights.milestones == (
        Milestone(5, 20, "推进中"),
        Milestone(12, 20, "已完成"),
    )
    changes = light_changes(master, dt.date(2017, 1, 1), no_holiday)
    shown = [change.new for change in changes if change.field == "milestones"]
    assert shown == ["2017-05-19 推进中\n2017-12-20 已完成"]


def test_the_years_that_a_calendar_must_know() -> None:
    assert deadline_years(MASTER) == {2017}
