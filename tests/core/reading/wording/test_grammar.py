"""The phrases that say how points are earned or lost, one at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.reading.wording import grammar as g


def phrase(text: str) -> tuple[str, dict[str, str]] | None:
    return next(((kind, parts) for kind, _, parts in g.phrases(text)), None)


@pytest.mark.parametrize(
    ("text", "letter", "parts"),
    [
        ("得7分", g.AWARD, {"n": "7"}),
        ("另加1.5分", g.AWARD, {"more": "另加", "n": "1.5"}),
        ("得满分的40%", g.SHARE, {"pct": "40%"}),
        ("不得分", g.ZERO, {}),
        ("得0分", g.ZERO, {}),
        ("得10分", g.AWARD, {"n": "10"}),
        ("(3分)", g.MARK, {"n": "3"}),
        ("扣减0.5分/处", g.DEDUCT, {"n": "0.5", "unit": "处"}),
        ("扣完为止", g.UNTIL, {}),
        ("不超过3分", g.CAP, {"n": "3"}),
        ("2分/次", g.RATE, {"n": "2", "unit": "次"}),
        ("依次得9、7、5分", g.IN_TURN, {"list": "9、7、5分"}),
        ("按完成比例计分", g.PROPORTION, {"by": "按完成比例计分"}),
        ("酌情打分", g.JUDGE, {}),
        ("一票否决", g.VETO, {}),
        ("作合理缺项处理", g.LACK, {}),
        ("不重复计分", g.NOTE, {"twice": "重复"}),
        ("不足1个的不扣", g.SETTLE, {"q": "1个", "free": "不扣"}),
        ("并列按较高名次计分", g.TIES, {}),
        ("按等次计分:", g.INTRO, {}),
    ],
)
def test_each_phrase_has_its_letter_and_its_parts(
    text: str, letter: str, parts: dict[str, str]
) -> None:
    assert phrase(text) == (letter, parts)


def test_points_that_are_a_measure_are_quiet() -> None:
    assert phrase("测评达到85分") == (g.QUIET, {})


@pytest.mark.parametrize("text", ["等候3分钟", "得5分钟", "设3分公司"])
def test_what_only_looks_like_points_is_no_phrase(text: str) -> None:
    assert phrase(text) is None


@pytest.mark.parametrize("text", ["权重5%", "乘以系数", "加权平均", "折算后汇总"])
def test_what_speaks_of_points_and_fits_nothing_is_loud(text: str) -> None:
    assert phrase(text) == (g.LOUD, {})


PIECES = (
    *("得5分", "每少一次扣2分", "扣完为止", "不得分", "（3分）", "合理缺项", "按", "最高10分"),
    *("3项", "，", "；", "达到95%以上的", "酌情打分", "一票否决", "本项满分6分", "不足1个的不扣"),
    *("就高不就低", "得满分的60%", "完成", "依次得9、7、5分", "按完成比例计分", "2分/次", "。"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_places_found_without_groups_are_those_of_the_whole_grammar(text: str) -> None:
    found = [(match.span(), match.lastgroup) for _, match, _ in g.phrases(text)]
    assert found == [(match.span(), match.lastgroup) for match in g.whole().finditer(text)]
