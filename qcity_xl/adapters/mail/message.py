"""A message as bytes that every mail program reads: RFC 5322, 2047, 2231, ASCII on the wire."""

import datetime as dt
import hashlib
import io
import mimetypes
import zipfile
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from qcity_xl.core.mail.addresses import Address
from qcity_xl.core.mail.delivery import Attachment, Parcel

_ZIP_STAMP = (1980, 1, 1, 0, 0, 0)


def encoded(parcel: Parcel, date: dt.datetime, *, draft: bool = False) -> bytes:
    """The message; the same parcel at the same time gives the same bytes.

    A `draft` opens in Outlook ready to be sent (X-Unsent).
    """
    message = EmailMessage(SMTP)
    message["From"] = _header(parcel.sender)
    message["To"] = [_header(address) for address in parcel.to]
    if parcel.cc:
        message["Cc"] = [_header(address) for address in parcel.cc]
    message["Subject"] = parcel.letter.subject
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
            attachment.data, maintype=main, subtype=sub, filename=attachment.name
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


def _header(address: Address) -> HeaderAddress:
    return HeaderAddress(address.name, addr_spec=address.mail)
