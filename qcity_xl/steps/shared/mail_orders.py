"""What a user orders of sending and chasing, and what is reported of each letter."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qcity_xl.adapters.mail.carrier import Sleep, Way
from qcity_xl.adapters.mail.ways import chosen_way
from qcity_xl.core.mail.delivery import WAITING, Attachment, Parcel
from qcity_xl.core.schema.words import FAILED, SENT, UNSURE
from qcity_xl.steps.shared.data import MessageData
from qcity_xl.steps.shared.outcome import Column

COLUMNS = (
    Column("状态", "state"),
    Column("单位"),
    Column("收件地址"),
    Column("附件"),
    Column("说明", "note"),
)


@dataclass(frozen=True, slots=True)
class Orders:
    """What the user asks for.

    Which round, which units (all without any), which once more, and by which way; `go` to really
    send, `packs` where the packs are if not in the side folder.
    """

    round: str = ""
    units: tuple[str, ...] = ()
    resend: tuple[str, ...] = ()
    way: Way | None = None
    go: bool = False
    packs: Path | None = None
    sleep: Sleep = time.sleep


def orders(asked: Mapping[str, Any]) -> Orders:
    """Orders from the options of a mailing step; of ways there is at most one."""
    return Orders(
        asked.get("round_name", ""),
        tuple(asked.get("units", ())),
        tuple(asked.get("resend", ())),
        chosen_way(asked),
        go=bool(asked.get("yes")),
        packs=asked.get("packs"),
    )


@dataclass(frozen=True, slots=True)
class Extras:
    """What only some letters have: an attachment, values for placeholders, a level; a `mark` by
    which one letter to a unit is another than the one before.
    """

    attachments: tuple[Attachment, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    level: str = ""
    mark: str = ""


@dataclass(slots=True)
class OrderLine:
    """One line of the preview and of the report; without a `parcel` nothing is sent."""

    unit: str
    state: str
    note: str = ""
    parcel: Parcel | None = None

    @property
    def is_open(self) -> bool:
        """Whether something remains for people: not sent, in doubt, an address refused."""
        return self.state in (WAITING, FAILED, UNSURE) or (self.state == SENT and bool(self.note))

    def row(self) -> tuple[str, str, str, str, str]:
        """The entry for people, under COLUMNS."""
        to = "；".join(address.mail for address in self.parcel.to) if self.parcel else ""
        files = "、".join(a.name for a in self.parcel.attachments) if self.parcel else ""
        return self.state, self.unit, to, files, self.note

    def data(self) -> MessageData:
        """The entry for --json."""
        parcel = self.parcel
        return {
            "unit": self.unit,
            "to": [address.mail for address in parcel.to] if parcel else [],
            "state": self.state,
            "note": self.note,
            "subject": parcel.letter.subject if parcel else "",
            "files": [a.name for a in parcel.attachments] if parcel else [],
            "message_id": parcel.message_id if parcel else "",
        }
