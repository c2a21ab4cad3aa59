"""Numbers with units: one table, one reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.quantities import (
    QUANTITY,
    Quantity,
    finest,
    in_unit,
    is_scaled,
    parse_number_word,
    parse_quantity,
    quantity_text,
)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("12次", 12, "次"),
        ("1,200份", 1200, "份"),
        ("3.5亿元", 350_000_000, "元"),
        ("20万平方米", 200_000, "平方米"),
        ("百分之八十五", 85, "%"),
        ("千分之三", 3, "‰"),
        ("万分之五", 0.05, "%"),
        ("四分之三", 75, "%"),
        ("六成", 60, "%"),
        ("八成五", 85, "%"),
        ("十六家", 16, "家"),
        ("零点五", 0.5, ""),
        ("2百分点", 2, "个百分点"),
        ("7日", 7, "天"),
        ("3个工作日", 3, "工作日"),
        ("14㎡", 14, "平方米"),
        ("14m2", 14, "平方米"),
        ("2万m³", 20_000, "立方米"),
        ("35微克/m3", 35, "微克/立方米"),
        ("5kg", 5, "千克"),
    ],
)
def test_a_quantity_is_read(text: str, number: float, unit: str) -> None:
    assert parse_quantity(text) == Quantity(number, unit)


@pytest.mark.parametrize("text", ["", "若干", "一流水平很高啊啊啊啊", "3,4", "二三家"])
def test_what_is_no_quantity_is_none(text: str) -> None:
    assert parse_quantity(text) is None


@given(
    st.integers(0, 10**9).map(lambda n: n / 100) | st.integers(1, 99).map(lambda n: n * 10_000.0),
    st.sampled_from(["", "元", "平方米", "家", "%"]),
)
def test_a_quantity_reads_what_it_wrote(number: float, unit: str) -> None:
    assert parse_quantity(quantity_text(number, unit)) == Quantity(round(number, 6), unit)


def test_a_quantity_in_ten_thousands_is_known() -> None:
    assert is_scaled(50_000)
    assert not is_scaled(600)
    assert quantity_text(50_000, "册") == "5万册"
    assert parse_number_word("二十点五") == 20.5
    assert QUANTITY


def test_units_of_one_measure_are_one_another() -> None:
    assert in_unit(2, "小时", "分钟") == 120
    assert in_unit(500, "米", "公里") == 0.5
    assert in_unit(3, "工作日", "小时") is None
    assert in_unit(3, "吨", "米") is None
    assert finest({"小时", "天", "分钟"}) == "分钟"
    assert finest({"工作日", "天"}) == finest({"个", "家"}) == ""
