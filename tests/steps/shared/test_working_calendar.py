"""Which days are worked: as published, but for what the office set apart."""

import datetime as dt

from qcity_xl.core.scoring.deadlines import working_day
from qcity_xl.steps.shared.working_calendar import working_calendar
from tests.core.builders import build, setting

SATURDAY = dt.date(2016, 12, 10)


def test_a_round_that_would_end_on_a_rest_day_ends_on_the_next_working_day() -> None:
    days_off = working_calendar(build())
    assert working_day(SATURDAY, days_off) == dt.date(2016, 12, 12)
    assert working_day(dt.date(2017, 1, 28), days_off) == dt.date(2017, 2, 3)  # Spring Festival
    assert working_day(dt.date(2017, 1, 22), days_off) == dt.date(2017, 1, 22)  # worked instead


def test_the_offices_own_days_count_before_the_calendar() -> None:
    own = build(setting("催办", "另班", "2016-12-10"), setting("催办", "另休", "2016-12-12"))
    days_off = working_calendar(own)
    assert working_day(SATURDAY, days_off) == SATURDAY
    assert working_day(dt.date(2016, 12, 11), days_off) == dt.date(2016, 12, 13)
