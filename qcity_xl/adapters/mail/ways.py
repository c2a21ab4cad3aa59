"""The ways to send that a user can choose."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qcity_xl.adapters.mail.carrier import Carrier
from qcity_xl.adapters.mail.eml import EmlFolder
from qcity_xl.adapters.mail.outlook import Outlook
from qcity_xl.adapters.mail.smtp import SmtpServer
from qcity_xl.core.mail.settings import MailSettings

Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Way:
    """How to get a carrier. Messages `leaves` at once, or are drafts; by a `server` of 设置."""

    carrier: Callable[[MailSettings, Sleep], Carrier]
    leaves: bool
    server: bool = False


def eml_way(folder: Path) -> Way:
    """Drafts as .eml files."""
    return Way(lambda *_: EmlFolder(folder), leaves=False)


def smtp_way() -> Way:
    """The SMTP server of 设置."""
    return Way(
        lambda settings, sleep: SmtpServer(settings.outgoing, settings.retries, sleep),
        leaves=True,
        server=True,
    )


def outlook_way(*, draft: bool) -> Way:
    """Outlook on this computer: send, or leave drafts there."""
    return Way(lambda *_: Outlook(draft=draft), leaves=not draft)
