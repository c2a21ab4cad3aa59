"""The one interface of all ways to send."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from qcity_xl.core.advice import Advice
from qcity_xl.core.errors import QcityError
from qcity_xl.core.mail.delivery import Parcel
from qcity_xl.core.mail.settings import MailSettings

Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message: 已发送, 已存草稿, 发送失败 or 待核实, and what is to be said.

    `rest`: addresses that were refused for now, which a later run tries by themselves.
    """

    state: str
    note: str = ""
    rest: tuple[str, ...] = ()


class MailStopped(QcityError):
    """No further message can be sent, whatever its address."""

    def __init__(self, why: str, *advice: Advice) -> None:
        """`why` is a sentence that says what to do."""
        super().__init__(why)
        self.advice = advice


class Carrier(Protocol):
    """A way to send. `leaves` tells whether messages go out at once (drafts don't)."""

    leaves: bool

    def open(self) -> int:
        """Get ready; the largest message in bytes that it takes, 0 for any. Raises MailStopped."""

    def send(self, parcel: Parcel, data: bytes) -> Delivery:
        """Send one message, `data` being its encoded form. Raises MailStopped."""

    def close(self) -> None:
        """End, whatever state it is in."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to get a carrier. Messages `leaves` at once, or are drafts; by a `server` of 设置."""

    carrier: Callable[[MailSettings, Sleep], Carrier]
    leaves: bool
    server: bool = False
