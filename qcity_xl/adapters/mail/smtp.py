"""Sending through an SMTP server; each way in which that can fail is handled differently.

Before the message is handed over, nothing has been sent: a lost connection or a 4xx is tried
again. While it is handed over, only the server's answer tells; without one the message may have
arrived, and is never sent again by itself.
"""

import smtplib
import socket
import ssl
from collections.abc import Mapping, Sequence
from typing import Any

from qcity_xl.adapters.mail.carrier import Delivery, MailStopped, Sleep, Way
from qcity_xl.adapters.mail.oauth import access_token, xoauth2
from qcity_xl.adapters.mail.secrets import mail_password
from qcity_xl.core.advice import Advice
from qcity_xl.core.mail.delivery import CUT_OFF, Parcel
from qcity_xl.core.mail.settings import PLAIN, STARTTLS, TLS, Server
from qcity_xl.core.schema.words import FAILED, SENT, UNSURE

_BACKOFF = (5.0, 20.0, 60.0, 180.0)  # seconds before each further try
_XOAUTH2 = "XOAUTH2"
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
        """Send, with patience for what is temporary.

        An address that is refused for now is tried again by itself: the others have it.
        """
        waiting = [address.mail for address in (*parcel.to, *parcel.cc)]
        refused: Refusals = {}
        sent, why = False, ""
        for number in range(self._retries + 1):
            if number:
                self._sleep(_BACKOFF[min(number - 1, len(_BACKOFF) - 1)])
            try:
                delivery, told = self._attempt(parcel, waiting, data)
            except _TryLater as error:
                why = str(error)
                self.close()
                continue
            if delivery.state != SENT:
                return _rest(delivery, waiting, refused) if sent else delivery
            before = {mail: answer for mail, answer in refused.items() if mail not in waiting}
            sent, refused = True, before | told
            waiting = [mail for mail, (code, _) in told.items() if _is_for_now(code)]
            if not waiting:
                break
        if sent:
            return Delivery(SENT, _not_taken(refused), tuple(waiting))
        why = f"{why}；重试{self._retries}次仍不行，稍后再发"
        return Delivery(FAILED, why, tuple(waiting))

    def close(self) -> None:
        """Take leave of the server, if it still answers."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()

    def _attempt(
        self, parcel: Parcel, mails: Sequence[str], data: bytes
    ) -> tuple[Delivery, Refusals]:
        """What became of it, and the addresses that were refused where others took it."""
        smtp = self._connected()
        try:
            _in_step(smtp.rset())
            answer = smtp.mail(parcel.sender.mail)
            if answer[0] >= 400:
                return _refused("发件地址", {parcel.sender.mail: answer}), {}
            _in_step(answer)
            answers = {mail: smtp.rcpt(mail) for mail in mails}
        except _GONE as error:
            raise _TryLater(f"连接断开（{error}）") from error
        refused = {mail: told for mail, told in answers.items() if told[0] not in (250, 251)}
        wanted = [address.mail for address in parcel.to if address.mail in mails] or mails
        if all(mail in refused for mail in wanted):
            return _refused("收件地址", refused), {}
        return self._handed_over(smtp, data), refused

    def _handed_over(self, smtp: smtplib.SMTP, data: bytes) -> Delivery:
        """Only a 250 that answers the whole message says that it was taken."""
        try:
            code, reply = smtp.data(data)
        except smtplib.SMTPDataError as error:  # the server does not want to hear the message
            code, reply = error.smtp_code, _bytes(error.smtp_error)
            if code < 400:  # an answer to something else: nothing was handed over
                raise _TryLater(f"服务器答非所问（{_told(code, reply)}）") from error
        except _GONE as error:
            self.close()
            return Delivery(UNSURE, f"（{error}）{CUT_OFF}")
        if code >= 400:
            return _refused("邮件", {"": (code, reply)})
        if code != 250 or not self._is_in_step(smtp):
            self.close()
            return Delivery(UNSURE, f"服务器答非所问（{_told(code, reply)}），{CUT_OFF}")
        return Delivery(SENT)

    def _is_in_step(self, smtp: smtplib.SMTP) -> bool:
        """Whether the next answer belongs to the next question: then so did the last one."""
        try:
            return smtp.rset()[0] == 250
        except _GONE:  # the line went dead after the message was taken
            self.close()
            return True

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
                if self._server.oauth:
                    raise MailStopped(
                        f"邮箱不接受这次登录（{_told(error.smtp_code, error.smtp_error)}）。"
                        "请管理员确认这个邮箱开了“经过身份验证的 SMTP”、应用有 SMTP.Send 权限；"
                        "换过密码、停用过的要重新登录。",
                        Advice("login", "登录邮箱"),
                    ) from error
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
            _log_in(smtp, server)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _log_in(smtp: smtplib.SMTP, server: Server) -> None:
    if not server.oauth:
        smtp.login(server.account, mail_password(server.account))
        return
    if _XOAUTH2 not in smtp.esmtp_features["auth"].upper().split():
        raise smtplib.SMTPNotSupportedError("没有 OAuth2")
    # A server that refuses says why first, and waits for an empty line. A token is too long for the
    # line of the command itself (RFC 4954, 4).
    answers = iter((xoauth2(server.account, access_token(server)), ""))
    smtp.auth(_XOAUTH2, lambda _=None: next(answers, ""), initial_response_ok=False)


def _in_step(answer: tuple[int, bytes]) -> None:
    """Raises _TryLater if that is no answer to what was asked; nothing was handed over yet."""
    if answer[0] != 250:
        raise _TryLater(f"服务器答非所问（{_told(*answer)}）")


def _is_for_now(code: int) -> bool:
    return 400 <= code < 500


def _not_taken(refused: Refusals) -> str:
    """Who of several did not get it, for good or for now."""
    for_now = {mail: told for mail, told in refused.items() if _is_for_now(told[0])}
    for_good = {mail: told for mail, told in refused.items() if mail not in for_now}
    told = [f"这些地址被拒收：{_listed(for_good)}"] if for_good else []
    told += [f"这些地址暂时没有收下，再运行发送只补发给它们：{_listed(for_now)}"] if for_now else []
    return "；".join(told)


def _rest(delivery: Delivery, waiting: Sequence[str], refused: Refusals) -> Delivery:
    """Sent to some, and this became of it for those that were tried again."""
    others = {mail: told for mail, told in refused.items() if mail not in waiting}
    said = f"；这些地址被拒收：{_listed(others)}" if others else ""
    return Delivery(SENT, f"{'、'.join(waiting)}：{delivery.note}{said}")


def _refused(what: str, refusals: Refusals) -> Delivery:
    """A failure; raises _TryLater if any of its reasons is temporary."""
    if any(_is_for_now(code) for code, _ in refusals.values()):
        raise _TryLater(f"服务器请稍后再试：{_listed(refusals)}")
    return Delivery(FAILED, f"服务器拒收{what}：{_listed(refusals)}。改正后再发")


def _listed(refusals: Refusals) -> str:
    return "、".join(f"{mail}（{_told(*answer)}）" for mail, answer in refusals.items())


def _told(code: int, words: bytes | str) -> str:
    told = _bytes(words).decode("utf-8", "replace")
    return f"{code} {told}".replace("\n", " ")[:200]


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()
