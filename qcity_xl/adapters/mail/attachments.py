"""Files out of messages: attachments, forwarded mail, zip, winmail.dat, .msg, one in another.

All of it is hostile: read as data, never executed, under the limits for returned files. What is
not taken apart is kept whole, and what is wrong with it is told; a message without a file is told
as well.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from email.message import Message
from email.utils import parseaddr
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qcity_xl.adapters.mail.envelope import envelope_of, file_name, guessed
from qcity_xl.adapters.mail.signed import signed_content
from qcity_xl.adapters.mail.wire import (
    content_of,
    ending_for,
    forwarded,
    is_file,
    is_message,
    message_in,
    uuencoded,
)
from qcity_xl.adapters.mail.zips import (
    entries_in,
    is_called_otherwise,
    is_document,
    member_name,
    opened,
)
from qcity_xl.core.litter import is_litter
from qcity_xl.core.mail.inbox import Envelope, Incoming
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.text import one_line

if TYPE_CHECKING:
    from oxmsg.storage import Storage
    from tnefparse.tnef import TNEFAttachment

# How deep things may stand in one another: a mail in a mail is read in one go and costs nothing,
# but each zip in a zip multiplies.
_DEEPEST, _MAIL, _CONTAINER = 50, 1, 10
_MOST_LISTED = 20_000  # files of a zip that is opened at all: each costs a kilobyte to list
_MEGABYTE = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TNEF = b"\x78\x9f\x3e\x22"
_PACKED = {
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gz",
    b"MSCF": "CAB",
    b"BZh": "bz2",
    b"\xfd7zXZ": "xz",
}
_MESSAGE_STREAM = "__properties_version1.0".encode("utf-16-le")
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods")
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature",
               "application/pgp-signature")  # fmt: skip
_LINK = re.compile(
    r"超大附件|云附件|大附件|文件中转站|中转站附件|网盘|(?:pan|yun)\.(?:baidu|quark|xunlei)\.|weiyun\.com"
    r"|alipan\.com|aliyundrive\.com|123pan\.|lanzou\w?\.|ctfile\.|/ftn(?:\?|/|_)|cowtransfer\."
)
_MOST_WORDS = _MEGABYTE  # of a letter's own text that is looked at
_BOUNCED = "是退信，我们发出的邮件没有送到；请核对「单位」表里的邮箱"
_TOO_DEEP = "一层套一层，层数太多，没有读；请单位只寄填报表"
_TOO_MUCH = "附件太多或太大，没有读完；请分几封寄"
_BY_LINK = "网盘或超大附件的链接，没有下载；请在邮箱网页里点开下载到一个文件夹，再收那个文件夹"
_EMBEDDED = "__substg1.0_3701000D"  # the storage of a message that is attached to another
_NOWHERE = Envelope()  # of a file that lay in a folder
Opener = Callable[[str, bytes, Envelope, int], Iterator[Incoming]]


class Unpacker:
    """Takes one message or file apart, keeping count of what it has read."""

    def __init__(self, limits: Limits) -> None:
        """The limits hold for everything that one message or file contains."""
        self._limits = limits
        self._bytes = limits.unpacked_mb * _MEGABYTE
        self._files = int(limits.parts)
        self._full = False
        self._linked = False

    def files(self, name: str, data: bytes) -> Iterator[Incoming]:
        """All files in it, each with the envelope of the message that it came in.

        A message without any is told by itself; so is one that says where a file lies.
        """
        yield from self._open(name, data, _NOWHERE, 0)

    def _open(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        if self._full or is_litter(name):
            return
        self._bytes -= len(data)
        self._files -= 1
        if fault := self._limit(data):
            yield Incoming(name, None, envelope, fault)
            return
        if fault := _TOO_DEEP if depth > _DEEPEST else _packed(data):
            yield Incoming(name, data, envelope, fault)
            return
        opener, cost = self._opener(name, data)
        if opener is None:
            yield Incoming(name, data, envelope)
            return
        try:
            yield from opener(name, data, envelope, depth + cost)
        except RecursionError:
            yield Incoming(name, data, envelope, _TOO_DEEP)
        except Exception as error:  # libraries for broken formats fail in any way
            yield Incoming(name, data, envelope, f"打不开（{error}），请单位重发")

    def _limit(self, data: bytes) -> str:
        """Which limit is passed; of those for everything together, the first time alone."""
        if len(data) > self._limits.file_mb * _MEGABYTE:
            return f"超过{self._limits.file_mb:g}兆字节，没有读"
        self._full = self._bytes < 0 or self._files < 0
        return _TOO_MUCH if self._full else ""

    def _opener(self, name: str, data: bytes) -> tuple[Opener | None, int]:
        """What takes it apart, and how much deeper that is."""
        ending = PurePosixPath(name.lower()).suffix
        if data.startswith(_TNEF):
            return self._tnef, _CONTAINER
        if data.startswith(_OLE):
            mail = ending == ".msg" or _MESSAGE_STREAM in data
            return (self._msg, _CONTAINER) if mail else (None, 0)
        if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return self._zip, _CONTAINER
        if ending == ".p7m":
            return self._signed, _MAIL
        if ending == ".eml" or (ending not in (".mht", ".mhtml") and is_message(data, name)):
            return self._eml, _MAIL
        return None, 0

    def _eml(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        message = message_in(data, name)
        if message is None:
            yield Incoming(name, data, envelope, "叫 .eml，里面却不是邮件，没有读；请单位重发")
        else:
            yield from self._message(message, envelope, depth, name)

    def _message(
        self, message: Message, outer: Envelope, depth: int, name: str
    ) -> Iterator[Incoming]:
        """A forwarded mail counts as sent by who forwarded it."""
        envelope = outer if outer.mail else envelope_of(message)
        yield from self._told(
            self._part(message, envelope, depth), name if outer is _NOWHERE else "", envelope
        )

    def _told(self, files: Iterator[Incoming], name: str, envelope: Envelope) -> Iterator[Incoming]:
        """The files of a message; of the outermost, which has a `name`, also what it lacks."""
        if not name:
            yield from files
            return
        self._linked, some = False, False
        for found in files:
            some = True
            yield found
        shown = envelope.subject or name
        if some and self._linked:
            yield Incoming(shown, None, envelope, f"邮件里另有{_BY_LINK}")
        elif not some:
            why = f"没有附件，只有{_BY_LINK}" if self._linked else ""
            yield Incoming(shown, None, envelope, why, is_letter=True)

    def _part(self, part: Message, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        kind = part.get_content_type()
        if kind == "multipart/report" and _is_bounce(part):  # it holds our own message again
            yield Incoming(envelope.subject or "退信", None, envelope, _BOUNCED)
        elif depth > _DEEPEST:
            yield Incoming(envelope.subject or "转发的邮件", None, envelope, _TOO_DEEP)
        elif kind in ("message/rfc822", "message/global"):
            for message in forwarded(part):
                yield from self._part(message, envelope, depth + _MAIL)
        elif part.is_multipart():
            for inner in part.get_payload():
                if isinstance(inner, Message):
                    yield from self._part(inner, envelope, depth)
        elif not _is_decoration(part):
            yield from self._leaf(part, envelope, depth)

    def _leaf(self, part: Message, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        """A file with or without a name, or the words of the letter."""
        data, name = content_of(part), file_name(part)
        if name or is_file(part, data):
            name = name or f"附件{ending_for(part, data)}"
            yield from self._open(name, data, envelope, depth)
            return
        self._linked = self._linked or _LINK.search(guessed(data[:_MOST_WORDS])) is not None
        for inner, content in uuencoded(data):
            if content is None:
                yield Incoming(inner, None, envelope, "附在正文里（uuencode），已损坏，请单位重发")
            else:
                yield from self._open(inner, content, envelope, depth)

    def _signed(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        content = signed_content(data)
        if content is None:
            why = "是加密或签名的邮件（S/MIME），没有解开；请单位不加密、不签名重发"
            yield Incoming(name, data, envelope, why)
        elif message := message_in(content, name):
            yield from self._part(message, envelope, depth)
        else:
            yield from self._open(name[: -len(".p7m")], content, envelope, depth)

    def _tnef(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        from tnefparse import TNEF

        for attachment in TNEF(data).attachments:
            inner = _tnef_name(attachment) or name
            yield from self._open(inner, bytes(attachment.data), envelope, depth)

    def _msg(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        from olefile import OleFileIO
        from oxmsg import Message as SavedMessage
        from oxmsg.storage import Storage

        top = name if envelope is _NOWHERE else ""
        with OleFileIO(data) as ole:
            storage = Storage.from_ole(ole)
        saved = SavedMessage(storage)
        if not envelope.mail:
            named, mail = parseaddr(saved.sender or "")
            sent = saved.sent_date.isoformat(" ") if saved.sent_date else ""
            envelope = Envelope(mail.lower(), named, sent, one_line(saved.subject))
        yield from self._told(self._saved(storage, envelope, depth), top, envelope)

    def _saved(self, storage: "Storage", envelope: Envelope, depth: int) -> Iterator[Incoming]:
        """The attachments of a message saved by Outlook, those of messages inside it included."""
        from oxmsg.attachment import Attachment

        for kept in storage.iter_attachment_storages():
            for inner in kept.storages:
                if inner.name == _EMBEDDED and depth <= _DEEPEST:
                    yield from self._saved(inner, envelope, depth + _MAIL)
            attachment = Attachment(kept)
            if attachment.file_bytes:
                name = attachment.file_name or "附件"
                yield from self._open(name, attachment.file_bytes, envelope, depth)

    def _zip(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        count = entries_in(data)
        if count > _MOST_LISTED:
            why = f"压缩包里有{count:,}个文件，没有解开；请单位只寄填报表，佐证分几包寄"
            yield Incoming(name, data, envelope, why)
            return
        archive = opened(data)
        if archive is None and name.lower().endswith(_WORKBOOKS):
            yield Incoming(
                name, data, envelope
            )  # whoever reads workbooks says what is wrong with it
            return
        if archive is None:
            why = "压缩包不完整，或不是正常的压缩包，没有解开；请单位重新压缩（.zip）后重发"
            yield Incoming(name, data, envelope, why)
            return
        with archive:
            if is_document(name, archive.namelist()):
                yield Incoming(name, data, envelope)
            elif is_called_otherwise(name):
                why = (
                    f"是压缩包，却不叫 .zip，没有解开（里面有{count}个文件）；请改名为 .zip 后再收"
                )
                yield Incoming(name, data, envelope, why)
            else:
                for info in sorted(archive.infolist(), key=_is_in_the_back):
                    yield from self._member(archive, info, name, envelope, depth)

    def _member(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        name: str,
        envelope: Envelope,
        depth: int,
    ) -> Iterator[Incoming]:
        inner = member_name(info)
        shown = f"{name}/{inner}"
        if self._full or info.is_dir() or is_litter(inner):
            return
        if info.flag_bits & 1:
            yield Incoming(shown, None, envelope, "压缩包加了密码，请单位去掉密码重发")
        elif fault := self._too_large(info):
            yield Incoming(shown, None, envelope, fault)
        else:
            yield from self._open(inner, archive.read(info), envelope, depth)

    def _too_large(self, info: zipfile.ZipInfo) -> str:
        if info.file_size > min(self._limits.file_mb * _MEGABYTE, self._bytes):
            return "解压后太大，没有读"
        if info.file_size > self._limits.ratio * max(info.compress_size, 1):
            return "压缩比异常，可能是恶意文件，没有读"
        return ""


def _is_in_the_back(info: zipfile.ZipInfo) -> bool:
    """Whether a file of a zip is no workbook: if not all are read, packs should be among them."""
    return not member_name(info).lower().endswith((*_WORKBOOKS, ".zip"))


def _packed(data: bytes) -> str:
    """Why a packed file of a kind that we do not open is kept as it is; "" for any other."""
    kind = next((kind for mark, kind in _PACKED.items() if data.startswith(mark)), "")
    kind = "tar" if data[257:262] == b"ustar" else kind
    return f"是 {kind} 压缩包，请解压后再收，或请单位改用 zip" if kind else ""


def _is_bounce(part: Message) -> bool:
    """Whether a report tells of mail that was not delivered."""
    if part.get_param("report-type") == "delivery-status":
        return True
    return any(p.get_content_type() == "message/delivery-status" for p in part.walk())


def _is_decoration(part: Message) -> bool:
    """Whether a part is a picture of the letter itself, such as a logo, or only its signature."""
    if part.get_content_type() in _SIGNATURES:
        return True
    shown = part.get_content_disposition() != "attachment"
    return part.get_content_maintype() == "image" and "Content-ID" in part and shown


def _tnef_name(attachment: "TNEFAttachment") -> str:
    from tnefparse import properties

    names = {a.name: a.data for a in attachment.mapi_attrs}
    name = names.get(properties.MAPI_ATTACH_LONG_FILENAME) or attachment._name  # .name can fail
    return one_line(guessed(name) if isinstance(name, bytes) else str(name)).strip("\0 ")
