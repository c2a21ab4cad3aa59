"""Mail that never goes twice: how the rows of a round record it.

A row goes 发送中 -> 已发送, 已存草稿 or 发送失败. One that stays at 发送中 after a crash is settled
by what the outbox beside the master tells of its Message-ID:

| the outbox's last word      | the row becomes                                   |
|-----------------------------|---------------------------------------------------|
| 待发送 (claimed only)       | blank: nothing had been handed over, send it;     |
|                             | 已发送 if only 待补发地址 were to get it          |
| 已发送, 已存草稿, 发送失败  | that                                              |
| 发送中, 待核实              | 待核实: it may have arrived, ask before resending |
| nothing, the outbox is lost | 待核实                                            |
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qcity_xl.core.changes import Change
from qcity_xl.core.mail.addresses import OFFLINE, Address, parse_addresses
from qcity_xl.core.mail.letters import Letter
from qcity_xl.core.mail.settings import MailSettings
from qcity_xl.core.master.model import Master, Row, differences, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import ROUNDS, SETTINGS, UNITS
from qcity_xl.core.schema.words import SENDING, SENT, UNSURE
from qcity_xl.core.values import Value

WAITING = "待发送"
REST_BETWEEN = "；"  # between the addresses of 待补发地址
REST_GONE = "待补发地址已不在「单位」；要发到新地址，请给它再发一次"
_LOST = "上次发送中断，没有留下记录，不能确定是否发出；请与单位核实，没收到再重发"
CUT_OFF = "发送途中断开，不能确定是否送达；请与单位核实，没收到再重发"


@dataclass(frozen=True, slots=True)
class Event:
    """The last thing that the outbox tells of a message."""

    state: str
    time: str = ""
    note: str = ""
    rest: str = ""  # addresses that were refused for now, as in 轮次


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message, whole: for which row of 轮次, from whom, to whom, what; `size` on the wire.

    It goes to `late` addresses alone where the others of its row have it.
    """

    row: str
    unit: str
    message_id: str
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    letter: Letter
    attachments: tuple[Attachment, ...] = ()
    level: str = ""
    size: int = 0
    late: bool = False


@dataclass(frozen=True, slots=True)
class Journal:
    """Which columns of 轮次 keep the record: mail_… of sending, chase_… of chasing.

    Only where it `keeps_rest` are addresses that were refused for now tried in later runs.
    """

    prefix: str
    command: str
    keeps_rest: bool = False

    def of(self, row: Row, part: str) -> str:
        """What a row's record says."""
        return text(row, f"{self.prefix}_{part}")

    def changes(self, master: Master, row: str, **values: Value) -> list[Change]:
        """Changes of one row's record."""
        if not self.keeps_rest:
            values.pop("rest", None)
        wanted = {f"{self.prefix}_{part}": value for part, value in values.items()}
        return differences(master, ROUNDS, {row: wanted})

    def settled(self, master: Master, events: Mapping[str, Event]) -> list[Change]:
        """Changes for rows that a crash has left at 发送中 (see the table above)."""
        changes = []
        for key, row in master.rows(ROUNDS).items():
            if self.of(row, "state") != SENDING:
                continue
            event = events.get(self.of(row, "id"), Event(UNSURE, note=_LOST))
            if event.state == WAITING and self.of(row, "rest"):
                changes += self.changes(master, key, state=SENT, note=None)  # all others have it
            elif event.state == WAITING:
                changes += self.changes(master, key, state=None, at=None, note=None)
            elif event.state == SENDING:
                changes += self.changes(master, key, state=UNSURE, note=CUT_OFF)
            else:
                at = event.time or self.of(row, "at")
                note = event.note or None
                rest = {"rest": event.rest or None} if event.state == SENT else {}
                changes += self.changes(master, key, state=event.state, at=at, note=note, **rest)
        return changes


POSTING, CHASING = (
    Journal("mail", "发送", keeps_rest=True),
    Journal("chase", "催办", keeps_rest=True),
)
REPLYING = Journal("reply", "退回")


def round_named(master: Master, name: str) -> tuple[str, dict[str, Row]]:
    """A round (the last one without a name) and its rows; no rows where there is none such."""
    rounds = [text(row, "round") for row in master.rows(ROUNDS).values()]
    wanted = name or (rounds[-1] if rounds else "")
    rows = {k: r for k, r in master.rows(ROUNDS).items() if text(r, "round") == wanted}
    return wanted, rows


def message_id(
    master: Master, of: tuple[str, str], before: str, *, again: bool, domain: str
) -> str:
    """The same for the same message, so that mail systems can tell a second copy.

    `of` is the row and the letter's use, `before` the id in the row; `again` asks for a new one
    (for a message that did go).
    """
    digest = _digest(master, of)
    known = re.fullmatch(rf"<{digest}\.(\d+)@.*>", before)
    number = int(known[1]) + again if known else 1
    return f"<{digest}.{number}@{domain}>"


def is_message(master: Master, of: tuple[str, str], identity: str) -> bool:
    """Whether an id is one that `message_id` gives to this message."""
    return identity.startswith(f"<{_digest(master, of)}.")


def _digest(master: Master, of: tuple[str, str]) -> str:
    return hashlib.sha256("\x1f".join((master.settings.master_id, *of)).encode()).hexdigest()[:24]


def contacts(master: Master, unit: str) -> tuple[tuple[Address, ...], list[Problem]]:
    """Where a unit's mail goes; a problem where it can't. No addresses, no problem: 线下."""
    now = master.registry.find(unit) or unit  # it may have a successor
    key, row = next(
        ((k, r) for k, r in master.rows(UNITS).items() if text(r, "name") == now), ("", {})
    )
    if text(row, "email") == OFFLINE:
        return (), []
    found, faults = parse_addresses(text(row, "email"), text(row, "contact"))
    words = [(f"“{unit}”的邮箱“{fault}”不是邮箱地址",) for fault in faults]
    if not found and not faults:
        words = [(f"“{unit}”没有邮箱",)]
    allowed = f"如 wangmin@example.com；多个用；隔开；不用邮件的写“{OFFLINE}”"
    cell = master.cell(UNITS, key, "email")
    return found, [
        Problem("mail-address", "error", UNITS.sheet, cell, word, allowed, "补正后再发")
        for (word,) in words
    ]


def late_contacts(
    rest: str, to: tuple[Address, ...], cc: tuple[Address, ...]
) -> tuple[Address, ...]:
    """Who of a message's addresses is to get it by himself, as 待补发地址 says."""
    wanted = {address.mail.lower() for address in parse_addresses(rest)[0]}
    return tuple(address for address in (*to, *cc) if address.mail.lower() in wanted)


def setting_problems(settings: MailSettings, *, server: bool) -> Iterator[Problem]:
    """What must be set before anything can be sent; `server` for sending by SMTP."""
    lacking = [] if settings.sender else ["发件地址"]
    if server and not settings.outgoing.host:
        lacking.append("发送服务器")
    for item in lacking:
        words = (f"没有填“{item}”", "见该行说明", "在「设置」填好再发")
        yield Problem("mail-setting", "error", SETTINGS.sheet, "", *words)
