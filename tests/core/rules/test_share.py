"""部分达成: m of n parts."""

import pytest

from qcity_xl.core.rules import AnswerError, ParamsError
from qcity_xl.core.rules.share import Share

RULE = Share.parse("4项：春耕、夏管、秋收、冬储", 6)


@pytest.mark.parametrize(
    ("answer", "points"), [("3/4", 4.5), (3, 4.5), ("3项", 4.5), ("春耕、冬储", 3), ("0/4", 0)]
)
def test_parts_by_count_or_by_name(answer: str | int, points: float) -> None:
    assert RULE.score(answer, {}).points == points


def test_all_or_nothing_where_it_was_ruled() -> None:
    ruled = {"部分": "全部达到才得分"}
    assert [RULE.score(f"{n}/4", ruled).points for n in (3, 4)] == [0, 6]


@pytest.mark.parametrize("answer", ["5/4", "3/5", "春耕、休耕", "大多数"])
def test_other_parts_are_told(answer: str) -> None:
    with pytest.raises(AnswerError) as caught:
        RULE.score(answer, {})
    assert caught.value.allowed == "达到几项，如 3/4"


@pytest.mark.parametrize("params", ["", "0项", "4项：春耕、夏管", "若干项"])
def test_as_many_names_as_parts(params: str) -> None:
    with pytest.raises(ParamsError):
        Share.parse(params, 6)
