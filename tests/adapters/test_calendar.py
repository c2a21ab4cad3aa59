"""Working days as they were published, weekends alone where nothing was published yet."""

import datetime as dt

import pytest

from qcity_xl.adapters.calendar import is_holiday, is_published


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (dt.date(2016, 10, 3), True),  # 国庆
        (dt.date(2016, 10, 8), False),  # 周六，补班
        (dt.date(2016, 10, 15), True),  # 周六
        (dt.date(2016, 10, 17), False),  # 周一
        (dt.date(2099, 10, 1), False),  # 周四，还没有公布
        (dt.date(2099, 10, 3), True),  # 周六
    ],
)
def test_a_day(day: dt.date, holiday: bool) -> None:
    assert is_holiday(day) is holiday


def test_a_year_whose_holidays_are_known() -> None:
    assert is_published(2017)
    assert not is_published(2099)
