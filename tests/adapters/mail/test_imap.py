"""An inbox of a real server: read on from a mark, oldest first, and left as it is."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain, repeat

import pytest

from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.imap import InboxMark, Mail, unread_mail
from qcity_xl.core.mail.settings import MailSettings
from tests.mail.odd_imap import odd_imap
from tests.mail.servers import Certificate, Dovecot

ACCOUNT = "imap-unit@example.com"
MAIL = b"From: lilei@example.com\r\nSubject: %d\r\n\r\n%s\r\n"


@pytest.fixture
def settings(imap: Dovecot, trusted: Certificate) -> MailSettings:
    return MailSettings(imap_host="localhost", imap_port=imap.tls, login=ACCOUNT, timeout=5)


def test_read_on_from_the_mark_and_large_ones_only_told(
    settings: MailSettings, imap: Dovecot
) -> None:
    with imap.box(ACCOUNT):
        for number, size in ((1, 10), (2, 400_000), (3, 10)):
            imap.deliver(ACCOUNT, MAIL % (number, b"x" * size))
        first, large, last = unread_mail(settings, None, InboxMark(), 0.1)
        assert first.data is not None
        assert b"Subject: 1" in first.data
        assert large.data is None
        assert [mail.mark.uid for mail in (first, large, last)] == sorted(
            mail.mark.uid for mail in (first, large, last)
        )
        assert [mail.mark for mail in unread_mail(settings, None, first.mark, 0.1)] == [
            large.mark,
            last.mark,
        ]
        assert list(unread_mail(settings, None, last.mark, 0.1)) == []


def test_mail_of_earlier_days_is_not_asked_for(settings: MailSettings, imap: Dovecot) -> None:
    with imap.box(ACCOUNT):
        imap.deliver(ACCOUNT, MAIL % (1, b"x"))
        tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
        assert list(unread_mail(settings, tomorrow, InboxMark(), 1)) == []


def test_a_folder_that_is_not_there_is_told(settings: MailSettings, imap: Dovecot) -> None:
    with imap.box(ACCOUNT), pytest.raises(MailStopped, match="收件文件夹"):
        list(unread_mail(replace(settings, folder="没有"), None, InboxMark(), 1))


def test_without_a_password_nobody_is_asked(
    settings: MailSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QCITY_MAIL_PASSWORD")
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MailStopped, match="keyring set"):
        list(unread_mail(settings, None, InboxMark(), 1))


THREE = {5: MAIL % (5, b"x"), 6: MAIL % (6, b"y"), 9: MAIL % (9, b"z")}


@pytest.mark.parametrize("what", ["RFC822.SIZE", "BODY.PEEK[]"])
@pytest.mark.parametrize("said", ["NO [LIMIT] 请求过于频繁", "OK done"])
def test_a_message_that_is_not_given_is_never_passed(
    trusted: Certificate, what: str, said: str
) -> None:
    with odd_imap(THREE, trusted) as (port, inbox):
        settings = MailSettings(imap_host="localhost", imap_port=port, login=ACCOUNT, timeout=5)
        inbox.answers[6, what] = said
        mails = unread_mail(settings, None, InboxMark(), 1)
        first = next(mails)
        with pytest.raises(MailStopped, match="第6号邮件") as stopped:
            next(mails)
        assert ("过于频繁" in str(stopped.value)) == said.startswith("NO")
        inbox.answers.clear()
        rest = list(unread_mail(settings, None, first.mark, 1))
    assert [mail.data for mail in (first, *rest)] == list(THREE.values())


def test_a_folder_that_is_refused_is_told_in_the_servers_own_words(
    settings: MailSettings, imap: Dovecot
) -> None:
    with imap.box(ACCOUNT), pytest.raises(MailStopped) as stopped:
        list(unread_mail(replace(settings, folder="没有"), None, InboxMark(), 1))
    assert "b'" not in str(stopped.value)


def _for_ever(beginning: bytes, again: bytes) -> Callable[[bytes], Iterator[bytes]]:
    return lambda _: chain([beginning], repeat(again * 1000))


LARGE = b"* 1 FETCH (UID 5 BODY[] {2000000000}\r\n"


@pytest.mark.parametrize(
    ("command", "said", "told"),
    [
        ("UID FETCH 5 (BODY", _for_ever(b"", b"* OK still here\r\n"), "2秒没有答完"),
        ("UID FETCH 5 (BODY", _for_ever(LARGE, b"x" * 100), "2,000,000,000字节"),
        (
            "UID SEARCH",
            lambda tag: [b"* SEARCH 5 x 9\r\n", tag + b" OK done\r\n"],
            "编号看不懂（x）",
        ),
        ("UID SEARCH", lambda tag: [tag + b" NO later\r\n"], "later"),
    ],
    ids=["lines without end", "a literal beyond all bounds", "odd numbers", "no search"],
)
def test_what_a_server_may_not_answer_is_told_in_time(
    trusted: Certificate, command: str, said: Callable[[bytes], Iterator[bytes]], told: str
) -> None:
    with odd_imap(THREE, trusted) as (port, inbox):
        settings = MailSettings(imap_host="localhost", imap_port=port, login=ACCOUNT, timeout=1)
        inbox.instead[command] = said
        with pytest.raises(MailStopped, match=told):
            list(unread_mail(settings, None, InboxMark(), 1))


@pytest.mark.parametrize("validity", [b"abc", b""])
def test_numbers_of_no_known_validity_are_read_from_the_first(
    trusted: Certificate, validity: bytes
) -> None:
    with odd_imap(THREE, trusted) as (port, inbox):
        settings = MailSettings(imap_host="localhost", imap_port=port, login=ACCOUNT, timeout=5)
        inbox.instead["EXAMINE"] = lambda tag: [
            b"* OK [UIDVALIDITY %s] ok\r\n" % validity,
            tag + b" OK done\r\n",
        ]
        mails = list(unread_mail(settings, None, InboxMark(7, 9), 1))
    assert [mail.mark for mail in mails] == [InboxMark(0, 5), InboxMark(0, 6), InboxMark(0, 9)]


def test_a_server_that_ends_in_anger_has_given_all(trusted: Certificate) -> None:
    with odd_imap(THREE, trusted) as (port, inbox):
        settings = MailSettings(imap_host="localhost", imap_port=port, login=ACCOUNT, timeout=5)
        inbox.instead["LOGOUT"] = lambda tag: [tag + b" BAD no\r\n"]
        assert len(list(unread_mail(settings, None, InboxMark(), 1))) == 3


def _refilled(imap: Dovecot, folder: str, *subjects: int) -> None:
    """A folder made anew: its messages are numbered from 1 again, under another validity."""
    with imap.box(ACCOUNT) as box:
        box.delete(folder)
        assert box.create(folder)[0] == "OK"
        for subject in subjects:
            box.append(folder, None, None, MAIL % (subject, b"x"))


def _subjects(mails: Iterable[Mail]) -> list[bytes]:
    return [line for mail in mails for line in _lines(mail) if line.startswith(b"Subject")]


def _lines(mail: Mail) -> list[bytes]:
    return (mail.data or b"").splitlines()


def test_a_folder_that_was_numbered_anew_is_read_from_the_first(
    settings: MailSettings, imap: Dovecot
) -> None:
    settings = replace(settings, folder="Anew")
    _refilled(imap, "Anew", 1, 2, 3)
    read = list(unread_mail(settings, None, InboxMark(), 1))
    _refilled(imap, "Anew", 4, 5)
    again = list(unread_mail(settings, None, read[-1].mark, 1))
    assert _subjects(again) == [b"Subject: 4", b"Subject: 5"]
    assert again[0].mark.validity != read[0].mark.validity
    assert list(unread_mail(settings, None, again[-1].mark, 1)) == []


def test_one_that_is_numbered_anew_while_it_is_read_loses_no_message(
    settings: MailSettings, imap: Dovecot
) -> None:
    """What was not given is never passed: the run after that reads all of the new folder."""
    settings = replace(settings, folder="Amid")
    _refilled(imap, "Amid", 1, 2, 3)
    mails = unread_mail(settings, None, InboxMark(), 1)
    mark = next(mails).mark
    _refilled(imap, "Amid", 4, 5, 6)
    with suppress(MailStopped):
        for mail in mails:
            mark = mail.mark
    rest = list(unread_mail(settings, None, mark, 1))
    assert _subjects(rest) == [b"Subject: 4", b"Subject: 5", b"Subject: 6"]


def test_a_server_that_goes_on_under_other_numbers_loses_no_message(trusted: Certificate) -> None:
    """It gives messages of the new folder under the numbers of the old one."""
    with odd_imap(THREE, trusted) as (port, inbox):
        settings = MailSettings(imap_host="localhost", imap_port=port, login=ACCOUNT, timeout=5)
        mails = unread_mail(settings, None, InboxMark(), 1)
        marks = [next(mails).mark]
        inbox.messages = {number: MAIL % (number + 90, b"x") for number in (5, 6, 7, 9)}
        inbox.instead["EXAMINE"] = lambda tag: [
            b"* OK [UIDVALIDITY 8] ok\r\n",
            tag + b" OK done\r\n",
        ]
        marks += [mail.mark for mail in mails]
        rest = list(unread_mail(settings, None, marks[-1], 1))
    assert len(rest) == 4
