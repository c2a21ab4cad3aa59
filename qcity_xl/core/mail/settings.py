"""What 设置 says of sending, collecting and chasing; never a password."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.mail.addresses import Address, parse_addresses
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema.setting import (
    DAYS,
    HOST,
    TEXT,
    YES_OR_NO,
    Kind,
    number,
    one_of,
    read_settings,
    setting,
    whole,
)
from qcity_xl.core.schema.words import FINAL, REMINDER, URGENT
from qcity_xl.core.text import half_width, one_line
from qcity_xl.core.values import Value

TLS, STARTTLS, PLAIN = "TLS", "STARTTLS", "无"
BY_PASSWORD, OAUTH = "密码", "OAuth2"
_AUTHORITY = re.compile(r"https://[\w.-]{1,253}(?::\d{1,5})?/[\w.-]{1,100}/?")
_ADDRESSES: Kind[tuple[Address, ...]] = Kind("邮箱地址，如 zlqs@example.com", parse_addresses)


def _read_earliest(text: str) -> tuple[dt.date | None, Sequence[str]]:
    days, faults = DAYS.read(text)
    return min(days or (), default=None), faults


_DAY: Kind[dt.date | None] = Kind(DAYS.allowed, _read_earliest)


def _read_authority(text: str) -> tuple[str | None, Sequence[str]]:
    place = half_width(text)
    return (place.rstrip("/"), ()) if _AUTHORITY.fullmatch(place) else (None, (text,))


_PLACE: Kind[str] = Kind("https:// 开头的登录地址，末尾是租户", _read_authority)


def _words(*words: str) -> Kind[str]:
    return one_of({word: word for word in words})


@dataclass(frozen=True, slots=True)
class Server:
    """Where to connect; seconds until it counts as gone.

    With `oauth` a token takes the place of the password: which application asks for it, where.
    """

    host: str
    port: int
    encryption: str
    account: str
    timeout: float
    oauth: bool = False
    application: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Who sends, through which server, how fast; which inbox; when to chase."""

    sender_name: str = setting(
        "邮件", "发件人名称", "质量强市领导小组办公室", TEXT, "收件人看到的名字"
    )
    senders: tuple[Address, ...] = setting(
        "邮件", "发件地址", (), _ADDRESSES, "办公室的邮箱，如 zlqs@example.com"
    )
    cc: tuple[Address, ...] = setting(
        "邮件", "抄送", (), _ADDRESSES, "每封邮件同时抄送给谁；多个地址用；隔开，留空不抄送"
    )
    smtp_host: str = setting(
        "邮件", "发送服务器", "", HOST, "邮箱服务商的 SMTP 服务器，如 smtp.example.com"
    )
    smtp_port: int = setting(
        "邮件", "发送端口", 465, whole(1, 65_535), "TLS 一般为 465，STARTTLS 一般为 587"
    )
    smtp_encryption: str = setting(
        *("邮件", "发送加密", TLS, _words(TLS, STARTTLS, PLAIN)),
        "TLS、STARTTLS 或 无；选“无”时不登录，只用于单位内网",
    )
    login: str = setting(
        *("邮件", "账号", "", TEXT),
        "登录账号，留空则用发件地址；密码不写在表里，见 docs/邮件设置.md",
    )
    sign_in: str = setting(
        *("邮件", "登录方式", BY_PASSWORD, _words(BY_PASSWORD, OAUTH)),
        "密码（含授权码）或 OAuth2；Microsoft 365 已停用密码，用 OAuth2，先请技术人员登录一次",
    )
    application: str = setting(
        *("邮件", "应用编号", "", TEXT),
        "只用于 OAuth2：管理员在 Microsoft 365 注册的应用（客户端）编号",
    )
    authority: str = setting(
        *("邮件", "登录地址", "https://login.microsoftonline.com/organizations", _PLACE),
        "只用于 OAuth2；世纪互联的是 https://login.partner.microsoftonline.cn/organizations",
    )
    megabytes: float = setting(
        *("邮件", "邮件上限", 20, number(0.01, 1000)),
        "兆字节，整封邮件编码之后；超过时先压缩附件，仍超过就不发",
    )
    per_minute: float = setting(
        *("邮件", "每分钟封数", 20, number(0.1, 60_000)),
        "不超过服务商的限制；发得太快会被当作垃圾邮件",
    )
    retries: int = setting(
        "邮件", "重试次数", 3, whole(0, 20), "服务器说“稍后再试”时重试几次，间隔逐次加长"
    )
    timeout: float = setting("邮件", "超时秒数", 60, number(1, 3600), "服务器多久没有回应算断开")
    imap_host: str = setting(
        "收件", "收件服务器", "", HOST, "邮箱服务商的 IMAP 服务器，如 imap.example.com"
    )
    imap_port: int = setting(
        "收件", "收件端口", 993, whole(1, 65_535), "TLS 一般为 993，STARTTLS 一般为 143"
    )
    imap_encryption: str = setting(
        "收件", "收件加密", TLS, _words(TLS, STARTTLS), "TLS 或 STARTTLS"
    )
    folder: str = setting(
        "收件", "收件文件夹", "INBOX", TEXT, "收件箱一般是 INBOX，也可写自己建的文件夹名"
    )
    since: dt.date | None = setting(
        "收件", "起始日期", None, _DAY, "只看这一天及以后的邮件，如 2016-05-01；留空看全部"
    )
    reminder: int = setting(
        "催办", REMINDER, 1, whole(-366, 3660), "逾期几天起发提醒；-2 表示截止前两天"
    )
    urgent: int = setting("催办", URGENT, 4, whole(-366, 3660), "逾期几天起发催办")
    final: int = setting("催办", FINAL, 8, whole(-366, 3660), "逾期几天起发督办函")
    quiet: bool = setting(
        "催办", "休息日不催", True, YES_OR_NO, "周末和法定节假日不发催办邮件；调休上班日照发"
    )
    days_off: frozenset[dt.date] = setting(
        "催办", "另休", frozenset(), DAYS, "本地另放的假，如 2016-10-08；多个用、隔开"
    )
    days_on: frozenset[dt.date] = setting(
        "催办", "另班", frozenset(), DAYS, "本地另加的班，写法同上"
    )

    @property
    def sender(self) -> Address | None:
        """The office's address with its name, None where none is given."""
        first = next(iter(self.senders), None)
        return first and Address(first.mail, first.name or one_line(self.sender_name))

    @property
    def account(self) -> str:
        """Who logs in: the sender unless another is named."""
        return self.login or (self.senders[0].mail if self.senders else "")

    @property
    def outgoing(self) -> Server:
        """The server that sends."""
        return self._server(self.smtp_host, self.smtp_port, self.smtp_encryption)

    @property
    def incoming(self) -> Server:
        """The server of the inbox."""
        return self._server(self.imap_host, self.imap_port, self.imap_encryption)

    def _server(self, host: str, port: int, encryption: str) -> Server:
        oauth = self.sign_in == OAUTH
        more = (oauth, self.application, self.authority)
        return Server(host, port, encryption, self.account, self.timeout, *more)

    @property
    def levels(self) -> tuple[tuple[int, str], ...]:
        """Days after the due date from which each kind of letter goes out."""
        return ((self.reminder, REMINDER), (self.urgent, URGENT), (self.final, FINAL))

    def is_quiet(self, day: dt.date, is_holiday: Callable[[dt.date], bool]) -> bool:
        """Whether no letter goes out that day: the office's own days first, then the calendar."""
        if not self.quiet or day in self.days_on:
            return False
        return day in self.days_off or is_holiday(day)


def parse_mail_settings(
    rows: Iterable[Mapping[str, Value]],
) -> tuple[MailSettings, list[Problem]]:
    """The settings, and a problem for each value that can't be used (its default holds)."""
    return read_settings(MailSettings, rows, "mail-setting")
