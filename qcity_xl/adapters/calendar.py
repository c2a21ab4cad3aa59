"""Working days in mainland China, as the State Council publishes them each autumn."""

import datetime as dt


def is_holiday(day: dt.date) -> bool:
    """Whether nobody works: weekends and holidays, but for the days worked in their place.

    A year that the calendar does not know yet has weekends alone.
    """
    import chinese_calendar  # only chasing asks

    try:
        return bool(chinese_calendar.is_holiday(day))
    except NotImplementedError:
        return day.weekday() >= 5


def is_published(year: int) -> bool:
    """Whether the calendar knows the holidays of this year."""
    import chinese_calendar

    try:
        chinese_calendar.is_holiday(dt.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
