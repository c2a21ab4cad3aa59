"""Messages on their way: claimed in 轮次 before they go, their fate written after.

The master is written before the first message and after the last; in between, the outbox beside it
keeps the count, so that a run that is killed sends exactly what is missing when it starts again.
"""

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qcity_xl.adapters.mail.carrier import Carrier, Delivery, MailStopped, Sleep
from qcity_xl.adapters.mail.message import encoded
from qcity_xl.adapters.mail.outbox import Outbox
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import QcityError
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.mail.delivery import (
    CUT_OFF,
    REST_BETWEEN,
    WAITING,
    Event,
    Journal,
    Parcel,
)
from qcity_xl.core.mail.settings import MailSettings
from qcity_xl.core.schema.words import FAILED, SENDING, SENT, UNSURE
from qcity_xl.core.values import Value
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.shared.target import Workbook


@dataclass(slots=True)
class Posting:
    """One run. `results` by row of 轮次; `stopped` says why the run ended early."""

    file: Workbook
    context: Context
    journal: Journal
    carrier: Carrier
    settings: MailSettings
    sleep: Sleep
    results: dict[str, Delivery] = field(default_factory=dict)
    stopped: str = ""
    _started: float = field(default_factory=time.monotonic)
    _next: float = 0.0

    def run(self, parcels: Sequence[Parcel]) -> None:
        """Send all, or as many as can be. Raises QcityError if not even the first could go."""
        limit = self.carrier.open()
        try:
            too_large = [parcel.unit for parcel in parcels if limit and parcel.size > limit]
            if too_large:
                raise MailStopped(
                    f"发送服务器只收{limit / 1024 / 1024:.1f}兆字节以内的邮件，"
                    f"{'、'.join(too_large)}的超过了，一封都没有发。请减小附件，或单独转交。"
                )
            self._send_all(parcels)
        except QcityError as error:
            if not self.results:
                raise
            self.stopped = str(error)
        except KeyboardInterrupt:
            self.stopped = "已中断。发出的都记在「轮次」，再运行一次只发其余的。"
        finally:
            self.carrier.close()

    def _send_all(self, parcels: Sequence[Parcel]) -> None:
        self._claim(parcels)
        try:
            self._send_each(parcels)
        finally:
            self._write(self._fates(parcels))

    def _send_each(self, parcels: Sequence[Parcel]) -> None:
        for parcel in self.context.progress(parcels, self.journal.command):
            self._wait()
            data = encoded(parcel, self.context.now, draft=not self.carrier.leaves)
            self._record([parcel], SENDING)
            self.results[parcel.row] = Delivery(UNSURE, CUT_OFF)  # holds if we are interrupted
            try:
                delivery = self.carrier.send(parcel, data)
            except MailStopped:  # nothing was handed over
                del self.results[parcel.row]
                self._record([parcel], WAITING)
                raise
            if parcel.late and delivery.state == FAILED:  # all others have it
                delivery = replace(delivery, state=SENT)
            self.results[parcel.row] = delivery
            rest = REST_BETWEEN.join(delivery.rest) if delivery.state == SENT else ""
            self._record([parcel], delivery.state, delivery.note, rest)

    def _wait(self) -> None:
        """Not more messages a minute than the settings allow."""
        if not self.carrier.leaves:
            return
        self.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + 60 / self.settings.per_minute

    # -- the record

    def _claim(self, batch: Sequence[Parcel]) -> None:
        self._record(batch, WAITING)
        changes: list[Change] = []
        for parcel in batch:
            values = {"state": SENDING, "at": self._now(), "id": parcel.message_id, "note": None}
            level: dict[str, Value] = {"level": parcel.level} if parcel.level else {}
            if parcel.level and not parcel.late:
                level["rest"] = None  # of the level before: this one goes to all
            changes += self.journal.changes(self.file.master, parcel.row, **values, **level)
        self._write(changes)

    def _fates(self, batch: Sequence[Parcel]) -> list[Change]:
        """What became of a batch; what did not go is free again."""
        changes: list[Change] = []
        for parcel in batch:
            fate = self.results.get(parcel.row)
            values: dict[str, Value] = {"state": SENT if parcel.late else None}
            if fate:
                values = {"state": fate.state, "note": fate.note or None}
            if fate and fate.state == SENT:
                values["rest"] = REST_BETWEEN.join(fate.rest) or None
            changes += self.journal.changes(self.file.master, parcel.row, **values)
        return changes

    def _write(self, changes: list[Change]) -> None:
        commit(self.file, as_lines(changes), self.context, self.journal.command)

    def _record(
        self, parcels: Sequence[Parcel], state: str, note: str = "", rest: str = ""
    ) -> None:
        outbox = Outbox(SideFolder(self.file.path).path)
        outbox.record([p.message_id for p in parcels], Event(state, self._now(), note, rest))

    def _now(self) -> str:
        passed = dt.timedelta(seconds=time.monotonic() - self._started)
        return (self.context.now + passed).strftime("%Y-%m-%d %H:%M")
