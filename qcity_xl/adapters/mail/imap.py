"""An inbox, read and left as it is: no message is deleted, moved or marked as read."""

import datetime as dt
import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qcity_xl import __version__
from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.oauth import access_token, xoauth2
from qcity_xl.adapters.mail.secrets import mail_password
from qcity_xl.core.advice import Advice
from qcity_xl.core.mail.settings import STARTTLS, MailSettings

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from imap_tools import BaseMailBox

_PATIENCE = 2  # times the seconds that a single line may take
_ALLOWANCE = 1.5  # a file grows by a third when it is mailed


@dataclass(frozen=True, slots=True)
class InboxMark:
    """How far an inbox was read: all of this validity up to this UID, from this day on."""

    validity: int = 0
    uid: int = 0
    since: str = ""  # 2016-05-01, "" for all


@dataclass(frozen=True, slots=True)
class Mail:
    """One message of the inbox; without data it is larger than the limit."""

    mark: InboxMark
    data: bytes | None


def unread_mail(
    settings: MailSettings, since: dt.date | None, mark: InboxMark, megabytes: float
) -> Iterator[Mail]:
    """Messages after `mark`, oldest first.

    All of them if the server has numbered its messages again, or if an earlier day is asked for.

    Raises MailStopped.
    """
    from imap_tools import ImapToolsError, MailBox, MailBoxStartTls

    server = settings.incoming
    context = ssl.create_default_context()
    kind = MailBoxStartTls if server.encryption == STARTTLS else MailBox
    # Asked before anything is opened: what is lacking is told as that.
    secret = access_token(server) if server.oauth else mail_password(server.account)
    try:
        box: BaseMailBox = kind(
            server.host, server.port, timeout=server.timeout, ssl_context=context
        )
        _Bounds(box.client, _PATIENCE * server.timeout, megabytes)
        try:
            if server.oauth:
                _show_token(box.client, xoauth2(server.account, secret))
            else:
                box.login(server.account, secret, initial_folder=None)
            _introduce(box.client)
            box.folder.set(settings.folder, readonly=True)
            yield from _messages(box, since, mark, megabytes)
        finally:
            with suppress(imaplib.IMAP4.error, ImapToolsError, OSError):
                box.logout()  # all was read by now, or what went wrong is told
    except ssl.SSLCertVerificationError as error:
        raise MailStopped(
            f"收件服务器的证书不可信（{error.verify_message}），没有收件。"
            "请核对服务器名称；单位自签证书请让技术人员设 SSL_CERT_FILE。"
        ) from error
    except (ImapToolsError, imaplib.IMAP4.error) as error:
        raise MailStopped(
            f"收件没有完成（{_short(error)}）。请核对账号、授权码和「设置」里的收件文件夹，"
            "并在邮箱网页里开通 IMAP；已收的不会重收。"
        ) from error
    except OSError as error:
        raise MailStopped(
            f"连不上收件服务器 {server.host}，或中途断开（{error}）。已收的不会重收，请稍后再试。"
        ) from error


class _Bounds:
    """Ends what a server answers without end: lines after lines, or bytes beyond all bounds."""

    def __init__(self, client: imaplib.IMAP4, seconds: float, megabytes: float) -> None:
        """A command, and what follows the bytes of a message, may take so long, these be so many.

        Twice what is asked for at all: some servers tell sizes by estimate.
        """
        self._most = int(2 * _ALLOWANCE * megabytes * 2**20)
        self._read, self._readline, self._send = client.read, client.readline, client.send
        self._seconds, self._until = seconds, 0.0
        client.read, client.readline = self.read, self.readline  # type: ignore[method-assign]  # documented as what a subclass may change
        client.send = self.send  # type: ignore[method-assign]

    def send(self, data: "ReadableBuffer") -> None:
        """The same, and the time begins anew."""
        self._until = time.monotonic() + self._seconds
        self._send(data)

    def read(self, size: int) -> bytes:
        """The same; a large message may take its time. Raises IMAP4.abort for too large a one."""
        if size > self._most:
            raise imaplib.IMAP4.abort(f"邮件有{size:,}字节，比说的大得多")
        found = self._read(size)
        self._until = time.monotonic() + self._seconds
        return found

    def readline(self) -> bytes:
        """The same. Raises TimeoutError."""
        if time.monotonic() > self._until:
            raise TimeoutError(f"{self._seconds:.0f}秒没有答完")
        return self._readline()


