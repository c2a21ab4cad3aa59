"""Answers given year by year: 2016年：1.2‰；2017年：0.9‰."""

import re
from collections.abc import Mapping

from qcity_xl.core.values import Value

_PART = re.compile(r"(\d{4})年度?[:：](.+)")
WORST, BEST, LATEST = "取差的一年", "取好的一年", "取最后一年"  # choices of the ruling 逐年


def split_years(answer: Value) -> dict[int, str]:
    """What an answer says of each year; nothing where it is not written so, or a year stands twice.

    Years stand apart by semicolons or on lines of their own.
    """
    if not isinstance(answer, str):
        return {}
    parts = [part.strip() for part in re.split("[；;\n]", answer) if part.strip()]
    read = [match for part in parts if (match := _PART.fullmatch(part))]
    said = {int(match[1]): match[2].strip() for match in read}
    return said if len(said) == len(parts) else {}


def join_years(said: Mapping[int, Value]) -> str | None:
    """The answer that says this of each year; None where nothing is said."""
    return "；".join(f"{year}年：{said[year]}" for year in sorted(said)) or None
