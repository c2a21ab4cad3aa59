"""Sending, collecting and chasing by click, through real servers."""

import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest

from qcity_xl import ribbon
from qcity_xl.adapters.mail.message import encoded
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import ASSIGNMENTS, ROUNDS
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.steps.demo import Pack
from tests.live.conftest import Answers, Open
from tests.mail import conftest as mail
from tests.mail.conftest import OFFICE, Office
from tests.mail.servers import Dovecot, Post, Received

# The office, its packs and its servers are those of the mail tests.
certificate, trusted, prepared, office = mail.certificate, mail.trusted, mail.prepared, mail.office
post, smtp, imap, by_smtp = mail.post, mail.smtp, mail.imap, mail.by_smtp
pytestmark = pytest.mark.usefixtures("by_smtp")

Opener = Callable[[Path], Open]
UNITS = set(mail.UNITS_USED)


def click(name: str, answers: Answers) -> str:
    """The one message at the end."""
    ribbon.click(name, answers)
    (told,) = answers.told
    return told


def states(live: Open, field: str = "mail_state") -> dict[str, str]:
    rows = live.master.rows(ROUNDS).values()
    return {text(row, "unit"): text(row, field) for row in rows}


def reached(post: Post) -> list[str]:
    return [address for message in post.messages for address in message.to]


def test_packs_go_out_and_never_twice(office: Office, post: Post, opened: Opener) -> None:
    live = opened(office.path)
    live.book.app.impl.said.clear()
    answers = Answers()
    assert "发送完成" in click("send", answers)
    assert "unit0@example.com" in answers.shown[0]
    assert len(set(reached(post))) == len(post.messages) == len(UNITS)
    assert states(live) == dict.fromkeys(UNITS, "已发送")
    assert office.states() == states(live)  # it is on disk: what is sent stays known
    said = [words for words in live.book.app.impl.said if isinstance(words, str)]
    assert any("1/4" in words for words in said)
    assert live.book.app.status_bar is False
    live.book.close()
    opened(office.path)
    click("send", Answers())
    assert len(post.messages) == len(UNITS)


def test_what_forbids_sending_is_told_and_not_asked(
    office: Office, post: Post, opened: Opener
) -> None:
    office.unit("市农委", email="没有信箱")
    opened(office.path)
    answers = Answers()
    assert "一封都不会发" in click("send", answers)
    assert "没有信箱" in answers.told[0]
    assert answers.shown == []
    assert post.messages == []


def test_a_pack_that_is_gone_says_which(office: Office, post: Post, opened: Opener) -> None:
    for pack in office.path.with_name("总表.xlsx.qcity").glob("sent/*/*市农委*"):
        pack.unlink()
    opened(office.path)
    told = click("send", Answers())
    assert "市农委的填报表" in told
    assert "不见了" in told
    assert post.messages == []


def test_a_server_that_refuses_in_the_middle_is_told_and_the_rest_goes_later(
    office: Office, post: Post, opened: Opener
) -> None:
    office.set(重试次数=0)
    post.final = ["", "421 4.3.2 shutting down"]
    live = opened(office.path)
    told = click("send", Answers())
    assert "还有要处理的" in told
    assert "421" in told
    assert "Traceback" not in told
    assert sorted(states(live).values()).count("已发送") == len(post.messages) == len(UNITS) - 1
    assert "发送完成" in click("send", Answers())
    assert sorted(reached(post)) == sorted(f"unit{n}@example.com" for n in range(len(UNITS)))
    assert set(states(live).values()) == {"已发送"}


def test_an_accident_in_the_middle_is_one_message_and_the_rest_goes_later(
    office: Office,
    post: Post,
    opened: Opener,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    live = opened(office.path)
    asked = []

    def failing(*args: object, **more: object) -> bytes:
        asked.append(args)
        if len(asked) == 2:
            raise ZeroDivisionError
        return encoded(*args, **more)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr("qcity_xl.steps.shared.mail_posting.encoded", failing)
    told = click("send", Answers())
    assert "做完的都已记下" in told
    assert "没有改动" not in told
    assert len(post.messages) == 1
    assert sorted(states(live).values()) == ["", "", "", "已发送"]
    click("send", Answers())
    assert sorted(reached(post)) == sorted(f"unit{n}@example.com" for n in range(len(UNITS)))
    assert set(states(live).values()) == {"已发送"}


def test_a_workbook_that_cannot_be_saved_sends_nothing(
    office: Office,
    post: Post,
    opened: Opener,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    live = opened(office.path)
    before = live.master

    def refused(*_: object, **__: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(type(live.book.impl), "save", refused)
    assert "Excel 没有存成" in click("send", Answers())
    assert post.messages == []
    assert live.master == before


def answer(received: Received, folder: Path) -> bytes:
    """A unit's mail with its pack filled in."""
    message = message_from_bytes(received.data, policy=default)
    (attached,) = message.iter_attachments()
    path = folder / "收到.xlsx"
    path.write_bytes(attached.get_content())
    Pack(path).fill(PACK_TASKS.table, 0, {"progress": "已完成", "note": "已印发"}).save(path)
    made = EmailMessage(SMTP)
    made["From"], made["To"], made["Subject"] = message["To"], OFFICE, "报送"
    made.set_content("已填好。\n")
    made.add_attachment(
        path.read_bytes(), maintype="application", subtype="octet-stream", filename="报送 终稿.xlsx"
    )
    return made.as_bytes()


def test_returns_come_from_the_inbox_and_are_merged(
    office: Office, post: Post, imap: Dovecot, opened: Opener, tmp_path: Path
) -> None:
    office.set(收件服务器="localhost", 收件端口=imap.tls)
    live = opened(office.path)
    click("send", Answers())
    imap.deliver(OFFICE, answer(post.messages[0], tmp_path))
    before = live.master
    collecting = Answers()
    told = click("collect", collecting)
    assert "收件完成" in told
    assert "qcity merge" not in collecting.shown[0]
    assert live.master == before
    (folder,) = re.findall("“回收件”选 (.+)。", told)
    merging = Answers(folder=Path(folder))
    assert "合并回收完成" in click("merge", merging)
    done = [row for row in live.master.rows(ASSIGNMENTS).values() if text(row, "note") == "已印发"]
    assert len(done) == 1
    assert live.book.sheets.active.name == ASSIGNMENTS.sheet  # there is no conflict to look at


def test_late_units_are_chased_once(office: Office, post: Post, opened: Opener) -> None:
    office.set(休息日不催="否")
    live = opened(office.path)
    answers = Answers()
    assert "催办完成" in click("chase", answers)
    assert "未报送名单" in answers.shown[0]
    assert len(set(reached(post))) == len(post.messages) == len(UNITS)
    assert set(states(live, "chase_level").values()) == {"督办"}
    click("chase", Answers())
    assert len(post.messages) == len(UNITS)
