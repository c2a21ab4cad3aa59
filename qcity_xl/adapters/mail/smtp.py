"""Sending through an SMTP server; each way in which that can fail is handled differently.

Before the message is handed over, nothing has been sent: a lost connection or a 4xx is tried
again. While it is handed over, only the server's answer tells; without one the message may have
arrived, and is never sent again by itself.
"""

import smtplib
import socket
import ssl
from collections.abc import Mapping
from typing import Any

from qcity_xl.adapters.mail.carrier import Delivery, MailStopped, Sleep, Way
from qcity_xl.adapters.mail.secrets import mail_password
from qcity_xl.core.mail.delivery import CUT_OFF, Parcel
from qcity_xl.core.mail.settings import PLAIN, STARTTLS, TLS, Server
from qcity_xl.core.schema.words import FAILED, SENT, UNSURE

_BACKOFF = (5.0, 20.0, 60.0, 180.0)  # seconds before each further try
_GONE = (smtplib.SMTPServerDisconnected, OSError)  # timeouts and TLS failures are OSErrors
Refusals = dict[str, tuple[int, bytes]]


class _TryLater(Exception):
    """Nothing was handed over; the text says why."""


class SmtpServer:
    """One connection, opened again where it is lost."""

    leaves = True

    def __init__(self, server: Server, retries: int, sleep: Sleep) -> None:
        """Nothing is opened yet."""
        self._server, self._retries, self._sleep = server, retries, sleep
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> int:
        """Connect and log in; the size limit that the server states."""
        try:
            smtp = self._connected()
        except _TryLater as error:
            raise MailStopped(f"{error}。请检查网络和「设置」里的发送服务器、端口。") from error
        told = smtp.esmtp_features.get("size", "").split()
        return int(told[0]) if told and told[0].isdigit() else 0

    def send(self, parcel: Parcel, data: bytes) -> Delivery:
        """Send, with patience for what is temporary."""
        for number in range(self._retries + 1):
            try:
                return self._attempt(parcel, data)
            except _TryLater as error:
                why = str(error)
                self.close()
            if number < self._retries:
                self._sleep(_BACKOFF[min(number, len(_BACKOFF) - 1)])
        return Delivery(FAILED, f"{why}；重试{self._retries}次仍不行，稍后再发")

    def close(self) -> None:
        """Take leave of the server, if it still answers."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()

    def _attempt(self, parcel: Parcel, data: bytes) -> Delivery:
        smtp = self._connected()
        try:
            smtp.rset()
            answer = smtp.mail(parcel.sender.mail)
            if answer[0] != 250:
                return _refused("发件地址", {parcel.sender.mail: answer})
            answers = {a.mail: smtp.rcpt(a.mail) for a in (*parcel.to, *parcel.cc)}
        except _GONE as error:
            raise _TryLater(f"连接断开（{error}）") from error
        refused = {mail: told for mail, told in answers.items() if told[0] not in (250, 251)}
        if all(address.mail in refused for address in parcel.to):
            return _refused("收件地址", refused)
        try:
            code, reply = smtp.data(data)
        except smtplib.SMTPDataError as error:  # the server does not want to hear the message
            code, reply = error.smtp_code, _bytes(error.smtp_error)
        except _GONE as error:
            self.close()
            return Delivery(UNSURE, f"（{error}）{CUT_OFF}")
        if code != 250:
            return _refused("邮件", {"": (code, reply)})
        return Delivery(SENT, f"这些地址被拒收：{_listed(refused)}" if refused else "")

    def _connected(self) -> smtplib.SMTP:
        """The connection, made if there is none. Raises _TryLater, MailStopped."""
        if self._smtp is None:
            try:
                self._smtp = _connect(self._server)
            except ssl.SSLCertVerificationError as error:
                raise MailStopped(
                    f"发送服务器的证书不可信（{error.verify_message}），没有发送。"
                    "请核对服务器名称；单位自签证书请让技术人员设 SSL_CERT_FILE。"
                ) from error
            except smtplib.SMTPAuthenticationError as error:
                raise MailStopped(
                    f"邮箱登录失败（{_told(error.smtp_code, error.smtp_error)}）。"
                    "请核对账号；多数邮箱要先在网页里开通 SMTP，再用“授权码”代替密码。"
                ) from error
            except smtplib.SMTPNotSupportedError as error:
                raise MailStopped(
                    f"发送服务器不支持所选的加密或登录方式（{error}）。请核对“发送加密”和端口。"
                ) from error
            except (*_GONE, smtplib.SMTPException) as error:
                raise _TryLater(f"连不上发送服务器 {self._server.host}（{error}）") from error
        return self._smtp


def way(asked: Mapping[str, Any]) -> Way:  # noqa: ARG001 - as all ways are made
    """The server of 设置."""
    return Way(
        lambda settings, sleep: SmtpServer(settings.outgoing, settings.retries, sleep),
        leaves=True,
        server=True,
    )


def _connect(server: Server) -> smtplib.SMTP:
    smtp: smtplib.SMTP
    context = ssl.create_default_context()
    if server.encryption == TLS:
        smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        # The end of a message must not wait for the answer to its beginning: 40 ms each.
        if smtp.sock:
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.ehlo()
        if server.encryption == STARTTLS:
            smtp.starttls(context=context)
            smtp.ehlo()
        if server.encryption != PLAIN and smtp.has_extn("auth"):
            smtp.login(server.account, mail_password(server.account))
    except BaseException:
        smtp.close()
        raise
    return smtp


def _refused(what: str, refusals: Refusals) -> Delivery:
    """A failure; raises _TryLater if any of its reasons is temporary."""
    if any(400 <= code < 500 for code, _ in refusals.values()):
        raise _TryLater(f"服务器请稍后再试：{_listed(refusals)}")
    return Delivery(FAILED, f"服务器拒收{what}：{_listed(refusals)}。改正后再发")


def _listed(refusals: Refusals) -> str:
    return "、".join(f"{mail}（{_told(*answer)}）" for mail, answer in refusals.items())


def _told(code: int, words: bytes | str) -> str:
    told = _bytes(words).decode("utf-8", "replace")
    return f"{code} {told}".replace("\n", " ")[:200]


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()
