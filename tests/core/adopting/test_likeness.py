"""How like texts are."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.adopting.likeness import Texts, bare, likeness

WORDS = st.text("质量强市标准例会专班一二三", max_size=12)


@given(WORDS, WORDS)
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1


@given(st.lists(WORDS.filter(bool), min_size=1, unique=True), WORDS)
def test_the_nearest_is_the_one_most_like(texts: list[str], asked: str) -> None:
    found = Texts({str(n): text for n, text in enumerate(texts)}).nearest(asked, 1)
    best = max(likeness(asked, text) for text in texts)
    assert (found[0][0] if found else 0) == best


def test_marks_and_blanks_count_for_nothing() -> None:
    assert bare("建立 质量（工作）专班。") == "建立质量工作专班"
    texts = Texts({"T1.1": "建立质量工作专班", "T1.2": ""})
    assert texts.same("建立质量工作专班。") == ["T1.1"]
    assert texts.same("") == []
