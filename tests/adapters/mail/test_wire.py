"""Messages and their parts, read where programs wrote them wrong."""

import email

import pytest

from qcity_xl.adapters.mail.wire import content_of, ending_for, is_file, message_in, uuencoded
from tests.mail.formats import mail
from tests.mail.formats import uuencoded as written

FILE = bytes(range(256)) * 3


@pytest.mark.parametrize("before", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b"\n \n"])
def test_what_stands_before_the_headers_is_passed_over(before: bytes) -> None:
    message = message_in(before + mail(), "来信.eml")
    assert message is not None
    assert message["From"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", "您好：见附件。".encode(), b"a: b\n\nc"])
def test_other_bytes_are_no_message(data: bytes) -> None:
    assert message_in(data, "说明.txt") is None


@pytest.mark.parametrize("told", ["base64", "Base64 ", '"base64"', "base64; x", "base-64", ""])
def test_an_encoding_is_understood_however_it_is_named(told: str) -> None:
    raw = f"Content-Transfer-Encoding: {told}\n\nUEsDBAoAAAA=\n"
    assert content_of(email.message_from_string(raw)) == b"PK\x03\x04\n\0\0\0"


def test_text_is_left_as_it_is() -> None:
    part = email.message_from_string("Content-Type: text/plain\n\nUEsD is how packs begin\n")
    assert content_of(part) == b"UEsD is how packs begin\n"
    assert not is_file(part, content_of(part))


@pytest.mark.parametrize(
    ("kind", "data", "ending"),
    [
        ("application/octet-stream", b"PK\x03\x04..xl/workbook.xml", ".xlsx"),
        ("application/octet-stream", b"PK\x03\x04..a.txt", ".zip"),
        ("application/octet-stream", b"%PDF-1.4", ".pdf"),
        ("image/png", b"\x89PNG", ".png"),
    ],
)
def test_a_file_without_a_name_gets_an_ending(kind: str, data: bytes, ending: str) -> None:
    part = email.message_from_string(f"Content-Type: {kind}\n\n")
    assert (is_file(part, data), ending_for(part, data)) == (True, ending)


def test_files_written_into_a_letter() -> None:
    body = "您好\n".encode() + written("台账.xlsx", FILE) + b"\n" + written("b.txt", b"b")
    assert list(uuencoded(body)) == [("台账.xlsx", FILE), ("b.txt", b"b")]


def test_a_file_that_breaks_off_is_told() -> None:
    broken = written("台账.xlsx", FILE)[:-40]
    assert list(uuencoded(broken)) == [("台账.xlsx", None)]
    assert list(uuencoded(b"begin 644 with these words\n\n")) == []
