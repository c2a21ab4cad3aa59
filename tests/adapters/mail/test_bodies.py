"""Large bodies stay where they are, whatever the message looks like around them."""

import email
from base64 import encodebytes
from email.message import Message

import pytest

from qcity_xl.adapters.mail.bodies import parsed, raw
from tests.mail import formats

BODY = encodebytes(bytes(range(256)) * 40)


def message(*parts: bytes, ending: bytes = b"\r\n") -> bytes:
    lines = b"".join(b"--B\r\n%s\r\n" % part for part in parts)
    head = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
    return (head + lines + b"--B--\r\n").replace(b"\r\n", ending)


def parts(message: Message) -> list[Message]:
    return [part for part in message.get_payload() if isinstance(part, Message)]


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
@pytest.mark.parametrize(
    "part",
    [
        b"Content-Type: a/b\r\n\r\n" + BODY,
        b"Content-Type: a/b\r\n\r\n" + BODY * 20 + b"\r\n\r\n",
        b"\r\n" + BODY,
        "Content-Type: text/csv\r\n\r\n单位: 市科技局\r\n\r\n一,二".encode() + b",3\r\n" * 999,
        b"Content-Type: a/b\r\n\r\nx\r\n-----\r\n" + BODY + b"\r\n--C\r\n" + BODY,
        b"X: " + b"y" * 70_000 + b"\r\n\r\n" + BODY,
    ],
)
def test_a_part_has_the_bytes_that_the_library_reads(part: bytes, ending: bytes) -> None:
    data = message(part, b"\r\nwords", part, ending=ending)
    ours, theirs = parts(parsed(data)), parts(email.message_from_bytes(data))
    assert len(ours) == len(theirs) == 3
    for mine, other in zip(ours, theirs, strict=True):
        assert bytes(raw(mine)) == other.get_payload(decode=True)
        assert mine.items() == other.items()


def test_headers_of_a_mail_in_a_mail_are_read() -> None:
    inner = b"X-Long: %s\r\n" % (b"z" * 5000) + formats.mail(("a.pdf", bytes(9000)))
    data = message(b"Content-Type: message/rfc822\r\n\r\n" + inner)
    (forwarded,) = parts(parsed(data))
    (letter,) = parts(forwarded)
    assert letter["Subject"]
    assert parts(letter)[1].get_filename() == "a.pdf"


def test_a_large_body_is_not_copied() -> None:
    (content,) = parts(parsed(message(b"\r\n" + BODY)))
    assert isinstance(raw(content), memoryview)
