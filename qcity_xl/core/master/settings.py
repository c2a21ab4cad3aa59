"""Settings of the office, kept on sheet 设置, read into one frozen record."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import SETTINGS
from qcity_xl.core.schema.words import NO, YES
from qcity_xl.core.text import entries, fold
from qcity_xl.core.values import Value, parse_number

_METHODS = "验收方式"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read of a returned file: megabytes, megabytes, ratio, parts, rows and columns."""

    file_mb: float = 50
    unpacked_mb: float = 500
    ratio: float = 200
    parts: int = 200
    rows: int = 1_048_576
    columns: int = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the office may set; `years` is the plan's time, `review_year` what 当年 means."""

    master_id: str = ""
    city: str = ""
    review_year: int = 0
    years: tuple[int, ...] = ()
    count_pending: bool = True
    default_method: str = "查阅文件"
    blank_rows: int = 10
    days: int = 15
    contact: str = ""
    snapshots: int = 30
    limits: Limits = field(default_factory=Limits)
    kinds_of_method: Mapping[str, str] = field(default_factory=dict)


_ITEMS: dict[tuple[str, str], str] = {
    ("总表", "总表编号"): "master_id",
    ("总表", "城市"): "city",
    ("总表", "考核年份"): "review_year",
    ("总表", "任务年份"): "years",
    ("计分", "待审佐证计入"): "count_pending",
    ("佐证", "默认验收方式"): "default_method",
    ("佐证", "空白行"): "blank_rows",
    ("轮次", "填报天数"): "days",
    ("轮次", "办公室联系人"): "contact",
    ("存档", "快照份数"): "snapshots",
}
_LIMITS = {
    "文件大小": "file_mb",
    "解压大小": "unpacked_mb",
    "压缩比": "ratio",
    "部件数": "parts",
    "行数": "rows",
    "列数": "columns",
}


def years_in(text: str) -> tuple[int, ...]:
    """The years of 2016, 2016-2017, 2016—2017年, 2016、2018; empty where no year is named."""
    years: set[int] = set()
    for part in entries(text):
        found = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", fold(part))]
        years |= set(range(found[0], found[-1] + 1)) if found else set()
    return tuple(sorted(years))


def parse_settings(rows: Iterable[Mapping[str, Value]]) -> tuple[Settings, list[Problem]]:
    """The settings, and a problem for each value that can't be used (its default holds)."""
    values: dict[str, object] = {}
    limits: dict[str, float] = {}
    kinds: dict[str, str] = {}
    problems: list[Problem] = []
    for row in rows:
        group, item, raw = str(row.get("group")), str(row.get("item")), row.get("value")
        if group == _METHODS:
            kinds[item] = str(raw or "")
        elif raw is not None and (group, item) in _ITEMS:
            name = _ITEMS[group, item]
            value = _converted(name, raw)
            if value is None:
                problems.append(_unusable(item, raw))
            else:
                values[name] = value
        elif raw is not None and item in _LIMITS:
            number = parse_number(raw)
            if number is None or number <= 0:
                problems.append(_unusable(item, raw))
            else:
                limits[_LIMITS[item]] = number
    return Settings(**values, limits=Limits(**limits), kinds_of_method=kinds), problems  # type: ignore[arg-type]  # names and types are paired by _ITEMS and _converted


_TYPES = {item.name: item.type for item in fields(Settings)}


def _converted(name: str, raw: Value) -> object:
    if name == "years":
        return years_in(str(raw)) or None
    if _TYPES[name] is bool:
        return {YES: True, NO: False}.get(str(raw).strip())
    if _TYPES[name] is int:
        number = parse_number(raw)
        return int(number) if number is not None and number >= 0 else None
    return str(raw).strip()


def _unusable(item: str, raw: Value) -> Problem:
    return Problem(
        "setting",
        "error",
        SETTINGS.sheet,
        "",
        f"“{item}”填的是“{raw}”",
        "见该行说明",
        "改正后再运行；目前按默认值处理",
    )
