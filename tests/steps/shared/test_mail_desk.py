"""The desk: all letters ready and checked before the first one leaves."""

import pytest

from qcity_xl.core.errors import Unknown
from qcity_xl.core.mail.delivery import POSTING, WAITING
from qcity_xl.core.mail.letters import Item
from qcity_xl.steps.shared.mail_desk import MailDesk, open_desk
from qcity_xl.steps.shared.mail_orders import Extras, Orders
from qcity_xl.steps.shared.outcome import DONE, LEFT
from qcity_xl.steps.shared.plain_text import text_lines
from tests.mail.conftest import UNITS_USED, Office, office, prepared

__all__ = ["office", "prepared"]


def opened(office: Office, **orders: object) -> MailDesk:
    return open_desk(office.path, office.context, POSTING, Orders(**orders))  # type: ignore[arg-type]  # a test's own words


def filled(desk: MailDesk) -> MailDesk:
    """A letter for each unit on the desk."""
    for key in desk.rows:
        desk.add(key, "下发", [Item("任务1.1", "秋收", "")], Extras())
    return desk


def test_a_letter_for_each_unit_of_the_round(office: Office) -> None:
    desk = filled(opened(office))
    assert [entry.unit for entry in desk.entries] == [row["unit"] for row in desk.rows.values()]
    assert {entry.unit for entry in desk.entries} == set(UNITS_USED)
    report = desk.finish()
    assert report.status == DONE
    assert report.advice
    assert set(office.states().values()) == {""}


def test_only_the_units_that_are_wanted(office: Office) -> None:
    assert [row["unit"] for row in opened(office, units=("农委",)).rows.values()] == ["市农委"]


@pytest.mark.parametrize(
    "orders", [{"round": "第7轮"}, {"units": ("市粮食局",)}, {"resend": ("市粮食局",)}]
)
def test_what_was_not_sent_is_not_known(office: Office, orders: dict[str, object]) -> None:
    with pytest.raises(Unknown):
        opened(office, **orders)


def test_one_address_that_is_none_keeps_all_back(office: Office) -> None:
    office.unit("市农委", email="王敏")
    desk = filled(opened(office))
    report = desk.finish()
    assert report.status == LEFT
    assert any("一封都不会发" in line for line in text_lines(report))
    (kept,) = (entry for entry in desk.entries if entry.unit == "市农委")
    assert (kept.state, kept.parcel) == (WAITING, None)


def test_an_offline_unit_gets_no_mail_and_is_no_problem(office: Office) -> None:
    office.unit("市农委", email="线下")
    desk = filled(opened(office))
    assert desk.finish().status == DONE
    assert {entry.unit for entry in desk.entries if entry.parcel} == set(UNITS_USED) - {"市农委"}
