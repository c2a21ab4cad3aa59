"""The master as it was on an earlier day, as far as 日志 tells."""

import datetime as dt

from qcity_xl.core.changes import Change, inverted
from qcity_xl.core.history.log import operations
from qcity_xl.core.master.model import Master
from qcity_xl.core.values import parse_date


def back_to(master: Master, day: dt.date) -> list[Change]:
    """The changes that take back what steps wrote after the end of this day, latest first.

    What people typed since stays: 日志 knows steps alone. Columns and sheets stay, too.
    """
    later = [o for o in operations(master) if (on := parse_date(o.stamp.time)) and on > day]
    changes = [change for operation in later for change in operation.changes]
    return inverted(change for change in changes if not change.structural)


def first_day(master: Master) -> dt.date | None:
    """The day of the first step that 日志 tells of; None while it is empty."""
    return next((on for o in operations(master) if (on := parse_date(o.stamp.time))), None)
