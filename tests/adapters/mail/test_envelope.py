"""Headers as people read them, whatever program wrote them."""

import email
from email.header import Header

import pytest

from qcity_xl.adapters.mail.envelope import envelope_of, file_name, guessed, header_text


def message(raw: bytes) -> email.message.Message:
    return email.message_from_bytes(raw + b"\r\n\r\n")


@pytest.mark.parametrize(
    "raw",
    [
        Header("第三季度填报", "utf-8").encode(),
        Header("第三季度填报", "gb18030").encode(),
        "第三季度填报".encode().decode("ascii", "surrogateescape"),
        "第三季度填报".encode("gbk").decode("ascii", "surrogateescape"),
    ],
)
def test_a_subject_in_any_usual_encoding(raw: str) -> None:
    assert header_text(raw) == "第三季度填报"


def test_a_declared_charset_that_nobody_knows() -> None:
    assert header_text("=?x-unbekannt?B?5aGr5oql?=") == "填报"


def test_who_sent_it_when_about_what() -> None:
    found = envelope_of(
        message(
            b"From: =?utf-8?B?5p2O6Zu3?= <LiLei@Example.COM>\r\n"
            b"Date: Tue, 22 Nov 2016 09:30:00 +0800\r\n"
            b"Subject: =?utf-8?B?5aGr5oql?=\r\nMessage-ID: <7@example.com>"
        )
    )
    assert (found.name, found.mail) == ("李雷", "lilei@example.com")
    assert found.sent == "2016-11-22 09:30:00+08:00"
    assert (found.subject, found.message_id) == ("填报", "<7@example.com>")


def test_what_a_message_lacks_is_blank() -> None:
    found = envelope_of(message(b"Date: gestern"))
    assert (found.mail, found.sent, found.subject) == ("", "", "")


@pytest.mark.parametrize(
    "header",
    [
        "attachment; filename*=utf-8''%E5%A1%AB%E6%8A%A5.xlsx",
        'attachment; filename="=?utf-8?B?5aGr5oqlLnhsc3g=?="',
        'attachment; filename="填报.xlsx"',
    ],
)
def test_a_file_name_in_any_usual_form(header: str) -> None:
    assert file_name(message(b"Content-Disposition: " + header.encode())) == "填报.xlsx"


def test_text_without_a_declared_encoding() -> None:
    assert guessed("填报".encode()) == guessed("填报".encode("gbk")) == "填报"


@pytest.mark.parametrize("coding", ["gbk", "utf-8"])
def test_a_raw_name_may_hold_a_semicolon(coding: str) -> None:
    head = (
        b'Content-Disposition: attachment; filename="' + "通知;附件.pdf".encode(coding) + b'"\n\n'
    )
    assert file_name(email.message_from_bytes(head)) == "通知;附件.pdf"


def test_a_name_in_percents_is_gbk_where_it_says_gb2312() -> None:
    percent = "".join(f"%{byte:02X}" for byte in "镕基㎡.pdf".encode("gb18030"))
    head = f"Content-Disposition: attachment; filename*=gb2312''{percent}\n\n"
    assert file_name(email.message_from_string(head)) == "镕基㎡.pdf"
