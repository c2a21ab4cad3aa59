"""Deadlines as days."""

import pytest

from qcity_xl.adapters.calendar import is_holiday
from qcity_xl.core.master.settings import Milestone
from qcity_xl.core.scoring.deadlines import targets_of

POLICY = (Milestone(4, 30, "推进中"), Milestone(10, 1, "已完成"))


def days(deadline: str, *policy: Milestone) -> list[str]:
    return [f"{t.day} {t.state}" for t in targets_of(deadline, policy or POLICY, is_holiday)]


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        ("2018-06-15", "2018-06-15"),
        ("2018年6月15日前", "2018-06-15"),
        ("2018年6月", "2018-06-30"),  # a Saturday, but it is what the office wrote
        ("2016年2月底前", "2016-02-29"),
        ("2018.9", "2018-09-30"),
        ("2017年3月至2018年6月", "2018-06-30"),
        ("2018年上半年", "2018-06-30"),
        ("2018年第三季度", "2018-09-30"),
        ("2018年四季度", "2018-12-31"),
    ],
)
def test_a_day_or_a_month_is_meant_as_it_is_written(deadline: str, day: str) -> None:
    assert days(deadline) == [f"{day} 已完成"]


@pytest.mark.parametrize(
    ("deadline", "found"),
    [
        # 2017-04-30 is in the holiday of May, whose eve is a Friday; 10-01 in the one of October
        ("2017", ["2017-04-28 推进中", "2017-09-30 已完成"]),
        ("2017年底", ["2017-04-28 推进中", "2017-09-30 已完成"]),
        ("2016-2017", ["2016-04-29 推进中", "2017-09-30 已完成"]),
        ("2017年底前完成", ["2017-04-28 推进中", "2017-09-30 已完成"]),
    ],
)
def test_of_years_alone_the_milestones_hold_on_working_days(
    deadline: str, found: list[str]
) -> None:
    assert days(deadline) == found


def test_without_a_milestone_for_the_end_it_is_the_end_of_the_year() -> None:
    assert days("2017", Milestone(2, 29, "推进中")) == ["2017-02-28 推进中", "2017-12-29 已完成"]


@pytest.mark.parametrize("deadline", ["", "长期", "按期完成"])
def test_what_names_no_year_asks_nothing(deadline: str) -> None:
    assert days(deadline) == []
