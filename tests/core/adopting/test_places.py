"""Whose row of the master a text means."""

import pytest

from qcity_xl.core.adopting.places import RowFinder
from tests.core.adopting.books import OFFICE
from tests.core.builders import build, indicator, task, unit

PLACES = RowFinder(OFFICE)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("1.2 每季度召开一次质量例会", "T1.2"),
        ("每季度召开一次质量例会。", "T1.2"),
        ("（2）每季度召开一次质量例会", "T1.2"),
        ("3.1", "T3.1"),
        ("2.1 制定发布地方标准3项以上", "T2.1"),  # its number, and nearly its words
        ("制定发布地方标准三项或以上", "T2.1"),  # nearly its words, and no others like them
        ("9.9", ""),
        ("1.1 每季度召开一次质量例会", "T1.2"),  # its words count before another one's number
        ("1.1 全面完成厕所改造", ""),
        ("开设课程", ""),
    ],
)
def test_a_task_by_number_or_wording(said: str, key: str) -> None:
    found = PLACES.task(said)
    assert found.key == key
    assert found.why or key


def test_what_is_only_like_it_is_said() -> None:
    assert "文字略有不同" in PLACES.task("2.1 制定发布地方标准3项以上").why
    assert PLACES.task("2.1 制定发布地方标准三项以上").why == ""


def test_of_tasks_with_one_text_the_indicator_or_the_unit_tells() -> None:
    twins = RowFinder(
        build(
            indicator(1, 10),
            indicator(2, 10),
            task("1.1", "市农委", text="定期报送信息"),
            task("2.1", "市教育局", text="定期报送信息"),
            unit("市农委"),
            unit("市教育局"),
        )
    )
    assert twins.task("定期报送信息").key == ""
    assert "1.1、2.1" in twins.task("定期报送信息").why
    assert twins.task("2.1 定期报送信息").key == "T2.1"
    assert twins.task("定期报送信息", indicator="I2").key == "T2.1"
    assert twins.task("定期报送信息", unit="市教育局").key == "T2.1"


def test_indicators_and_criteria() -> None:
    assert PLACES.indicator("2、标准供给").key == "I2"
    assert PLACES.indicator("质量人才").key == "I3"
    assert PLACES.criterion("1(2)").key == "C1.2"
    assert PLACES.criterion("制定地方标准").key == "C2.1"
    assert PLACES.criterion("7(9)").key == ""


@pytest.mark.parametrize(
    ("cell", "names", "unknown"),
    [
        ("市农委、教育局", ("市农委", "市教育局"), ()),
        ("牵头：农委；配合：成员单位", ("市农委", "成员单位"), ()),
        ("水务局", ("市水务局",), ()),
        ("无", (), ()),
        ("市农委、市气象局", ("市农委",), ("市气象局",)),
        ("待定", (), ("待定",)),
    ],
)
def test_units(cell: str, names: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    found = PLACES.units(cell)
    assert (found.names, found.unknown) == (names, unknown)
