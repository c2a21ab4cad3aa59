"""The master as it was, as far as 日志 tells."""

import datetime as dt

from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.history.as_of import back_to, first_day
from qcity_xl.core.history.log import Stamp, as_lines, log_rows
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, EVIDENCE
from tests.core.builders import sound


def step(master: Master, time: str, *changes: Change) -> Master:
    rows = log_rows(master, Stamp(time, "张三", "重算得分"), as_lines(changes))
    return master.with_changes([*changes, *rows])


def claimed(old: int | None, new: int) -> Change:
    return Change(CRITERIA.name, "C1.1", "claimed", old, new)


PAPER = added_row(EVIDENCE.name, "E1", {"title": "批复", "criteria": "1(1)"})
MASTER = step(sound(), "2016-05-01 09:00", claimed(None, 3))
MASTER = step(MASTER, "2016-05-01 17:00", claimed(3, 5))
MASTER = step(MASTER, "2016-08-20 10:00", claimed(5, 10), *PAPER)


def on(day: str) -> Master:
    return MASTER.with_changes(back_to(MASTER, dt.date.fromisoformat(day)))


def test_cells_are_those_at_the_end_of_the_day() -> None:
    days = ("2016-04-30", "2016-05-01", "2016-08-19", "2016-08-20", "2030-01-01")
    values = [on(day).rows(CRITERIA)["C1.1"]["claimed"] for day in days]
    assert values == [None, 5, 5, 10, 10]


def test_rows_that_came_later_are_not_there() -> None:
    assert list(on("2016-08-19").rows(EVIDENCE)) == []
    assert list(on("2016-08-20").rows(EVIDENCE)) == ["E1"]


def test_the_first_day_that_is_known() -> None:
    assert first_day(MASTER) == dt.date(2016, 5, 1)
    assert first_day(sound()) is None
