"""An inbox of a real server: read on from a mark, oldest first, and left as it is."""

import datetime as dt
import sys
from dataclasses import replace

import pytest

from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.imap import Mark, unread_mail
from qcity_xl.core.mail.settings import MailSettings
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
        first, large, last = unread_mail(settings, None, Mark(), 0.1)
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
        assert list(unread_mail(settings, tomorrow, Mark(), 1)) == []


def test_a_folder_that_is_not_there_is_told(settings: MailSettings, imap: Dovecot) -> None:
    with imap.box(ACCOUNT), pytest.raises(MailStopped, match="收件文件夹"):
        list(unread_mail(replace(settings, folder="没有"), None, Mark(), 1))


def test_without_a_password_nobody_is_asked(
    settings: MailSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QCITY_MAIL_PASSWORD")
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MailStopped, match="keyring set"):
        list(unread_mail(settings, None, Mark(), 1))
