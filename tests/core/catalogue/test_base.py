"""A step's record: what may be asked together, and what is lacking."""

import pytest

from qcity_xl.core.catalogue.base import Option, Step

COLLECT = Step(
    *("visits", "走访", "走访记录"),
    "登记走访。",
    options=(
        Option("mail", "收邮箱", "flag", "收邮箱。", "--mail", required=True, one_of="source"),
        Option(
            "disk", "收文件夹", "folder", "收文件夹。", "--disk", required=True, one_of="source"
        ),
        Option("plain", "存文本", "flag", "存文本。", "--plain", one_of="form"),
        Option("word", "存 Word", "flag", "存 Word。", "--word", one_of="form"),
        Option("round_name", "轮次", "round", "哪一轮。", "--round"),
    ),
)


def names(options: tuple[Option, ...]) -> list[str]:
    return [option.name for option in options]


@pytest.mark.parametrize(
    ("asked", "clash", "lacking"),
    [
        ({"mail": True}, [], []),
        ({"mail": True, "plain": True}, [], []),
        ({"mail": True, "plain": True, "word": True}, ["plain", "word"], []),
        ({"mail": False, "round_name": "第2轮"}, [], ["mail", "disk"]),
        ({}, [], ["mail", "disk"]),
    ],
)
def test_alternatives(asked: dict[str, object], clash: list[str], lacking: list[str]) -> None:
    assert names(COLLECT.clash(asked)) == clash
    assert names(COLLECT.lacking(asked)) == lacking


def test_an_option_is_found_by_its_name() -> None:
    assert COLLECT.option("round_name").flag == "--round"
    assert names(COLLECT.alternatives("form")) == ["plain", "word"]


def test_the_button_has_a_name_that_vba_takes() -> None:
    assert COLLECT.macro == "QcVisits"
    assert COLLECT.macro.isascii()
