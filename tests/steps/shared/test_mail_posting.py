"""Messages on their way: claimed before, their fate after, by a carrier that fails on purpose."""

import datetime as dt
from dataclasses import dataclass, field

import pytest

from qcity_xl.adapters.mail.carrier import Delivery, MailStopped
from qcity_xl.core.history.log import operations
from qcity_xl.core.mail.addresses import Address
from qcity_xl.core.mail.delivery import POSTING, Parcel
from qcity_xl.core.mail.letters import Letter
from qcity_xl.core.mail.settings import MailSettings
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.schema.words import FAILED, SENDING, SENT
from qcity_xl.steps.shared.mail_posting import Posting
from tests.mail.conftest import Office, office, prepared

__all__ = ["office", "prepared"]


@dataclass
class Bag:
    """A carrier with a plan: what becomes of each message, by unit; what 轮次 said meanwhile."""

    office: Office
    plan: dict[str, Delivery | BaseException] = field(default_factory=dict)
    limit: int = 0
    seen: dict[str, str] = field(default_factory=dict)
    leaves: bool = False

    def open(self) -> int:
        return self.limit

    def close(self) -> None:
        self.plan = {}

    def send(self, parcel: Parcel, data: bytes) -> Delivery:
        assert parcel.message_id.encode() in data
        self.seen[parcel.unit] = self.office.states()[parcel.unit]
        fate = self.plan.get(parcel.unit, Delivery(SENT))
        if isinstance(fate, BaseException):
            raise fate
        return fate


def parcels(office: Office) -> list[Parcel]:
    letter, sender = Letter("请填报", ("见附件",), ()), Address("office@example.com")
    return [
        Parcel(key, text(row, "unit"), f"<{n}@example.com>", sender, (sender,), (), letter, size=9)
        for n, (key, row) in enumerate(office.master_file.master.rows(ROUNDS).items())
    ]


def posted(office: Office, bag: Bag) -> Posting:
    settings = MailSettings(per_minute=30)
    file = office.master_file
    posting = Posting(file, office.context, POSTING, bag, settings, office.slept.append)
    posting.run(parcels(office))
    return posting


def test_each_message_is_claimed_before_it_goes(office: Office) -> None:
    bag = Bag(office)
    posting = posted(office, bag)
    assert set(bag.seen.values()) == {SENDING}
    assert set(office.states().values()) == {SENT}
    assert posting.stopped == ""


def test_a_run_is_two_operations_however_many_messages_it_sends(office: Office) -> None:
    before = len(operations(office.master_file.master))
    posted(office, Bag(office))
    after = operations(office.master_file.master)[before:]
    assert len(after) == 2
    rows = [change.row for change in after[1].changes]
    assert len(rows) == len(set(rows)) == 4  # one line for what became of each


def test_a_failure_is_that_message_s_own(office: Office) -> None:
    posted(office, Bag(office, {"市农委": Delivery(FAILED, "信箱已满")}))
    assert office.states()["市农委"] == FAILED
    assert office.states("mail_note")["市农委"] == "信箱已满"
    assert sorted(office.states().values()).count(SENT) == 3


@pytest.mark.parametrize("cause", [MailStopped("服务器断开。"), KeyboardInterrupt()])
def test_when_the_run_ends_early_the_rest_is_free_again(
    office: Office, cause: BaseException
) -> None:
    second = parcels(office)[1].unit
    posting = posted(office, Bag(office, {second: cause}))
    assert posting.stopped
    states = list(office.states().values())
    assert states[0] == SENT
    assert states[2:] == ["", ""]
    assert states[1] == ("待核实" if isinstance(cause, KeyboardInterrupt) else "")


def test_before_anything_went_the_cause_is_the_step_s(office: Office) -> None:
    first = parcels(office)[0].unit
    with pytest.raises(MailStopped):
        posted(office, Bag(office, {first: MailStopped("登录失败。")}))
    assert set(office.states().values()) == {""}


def test_a_message_too_large_for_the_server_keeps_all_back(office: Office) -> None:
    bag = Bag(office, limit=5)
    with pytest.raises(MailStopped, match="一封都没有发"):
        posted(office, bag)
    assert bag.seen == {}


def test_the_time_of_each_message_is_on_record(office: Office) -> None:
    posted(office, Bag(office))
    for at in office.states("mail_at").values():
        assert dt.datetime.strptime(at, "%Y-%m-%d %H:%M") >= office.context.now
