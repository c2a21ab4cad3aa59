"""What the rows of a round say of mail, and what they come to say after a crash."""

import pytest

from qcity_xl.core.mail.delivery import (
    POSTING,
    WAITING,
    Event,
    contacts,
    message_id,
    round_named,
    setting_problems,
)
from qcity_xl.core.mail.settings import MailSettings, parse_mail_settings
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.schema.words import DRAFT, FAILED, SENDING, SENT, UNSURE
from qcity_xl.core.values import Value
from tests.core.builders import Entry, build, setting, unit

ROW = "R第1轮/市司法局"


def master(**row: Value) -> Master:
    values: dict[str, Value] = {"round": "第1轮", "unit": "市司法局", "mail_id": "<甲>", **row}
    return build(Entry(ROUNDS, ROW, values), setting("总表", "总表编号", "test"))


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (Event(WAITING), None),
        (Event(SENT, "2016-11-22 09:31"), SENT),
        (Event(DRAFT), DRAFT),
        (Event(FAILED, note="地址不存在"), FAILED),
        (Event(SENDING), UNSURE),
        (Event(UNSURE), UNSURE),
        (None, UNSURE),
    ],
)
def test_a_row_that_a_crash_left_is_settled_by_the_outbox(event: Event | None, state: str) -> None:
    before = master(mail_state=SENDING)
    events = {} if event is None else {"<甲>": event}
    after = before.with_changes(POSTING.settled(before, events))
    assert after.rows(ROUNDS)[ROW].get("mail_state") == state


@pytest.mark.parametrize("state", [None, SENT, FAILED, UNSURE])
def test_other_rows_stay_as_they_are(state: str | None) -> None:
    assert POSTING.settled(master(mail_state=state), {"<甲>": Event(SENT)}) == []


def test_the_same_message_keeps_its_id_until_it_is_sent_again() -> None:
    of = (ROW, "下发")
    first = message_id(master(), of, "", again=False, domain="example.com")
    assert message_id(master(), of, first, again=False, domain="example.com") == first
    second = message_id(master(), of, first, again=True, domain="example.com")
    assert second == first.replace(".1@", ".2@") != first
    assert message_id(master(), (ROW, "催办"), first, again=True, domain="example.com") != second


def test_the_last_round_unless_one_is_named() -> None:
    rows = [Entry(ROUNDS, f"R{name}/甲", {"round": name, "unit": "甲"}) for name in ("一", "二")]
    assert round_named(build(*rows), "")[0] == "二"
    assert list(round_named(build(*rows), "一")[1]) == ["R一/甲"]
    assert round_named(build(*rows), "三") == ("三", {})


@pytest.mark.parametrize(
    ("email", "mails", "found"),
    [
        ("lilei@example.com；hanmm@example.com", 2, []),
        ("线下", 0, []),
        (None, 0, ["“市司法局”没有邮箱"]),
        ("李雷", 0, ["“市司法局”的邮箱“李雷”不是邮箱地址"]),
    ],
)
def test_where_a_unit_s_mail_goes(email: str | None, mails: int, found: list[str]) -> None:
    addresses, problems = contacts(build(unit("市司法局", email=email)), "市司法局")
    assert len(addresses) == mails
    assert [problem.found for problem in problems] == found


def test_what_must_be_set_before_anything_goes() -> None:
    lacking = [p.found for p in setting_problems(MailSettings(), server=True)]
    assert lacking == ["没有填“发件地址”", "没有填“发送服务器”"]
    rows = [{"group": "邮件", "item": "发件地址", "value": "zlb@example.com"}]
    assert list(setting_problems(parse_mail_settings(rows)[0], server=False)) == []
