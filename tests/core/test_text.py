"""Office text: what is stripped, what counts as the same, what stands before what."""

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.text import (
    clean,
    entries,
    fold,
    half_width,
    labels_in,
    natural_key,
    number_text,
    one_line,
    shorten,
)

ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "１２ＡＢ，；：（）　 \t\n\r\uf030\u200b\ufeff—–－～~－市农委é\u0301\u00a8"
        ),
    )
)


@pytest.mark.parametrize(
    ("dumped", "meant"),
    [
        ("20\uf030", "20"),  # 分值格夹私有区字符：去掉，不当数字
        ("\uf03110\uf030", "10"),
        ("\uf032\uf030\uf0312016-2017", "2016-2017"),
        ("听取汇报\r\n查阅文件\r现场检查", "听取汇报\n查阅文件\n现场检查"),
        ("市\u200b农委\ufeff", "市农委"),
        ("坏\x00字\x0b符", "坏字符"),
    ],
)
def test_stray_characters_go_and_digits_stay(dumped: str, meant: str) -> None:
    assert clean(dumped) == meant


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("城市质\n量文化\n特色鲜\n明", "城市质量文化特色鲜明"),
        ("人行中心\r\n支行", "人行中心支行"),
        ("HACCP 认证  （ GAP ）", "HACCP 认证（ GAP ）"),
        ("  每年 9 月　", "每年 9 月"),
        ("Quality \n month", "Quality month"),
    ],
)
def test_a_broken_line_is_mended(broken: str, whole: str) -> None:
    assert one_line(broken) == whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("２０１６—２０１７", "2016-2017"),
        ("2016——2017", "2016-2017"),
        ("2016～2017", "2016-2017"),
        ("13（3）", "13(3)"),
        ("市农委 ", "市农委"),
        ("市 农\n委", "市农委"),
        ("ＨＡＣＣＰ", "haccp"),
        ("一，二；三：四", "一,二;三:四"),
        ("①", "1"),
    ],
)
def test_written_differently_meant_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("13.1", "13.10"), ("市农委", "农委"), ("7", "007")])
def test_written_alike_meant_differently(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(ODD)
def test_cleaning_and_folding_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)
    assert one_line(one_line(text)) == one_line(text)


@given(ODD)
def test_a_key_has_no_blanks_and_no_private_characters(text: str) -> None:
    key = fold(text)
    assert not any(letter.isspace() or "\ue000" <= letter <= "\uf8ff" for letter in key)
    assert fold(f" {text}\u3000") == key or text != text.strip()


@given(st.text(), st.integers(1, 50))
def test_shortened_text_fits(text: str, length: int) -> None:
    short = shorten(text, length)
    assert len(short) <= length
    assert short == text or short.endswith("…")


@pytest.mark.parametrize(
    ("number", "shown"),
    [(10.0, "10"), (7.5, "7.5"), (8 / 3, "2.67"), (0, "0"), (1060, "1060"), (12345.67, "12345.67")],
)
def test_points_as_an_office_writes_them(number: float, shown: str) -> None:
    assert number_text(number) == shown


def test_natural_order() -> None:
    tasks = ["13.10", "2.1", "13.2", "13.1", "第10轮", "第2轮", "第²轮", "5²"]
    assert sorted(tasks, key=natural_key) == [
        *("2.1", "5²", "13.1", "13.2", "13.10"),
        *("第2轮", "第10轮", "第²轮"),
    ]


NUMBERED = st.text("0123456789第轮²５三.", max_size=6)


@given(NUMBERED, NUMBERED)
def test_any_two_names_can_be_put_in_order(one: str, other: str) -> None:
    a, b = natural_key(one), natural_key(other)
    assert [a < b, b < a, a == b].count(True) == 1


def test_the_entries_of_a_list_cell() -> None:
    assert entries(" 市教育局、市财政局，市 民政局；\n\n甲,乙;丙　") == [
        *("市教育局", "市财政局", "市 民政局", "甲", "乙", "丙"),
    ]
    assert entries("、；\n \u3000") == []


DIVIDERS = "、；;，,\n\r﹑､"
PLAIN = st.text("市农林教育局（）13(2)", min_size=1, max_size=6)
HOLDING = st.lists(PLAIN, min_size=2, max_size=4).flatmap(
    lambda parts: st.sampled_from(DIVIDERS).map(lambda mark: mark.join(parts))
)


@given(st.lists(PLAIN, max_size=6), st.data())
def test_what_was_joined_by_any_divider_comes_apart(names: list[str], data: st.DataObject) -> None:
    cell = names[0] if names else ""
    for name in names[1:]:
        cell += data.draw(st.sampled_from(DIVIDERS)) + data.draw(st.sampled_from(["", " "])) + name
    assert entries(cell) == names


@given(PLAIN, HOLDING, PLAIN, st.sampled_from(DIVIDERS))
def test_a_known_name_keeps_its_dividers(one: str, known: str, other: str, mark: str) -> None:
    cell = mark.join(["甲" + one, known, "乙" + other])
    assert entries(cell, lambda part: part.strip() == known) == ["甲" + one, known, "乙" + other]


def test_a_long_cell_is_read_in_time() -> None:
    asked: list[str] = []
    assert len(entries("甲、" * 5000, asked.append)) == 5000  # append gives None: nothing is known
    assert len(asked) < 50_000


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("7(1)、7(2)", ["7(1)", "7(2)"]),
        ("7（1） 7(2)", ["7(1)", "7(2)"]),
        ("7 (1)，7", ["7(1)", "7"]),
        ("7 (3)", ["7", "(3)"]),
        (" ", []),
    ],
)
def test_the_labels_of_a_cell(cell: str, labels: list[str]) -> None:
    assert labels_in(cell, {"7", "7(1)", "7(2)"}) == labels


@given(st.text(st.one_of(st.characters(), st.sampled_from("é\u0301\u0f73①Ａ—")), max_size=40))
def test_half_width_is_nfkc_where_no_run_is_long(text: str) -> None:
    if max(map(len, re.split(r"[\w\s]", text))) <= 30:
        assert half_width(text) == unicodedata.normalize("NFKC", text)


@given(st.integers(31, 3000), st.sampled_from("\u0f73\u0323—=·"))
def test_a_long_run_keeps_all_it_holds(count: int, mark: str) -> None:
    one = Counter(unicodedata.normalize("NFKC", mark))
    found = Counter(half_width("字" + mark * count + "字"))
    assert found == Counter({"字": 2} | {c: n * count for c, n in one.items()})
