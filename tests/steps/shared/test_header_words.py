"""What was once said of a header is known the next time."""

import pytest

from qcity_xl.core.errors import NothingToDo
from qcity_xl.core.schema import SETTINGS
from qcity_xl.steps.shared.header_words import WORDS_ROW, known_words, taught
from tests.core.builders import set_cell, setting, sound

MASTER = sound(setting("总表", "表头的意思", "采集分=分值"))


def test_new_words_count_before_those_of_before() -> None:
    assert known_words(MASTER, "抓总的=牵头单位") == (*(("抓总的", "leads"), ("采集分", "points")),)
    assert known_words(MASTER, ["采集分=不读"]) == (("采集分", "left"),)


def test_only_what_is_said_now_is_written() -> None:
    assert not taught(MASTER, "", known_words(MASTER, ""))
    (change,) = taught(MASTER, "抓总的=牵头单位", known_words(MASTER, "抓总的=牵头单位"))
    assert (change.row, change.new) == (WORDS_ROW, "抓总的=牵头单位；采集分=分值")
    again = set_cell(MASTER, SETTINGS, WORDS_ROW, "value", change.new)
    assert not taught(again, "抓总的=牵头单位", known_words(again, "抓总的=牵头单位"))


def test_what_nobody_can_read_is_said() -> None:
    with pytest.raises(NothingToDo, match="看不懂“采集分”"):
        known_words(MASTER, "采集分")
