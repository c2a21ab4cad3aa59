"""When a task has to be where: its deadline as days, year-only ones by the office's milestones."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qcity_xl.core.master.settings import Milestone, years_in
from qcity_xl.core.schema.words import FINISHED, UNDER_WAY
from qcity_xl.core.text import fold
from qcity_xl.core.values import parse_date

IsHoliday = Callable[[dt.date], bool]
_UNTIL = re.compile("[至到]")
_ENDING = re.compile("(?:之前|以前|前|内|完成)+$")
_MONTH = re.compile(r"((?:19|20)\d{2})(?:年|[-/.])(\d{1,2})月?[底末]?")
_PART = re.compile(r"((?:19|20)\d{2})年?(上半年|第?[一二三四1-4]季度)")
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


@dataclass(frozen=True, slots=True)
class DueState:
    """A task has to be in this state (of 完成情况) by the end of this day."""

    day: dt.date
    state: str


def targets_of(
    deadline: str, policy: Sequence[Milestone], is_holiday: IsHoliday
) -> tuple[DueState, ...]:
    """What a deadline asks, in the order of its days; nothing where it names no year.

    A day or a month is meant as it is written. Of years alone the milestones hold, on the last
    working day up to theirs: work is under way in the first year and done in the last one.
    """
    day = _day_in(deadline)
    if day is not None:
        return (DueState(day, FINISHED),)
    years = years_in(deadline)
    if not years:
        return ()
    found = [
        DueState(
            _working(_day(years[0] if mark.state == UNDER_WAY else years[-1], mark), is_holiday),
            mark.state,
        )
        for mark in policy
    ]
    if all(target.state != FINISHED for target in found):
        found.append(DueState(_working(dt.date(years[-1], 12, 31), is_holiday), FINISHED))
    return tuple(sorted(found, key=lambda target: target.day))


def is_past(
    deadline: str, day: dt.date, policy: Sequence[Milestone], is_holiday: IsHoliday
) -> bool:
    """Whether what the deadline asks had to be done before this day."""
    targets = targets_of(deadline, policy, is_holiday)
    return any(target.state == FINISHED and target.day < day for target in targets)


def working_day(day: dt.date, is_holiday: IsHoliday) -> dt.date:
    """The day, or the first working day after it; no holiday is longer than two weeks."""
    days = (day + dt.timedelta(days=more) for more in range(15))
    return next((one for one in days if not is_holiday(one)), day)


def _day_in(deadline: str) -> dt.date | None:
    """The day that a deadline names, the last one of a month, a quarter or a half-year."""
    last = _ENDING.sub("", _UNTIL.split(fold(deadline))[-1])
    if day := parse_date(last):
        return day
    if match := _MONTH.fullmatch(last):
        return _last_of(int(match[1]), int(match[2]))
    if match := _PART.fullmatch(last):
        part = match[2].removeprefix("第")
        return _last_of(int(match[1]), 6 if part == "上半年" else _QUARTERS[part[0]])
    return None


def _last_of(year: int, month: int) -> dt.date | None:
    return dt.date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _day(year: int, mark: Milestone) -> dt.date:
    """The day of a milestone in a year; the 29th of February is the 28th in most."""
    return dt.date(year, mark.month, min(mark.day, calendar.monthrange(year, mark.month)[1]))


def _working(day: dt.date, is_holiday: IsHoliday) -> dt.date:
    """The day, or the last working day before it; no holiday is longer than two weeks."""
    days = (day - dt.timedelta(days=back) for back in range(15))
    return next((one for one in days if not is_holiday(one)), day)