def _show_token(client: imaplib.IMAP4, answer: str) -> None:
    """Log in with a token. A server that refuses says why first, and waits for an empty line."""
    answers = iter((answer.encode(), b""))
    try:
        client.authenticate("XOAUTH2", lambda _: next(answers, b""))
    except imaplib.IMAP4.error as error:
        raise MailStopped(
            f"收件邮箱不接受这次登录（{_short(error)}）。请管理员确认这个邮箱开了 IMAP、"
            "应用有 IMAP.AccessAsUser.All 权限；换过密码、停用过的要重新登录。",
            Advice("login", "登录邮箱"),
        ) from error


def _introduce(client: imaplib.IMAP4) -> None:
    """Say who we are: some services (163, 126) refuse to open a folder to nameless programs."""
    if "ID" in client.capabilities:
        client.xatom("ID", f'("name" "qcity_xl" "version" "{__version__}")')


def _messages(
    box: "BaseMailBox", since: dt.date | None, mark: InboxMark, megabytes: float
) -> Iterator[Mail]:
    from imap_tools import AND, U

    told = (box.client.response("UIDVALIDITY")[1] or [b""])[0] or b"0"
    validity = int(told) if told.isdigit() else 0
    first = since.isoformat() if since else ""
    start = mark.uid if mark.validity == validity and mark.since <= first else 0
    found = box.uids(AND(uid=U(str(start + 1), "*"), date_gte=since), charset=None)
    if odd := next((uid for uid in found if not (uid.isdigit() and uid.isascii())), None):
        raise MailStopped(
            f"收件服务器列出的邮件编号看不懂（{_words(odd.encode())}），没有收件。"
            "请过一会儿再收；总是这样的，请把邮件另存到一个文件夹再收那个文件夹。"
        )
    # A range up to * holds the last message even if that is older.
    for uid in sorted(number for number in map(int, found) if number > start):
        yield Mail(InboxMark(validity, uid, first), _fetched(box.client, uid, megabytes))


def _fetched(client: imaplib.IMAP4, uid: int, megabytes: float) -> bytes | None:
    """A message's bytes; None if it is too large. Its \\Seen mark stays as it is.

    Raises MailStopped where the server does not give it: a NO is no empty message, and imaplib
    raises for a BAD alone.
    """
    told = _answer(client, uid, "(RFC822.SIZE)")
    size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(t for t in told if isinstance(t, bytes)))
    if size is None:
        raise _not_given(uid, "没有说邮件多大")
    if int(size[1]) > megabytes * _ALLOWANCE * 1024 * 1024:
        return None
    parts = _answer(client, uid, "(BODY.PEEK[])")
    wanted = re.compile(rb"\bUID %d\b" % uid)
    for number, part in enumerate(parts):
        if isinstance(part, tuple) and part[1]:
            after = parts[number + 1] if number + 1 < len(parts) else b""
            if wanted.search(part[0] + (after if isinstance(after, bytes) else b"")):
                return bytes(part[1])
    raise _not_given(uid, "没有给出邮件内容")


def _answer(client: imaplib.IMAP4, uid: int, what: str) -> "list[Any]":
    status, told = client.uid("FETCH", str(uid), what)
    if status != "OK":
        raise _not_given(uid, _words(b" ".join(t for t in told if isinstance(t, bytes))))
    return told


def _not_given(uid: int, why: str) -> MailStopped:
    return MailStopped(
        f"收件服务器没有给出第{uid}号邮件（{why}），收到这里停下，它和后面的都没有收。"
        "已收的不会重收，请过一会儿再收；总是停在这里的，请在邮箱网页里找到它，"
        "把附件另存到一个文件夹再收那个文件夹，然后把它移到别的邮件夹。"
    )


def _short(error: Exception) -> str:
    """What the server or a library said; answers come as the text of Python bytes."""
    found = re.search(r"b'((?:[^'\\]|\\.)*)'|b\"([^\"]*)\"", str(error))
    said = (found[1] or found[2] or "") if found else str(error)
    return _words(said.encode())


def _words(said: bytes) -> str:
    return said.decode("utf-8", "replace").replace("\n", " ")[:200]
