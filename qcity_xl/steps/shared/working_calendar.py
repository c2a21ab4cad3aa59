"""The days on which nobody works, for this office."""

from dataclasses import replace

from qcity_xl.adapters.calendar import is_holiday
from qcity_xl.core.mail.settings import parse_mail_settings
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import SETTINGS
from qcity_xl.core.scoring.deadlines import IsHoliday


def working_calendar(master: Master) -> IsHoliday:
    """The holidays as published, and what the office set apart from them (催办/另休、另班)."""
    mail = replace(parse_mail_settings(master.rows(SETTINGS).values())[0], quiet=True)
    return lambda day: mail.is_quiet(day, is_holiday)
