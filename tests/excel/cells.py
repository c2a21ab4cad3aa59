"""What a cell of Excel makes of a value that a program gives it, and what it gives back.

Each rule is in RULES.md with its source.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from openpyxl.styles.numbers import is_date_format

from tests.excel.wire import refused

Held = str | float | bool | None
_LONGEST = 32_767  # characters of a cell
_FIRST_DAY = dt.datetime(1899, 12, 30)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:[-/年])(\d{1,2})(?:[-/月](\d{1,2})日?|月)?")
ERRORS = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
    "#GETTING_DATA": 2043,
    "#SPILL!": 2045,
    "#CONNECT!": 2046,
    "#BLOCKED!": 2047,
    "#UNKNOWN!": 2048,
    "#FIELD!": 2049,
    "#CALC!": 2050,
}
_FIRST_ERROR = -2146828288  # CVErr(0) as a VT_ERROR


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: a date is its number; `error` and `formula` as they are shown."""

    value: Held = None
    formula: str = ""
    format: str = "General"
    error: str = ""

    def filled(self, given: object) -> "Cell":
        """The cell after `Range.Value = given`. ComError for what Excel does not take."""
        if given is None or given == "":
            return replace(self, value=None, formula="", error="")
        if isinstance(given, int) and not isinstance(given, bool) and abs(given) > 0x7FFFFFFF:
            raise refused("VT_I8")  # pywin32 hands such a number on as one that Excel does not know
        if isinstance(given, dt.datetime):
            return self._dated(given)
        if isinstance(given, bool):
            return self._typed(given, "TRUE" if given else "FALSE")
        if isinstance(given, int | float):
            return self._typed(float(given), f"{given:.15g}")
        if not isinstance(given, str):
            raise refused(f"a value of type {type(given).__name__}")
        return self._worded(given)

    def _typed(self, value: Held, as_text: str) -> "Cell":
        text = self.format == "@"
        return replace(self, value=as_text if text else value, formula="", error="")

    def _dated(self, given: dt.datetime) -> "Cell":
        day = given.replace(tzinfo=None)
        if self.format == "@":
            return replace(self, value=f"{day.year}/{day.month}/{day.day}", formula="", error="")
        code = self.format if is_date_format(self.format) else "yyyy/m/d"
        return replace(self, value=_serial(day), formula="", error="", format=code)

    def _worded(self, given: str) -> "Cell":
        if len(given) > _LONGEST:
            raise refused("a text longer than a cell")
        if given.startswith("'"):
            return replace(self, value=given[1:], formula="", error="")
        if self.format == "@":
            return replace(self, value=given, formula="", error="")
        if given.startswith("="):
            return replace(self, value=None, formula=given, error="")
        if given.startswith(("+", "-")) and not _NUMBER.fullmatch(given):
            raise refused("a formula with a fault in it")
        if given.upper() in ERRORS:
            return replace(self, value=None, formula="", error=given.upper())
        return self._guessed(given)

    def _guessed(self, given: str) -> "Cell":
        """Text that looks like something else becomes that, as if it were typed."""
        folded = given.strip()
        if folded.upper() in ("TRUE", "FALSE"):
            return replace(self, value=folded.upper() == "TRUE", formula="", error="")
        if _NUMBER.fullmatch(folded):
            percent = folded.endswith("%")
            number = float(folded.rstrip("%")) / (100 if percent else 1)
            code = "0.00%" if percent and self.format == "General" else self.format
            return replace(self, value=number, formula="", error="", format=code)
        if found := _DATE.fullmatch(folded):
            year, month, day = (int(part or 1) for part in found.groups())
            return self._dated(dt.datetime(year, month, day))
        return replace(self, value=given, formula="", error="")

    def read(self) -> object:
        """`Range.Value`: a float for each number, a code for an error, a time for a date."""
        if self.error:
            return _FIRST_ERROR + ERRORS[self.error]
        if isinstance(self.value, float):
            if self.format != "General" and is_date_format(self.format):
                return _FIRST_DAY + dt.timedelta(days=self.value)
            if "¥" in self.format or "$" in self.format.replace("[$-", ""):
                return Decimal(str(round(self.value, 4)))  # VT_CY
        return self.value

    def shown_formula(self) -> object:
        """`Range.Formula`: the formula, or the constant as text."""
        if self.formula:
            return self.formula
        if self.error:
            return self.error
        if isinstance(self.value, bool):
            return "TRUE" if self.value else "FALSE"
        if isinstance(self.value, float):
            return f"{self.value:.15g}"
        return self.value or ""


def _serial(day: dt.datetime) -> float:
    return (day - _FIRST_DAY) / dt.timedelta(days=1)
