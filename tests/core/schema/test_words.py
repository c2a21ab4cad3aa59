"""Words that stand in cells: one list each, and the state of evidence by how it begins."""

import pytest

from qcity_xl.core.schema import words
from qcity_xl.core.schema.words import lacks_evidence, progress_word, rate_in
from qcity_xl.core.values import Value

LISTS = {
    name: value
    for name, value in vars(words).items()
    if isinstance(value, tuple) and name.isupper() and all(isinstance(w, str) for w in value)
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_each_word_once_and_a_dropdown_can_offer_it(name: str) -> None:
    assert len(set(LISTS[name])) == len(LISTS[name])
    assert all(word.strip() == word and "," not in word for word in LISTS[name])


def test_words_of_one_list_do_not_begin_each_other() -> None:
    for listed in (words.PROGRESS, words.MAIL_STATES, words.ROUND_STATES, words.EVIDENCE_STATES):
        assert not [(a, b) for a in listed for b in listed if a != b and b.startswith(a)]


@pytest.mark.parametrize(
    ("state", "lacks"),
    [
        ("缺2/5", True),
        ("缺：7(2)", True),
        ("齐全", False),
        ("无需", False),
        (None, False),
        (3, False),
    ],
)
def test_evidence_that_is_lacking(state: Value, lacks: bool) -> None:
    assert lacks_evidence(state) is lacks


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("进行中", "推进中"),
        ("已办结。", "已完成"),
        ("尚未启动", "未开始"),
        ("进度滞后", "有困难"),
        ("80%", "推进中"),
        ("已完成１００％", "已完成"),
        ("完成率：0%", "未开始"),
        ("八成", "推进中"),
        ("未完成", None),  # not begun, or under way
        ("否", None),
        ("120%", None),
        ("已完成前期调研", None),
        ("", None),
    ],
)
def test_what_offices_say_of_progress(said: str, means: str | None) -> None:
    assert progress_word(said) == means


def test_every_word_of_the_dropdown_means_itself() -> None:
    assert [progress_word(word) for word in words.PROGRESS] == list(words.PROGRESS)


@pytest.mark.parametrize(
    ("said", "rate"), [("约完成62.5%", 62.5), ("三成", 30), ("0%", 0), ("101%", None), ("5", None)]
)
def test_how_much_is_done(said: str, rate: float | None) -> None:
    assert rate_in(said) == rate
