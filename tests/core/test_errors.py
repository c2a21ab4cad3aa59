"""Why a step can't go on: each cause is one Chinese sentence that names what it is about."""

import inspect

import pytest

from qcity_xl.core import errors
from qcity_xl.core.errors import FileUnreadable, QcityError, StaleCell, Unknown

CAUSES = [
    cause
    for cause in vars(errors).values()
    if inspect.isclass(cause) and issubclass(cause, QcityError) and cause is not QcityError
]


def raised(cause: type[QcityError]) -> str:
    """The sentence of a cause, its parts filled with words that can be found again."""
    parts = list(inspect.signature(cause).parameters)
    return str(cause(*(f"甲{number}乙" for number, _ in enumerate(parts))))


@pytest.mark.parametrize("cause", CAUSES, ids=[cause.__name__ for cause in CAUSES])
def test_the_sentence_names_everything_that_it_is_told(cause: type[QcityError]) -> None:
    told = raised(cause)
    for number, _ in enumerate(inspect.signature(cause).parameters):
        assert f"甲{number}乙" in told


@pytest.mark.parametrize("cause", CAUSES, ids=[cause.__name__ for cause in CAUSES])
def test_every_cause_says_what_it_is_about(cause: type[QcityError]) -> None:
    assert cause.__doc__
    assert len(raised(cause)) >= len("甲0乙")


def test_a_cell_that_is_blank_is_shown_as_blank() -> None:
    told = str(StaleCell("「单位」D7", "王敏", None))
    assert "“王敏”，实为“（空）”" in told


def test_a_reason_that_is_a_sentence_gets_no_second_advice() -> None:
    assert str(FileUnreadable("总表.xlsx", "文件在网盘上没有下载。")).count("请") == 0
    assert str(FileUnreadable("总表.xlsx", "文件不存在")).endswith("请检查文件后再试。")


def test_what_is_unknown_is_told_with_what_there_is() -> None:
    assert str(Unknown("单位", "市水产局", "市林业局、市水利局")).endswith("市林业局、市水利局。")
    assert "（无）" in str(Unknown("轮次", "第9轮", ""))
