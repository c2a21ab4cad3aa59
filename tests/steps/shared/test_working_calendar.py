"""Working days as published, but for what the office set apart."""

import datetime as dt

from qcity_xl.steps.shared.working_calendar import working_calendar
from tests.core.builders import build, setting

NATIONAL_DAY, AFTER = dt.date(2016, 10, 3), dt.date(2016, 10, 8)  # a Monday; a Saturday at work


def test_holidays_as_published() -> None:
    is_off = working_calendar(build())
    assert (is_off(NATIONAL_DAY), is_off(AFTER)) == (True, False)


def test_the_offices_own_days_come_first() -> None:
    is_off = working_calendar(
        build(setting("催办", "另班", "2016-10-03"), setting("催办", "另休", "2016-10-08"))
    )
    assert (is_off(NATIONAL_DAY), is_off(AFTER)) == (False, True)
