"""When two cells mean the same, and when they must not."""

import datetime as dt
import itertools
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.text import clean
from qcity_xl.core.values import (
    ColumnType,
    Value,
    canonical,
    loose,
    parse_date,
    parse_number,
    same_meaning,
    tidy,
)

HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)}
MAY = dt.date(2016, 5, 3)
SIX_FORMS: tuple[Value, ...] = (
    "2016-5-3",
    "2016/05/03",
    "2016.5.3",
    "2016年5月3日",
    "20160503",
    "２０１６－０５－０３ 00:00:00",
)

EQUAL: list[tuple[Value, Value, ColumnType]] = [
    (1, 1.0, "number"),
    (1, "1", "number"),
    ("1.0", 1, "number"),
    ("1,200", 1200, "number"),
    (0.1 + 0.2, 0.3, "number"),
    (1.0, "１", "text"),
    (13.1, "13.1", "text"),
    (13800138000, "13800138000", "text"),
    (None, "", "text"),
    (None, " 　", "text"),
    (None, "\n", "text"),
    (None, "\uf030", "text"),
    ("市农委 ", "市农委", "text"),
    ("\t市农委\r\n", "市农委", "text"),
    ("已印发，待落实", "已印发,待落实", "text"),
    ("２０１６", "2016", "text"),
    ("2016—2017", "2016-2017", "text"),
    ("2016－2017", "2016-2017", "text"),
    ("2016 – 2017", "2016-2017", "text"),
    ("第一行\n第二行", "第一行第二行", "text"),
    ("20\uf030分", "20分", "text"),
    ("HACCP", "ＨＡＣＣＰ", "text"),
    ("认证 A B 两类", "认证A B两类", "text"),
    ("2016 ～ 2017", "2016-2017", "text"),
    (True, "TRUE", "text"),
    (dt.datetime(2016, 5, 3), MAY, "date"),  # cells know no time zone
    (42493, MAY, "date"),
    (20160503, MAY, "date"),
    ("2016年5月3号", MAY, "date"),
    *((form, MAY, "date") for form in SIX_FORMS),
]

DIFFERENT: list[tuple[Value, Value, ColumnType]] = [
    ("13.1", "13.10", "text"),
    (13.1, "13.10", "text"),
    ("13.1", "13.10", "key"),
    ("007", "7", "text"),
    ("007", 7, "text"),
    ("0519", "519", "text"),
    (0, None, "number"),
    ("0", "", "text"),
    (False, None, "text"),
    (1, "1%", "text"),
    ("7、8", "78", "text"),
    ("7,8", "78", "text"),
    ("1，2", "12", "text"),
    ("3(1)", "31", "text"),
    ("320405201605030017", "320405201605030018", "text"),
    ("2016-2017", "20162017", "text"),
    ("2016-05-03", "2016-05-04", "date"),
    ("2016-13-45", "2016-12-31", "date"),
    ("市农委", "农委", "text"),
    ("-5", "5", "text"),
    ("haccp", "HACCP", "text"),
    ("抽检3 4批", "抽检34批", "text"),
    ("抽检3\n4批", "抽检34批", "text"),
    ("三 四批", "三四批", "text"),
    ("3. 4批", "3.4批", "text"),
    ("5³", "53", "text"),
    ("5³", 53, "number"),
    ("第②类", "第2类", "text"),
    ("③", 3, "number"),
    ("Ⅲ级", "III级", "text"),
    ("1 200", 1200, "number"),
    (True, 1, "text"),
    (False, 0, "number"),
    (True, "true", "text"),
]


@pytest.mark.parametrize(("one", "other", "kind"), EQUAL)
def test_equal_in_meaning(one: Value, other: Value, kind: ColumnType) -> None:
    assert same_meaning(one, other, kind)
    assert same_meaning(other, one, kind)


@pytest.mark.parametrize(("one", "other", "kind"), DIFFERENT)
def test_not_equal_in_meaning(one: Value, other: Value, kind: ColumnType) -> None:
    assert not same_meaning(one, other, kind)
    assert not same_meaning(other, one, kind)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False),
    st.dates(dt.date(1900, 3, 1)),
    st.text(),
    st.text("0123456789.-, １２—年月日\uf030\n", max_size=12),
    st.sampled_from(SIX_FORMS),
)
TYPES: st.SearchStrategy[ColumnType] = st.sampled_from(("text", "number", "date", "choice", "key"))


