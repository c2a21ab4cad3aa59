"""Where letters are made ready, checked as a whole, shown and handed over.

Sending and chasing work at the same desk; each has its own columns of 轮次 as a journal.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qcity_xl.adapters.mail.message import encoded, zipped
from qcity_xl.adapters.mail.outbox import Outbox
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.advice import Advice
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import ChangedMeanwhile, Unknown
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.mail.addresses import OFFLINE
from qcity_xl.core.mail.delivery import (
    REST_GONE,
    WAITING,
    Journal,
    Parcel,
    contacts,
    is_message,
    late_contacts,
    message_id,
    round_named,
    setting_problems,
)
from qcity_xl.core.mail.letters import Item, letter_to
from qcity_xl.core.mail.settings import MailSettings, parse_mail_settings
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.problems import Problem, told_together
from qcity_xl.core.schema import ROUNDS, SETTINGS
from qcity_xl.core.schema.words import DRAFT, RETURNED, SENT, UNSURE
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.data import SendData
from qcity_xl.steps.shared.mail_orders import COLUMNS, Extras, OrderLine, Orders
from qcity_xl.steps.shared.mail_posting import Posting
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Context,
    Count,
    Outcome,
    Section,
    problem_data,
)
from qcity_xl.steps.shared.target import Target, Workbook, open_sound

NOT_SENT = 3  # exit status: something was wrong, nothing was sent
_MEGABYTE = 1024 * 1024
_PREVIEWED = (
    Advice("", "以上是预览，还没有发；要发出", (("smtp", ""), ("yes", ""))),
    Advice("", "只存草稿", (("eml", ""),)),
)


@dataclass(slots=True)
class MailDesk:
    """The letters of one round; see `open_desk`."""

    file: Workbook
    master: Master
    context: Context
    journal: Journal
    orders: Orders
    settings: MailSettings
    round: str
    rows: dict[str, Row]
    problems: list[Problem]
    settled: list[Change]
    entries: list[OrderLine] = field(default_factory=list)

    def went_before(self, row: Row) -> bool:
        """Whether a letter went, or may have gone, and none is asked for once more."""
        state, again = self.journal.of(row, "state"), text(row, "unit") in self.orders.resend
        if state == SENT and self._rest(row) and text(row, "state") != RETURNED:
            return False
        return state in (SENT, DRAFT, UNSURE) and not again

    def sent_this(self, key: str, use: str, mark: str) -> bool:
        """Whether the last letter to a row was, or may have been, just this one."""
        before = self.journal.of(self.rows[key], "id")
        this = is_message(self.master, (key, f"{use}{mark}"), before)
        return this and self.went_before(self.rows[key])

    def leave(self, row: Row, state: str = "", note: str = "") -> None:
        """List a row for which nothing is sent; by itself with what its journal says."""
        state, note = state or self.journal.of(row, "state"), note or self.journal.of(row, "note")
        self.entries.append(OrderLine(text(row, "unit"), state, note))

    def add(self, key: str, use: str, items: Sequence[Item], extras: Extras) -> None:
        """Make a letter ready from the template for `use`; what is wrong with it is a problem."""
        row = self.rows[key]
        to, faults = contacts(self.master, text(row, "unit"))
        self.problems += faults
        if not to or not self.settings.sender:
            self.leave(row, OFFLINE if not to and not faults else WAITING)
            return
        cc, rest = self.settings.cc, self._rest(row, extras.level)
        if rest:
            to, cc = late_contacts(rest, to, cc), ()
            if not to:
                self.leave(row, note=REST_GONE)
                return
        number = message_id(
            self.master,
            (key, f"{use}{extras.mark}"),
            self.journal.of(row, "id"),
            again=self.journal.of(row, "state") in (SENT, DRAFT),
            domain=self.settings.sender.mail.partition("@")[2],
        )
        today = self.context.now.date()
        letter = letter_to(self.master, row, use, items, today, extras.values)
        parcel = Parcel(
            key,
            text(row, "unit"),
            number,
            self.settings.sender,
            to,
            cc,
            letter,
            extras.attachments,
            extras.level,
            late=bool(rest),
        )
        self.entries.append(OrderLine(parcel.unit, WAITING, parcel=self._fitted(parcel)))

    def lacks_some(self, row: Row, level: str) -> bool:
        """Whether a letter of this level went, but some of its addresses were refused for now."""
        return self.journal.of(row, "state") == SENT and bool(self._rest(row, level))

    def _rest(self, row: Row, level: str = "") -> str:
        """Who alone is to get it, since the others have it; "" where all are to get it.

        Whoever asks for a letter that is known to have gone once more asks for all; a letter of
        another level goes to all.
        """
        if not self.journal.keeps_rest or (level and self.journal.of(row, "level") != level):
            return ""
        asked = text(row, "unit") in self.orders.resend and self.journal.of(row, "state") == SENT
        return "" if asked else self.journal.of(row, "rest")

    def finish(self) -> Outcome[SendData]:
        """Send what is ready, or only show it; the outcome of either."""
        way = self.orders.way
        parcels = [entry.parcel for entry in self.entries if entry.parcel]
        if self.problems:
            problem = "有问题没有解决，一封都不会发："
            return self._outcome(NOT_SENT if way else LEFT, problem)
        if way is None or self.context.dry_run or (way.leaves and not self.orders.go):
            if parcels or self.settled:  # what an older master gets first is told as well
                seen = replace(self.context, dry_run=True)
                commit(self.file, (), seen, self.journal.command, upgrades=True)
            return self._outcome(DONE, advice=_PREVIEWED if parcels and not self.orders.go else ())
        carrier = way.carrier(self.settings, self.orders.sleep)
        posting = Posting(
            self.file, self.context, self.journal, carrier, self.settings, self.orders.sleep
        )
        outbox = Outbox(SideFolder(self.file.path).path)
        with outbox.held():
            if self.journal.settled(self.file.master, outbox.events()) != self.settled:
                raise ChangedMeanwhile(self.file.path.name)  # another run sent since we looked
            commit(self.file, as_lines(self.settled), self.context, self.journal.command)
            if parcels:
                posting.run(parcels)
        for entry in self.entries:
            fate = posting.results.get(entry.parcel.row) if entry.parcel else None
            if fate:
                entry.state, entry.note = fate.state, fate.note
        left = posting.stopped or any(entry.is_open for entry in self.entries)
        return self._outcome(LEFT if left else DONE, posting.stopped)

    def _fitted(self, parcel: Parcel) -> Parcel:
        """The parcel, its attachments zipped if it is too large; a problem if that is no help."""
        most = self.settings.megabytes * _MEGABYTE
        parcel = self._weighed(parcel)
        if parcel.size <= most:
            return parcel
        smaller = replace(parcel, attachments=tuple(map(zipped, parcel.attachments)))
        smaller = self._weighed(smaller)
        if smaller.size > most:
            words = (
                f"给{parcel.unit}的邮件压缩后仍有{smaller.size / _MEGABYTE:.2f}兆字节",
                f"不超过{self.settings.megabytes:g}兆字节（「设置」里的“邮件上限”）",
                f"单独转交这份填报表并把邮箱改写为“{OFFLINE}”，或提高上限",
            )
            cell = self.master.cell(ROUNDS, parcel.row, "file")
            self.problems.append(Problem("mail-size", "error", ROUNDS.sheet, cell, *words))
        return smaller

    def _weighed(self, parcel: Parcel) -> Parcel:
        return replace(parcel, size=len(encoded(parcel, self.context.now)))

    def _outcome(
        self, status: int, closing: str = "", advice: tuple[Advice, ...] = ()
    ) -> Outcome[SendData]:
        counts = Counter(entry.state for entry in self.entries)
        told = (problem.sentence() for problem in told_together(self.problems))
        doubtful = [entry.unit for entry in self.entries if entry.state == UNSURE]
        resend = tuple(("resend", unit) for unit in doubtful)
        name = f"{self.round}{self.journal.command}"
        return Outcome(
            name if counts else f"{name}，没有要发的",
            {
                "round": self.round,
                "messages": [entry.data() for entry in self.entries],
                "problems": problem_data(self.problems),
            },
            status,
            tuple(Count(state, count, "个单位") for state, count in counts.items()),
            (Section("", COLUMNS, tuple(entry.row() for entry in self.entries)),),
            (*([closing] if closing else []), *told),
            (*advice, *([Advice("", "确认没有收到的，再发一次", resend)] if resend else [])),
            changes=len(self.settled),
            pending=sum(1 for entry in self.entries if entry.parcel),
        )


def open_desk(target: Target, context: Context, journal: Journal, orders: Orders) -> MailDesk:
    """The desk for one round. What a crash left open counts as settled. Raises Unknown."""
    file = open_sound(target)
    settled = journal.settled(file.master, Outbox(SideFolder(file.path).path).events())
    master = file.master.with_changes(settled)
    settings, problems = parse_mail_settings(master.rows(SETTINGS).values())
    name, rows = round_named(master, orders.round)
    if not rows:
        known = dict.fromkeys(text(row, "round") for row in master.rows(ROUNDS).values())
        raise Unknown("轮次", name, "、".join(known))
    registry = master.registry
    for unit in (*orders.units, *orders.resend):
        if registry.find(unit) not in {text(row, "unit") for row in rows.values()}:
            raise Unknown(f"{name}的单位", unit, "、".join(text(r, "unit") for r in rows.values()))
    wanted = {registry.find(unit) for unit in orders.units}
    orders = replace(orders, resend=tuple(registry.find(u) or u for u in orders.resend))
    rows = {k: row for k, row in rows.items() if not wanted or text(row, "unit") in wanted}
    if orders.way:
        problems += setting_problems(settings, server=orders.way.server)
    return MailDesk(file, master, context, journal, orders, settings, name, rows, problems, settled)
