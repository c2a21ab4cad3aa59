"""A setting is one field: its row, its default, how it is read, what is said of a wrong value."""

import datetime as dt
from dataclasses import dataclass

import pytest

from qcity_xl.core.schema.setting import (
    DAYS,
    TEXT,
    YES_OR_NO,
    initial_rows,
    number,
    one_of,
    read_settings,
    setting,
    whole,
)
from qcity_xl.core.values import Value


@dataclass(frozen=True, slots=True)
class Canteen:
    """食堂 on a sheet of settings."""

    name: str = setting("食堂", "名称", "", TEXT, "挂在门口")
    seats: int = setting("食堂", "座位", 120, whole(1, 999), "一次能坐多少人")
    price: float = setting("食堂", "餐标", 12.5, number(0.5, 99), "元")
    tea: bool = setting("食堂", "供茶", True, YES_OR_NO, "")
    taste: str = setting("食堂", "口味", "清淡", one_of({"清淡": "清淡", "辣": "辣"}), "")
    closed: frozenset[dt.date] = setting("食堂", "停业", frozenset(), DAYS, "")
    opened: int = setting("食堂", "开业年份", 0, whole(1990, 2999), "")
    visitors: int = 0


def read(**items: Value) -> tuple[Canteen, list[str]]:
    rows = [{"group": "食堂", "item": item, "value": value} for item, value in items.items()]
    canteen, problems = read_settings(Canteen, rows, "canteen")
    assert {(p.code, p.severity, p.sheet) for p in problems} <= {("canteen", "error", "设置")}
    return canteen, [f"{problem.found}：{problem.allowed}" for problem in problems]


def test_the_fields_are_the_rows_of_a_new_sheet() -> None:
    assert [row[:3] for row in initial_rows(Canteen)] == [
        ("食堂", "名称", ""),
        ("食堂", "座位", "120"),
        ("食堂", "餐标", "12.5"),
        ("食堂", "供茶", "是"),
        ("食堂", "口味", "清淡"),
        ("食堂", "停业", ""),
        ("食堂", "开业年份", ""),
    ]
    assert initial_rows(Canteen)[1][3] == "一次能坐多少人"


def test_what_is_written_is_read() -> None:
    canteen, problems = read(名称=" 二食堂 ", 座位="８０", 餐标=15, 供茶="否", 口味="辣")
    assert problems == []
    assert canteen == Canteen("二食堂", 80, 15, False, "辣")


@pytest.mark.parametrize("blank", [None, "", " "])
def test_blank_is_the_default(blank: Value) -> None:
    assert read(名称=blank, 座位=blank, 停业=blank) == (Canteen(), [])
    assert read() == (Canteen(), [])


@pytest.mark.parametrize(
    ("item", "value", "allowed"),
    [
        ("座位", "八十来个", "1 到 999 的整数"),
        ("座位", 80.5, "1 到 999 的整数"),
        ("座位", 0, "1 到 999 的整数"),
        ("座位", 1e30, "1 到 999 的整数"),
        ("餐标", 0.4, "0.5 到 99 的数"),
        ("供茶", "随便", "是、否"),
        ("口味", "甜", "清淡、辣"),
        ("停业", "春节", "日期，如 2016-10-08"),
    ],
)
def test_what_can_t_be_used_is_told_and_the_default_holds(
    item: str, value: Value, allowed: str
) -> None:
    assert read(**{item: value}) == (Canteen(), [f"“{item}”填的是“{value}”：{allowed}"])


def test_of_a_list_what_can_be_used_holds() -> None:
    canteen, problems = read(停业="2016-10-01、中秋，2016年10月2日")
    assert canteen.closed == {dt.date(2016, 10, 1), dt.date(2016, 10, 2)}
    assert problems == ["“停业”填的是“中秋”：日期，如 2016-10-08"]