@given(VALUES, TYPES)
def test_a_value_means_what_it_means(value: Value, kind: ColumnType) -> None:
    assert same_meaning(value, value, kind)
    assert same_meaning(value, tidy(value), kind)
    assert tidy(tidy(value)) == tidy(value)


@given(VALUES, TYPES)
def test_the_meaning_of_a_meaning_is_itself(value: Value, kind: ColumnType) -> None:
    assert canonical(canonical(value, kind), kind) == canonical(value, kind)


@given(st.one_of(st.text(), st.from_regex(r"[0-9A-Za-z²①一二.,:\s]{1,8}", fullmatch=True)))
def test_what_means_the_same_shows_the_same_but_for_width_dashes_and_blanks(text: str) -> None:
    """No letter or digit is lost or turned into another, and no two numbers become one."""

    def words(said: str) -> list[str]:
        return re.findall(r"[0-9A-Za-z²①]+", said)

    assert words(canonical(f"x{text}x")) == words(clean(f"x{text}x").translate(HALF_WIDTH))


def test_packs_that_are_out_keep_their_hash() -> None:
    said = ("ＨＡＣＣＰ  认证", "10²", "1,200.5", "13.10", "007", "第①项", "—", "\uf030")
    assert [loose(text) for text in said] == [
        *("haccp认证", "102", "1200.5", "13.10", "007", "第1项", "-", "")
    ]


@given(VALUES, VALUES, TYPES)
def test_equality_is_symmetric(one: Value, other: Value, kind: ColumnType) -> None:
    assert same_meaning(one, other, kind) == same_meaning(other, one, kind)


@given(st.text())
def test_outer_blanks_never_matter(text: str) -> None:
    assert same_meaning(text, f"\u3000{text} \n")


@pytest.mark.parametrize("form", SIX_FORMS)
def test_a_date_in_six_forms(form: Value) -> None:
    assert parse_date(form) == MAY


@pytest.mark.parametrize(
    "text",
    [
        "2016-05-03 14:30",
        "2016-5-3 4:30:15",
        "2016-05-03T14:30:00Z",
        "2016-05-03T08:00+08:00",
        "2016年5月3日下午2点30分",
        "２０１６／５／３　９：００",
        "二〇一六年五月三日",
        "二○一六年五月三号",
        "二零一六年五月三日 10时",
    ],
)
def test_a_time_of_day_and_chinese_numerals_are_no_hindrance(text: str) -> None:
    assert parse_date(text) == MAY


def test_a_day_of_two_numerals() -> None:
    assert parse_date("二〇一七年十二月二十一日") == dt.date(2017, 12, 21)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2016-05-03 某时",
            "一六年五月三日",
            "二〇一六年十三月一日",
            "2016",
            "2016-05",
            "5月3日",
            "2016-02-30",
            "明年",
            "",
            "20161345",
            "2016-05-03 之前",
        )
    ],
)
def test_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "number", [0, 60, 1999, 2016, 2030, 200_000, -1, 1e300, math.inf, math.nan, True, 20161345]
)
def test_a_number_that_is_no_day(number: float) -> None:
    assert parse_date(number) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1,200", 1200),
        ("１２．５", 12.5),
        ("-3", -3),
        ("+3", 3),
        (" 20\uf030 ", 20),
        ("1,234,567.8", 1234567.8),
        (7, 7),
    ],
)
def test_a_number_as_text(written: Value, number: float) -> None:
    assert parse_number(written) == number


@pytest.mark.parametrize(
    "value",
    [*("", "1,2", "12,34", "约20", "20分", "1e3", "二十", "9" * 400), True, None, MAY, math.inf],
)
def test_no_number(value: Value) -> None:
    assert parse_number(value) is None


def test_tidy_values_are_what_a_cell_holds() -> None:
    assert tidy(3.0) == 3
    assert tidy("  市农委\u3000\n") == "市农委"
    assert tidy("\uf030") is None
    assert tidy(dt.datetime(2016, 5, 3)) == MAY
    assert tidy(dt.datetime(2016, 5, 3, 9, 30)) == "2016-05-03 09:30"
    assert tidy(dt.time(9, 30)) == "09:30:00"


def test_the_forms_of_one_date_are_one_class() -> None:
    for one, other in itertools.combinations([MAY, *SIX_FORMS], 2):
        assert same_meaning(one, other, "date")
