"""A line of what is sent: for people, for programs, and whether something remains to be done."""

import pytest

from qcity_xl.core.mail.addresses import Address
from qcity_xl.core.mail.delivery import WAITING, Attachment, Parcel
from qcity_xl.core.mail.letters import Letter
from qcity_xl.core.schema.words import DRAFT, FAILED, SENT, UNSURE
from qcity_xl.steps.shared.mail_orders import OrderLine

PARCEL = Parcel(
    "R第1轮/市粮食局",
    "市粮食局",
    "<甲.1@example.com>",
    Address("zlb@example.com"),
    (Address("lilei@example.com", "李雷"), Address("hanmm@example.com")),
    (),
    Letter("请填报", ("正文",), ()),
    (Attachment("第1轮_市粮食局.xlsx", b"..."),),
)


def test_people_see_to_whom_and_what_and_why_not() -> None:
    entry = OrderLine("市粮食局", FAILED, "信箱已满", PARCEL)
    assert entry.row() == (
        *(FAILED, "市粮食局", "lilei@example.com；hanmm@example.com"),
        *("第1轮_市粮食局.xlsx", "信箱已满"),
    )


def test_programs_see_the_same() -> None:
    data = OrderLine("市粮食局", SENT, parcel=PARCEL).data()
    assert data["to"] == ["lilei@example.com", "hanmm@example.com"]
    assert (data["subject"], data["message_id"]) == ("请填报", "<甲.1@example.com>")


def test_a_unit_without_mail_has_a_line_of_its_own() -> None:
    entry = OrderLine("市粮食局", "线下")
    assert entry.row() == ("线下", "市粮食局", "", "", "")
    assert entry.data()["to"] == []


@pytest.mark.parametrize(
    ("state", "note", "is_open"),
    [
        (SENT, "", False),
        (SENT, "hanmm@example.com 被拒收", True),
        (DRAFT, "", False),
        (WAITING, "", True),
        (FAILED, "", True),
        (UNSURE, "", True),
        ("线下", "", False),
    ],
)
def test_what_remains_for_people(state: str, note: str, is_open: bool) -> None:
    assert OrderLine("市粮食局", state, note, PARCEL).is_open is is_open
