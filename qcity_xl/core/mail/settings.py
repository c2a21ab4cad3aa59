"""What 设置 says of sending, collecting and chasing; never a password."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qcity_xl.core.mail.addresses import Address, parse_addresses
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import SETTINGS
from qcity_xl.core.schema.words import CHASE_LEVELS, YES, YES_NO
from qcity_xl.core.text import entries
from qcity_xl.core.values import Value, parse_date, parse_number

TLS, STARTTLS, PLAIN = "TLS", "STARTTLS", "无"


@dataclass(frozen=True, slots=True)
class Server:
    """Where to connect; seconds until it counts as gone."""

    host: str = ""
    port: int = 0
    encryption: str = TLS
    account: str = ""
    timeout: float = 60


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Who sends, through which server, how fast; which inbox; when to chase."""

    sender: Address | None = None
    cc: tuple[Address, ...] = ()
    outgoing: Server = field(default_factory=Server)
    megabytes: float = 20
    per_minute: float = 20
    retries: int = 3
    incoming: Server = field(default_factory=Server)
    folder: str = "INBOX"
    since: dt.date | None = None
    levels: tuple[tuple[int, str], ...] = ()
    quiet: bool = True
    days_off: frozenset[dt.date] = frozenset()
    days_on: frozenset[dt.date] = frozenset()


class _Cells:
    """The value cells of 设置 and what is wrong with them."""

    def __init__(self, rows: Iterable[Mapping[str, Value]]) -> None:
        self._cells = {(str(r.get("group")), str(r.get("item"))): r.get("value") for r in rows}
        self.problems: list[Problem] = []

    def text(self, group: str, item: str, default: str = "") -> str:
        value = self._cells.get((group, item))
        return str(value).strip() if value is not None else default

    def number(self, group: str, item: str, default: float, least: float = 0) -> float:
        raw = self.text(group, item)
        number = parse_number(raw) if raw else default
        if number is None or number < least:
            self._fault(item, raw, f"不小于 {least:g} 的数")
            return default
        return number

    def choice(self, group: str, item: str, allowed: tuple[str, ...]) -> str:
        raw = self.text(group, item, allowed[0])
        if raw not in allowed:
            self._fault(item, raw, "、".join(allowed))
            return allowed[0]
        return raw

    def addresses(self, group: str, item: str, name: str = "") -> tuple[Address, ...]:
        found, faults = parse_addresses(self.text(group, item), name)
        for fault in faults:
            self._fault(item, fault, "邮箱地址，如 zlqs@example.com")
        return found

    def dates(self, group: str, item: str) -> frozenset[dt.date]:
        days = set()
        for part in entries(self.text(group, item)):
            day = parse_date(part)
            if day:
                days.add(day)
            else:
                self._fault(item, part, "日期，如 2016-10-08")
        return frozenset(days)

    def _fault(self, item: str, raw: str, allowed: str) -> None:
        found, fix = f"“{item}”填的是“{raw}”", "改正后再运行"
        self.problems.append(
            Problem("mail-setting", "error", SETTINGS.sheet, "", found, allowed, fix)
        )


def parse_mail_settings(
    rows: Iterable[Mapping[str, Value]],
) -> tuple[MailSettings, list[Problem]]:
    """The settings, and a problem for each value that can't be used (its default holds)."""
    cells = _Cells(rows)
    senders = cells.addresses("邮件", "发件地址", cells.text("邮件", "发件人名称"))
    sender = senders[0] if senders else None
    account = cells.text("邮件", "账号") or (sender.mail if sender else "")
    timeout = cells.number("邮件", "超时秒数", 60, 1)
    outgoing = Server(
        cells.text("邮件", "发送服务器"),
        int(cells.number("邮件", "发送端口", 465, 1)),
        cells.choice("邮件", "发送加密", (TLS, STARTTLS, PLAIN)),
        account,
        timeout,
    )
    incoming = Server(
        cells.text("收件", "收件服务器"),
        int(cells.number("收件", "收件端口", 993, 1)),
        cells.choice("收件", "收件加密", (TLS, STARTTLS)),
        account,
        timeout,
    )
    thresholds = zip(CHASE_LEVELS, (1, 4, 8), strict=True)
    settings = MailSettings(
        sender=sender,
        cc=cells.addresses("邮件", "抄送"),
        outgoing=outgoing,
        megabytes=cells.number("邮件", "邮件上限", 20, 0.01),
        per_minute=cells.number("邮件", "每分钟封数", 20, 0.1),
        retries=int(cells.number("邮件", "重试次数", 3)),
        incoming=incoming,
        folder=cells.text("收件", "收件文件夹", "INBOX"),
        since=min(cells.dates("收件", "起始日期"), default=None),
        levels=tuple((int(cells.number("催办", n, d, -366)), n) for n, d in thresholds),
        quiet=cells.choice("催办", "休息日不催", YES_NO) == YES,
        days_off=cells.dates("催办", "另休"),
        days_on=cells.dates("催办", "另班"),
    )
    return settings, cells.problems
