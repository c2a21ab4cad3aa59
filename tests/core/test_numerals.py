"""Numbers written in Chinese are read whole, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.numerals import NUMERALS, chinese_number, whole_number

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """The number as a Chinese document writes it."""
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            many, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return f"{written(many)}{unit}{gap}{written(rest) if rest else ''}"
    return DIGITS[number]


@given(st.integers(0, 10**11))
def test_every_number_is_read_as_it_was_written(number: int) -> None:
    assert chinese_number(written(number)) == number


@given(st.integers(10, 19))
def test_ten_may_go_without_its_one(number: int) -> None:
    assert chinese_number(written(number).removeprefix("一")) == number


@given(st.text(NUMERALS, max_size=8))
def test_whatever_stands_there_a_number_or_nothing_comes_out(text: str) -> None:
    number = chinese_number(text)
    assert number is None or number >= 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("八", 8),
        ("两", 2),
        ("廿三", 23),
        ("卅", 30),
        ("一百〇五", 105),
        ("二百一十", 210),
        ("两千零四", 2004),
        ("九十九", 99),
        ("三万五", 35_000),
        ("一百五", 150),
        ("两亿零三百", 200_000_300),
    ],
)
def test_usual_ways_of_writing(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "二三", "七八十", "百", "十百", "零十", "一百零", "万", "三百二百", "第三", "3", "一半"],
)
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert chinese_number(text) is None


def test_digits_count_as_well() -> None:
    assert (whole_number("12"), whole_number("１２"), whole_number("十二")) == (12, 12, 12)
    assert whole_number("1.5") is None
