"""A message as bytes that every mail program reads: RFC 5322, 2047, 2231, ASCII on the wire."""

import datetime as dt
import hashlib
import io
import mimetypes
import re
import zipfile
from collections.abc import Iterable
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from qcity_xl.core.mail.addresses import Address
from qcity_xl.core.mail.delivery import Attachment, Parcel
from qcity_xl.core.text import one_line

# The library reads what it is given for a header: it decodes encoded words in it, line breaks
# included, and leaves the quotes away where it folds a long name. So headers that hold text are
# written here, whole.
_AS_WRITTEN = SMTP.clone(refold_source="none")
_PLAIN = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_ZIP_STAMP = (1980, 1, 1, 0, 0, 0)


def encoded(parcel: Parcel, date: dt.datetime, *, draft: bool = False) -> bytes:
    """The message; the same parcel at the same time gives the same bytes.

    A `draft` opens in Outlook ready to be sent (X-Unsent).
    """
    message = EmailMessage(_AS_WRITTEN)
    message.set_raw("From", _mailbox(parcel.sender))
    message.set_raw("To", _mailboxes(parcel.to))
    if parcel.cc:
        message.set_raw("Cc", _mailboxes(parcel.cc))
    message.set_raw("Subject", _words(parcel.letter.subject))
    message["Date"] = format_datetime(date.astimezone())
    message["Message-ID"] = parcel.message_id
    if draft:
        message["X-Unsent"] = "1"
    message.set_content(parcel.letter.text, cte="base64")
    message.add_alternative(parcel.letter.html, subtype="html", cte="base64")
    for attachment in parcel.attachments:
        kind = mimetypes.guess_type(attachment.name)[0] or "application/octet-stream"
        main, sub = kind.split("/")
        message.add_attachment(
            attachment.data, maintype=main, subtype=sub, filename=one_line(attachment.name)
        )
    digest = hashlib.sha256(parcel.message_id.encode()).hexdigest()[:24]
    multiparts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(multiparts):
        part.set_boundary(f"=_qcity_{digest}_{number}")
    return message.as_bytes()


def zipped(attachment: Attachment) -> Attachment:
    """The attachment in a zip file of its own; the name is marked as UTF-8."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        info = zipfile.ZipInfo(attachment.name, _ZIP_STAMP)
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, attachment.data)
    return Attachment(f"{attachment.name.rsplit('.', 1)[0]}.zip", raw.getvalue())


def _mailboxes(addresses: Iterable[Address]) -> str:
    return ",\r\n ".join(map(_mailbox, addresses))


def _mailbox(address: Address) -> str:
    name = _words(address.name)
    return f"{name}\r\n <{address.mail}>" if "=?" in name else f"{name} <{address.mail}>".strip()


def _words(text: str) -> str:
    """Text as a header has it: one line of encoded words (RFC 2047), or a few plain ones."""
    plain = one_line(text.encode("utf-8", "replace").decode())
    if not plain or (len(plain) < 60 and _PLAIN.fullmatch(plain)):
        return plain
    return Header(plain, "utf-8", maxlinelen=70).encode(linesep="\r\n")
