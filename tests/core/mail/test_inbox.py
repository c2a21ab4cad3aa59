"""What a file that came in is, by its content and by who sent it."""

import pytest

from qcity_xl.core.mail.inbox import (
    AGAIN,
    ORIGINAL,
    OTHER,
    PACK,
    UNUSABLE,
    Envelope,
    Incoming,
    recognise,
)
from qcity_xl.core.rounds.pack import Identity
from qcity_xl.core.schema import ROUNDS
from tests.core.builders import Entry, build, setting, unit

UNIT = "市统计局"
WHO = Identity("test", "第1轮", UNIT)
MASTER = build(
    unit(UNIT, email="LiLei@Example.com"),
    setting("总表", "总表编号", "test"),
    Entry(ROUNDS, f"R第1轮/{UNIT}", {"round": "第1轮", "unit": UNIT, "sha256": "下发的"}),
)


def state(
    identity: Identity | str,
    *,
    name: str = "填报.xlsx",
    sha256: str = "填过的",
    again: bool = False,
    sender: str = "",
) -> tuple[str, str]:
    found = Incoming(name, b"...", Envelope(mail=sender))
    received = recognise(found, MASTER, identity, sha256, again=again)
    return received.state, received.reason


def test_a_pack_is_a_pack_once() -> None:
    assert state(WHO) == (PACK, "")
    assert state(WHO, again=True) == (AGAIN, "")


def test_our_own_file_that_nobody_filled() -> None:
    assert state(WHO, sha256="下发的")[0] == ORIGINAL


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        (Identity("别的", "第1轮", UNIT), "另一份总表"),
        (Identity("test", "第9轮", UNIT), "没有给市统计局下发过第9轮"),
        ("没有内部标识", "没有内部标识"),
    ],
)
def test_what_cannot_be_merged_says_why(identity: Identity | str, words: str) -> None:
    found, reason = state(identity)
    assert found == UNUSABLE
    assert words in reason


def test_what_is_no_workbook_is_an_attachment() -> None:
    assert state("不是工作簿", name="盖章页.pdf") == (OTHER, "")
    assert state("不是工作簿", name="盖章页.pdf", again=True)[0] == AGAIN


def test_what_could_not_be_got_at_says_why() -> None:
    lost = recognise(Incoming("a.zip", None, fault="压缩包坏了"), MASTER, "", "", again=False)
    assert (lost.state, lost.reason) == (UNUSABLE, "压缩包坏了")


def test_a_sender_who_is_no_contact_of_the_unit_is_remarked() -> None:
    assert state(WHO, sender="lilei@example.com") == (PACK, "")
    found, reason = state(WHO, sender="mm@example.org")
    assert found == PACK
    assert "mm@example.org 不是市统计局登记的联系人" in reason
