"""Names of files: any system takes them, and no two units share one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.file_names import alike, own_name, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("第1轮_市农委.xlsx", "第1轮_市农委.xlsx"),
        ("../../总表.xlsx", "_.._总表.xlsx"),
        ("a:b|c?.xlsx", "a_b_c_.xlsx"),
        ("con.xlsx", "_con.xlsx"),
        (" . ", "_"),
    ],
)
def test_a_name_is_only_a_name(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=300))
def test_any_text_makes_a_name_without_folders(text: str) -> None:
    name = safe_name(text)
    assert Path(name).name == name
    assert 0 < len(name.encode()) <= 181
    assert safe_name(name) == name


def test_a_plain_name_stays_as_it_is() -> None:
    assert own_name("市水利局", "第2轮_", ".xlsx") == "第2轮_市水利局.xlsx"


ALIKE = [
    ("市水利局/河道处", "市水利局_河道处"),
    ("A区管委会", "a区管委会"),
    ("长" * 70 + "一处", "长" * 70 + "二处"),
    ("市水利局.", "市水利局"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_files_can_not_tell_apart(one: str, other: str) -> None:
    assert alike(one) == alike(other)
    assert own_name(one).casefold() != own_name(other).casefold()


@given(st.text(min_size=1, max_size=90), st.text(min_size=1, max_size=90))
def test_two_units_never_share_a_file(one: str, other: str) -> None:
    if one != other:
        assert own_name(one, "第1轮_").lower() != own_name(other, "第1轮_").lower()
    assert Path(own_name(one)).name == own_name(one)
    assert len(own_name(one, "第1轮_", ".xlsx").encode()) < 255
