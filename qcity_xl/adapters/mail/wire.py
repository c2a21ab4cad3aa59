"""A message as it came over the wire, mended where programs write it wrong."""

import binascii
import io
import mimetypes
import re
from collections.abc import Iterator
from email.errors import MissingHeaderBodySeparatorDefect
from email.message import Message
from pathlib import PurePosixPath

from qcity_xl.adapters.mail.bodies import parsed, raw, restored
from qcity_xl.adapters.mail.envelope import guessed

_BLANK = b"\xef\xbb\xbf \t\r\n"
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:")
_OF_MAIL = re.compile(
    rb"^(?:From|Received|Return-Path|MIME-Version|Content-Type|Message-ID|Delivered-To):",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_LINES = 1_000_000  # 50 megabytes of base64 are 700,000
_HEAD = 65_536  # bytes in which the headers that make a message must stand
# A line that is no header, and behind it others up to the one that says what follows.
_BEHIND = re.compile(
    rb"[^\r\n]*\r?\n((?:[!-9;-~]+[ \t]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){0,100}?Content-Type:)",
    re.IGNORECASE,
)
_BEGIN = re.compile(rb"begin [0-7]{3,4} (\S.*)")
_BINARY = {
    b"PK\x03\x04": ".zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ".xls",
    b"%PDF-": ".pdf",
    b"Rar!": ".rar",
    b"7z\xbc\xaf": ".7z",
    b"\x1f\x8b": ".gz",
    b"\x78\x9f\x3e\x22": ".dat",
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG": ".png",
}
_WORDS = (
    *("text/plain", "text/html", "text/enriched", "text/richtext"),
    *("text/x-amp-html", "text/watch-html", "text/rfc822-headers"),
)
_AS_BASE64 = (b"UEsDB", b"0M8R4KGx", b"JVBERi0")  # PK, OLE and %PDF- under nobody's declaration


def is_message(data: bytes, name: str) -> bool:
    """Whether bytes are a message, whatever they are called: a quick look at their beginning."""
    head = re.split(rb"\r?\n\r?\n", _bare(data[:_HEAD]), maxsplit=1)[0]
    head = re.sub(rb"\A(?:>?From [^\n]*\n)", b"", head)
    called = PurePosixPath(name.lower()).suffix == ".eml"
    return _HEADER.match(head) is not None and (called or _OF_MAIL.search(head) is not None)


def message_in(data: bytes, name: str) -> Message | None:
    """The message that these bytes are; None for what is none.

    A byte order mark and blank lines before the headers are passed over. Raises ValueError for
    more lines than a message within the limits has: the library keeps each of them by itself.
    """
    if not is_message(data, name):
        return None
    if (lines := data.count(b"\n")) > _MOST_LINES:
        raise ValueError(f"有{lines:,}行，太多了")
    return parsed(_bare(data))


def _bare(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    return data.lstrip(_BLANK)


def forwarded(part: Message) -> Iterator[Message]:
    """The messages in a part of type message/rfc822, also where they are encoded as a whole."""
    encoding = _encoding(part)
    for inner in part.get_payload():
        if isinstance(inner, Message) and encoding in ("base64", "quoted-printable"):
            yield parsed(_decoded(restored(part, inner.as_bytes()), encoding))
        elif isinstance(inner, Message):
            yield inner


def broken_off(part: Message, words: bytes) -> Message | None:
    """The rest of a message whose headers were broken off by a line that is none: the library
    takes what follows such a line for the letter's words. None for any other.
    """
    if "Content-Type" in part or not any(
        isinstance(defect, MissingHeaderBodySeparatorDefect) for defect in part.defects
    ):
        return None
    behind = _BEHIND.match(words[:_HEAD])
    return parsed(words[behind.start(1) :]) if behind else None


def content_of(part: Message) -> bytes:
    """The bytes of a part that is no multipart; its encoding may be named in a sloppy way."""
    found = _decoded(raw(part), _encoding(part))
    return _from_base64(found) if found[:100].lstrip().startswith(_AS_BASE64) else found


def _encoding(part: Message) -> str:
    told = str(part.get("Content-Transfer-Encoding", "")).lower()
    word = re.split(r"[\s;(]", told.strip(" \t\r\n\"'"), maxsplit=1)[0]
    return {"base-64": "base64", "quotedprintable": "quoted-printable"}.get(word, word)


def _decoded(found: bytes | memoryview, encoding: str) -> bytes:
    if encoding == "base64":
        return _from_base64(found)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(found)
    content = bytes(found)
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return next((inner for _, inner in uuencoded(content) if inner is not None), content)
    return content


def _from_base64(text: bytes | memoryview) -> bytes:
    """What it says as far as it can be read."""
    try:
        return binascii.a2b_base64(text)
    except binascii.Error:  # cut off
        pass
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", text)
    whole = letters[: len(letters) // 4 * 4]
    rest = letters[len(whole) :]
    return binascii.a2b_base64(whole + (rest + b"==="[len(rest) - 1 :] if len(rest) > 1 else b""))


def is_file(part: Message, data: bytes) -> bool:
    """Whether a part without a name is a file all the same, and not the letter's own words."""
    if data.startswith(tuple(_BINARY)) or b"\0" in data[:_HEAD]:
        return True
    if part.get_content_disposition() == "attachment":
        return True
    return part.get_content_maintype() != "message" and part.get_content_type() not in _WORDS


def ending_for(part: Message, data: bytes) -> str:
    """The ending that a file without a name should have."""
    kind = mimetypes.guess_extension(part.get_content_type()) or ""
    if data.startswith(b"PK\x03\x04") and re.search(rb"xl[/\\]workbook", data, re.IGNORECASE):
        return ".xlsx"
    found = next((e for mark, e in _BINARY.items() if data.startswith(mark)), "")
    return kind if kind and kind != ".bin" and found in ("", ".zip", ".xls") else found or kind


def uuencoded(body: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Files written into the letter, from `begin 644 name` to `end`; None for a broken one."""
    name, content, broken = "", bytearray(), False
    for ended in io.BytesIO(body):
        line = ended.rstrip(b"\r\n")
        if not name:
            match = _BEGIN.fullmatch(line.rstrip())
            name, content, broken = guessed(match[1]) if match else "", bytearray(), False
        elif line.strip() == b"end":
            yield name, None if broken else bytes(content)
            name = ""
        else:
            piece = None if broken else _line(line)
            broken = piece is None
            content += piece or b""
            name = name if content else ""  # words that only begin like a file
    if name:
        yield name, None


def _line(line: bytes) -> bytes | None:
    """One line of a file; some programs leave out blanks at its end, or put some there."""
    if not line:
        return b""
    length = (line[0] - 32) & 0x3F
    characters = (length + 2) // 3 * 4
    try:
        return binascii.a2b_uu(line[: 1 + characters].ljust(1 + characters))
    except binascii.Error:
        return None
