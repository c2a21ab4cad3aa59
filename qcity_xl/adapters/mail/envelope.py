"""Headers of a message as people read them, whatever the sender's program wrote."""

import email.utils
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from qcity_xl.core.mail.inbox import Envelope
from qcity_xl.core.text import clean, one_line

_FOLDED = re.compile(r"[\r\n]+[ \t]*")
_EIGHT_BIT = re.compile(r'name\s*=\s*(?:"([^"]+)|([^";\s]+))')


def envelope_of(message: Message) -> Envelope:
    """From, date and subject of a message."""
    name, mail = email.utils.parseaddr(header_text(_raw(message, "From")))
    try:
        sent = email.utils.parsedate_to_datetime(str(message.get("Date", ""))).isoformat(" ")
    except ValueError:
        sent = ""
    subject = header_text(_raw(message, "Subject"))
    return Envelope(mail.lower(), name, sent, subject, str(message.get("Message-ID", "")).strip())


def header_text(raw: str) -> str:
    """A header as text on one line: RFC 2047, or raw UTF-8 or GBK as old programs write it."""
    return one_line(_header(raw))


def _header(raw: str) -> str:
    if not raw.isascii():
        return _unguarded(raw)
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError):
        return raw
    words = (part if isinstance(part, str) else _decoded(part, charset) for part, charset in parts)
    return "".join(words)


def file_name(part: Message) -> str:
    """The file name of a part: RFC 2231, RFC 2047 in quotes, or raw 8-bit; "" without one."""
    for header in ("Content-Disposition", "Content-Type"):
        raw = _raw(part, header)
        if not raw.isascii() and (found := _EIGHT_BIT.search(_unguarded(raw))):
            return _name(found[1] or found[2])
    for header, parameter in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        given = part.get_param(parameter, header=header)
        if isinstance(given, tuple):  # RFC 2231: charset, language and bytes
            return _name(_decoded(given[2].encode("raw-unicode-escape"), given[0]))
        if given:
            return _name(_header(given))
    return ""


def _name(text: str) -> str:
    """A name with its own blanks, without the line breaks that a folded header has in it."""
    return clean(_FOLDED.sub("", text)).strip()


def _raw(message: Message, header: str) -> str:
    """A header as it came, bytes beyond ASCII as surrogates; the library would mask them."""
    found = (str(v) for k, v in message.raw_items() if k.lower() == header.lower())
    return next(found, "")


def _unguarded(raw: str) -> str:
    return guessed(raw.encode("utf-8", "surrogateescape"))


def guessed(data: bytes) -> str:
    """Text without a declared encoding: UTF-8 if it can be, else GB 18030."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _decoded(part: bytes, charset: str | None) -> str:
    """Decode as declared; text declared as gb2312 is often GBK, which GB 18030 includes."""
    name = (charset or "utf-8").lower()
    if name in ("gb2312", "gbk", "gb18030", "unknown-8bit", "us-ascii"):
        return guessed(part)
    try:
        return part.decode(name)
    except (LookupError, UnicodeDecodeError):
        return guessed(part)
