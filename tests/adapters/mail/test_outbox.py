"""The outbox: the last word on each message, also after a line was cut off."""

from pathlib import Path

import pytest

from qcity_xl.adapters.mail.outbox import Outbox
from qcity_xl.core.errors import AnotherStep, CannotWrite
from qcity_xl.core.mail.delivery import WAITING, Event
from qcity_xl.core.schema.words import SENDING, SENT


def test_the_last_word_counts(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.record(["<甲>", "<乙>"], Event(WAITING, "2016-11-22 09:30"))
    outbox.record(["<甲>"], Event(SENT, "2016-11-22 09:31", "3个收件人"))
    assert Outbox(tmp_path).events() == {
        "<甲>": Event(SENT, "2016-11-22 09:31", "3个收件人"),
        "<乙>": Event(WAITING, "2016-11-22 09:30"),
    }


def test_before_the_first_line_nothing_is_known(tmp_path: Path) -> None:
    assert Outbox(tmp_path).events() == {}


def test_a_line_that_was_cut_off_swallows_no_other(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.record(["<甲>"], Event(SENDING))
    path = tmp_path / "outbox.jsonl"
    path.write_bytes(path.read_bytes().rstrip()[:-9])
    outbox.record(["<乙>"], Event(SENT))
    assert outbox.events() == {"<乙>": Event(SENT)}


def test_one_run_at_a_time(tmp_path: Path) -> None:
    first, second = Outbox(tmp_path / "旁边"), Outbox(tmp_path / "旁边")
    with first.held(), pytest.raises(AnotherStep), second.held():
        pass
    with second.held():
        pass


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        Outbox(tmp_path / "没有这个文件夹").record(["<甲>"], Event(SENT))
