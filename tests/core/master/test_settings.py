"""Settings as an office types them, and what becomes of those that can't be used."""

import pytest

from qcity_xl.core.master.settings import Limits, Settings, parse_settings, years_in
from qcity_xl.core.schema import SETTINGS
from qcity_xl.core.values import Value
from tests.core.builders import build, embedded, setting


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2016", (2016,)),
        ("2016-2017", (2016, 2017)),
        ("2016—2018年", (2016, 2017, 2018)),
        ("２０１６－２０１７", (2016, 2017)),
        ("2016年至2018年", (2016, 2017, 2018)),
        ("2015-05-01至2017-06-30", (2015, 2016, 2017)),
        ("2016、2018", (2016, 2018)),
        ("2016，2017", (2016, 2017)),
        ("2016\n2018", (2016, 2018)),
        ("2016年12月底前", (2016,)),
        ("2017-2016", ()),
        ("年底", ()),
        ("20163", ()),
        ("1号楼", ()),
        ("", ()),
    ],
)
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text) == years


READ: list[tuple[str, str, Value, str, object]] = [
    ("总表", "城市", " 常州 ", "city", "常州"),
    ("总表", "考核年份", "２０１７", "review_year", 2017),
    ("总表", "考核年份", 2017.0, "review_year", 2017),
    ("总表", "任务年份", "2016—2017", "years", (2016, 2017)),
    ("总表", "任务年份", 2016, "years", (2016,)),
    ("计分", "待审佐证计入", "否", "count_pending", False),
    ("佐证", "空白行", "0", "blank_rows", 0),
    ("轮次", "填报天数", 7, "days", 7),
]


@pytest.mark.parametrize(("group", "item", "value", "name", "meant"), READ)
def test_a_setting_is_read(group: str, item: str, value: Value, name: str, meant: object) -> None:
    rows = build(setting(group, item, value)).rows(SETTINGS).values()
    settings, problems = parse_settings(rows)
    assert problems == []
    assert getattr(settings, name) == meant


UNUSABLE: list[tuple[str, str, Value]] = [
    ("总表", "考核年份", "明年"),
    ("总表", "任务年份", "这两年"),
    ("计分", "待审佐证计入", "也许"),
    ("轮次", "填报天数", "-3"),
    ("轮次", "填报天数", "9" * 400),
    ("佐证", "空白行", "十行"),
    ("读取限制", "文件大小", 0),
    ("读取限制", "列数", "很多"),
]


@pytest.mark.parametrize(("group", "item", "value"), UNUSABLE)
def test_a_setting_that_can_t_be_used_is_told_and_its_default_holds(
    group: str, item: str, value: Value
) -> None:
    settings, (problem,) = parse_settings(
        build(setting(group, item, value)).rows(SETTINGS).values()
    )
    assert settings == Settings()
    assert (problem.code, problem.severity, problem.sheet) == ("setting", "error", "设置")
    assert item in problem.found
    assert str(value) in problem.found


def test_blank_settings_are_the_defaults() -> None:
    blank = build(setting("总表", "城市", None), setting("读取限制", "列数", None))
    assert parse_settings(blank.rows(SETTINGS).values()) == (Settings(), [])
    assert parse_settings([]) == (Settings(), [])


def test_the_embedded_settings_are_the_defaults_of_the_code() -> None:
    settings, problems = parse_settings(embedded().rows(SETTINGS).values())
    assert problems == []
    assert settings.limits == Limits()
    assert (settings.years, settings.review_year) == ((2016, 2017), 2017)
    assert (settings.days, settings.blank_rows, settings.count_pending) == (
        Settings().days,
        Settings().blank_rows,
        Settings().count_pending,
    )
    assert settings.kinds_of_method["查阅文件"] == "文件"
    assert settings.kinds_of_method["听取汇报"] == ""
