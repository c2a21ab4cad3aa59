"""The worksheet functions: a value, a sentence, or blank where there is nothing to say."""

import datetime as dt

import pytest

from qcity_xl.core.scoring.cell_functions import (
    GREEN,
    RED,
    YELLOW,
    light_of,
    refusal,
    score_of,
    why_of,
)
from qcity_xl.core.values import Value

TODAY = dt.date(2016, 9, 1)
LEVELS = ("分档", "10：已验收；4：在建")


def test_points_and_why() -> None:
    assert score_of(*LEVELS, 10, "在建") == 4
    assert why_of(*LEVELS, 10, "在建") == "档次“在建”，得4分"


def test_a_blank_answer_is_not_evaluated() -> None:
    assert score_of(*LEVELS, 10, "") == ""
    assert why_of(*LEVELS, 10, None) == "未评，尚未填答案"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((*LEVELS, 10, "没建"), "无法计分"),
        ((*LEVELS, "十来分", "在建"), "分值“十来分”不是数"),
        (("随意", "", 10, "在建"), "计分方式只能是"),
    ],
)
def test_what_cannot_be_scored_is_told(
    arguments: tuple[Value, Value, Value, Value], words: str
) -> None:
    assert words in str(score_of(*arguments))
    assert score_of(*arguments) == why_of(*arguments)


@pytest.mark.parametrize(
    ("deadline", "progress", "light"),
    [
        ("2016-08-31", "推进中", RED),
        ("2016-08-31", "已完成", GREEN),
        ("2016-09-08", "推进中", YELLOW),
        ("2016-09-09", "推进中", GREEN),
        ("2016-12-31", "有困难", YELLOW),
        (None, "推进中", ""),
        (None, "有困难", YELLOW),
    ],
)
def test_the_light_by_the_deadline(deadline: Value, progress: str, light: str) -> None:
    assert light_of(deadline, progress, TODAY) == light


def test_a_day_that_is_none_is_told() -> None:
    assert light_of("2016-12-31", "推进中", "明天") == "“明天”不是日期，不知道按哪一天算"


def test_several_cells_and_errors_are_refused() -> None:
    assert refusal(["分档", [["甲"], ["乙"]]]) == "第2个参数是一片单元格，请只选一格"
    assert refusal(["#N/A"]) == "第1个参数是错误值“#N/A”，请先改正那一格"
    assert refusal(["分档", 10, None]) == ""
