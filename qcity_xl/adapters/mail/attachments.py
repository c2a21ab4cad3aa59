"""Files out of messages: attachments, forwarded mail, zip, winmail.dat, .msg, one in another.

All of it is hostile: read as data, never executed, under the limits for returned files.
"""

import email
import io
import zipfile
from collections.abc import Callable, Iterator
from email.message import Message
from email.utils import parseaddr
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qcity_xl.adapters.mail.envelope import envelope_of, file_name, guessed
from qcity_xl.core.mail.inbox import Envelope, Found
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.text import one_line

if TYPE_CHECKING:
    from oxmsg.storage import Storage
    from tnefparse.tnef import TNEFAttachment

_DEEPEST = 5  # a mail in a mail in a zip in a mail …
_MEGABYTE = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TNEF = b"\x78\x9f\x3e\x22"
_PACKED = {b"Rar!": "RAR", b"7z\xbc\xaf": "7z"}
_MESSAGE_STREAM = "__properties_version1.0".encode("utf-16-le")
_BOUNCED = "是退信，我们发出的邮件没有送到；请核对「单位」表里的邮箱"
_EMBEDDED = "__substg1.0_3701000D"  # the storage of a message that is attached to another


class Unpacker:
    """Takes one message or file apart, keeping count of what it has read."""

    def __init__(self, limits: Limits) -> None:
        """The limits hold for everything that one message or file contains."""
        self._limits = limits
        self._bytes = limits.unpacked_mb * _MEGABYTE
        self._files = int(limits.parts)

    def files(self, name: str, data: bytes) -> Iterator[Found]:
        """All files in it, each with the envelope of the message that it came in."""
        yield from self._open(name, data, Envelope(), 0)

    def _open(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Found]:
        self._bytes -= len(data)
        self._files -= 1
        fault = self._fault(data, depth)
        if fault:
            yield Found(name, None, envelope, fault)
            return
        opener = self._opener(name, data)
        if opener is None:
            yield Found(name, data, envelope)
            return
        try:
            yield from opener(name, data, envelope, depth + 1)
        except Exception as error:  # libraries for broken formats fail in any way
            yield Found(name, None, envelope, f"打不开（{error}），请单位重发")

    def _fault(self, data: bytes, depth: int) -> str:
        if len(data) > self._limits.file_mb * _MEGABYTE:
            return f"超过{self._limits.file_mb:g}兆字节，没有读"
        if self._bytes < 0 or self._files < 0:
            return "附件太多或太大，没有读完；请分几封寄"
        if depth > _DEEPEST:
            return "一层套一层，层数太多，没有读"
        packed = next((kind for mark, kind in _PACKED.items() if data.startswith(mark)), "")
        return f"是 {packed} 压缩包，请解压后再收，或请单位改用 zip" if packed else ""

    def _opener(
        self, name: str, data: bytes
    ) -> Callable[[str, bytes, Envelope, int], Iterator[Found]] | None:
        ending = PurePosixPath(name.lower()).suffix
        if data.startswith(_TNEF):
            return self._tnef
        if data.startswith(_OLE) and (ending == ".msg" or _MESSAGE_STREAM in data):
            return self._msg
        if ending == ".eml":
            return self._eml
        if data.startswith(b"PK\x03\x04") and not _is_office(data):
            return self._zip
        return None

    def _eml(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Found]:
        del name
        yield from self._message(email.message_from_bytes(data), envelope, depth)

    def _message(self, message: Message, outer: Envelope, depth: int) -> Iterator[Found]:
        """A forwarded mail counts as sent by who forwarded it."""
        yield from self._part(message, outer if outer.mail else envelope_of(message), depth)

    def _part(self, part: Message, envelope: Envelope, depth: int) -> Iterator[Found]:
        if part.get_content_type() == "multipart/report":  # it holds our own message again
            if part.get_param("report-type") == "delivery-status":
                yield Found(envelope.subject or "退信", None, envelope, _BOUNCED)
        elif part.is_multipart():
            deeper = depth + (part.get_content_type() == "message/rfc822")
            for inner in part.get_payload():
                if isinstance(inner, Message) and deeper <= _DEEPEST:
                    yield from self._part(inner, envelope, deeper)
        elif (name := file_name(part)) and not _is_decoration(part):
            data = part.get_payload(decode=True)
            yield from self._open(name, data if isinstance(data, bytes) else b"", envelope, depth)

    def _tnef(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Found]:
        from tnefparse import TNEF

        for attachment in TNEF(data).attachments:
            inner = _tnef_name(attachment) or name
            yield from self._open(inner, bytes(attachment.data), envelope, depth)

    def _msg(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Found]:
        from olefile import OleFileIO
        from oxmsg import Message as SavedMessage
        from oxmsg.storage import Storage

        del name
        with OleFileIO(data) as ole:
            storage = Storage.from_ole(ole)
        saved = SavedMessage(storage)
        if not envelope.mail:
            named, mail = parseaddr(saved.sender or "")
            sent = saved.sent_date.isoformat(" ") if saved.sent_date else ""
            envelope = Envelope(mail.lower(), named, sent, one_line(saved.subject))
        yield from self._saved(storage, envelope, depth)

    def _saved(self, storage: "Storage", envelope: Envelope, depth: int) -> Iterator[Found]:
        """The attachments of a message saved by Outlook, those of messages inside it included."""
        from oxmsg.attachment import Attachment

        for kept in storage.iter_attachment_storages():
            for inner in kept.storages:
                if inner.name == _EMBEDDED and depth <= _DEEPEST:
                    yield from self._saved(inner, envelope, depth + 1)
            attachment = Attachment(kept)
            if attachment.file_bytes:
                name = attachment.file_name or "附件"
                yield from self._open(name, attachment.file_bytes, envelope, depth)

    def _zip(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Found]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                inner = _zip_name(info)
                if info.is_dir() or inner.startswith("__MACOSX/"):
                    continue
                shown = f"{name}/{inner}"
                if info.flag_bits & 1:
                    yield Found(shown, None, envelope, "压缩包加了密码，请单位去掉密码重发")
                elif fault := self._too_large(info):
                    yield Found(shown, None, envelope, fault)
                else:
                    yield from self._open(inner, archive.read(info), envelope, depth)

    def _too_large(self, info: zipfile.ZipInfo) -> str:
        if info.file_size > min(self._limits.file_mb * _MEGABYTE, self._bytes):
            return "解压后太大，没有读"
        if info.file_size > self._limits.ratio * max(info.compress_size, 1):
            return "压缩比异常，可能是恶意文件，没有读"
        return ""


def _is_decoration(part: Message) -> bool:
    """Whether a part is a picture of the letter itself, such as a logo in the signature."""
    shown = part.get_content_disposition() != "attachment"
    return part.get_content_maintype() == "image" and "Content-ID" in part and shown


def _is_office(data: bytes) -> bool:
    """Whether a zip is a document: .xlsx, .docx, .ods."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not {"[Content_Types].xml", "mimetype"}.isdisjoint(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return True  # broken: the reader of workbooks reports what is wrong with it


def _zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the UTF-8 mark, Chinese programs write UTF-8 or GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    return guessed(info.filename.encode("cp437", "replace"))


def _tnef_name(attachment: "TNEFAttachment") -> str:
    from tnefparse import properties

    names = {a.name: a.data for a in attachment.mapi_attrs}
    name = names.get(properties.MAPI_ATTACH_LONG_FILENAME) or attachment._name  # .name can fail
    return one_line(guessed(name) if isinstance(name, bytes) else str(name)).strip("\0 ")
