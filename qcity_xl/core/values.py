"""Cell values and when two of them mean the same."""

import datetime as dt
import math
import re
import unicodedata
from functools import lru_cache
from typing import Literal

from qcity_xl.core.numerals import NUMERALS, whole_number
from qcity_xl.core.text import clean, fold, plain

Value = str | int | float | bool | dt.date | None
ColumnType = Literal["key", "text", "number", "date", "choice", "formula"]

# 2016-5-3, 2016/05/03, 2016.5.3, 2016年5月3日, 2016年5月3号, 20160503
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?|(\d{2})(\d{2}))")
# 二〇一六年五月三日
_NUMERAL = f"[{NUMERALS}]"
_CHINESE_DATE = re.compile(f"({_NUMERAL}{{4}})年({_NUMERAL}{{1,2}})月({_NUMERAL}{{1,3}})[日号]")
# The time of day that may follow: 14:30, T14:30:00Z, 下午2点30分
_TIME = re.compile(
    r"(?:T|\s+|(?<=[日号]))(?:[上下]午)?\s*\d{1,2}[:时点]"
    r"(?:\d{1,2}(?:[:分](?:\d{1,2}(?:\.\d+)?)?秒?)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?\s*$",
    re.IGNORECASE,
)
# Commas stand for thousands only: "7,8" is a list, not 78.
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_LONGEST_NUMBER = 500  # characters, blanks around it included: a longer text is read as text alone
_WORD = 20  # characters of what is soon met again
_EXACT = 15  # digits that a number keeps in Excel; longer ones are names, such as credit codes
# Days of 1927 to 2201: a smaller number is none that someone means, 2016 least of all.
_DAYS = range(10_000, 110_000)
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_FIRST_YEAR = 1900


def tidy(value: Value | dt.time | dt.timedelta) -> Value:
    """The value as it is stored: no stray characters or outer blanks, None for empty."""
    if isinstance(value, str):  # one that is printable holds no stray characters
        return (value if value.isprintable() else clean(value)).strip() or None
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    return value


def parse_date(value: Value) -> dt.date | None:
    """A date from a date, a date written as text in the usual ways, or an Excel day number.

    A time of day that goes with it is left out. A bare year is no date.

    None before 1900, where Excel has no dates: 0216-05-01 is a slip of the hand.
    """
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value if value.year >= _FIRST_YEAR else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        if math.isfinite(value) and int(value) in _DAYS:
            return _EXCEL_EPOCH + dt.timedelta(days=int(value))
        value = f"{value:.15g}"  # 20160503, typed into a cell that is no date
    numbers = _date_numbers(value) if isinstance(value, str) else None
    if numbers is None:
        return None
    try:
        date = dt.date(*numbers)
    except ValueError:
        return None
    return date if date.year >= _FIRST_YEAR else None


def _date_numbers(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date written as text."""
    day = fold(_TIME.sub("", unicodedata.normalize("NFKC", text)))
    if match := _DATE.fullmatch(day):
        return int(match[1]), int(match[2] or match[4]), int(match[3] or match[5])
    match = _CHINESE_DATE.fullmatch(day)
    if match is None:
        return None
    year = "".join(str(whole_number(digit)) for digit in match[1])
    month, of_month = whole_number(match[2]), whole_number(match[3])
    return (int(year), month, of_month) if month and of_month and len(year) == 4 else None


def parse_number(value: Value) -> float | None:
    """A finite number from a number or from text such as "1,200" or "９５"."""
    if isinstance(value, bool) or value is None or isinstance(value, dt.date):
        return None
    if isinstance(value, str):
        if len(value) > _LONGEST_NUMBER:
            return None
        return _number_in_word(value) if len(value) <= _WORD else _number_in(plain(value))
    return float(value) if math.isfinite(value) else None


@lru_cache(maxsize=1 << 14)  # points, thresholds and labels are read again and again
def _number_in_word(text: str) -> float | None:
    return _number_in(plain(text))


def _number_in(text: str) -> float | None:
    if _NUMBER.fullmatch(text) is None:
        return None
    value = float(text.replace(",", ""))
    return value if math.isfinite(value) else None


def canonical(value: Value, kind: ColumnType = "text") -> str:
    """The meaning of a value as text: equal strings mean equal values.

    1 and 1.0 and "１", empty and missing, full and half width, any dash, needless blanks, dates in
    any usual form (in a date column) come out the same; see `plain` for what does not.
    """
    value = tidy(value)
    if value is None:
        return ""
    if kind == "date" and (date := parse_date(value)):
        return date.isoformat()
    if isinstance(value, bool):
        return str(value).upper()  # as Excel shows it
    number = parse_number(value)
    if number is not None and (kind == "number" or not _is_code(value)):
        return f"{number or 0.0:.{_EXACT}g}"
    return value.isoformat() if isinstance(value, dt.date) else plain(str(value))


def loose(text: str) -> str:
    """What the hash of a pack is reckoned over since version 0.1.0: coarser than `canonical`, and
    never to be changed, since packs that are out are proved by it.
    """
    folded = fold(tidied) if isinstance(tidied := tidy(text), str) else ""
    number = _number_in(folded)
    return folded if number is None or _is_code(folded) else f"{number or 0.0:.{_EXACT}g}"


def _is_code(value: Value) -> bool:
    """Text whose digits are a name, not an amount: 13.10, 007, a long code."""
    if not isinstance(value, str):
        return False
    text = plain(value)
    return (
        (len(text) > 1 and text[0] == "0" and text[1] != ".")
        or ("." in text and text.endswith("0"))
        or sum(letter.isdecimal() for letter in text) > _EXACT
    )


def same_meaning(one: Value, other: Value, kind: ColumnType = "text") -> bool:
    """Whether two cell values say the same thing (see `canonical`)."""
    if one == other and isinstance(one, bool) == isinstance(other, bool):
        return True
    if one is None or other is None:
        return tidy(one) is None and tidy(other) is None
    return canonical(one, kind) == canonical(other, kind)


def chinese_date(day: dt.date) -> str:
    """2016年5月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday(day: dt.date) -> str:
    """周日."""
    return f"周{'一二三四五六日'[day.weekday()]}"
