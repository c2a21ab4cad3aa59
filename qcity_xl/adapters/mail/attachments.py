"""Files out of messages: attachments, forwarded mail, zip, winmail.dat, .msg, one in another.

All of it is hostile: read as data, never executed, under the limits for returned files. What is
not taken apart is kept whole, and what is wrong with it is told; a message without a file is told
as well.
"""

import zipfile
from collections.abc import Callable, Iterator
from email.message import Message
from email.utils import parseaddr
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qcity_xl.adapters.mail.bodies import parsed, raw, restored
from qcity_xl.adapters.mail.envelope import envelope_of, file_name, guessed
from qcity_xl.adapters.mail.parts import (
    boundary_in,
    has_link,
    has_status,
    has_structure,
    is_bounce,
    is_decoration,
    packed,
)
from qcity_xl.adapters.mail.signed import is_signed, signed_content
from qcity_xl.adapters.mail.wire import (
    broken_off,
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
    from oxmsg.storage import Storage, Stream
    from tnefparse.tnef import TNEFAttachment

# How deep things may stand in one another: a mail in a mail is read in one go and costs nothing,
# but each zip in a zip multiplies.
_DEEPEST, _MAIL, _CONTAINER = 50, 1, 10
_MOST_LISTED = 20_000  # files of a zip that is opened at all: each costs a kilobyte to list
_MEGABYTE = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TNEF = b"\x78\x9f\x3e\x22"
_MESSAGE_STREAM = "__properties_version1.0".encode("utf-16-le")
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods")
# Documents of the old kind, which may hold a saved message as an object.
_OLD_DOCUMENTS = (".xls", ".xlt", ".et", ".doc", ".dot", ".wps", ".ppt", ".pps", ".dps", ".vsd")
_BOUNCED = "是退信，我们发出的邮件没有送到；请核对「单位」表里的邮箱"
_TOO_DEEP = "一层套一层，层数太多，没有读；请单位只寄填报表"
_TOO_MUCH = "附件太多或太大，没有读完；请分几封寄"
_IN_PIECES = "邮件被分割成几段寄来，没有读；请单位不分割重发"
_BROKEN = "邮件的结构坏了，没有读出附件；请单位重发"
_BY_LINK = "网盘或超大附件的链接，没有下载；请在邮箱网页里点开下载到一个文件夹，再收那个文件夹"
_NO_FILE_IN_MSG = "附件是空的，或是链接、嵌入的对象，没有取出；请单位作为普通附件重发"
_SHORT_NAME = 0x3704  # PidTagAttachFilename, for programs that give no long one
_ENCRYPTED = 1  # in the flags of a zip's file
_WORDS_OF_MSG = ("__substg1.0_1000001F", "__substg1.0_1000001E", "__substg1.0_10130102")
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
        if depth > _DEEPEST:
            yield Incoming(name, data, envelope, _TOO_DEEP)
            return
        if kind := packed(data):
            why = f"是 {kind}，没有打开；请解开后再收，或请单位改用 zip"
            yield Incoming(name, data, envelope, why)
            return
        opener, cost = self._opener(name, data)
        if opener is None:
            yield Incoming(name, data, envelope)
            return
        some = False
        try:
            for found in opener(name, data, envelope, depth + cost):
                some = True
                yield found
            if not some and not self._full and self._is_kept(opener, envelope):
                yield Incoming(name, data, envelope)
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

    def _is_kept(self, opener: Opener, envelope: Envelope) -> bool:
        """Whether what nothing came out of is a file itself, such as an attached letter.

        Not so a zip of nothing but litter, and, in a mail, what only wraps its words.
        """
        wraps = envelope is not _NOWHERE and opener in (self._tnef, self._signed)
        return opener != self._zip and not wraps

    def _opener(self, name: str, data: bytes) -> tuple[Opener | None, int]:
        """What takes it apart, and how much deeper that is."""
        ending = PurePosixPath(name.lower()).suffix
        if data.startswith(_TNEF):
            return self._tnef, _CONTAINER
        if data.startswith(_OLE):
            mail = ending not in _OLD_DOCUMENTS and _MESSAGE_STREAM in data
            mail = mail or ending == ".msg"
            return (self._msg, _CONTAINER) if mail else (None, 0)
        if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return self._zip, _CONTAINER
        if ending == ".p7m" or (ending not in (".p7s", ".p7b") and is_signed(data)):
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
        if part.get_content_type() == "multipart/report" and is_bounce(part):
            yield Incoming(envelope.subject or "退信", None, envelope, _BOUNCED)
            if depth <= _MAIL and has_status(part):  # it holds our own message again
                return
        yield from self._inside(part, envelope, depth)

    def _inside(self, part: Message, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        kind = part.get_content_type()
        subject = envelope.subject or "转发的邮件"
        if depth > _DEEPEST:
            yield Incoming(subject, None, envelope, _TOO_DEEP)
        elif kind == "message/partial":
            yield Incoming(subject, None, envelope, _IN_PIECES)
        elif kind == "message/external-body":
            self._linked = True
        elif kind in ("message/rfc822", "message/global"):
            for message in forwarded(part):
                yield from self._part(message, envelope, depth + _MAIL)
        elif part.is_multipart():
            yield from self._around(part, part.preamble, envelope, depth)
            for inner in part.get_payload():
                if isinstance(inner, Message):
                    yield from self._part(inner, envelope, depth)
            yield from self._around(part, part.epilogue, envelope, depth)
        elif part.get_content_maintype() == "multipart":  # it does not hold what it says
            words = bytes(raw(part))
            yield from self._words(words, envelope, depth)
            if has_structure(words) and not boundary_in(words):
                yield Incoming(f"{subject}.eml", words, envelope, _BROKEN)
        else:
            yield from self._leaf(part, envelope, depth)

    def _around(
        self, part: Message, words: str | None, envelope: Envelope, depth: int
    ) -> Iterator[Incoming]:
        """What stands before the first boundary or after the last."""
        if words and not words.isspace():
            given = restored(part, words.encode("utf-8", "surrogateescape"))
            yield from self._words(bytes(given), envelope, depth)

    def _leaf(self, part: Message, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        """A file with or without a name, or the words of the letter."""
        data, name = content_of(part), file_name(part)
        if is_decoration(part, name, data):
            return
        if rest := broken_off(part, data):
            yield from self._part(rest, envelope, depth + _MAIL)
        elif name or is_file(part, data):
            name = name or f"附件{ending_for(part, data)}"
            yield from self._open(name, data, envelope, depth)
        else:
            yield from self._words(data, envelope, depth)

    def _words(self, words: bytes, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        """Files that stand in the words of a letter, and whether these tell of a link.

        So do the parts of a message that was put together wrong.
        """
        if has_structure(words) and (boundary := boundary_in(words)):
            head = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n' % boundary
            if (whole := parsed(head + words)).is_multipart():
                yield from self._part(whole, envelope, depth + _MAIL)
                return
        self._linked = self._linked or has_link(words)
        for inner, content in uuencoded(words):
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
            yield from self._open(name.removesuffix(".p7m"), content, envelope, depth)

    def _tnef(self, name: str, data: bytes, envelope: Envelope, depth: int) -> Iterator[Incoming]:
        from tnefparse import TNEF

        wrapper = TNEF(data)
        for attachment in wrapper.attachments:
            inner = _tnef_name(attachment) or name
            yield from self._open(inner, bytes(attachment.data), envelope, depth)
        if not wrapper.attachments and not wrapper.mapiprops:
            yield Incoming(name, data, envelope, "winmail.dat 已损坏，没有读出附件；请单位重发")

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

        for stream in storage.streams:
            if stream.name in _WORDS_OF_MSG:
                self._linked = self._linked or has_link(_utf8(stream))
        for kept in storage.iter_attachment_storages():
            attachment = Attachment(kept)
            name = attachment.file_name or attachment.properties.str_prop_value(_SHORT_NAME)
            name = one_line(name or "") or "附件"
            messages = [inner for inner in kept.storages if _is_saved_message(inner)]
            if attachment.file_bytes:
                yield from self._open(name, attachment.file_bytes, envelope, depth)
            elif depth > _DEEPEST:
                yield Incoming(name, None, envelope, _TOO_DEEP)
            elif not messages:
                yield Incoming(name, None, envelope, _NO_FILE_IN_MSG)
            for inner in messages if depth <= _DEEPEST else ():
                yield from self._saved(inner, envelope, depth + _MAIL)

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
                yield from self._members(archive, name, data, envelope, depth)

    def _members(
        self, archive: zipfile.ZipFile, name: str, data: bytes, envelope: Envelope, depth: int
    ) -> Iterator[Incoming]:
        members = [info for info in archive.infolist() if not info.is_dir()]
        if not members:
            yield Incoming(name, data, envelope, "压缩包里没有文件，请单位重新压缩后重发")
        locked = [info for info in members if info.flag_bits & _ENCRYPTED]
        if locked:
            which = "" if len(locked) == len(members) else f"其中{len(locked)}个文件"
            yield Incoming(name, data, envelope, f"压缩包{which}加了密码，请单位去掉密码重发")
        for info in sorted(members, key=_is_in_the_back):
            inner = member_name(info)
            if self._full or info in locked or is_litter(inner):
                continue
            if fault := self._too_large(info):
                yield Incoming(f"{name}/{inner}", None, envelope, fault)
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


def _is_saved_message(inner: "Storage") -> bool:
    """Whether what is embedded is a message, and not a sheet or a picture."""
    return inner.name == _EMBEDDED and any(
        s.name == "__properties_version1.0" for s in inner.streams
    )


def _utf8(stream: "Stream") -> bytes:
    data: bytes = stream.bytes_
    return data.decode("utf-16-le", "replace").encode() if stream.name.endswith("001F") else data


def _tnef_name(attachment: "TNEFAttachment") -> str:
    from tnefparse import properties

    names = {a.name: a.data for a in attachment.mapi_attrs}
    name = names.get(properties.MAPI_ATTACH_LONG_FILENAME) or attachment._name  # .name can fail
    return one_line(guessed(name) if isinstance(name, bytes) else str(name)).strip("\0 ")
