"""One row of 设置: declared once, with the field of the record that it fills.

Group, item, default, how it is written and its help stand together. Rows of a new
master, the reader and its problems all come from there.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar, cast

from qcity_xl.core.problems import Problem
from qcity_xl.core.schema.office import SETTINGS
from qcity_xl.core.schema.words import NO, YES
from qcity_xl.core.text import entries, half_width, number_text
from qcity_xl.core.values import Value, parse_date, parse_number

T = TypeVar("T")
Record = TypeVar("Record")
SettingRow = tuple[str, str, str, str]  # group, item, value, help
_ROW = "row of 设置"  # of a field's metadata


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """How a value is written.

    `read` gets text that is not blank. It gives the value, None if there is none, and the parts of
    the text that can't be used.
    """

    allowed: str
    read: Callable[[str], tuple[T | None, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: 类别, 项目, how its value is written, 说明."""

    group: str
    item: str
    kind: Kind[Any]
    note: str


def setting(group: str, item: str, default: T, kind: Kind[T], note: str) -> T:
    """A field of a record of settings, with its row."""
    made: T = field(default=default, metadata={_ROW: Setting(group, item, kind, note)})
    return made


def initial_rows(record: type) -> list[SettingRow]:
    """The rows of a record's fields with their defaults, in order.

    A default that can't be written, such as the year 0, is left blank.
    """
    rows: list[SettingRow] = []
    for one in fields(record):
        row: Setting | None = one.metadata.get(_ROW)
        if row:
            text = _shown(one.default)
            written = row.kind.read(text)[0] is not None
            rows.append((row.group, row.item, text if written else "", row.note))
    return rows


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return YES if default else NO
    if isinstance(default, int | float):
        return number_text(default)
    if isinstance(default, tuple):
        return "、".join(map(str, default))
    return default if isinstance(default, str) else ""


def read_settings(
    record: Callable[..., Record], rows: Iterable[Mapping[str, Value]], code: str
) -> tuple[Record, list[Problem]]:
    """A record from the rows of 设置, and a problem for each part of a value that can't be used.

    The default holds where a row is missing or blank, or where nothing of it can be used.
    """
    cells = {(row.get("group"), row.get("item")): row.get("value") for row in rows}
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for one in fields(cast(Any, record)):
        row: Setting | None = one.metadata.get(_ROW)
        value = cells.get((row.group, row.item)) if row else None
        text = "" if value is None else str(value).strip()
        if row and text:
            meant, faults = row.kind.read(text)
            problems += [_unusable(code, row, fault) for fault in faults]
            if meant is not None:
                values[one.name] = meant
    return record(**values), problems


def _unusable(code: str, row: Setting, found: str) -> Problem:
    sentence = f"“{row.item}”填的是“{found}”"
    fix = "改正后再运行；目前按默认值处理"
    return Problem(code, "error", SETTINGS.sheet, "", sentence, row.kind.allowed, fix)


TEXT: Kind[str] = Kind("文字", lambda text: (text, ()))
# A server's name, of labels of at most 63 letters (RFC 1035, 2.3.4), or an IPv6 address.
_LABEL = r"\w(?:[\w-]{0,61}\w)?"
_HOST = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}|[0-9a-fA-F:]{{2,45}}")


def _read_host(text: str) -> tuple[str | None, Sequence[str]]:
    name = half_width(text)
    return (name, ()) if len(name) <= 253 and _HOST.fullmatch(name) else (None, (text,))


HOST: Kind[str] = Kind("服务器名称，如 smtp.example.com，不带 http:// 和端口", _read_host)


def whole(least: int, most: int) -> Kind[int]:
    """A whole number; `most` is what a step can still bear, or a day can be."""

    def read(text: str) -> tuple[int | None, Sequence[str]]:
        found = parse_number(text)
        fits = found is not None and found.is_integer() and least <= found <= most
        return (int(found), ()) if found is not None and fits else (None, (text,))

    return Kind(f"{least} 到 {most:,} 的整数", read)


def number(least: float, most: float) -> Kind[float]:
    """Any number from `least` to `most`."""

    def read(text: str) -> tuple[float | None, Sequence[str]]:
        found = parse_number(text)
        fits = found is not None and least <= found <= most
        return (found, ()) if fits else (None, (text,))

    return Kind(f"{least:g} 到 {most:,g} 的数", read)


def one_of(meanings: Mapping[str, T]) -> Kind[T]:
    """One of some words, each with its meaning."""

    def read(text: str) -> tuple[T | None, Sequence[str]]:
        return (meanings[text], ()) if text in meanings else (None, (text,))

    return Kind("、".join(meanings), read)


YES_OR_NO = one_of({YES: True, NO: False})


def _read_day(text: str) -> tuple[dt.date | None, Sequence[str]]:
    day = parse_date(text)
    return (day, ()) if day else (None, (text,))


DAY: Kind[dt.date | None] = Kind("日期，如 2017-11-20", _read_day)


def _read_days(text: str) -> tuple[frozenset[dt.date], Sequence[str]]:
    days = {part: parse_date(part) for part in entries(text)}
    faults = [part for part, day in days.items() if day is None]
    return frozenset(day for day in days.values() if day), faults


DAYS: Kind[frozenset[dt.date]] = Kind("日期，如 2016-10-08", _read_days)
