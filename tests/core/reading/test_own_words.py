"""What the office says of the columns of its document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.reading.columns import MEANING_NAMES, Meaning, place_of
from qcity_xl.core.reading.model import ColumnRead
from qcity_xl.core.reading.own_words import parse_words, unused, words_text


def test_several_stand_in_one_text_and_the_first_of_a_column_holds() -> None:
    words, faults = parse_words(["采集分=分值；D列＝牵头单位", "采集分=得分", "第4列=配合单位"])
    assert words == (("采集分", "points"), ("D列", "leads"))
    assert faults == ()


@pytest.mark.parametrize("said", ["采集分", "采集分=多少分", "=分值", "C列="])
def test_what_is_no_explanation_is_given_back(said: str) -> None:
    assert parse_words([said, "干什么=工作任务"]) == ((("干什么", "task"),), (said,))


@given(
    st.dictionaries(
        st.text("采集权值谁来办什么项目", min_size=1, max_size=6),
        st.sampled_from(list(MEANING_NAMES)),
    )
)
def test_what_is_written_is_read_again(said: dict[str, Meaning]) -> None:
    words = tuple(said.items())
    assert parse_words([words_text(words)]) == (words, ())


@pytest.mark.parametrize(
    ("word", "place"),
    [("C", 3), ("c列", 3), ("Ｃ列", 3), ("AA列", 27), ("第12列", 12), ("NO", None), ("第列", None)],
)
def test_a_column_is_named_by_letter_or_number(word: str, place: int | None) -> None:
    assert place_of(word) == place


def test_a_word_that_no_column_bears_is_told() -> None:
    columns = [ColumnRead("表1", "第1列", "采集分（分）", "分值")]
    words = (("采集分", "points"), ("A列", "points"), ("C列", "task"), ("谁来办", "leads"))
    assert unused(words, columns) == ["C列", "谁来办"]  # type: ignore[arg-type]
