"""Words that can be understood in more than one way."""

import pytest

from qcity_xl.core.lint.wording import either_or, parts, vague_words, yearly

from .examples import Rulings, case, told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("群众对食品安全知晓度高", "知晓度高"),
        ("投诉处理合理、及时", "合理、及时"),
        ("科普活动取得很好效果", "很好效果"),
        ("群众满意度居全省前列", "前列"),
        ("基本消除黑臭水体", "基本消除"),
        ("建有食品检测中心", ""),
        ("全年办结率100%", ""),
    ],
)
def test_words_without_a_measure(text: str, words: str) -> None:
    found = list(vague_words(case("达成", "", 6, text)))
    assert [(f.found, f.effect) for f in found] == ([(f"“{words}”没有标准", 6)] if words else [])


def test_a_word_for_places_is_worth_what_one_place_is() -> None:
    asked: Rulings = {"前列": ("6", ""), "中游": ("15", "")}
    one = case("名次", "前列：9；中游：5；其余：0", 9, rulings=asked)
    assert told(vague_words, one) == [("word", 4), ("word", 5)]
    first = next(iter(vague_words(one)))
    assert first.options[1].words == "“前列”到第5名为止，第6名"
    assert told(vague_words, case("名次", "≤6：9；其余：0", 9)) == []


def test_a_word_in_a_level_is_worth_the_step_to_the_next() -> None:
    levels = "10：有阵地且宣传充分；4：有阵地但宣传不充分；0：没有阵地"
    assert told(vague_words, case("分档", levels, 10)) == [("word", 6)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("绿色建筑比重、装配式建筑比重都逐年提高", [("partial", 4)]),
        ("污水处理率和垃圾处理率都高于全省", [("partial", 4)]),
        ("污水处理率高于全省", []),
        ("污水处理率或垃圾处理率高于全省", []),
    ],
)
def test_two_measures_for_one_sum(text: str, found: list[tuple[str, float]]) -> None:
    assert told(parts, case("达成", "", 8, text)) == found


@pytest.mark.parametrize(
    ("kind", "params", "text", "period", "found"),
    [
        ("达成", "≥2个", "有工作制度，并建成2个以上基地或通过省级验收", "", [("either", 7)]),
        ("达成", "", "有工作制度，或通过省级验收", "", []),
        ("达成", "", "事故数下降，或伤亡率下降", "连续3年", [("either", 7)]),
        ("数值分段", "≥4家：7", "获评名牌或省级以上质量奖的企业不少于4家", "", [("either", 7)]),
        ("数值分段", "≥1家：7", "获评名牌或省级以上质量奖的企业不少于1家", "", []),
        ("数值分段", "≥4家：7", "获评名牌的企业不少于4家", "", []),
    ],
)
def test_either_or(
    kind: str, params: str, text: str, period: str, found: list[tuple[str, float]]
) -> None:
    assert told(either_or, case(kind, params, 7, text, period=period or None)) == found


def test_a_figure_for_each_year_takes_one_answer() -> None:
    assert told(yearly, case("数值分段", "≥90%：7", 7, period="每年")) == [("yearly", 7)]
    assert told(yearly, case("数值分段", "≥90%：7", 7, period="每年6月")) == [("yearly", 7)]
    assert told(yearly, case("数值分段", "≥90%：7", 7, period="当年")) == []
    assert told(yearly, case("达成", "", 7, period="每年")) == []
