"""Settings as an office types them, and what becomes of those that can't be used."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from qcity_xl.core.master.settings import Settings, office_rows, parse_settings, years_in
from qcity_xl.core.schema import INDICATORS, SETTINGS
from qcity_xl.core.schema.rounds import EVIDENCE_KINDS
from qcity_xl.core.text import entries
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
    ("轮次", "填报天数", 7.5),
    ("总表", "考核年份", 17),
    ("轮次", "填报天数", "9" * 400),
    ("佐证", "空白行", "十行"),
    ("佐证", "空白行", 200_000),
    ("轮次", "填报天数", 1e9),
    ("存档", "快照份数", 1e30),
    ("总表", "考核年份", 20_170),
    ("读取限制", "行数", 1e30),
    ("读取限制", "解压大小", 1e12),
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


def test_a_new_master_has_a_row_for_each_default() -> None:
    rows = [
        {"group": group, "item": item, "value": value or None}
        for group, item, value, _ in office_rows()
    ]
    settings, problems = parse_settings(rows)
    assert problems == []
    assert replace(settings, kinds_of_method={}) == Settings()
    assert len(rows) == len({(row["group"], row["item"]) for row in rows})


def test_each_way_of_review_asks_for_a_kind_of_evidence_that_there_is() -> None:
    kinds = parse_settings(embedded().rows(SETTINGS).values())[0].kinds_of_method
    assert {kind for kind in kinds.values() if kind} <= set(EVIDENCE_KINDS)
    assert (kinds["查阅文件"], kinds["听取汇报"]) == ("文件", "")
    methods = {way for row in embedded().rows(INDICATORS).values() for way in _ways(row)}
    assert methods <= set(kinds)


def _ways(row: Mapping[str, Value]) -> list[str]:
    return entries(str(row["methods"] or ""))
