"""What a user asks of sending and chasing, and what is told of each letter."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qcity_xl.adapters.mail.ways import Way
from qcity_xl.core.mail.delivery import FAILED, SENT, UNSURE, WAITING, Attachment, Parcel


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
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Draft:
    """What one kind of letter has and another has not."""

    attachments: tuple[Attachment, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    level: str = ""


@dataclass(slots=True)
class Entry:
    """One line of the preview and of the report; without a `parcel` nothing is sent."""

    unit: str
    state: str
    note: str = ""
    parcel: Parcel | None = None

    @property
    def is_open(self) -> bool:
        """Whether something remains for people: not sent, in doubt, an address refused."""
        return self.state in (WAITING, FAILED, UNSURE) or (self.state == SENT and bool(self.note))

    def lines(self) -> Iterator[str]:
        """The entry for people."""
        to = "；".join(address.mail for address in self.parcel.to) if self.parcel else ""
        files = "、".join(a.name for a in self.parcel.attachments) if self.parcel else ""
        yield "  ".join(part for part in (f"  [{self.state}] {self.unit}", to, files) if part)
        if self.note:
            yield f"      {self.note}"

    def data(self) -> dict[str, object]:
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
