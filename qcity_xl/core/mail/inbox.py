"""What came in by mail or lay in a folder, and what it is."""

from dataclasses import dataclass, field

from qcity_xl.core.mail.addresses import parse_addresses
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.rounds.pack import Identity
from qcity_xl.core.schema import ROUNDS, UNITS

PACK, AGAIN, OTHER, UNUSABLE = "已收", "已收过", "附件", "未采用"
EMPTY = "无附件"  # a message that brought no file
ORIGINAL = "原件"  # our own file, as sent: a copy to the office, or sent back unfilled
# What is called so is meant as a return, or as something that holds one.
_MEANT = (
    *(".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".numbers", ".uot", ".uos", ".csv"),
    *(".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".cab", ".z"),
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sent it, when, about what; all "" for a file that lay in a folder."""

    mail: str = ""
    name: str = ""
    sent: str = ""
    subject: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file out of a message or folder; without `data` it could not be got at, see `fault`.

    With both it is kept as it is, and the fault told. `is_letter`: a message without a file.
    """

    name: str
    data: bytes | None
    envelope: Envelope = field(default_factory=Envelope)
    fault: str = ""
    is_letter: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file. `state` is 已收 (a pack), 已收过, 原件, 附件 (no pack) or 未采用.

    无附件 for a message that brought none. `place`: where it was filed, from the master's folder.
    """

    found: Incoming
    state: str
    unit: str = ""
    round: str = ""
    reason: str = ""
    place: str = ""


def contacts_by_mail(master: Master) -> dict[str, list[str]]:
    """Address -> the units that have it on 单位."""
    found: dict[str, list[str]] = {}
    for row in master.rows(UNITS).values():
        for address in parse_addresses(text(row, "email"))[0]:
            found.setdefault(address.mail.lower(), []).append(text(row, "name"))
    return found


def recognise(
    found: Incoming,
    master: Master,
    identity: Identity | str,
    sha256: str,
    *,
    again: bool,
    workbook: bool = False,
) -> Received:
    """Say what a file is: `identity` is whose pack it is or why it is none.

    `sha256` is of what is in it under any password; `again` tells that the very same file came
    before, `workbook` that its content is one, whatever it is called.
    """
    if found.data is None or found.fault:
        return Received(found, EMPTY if found.is_letter else UNUSABLE, reason=found.fault)
    if isinstance(identity, str):
        if workbook or found.name.lower().endswith(_MEANT):
            return Received(found, UNUSABLE, reason=identity)
        return Received(found, AGAIN if again else OTHER)
    who = (identity.unit, identity.round)
    sent = master.rows(ROUNDS).get(identity.round_key)
    if identity.master != master.settings.master_id:
        return Received(found, UNUSABLE, *who, "是另一份总表的填报表，请核对是否寄错")
    if sent is None:
        why = f"「轮次」里没有给{identity.unit}下发过{identity.round}"
        return Received(found, UNUSABLE, *who, why)
    if text(sent, "sha256") == sha256:
        return Received(found, ORIGINAL, *who, "与下发的文件完全相同，没有填报")
    return Received(found, AGAIN if again else PACK, *who, _stranger(found, master, identity.unit))


def _stranger(found: Incoming, master: Master, unit: str) -> str:
    """A remark where the sender is none of the unit's contacts; "" for files without sender."""
    row = next((r for r in master.rows(UNITS).values() if text(r, "name") == unit), {})
    known = {address.mail.lower() for address in parse_addresses(text(row, "email"))[0]}
    if not found.envelope.mail or found.envelope.mail in known:
        return ""
    return f"发件人 {found.envelope.mail} 不是{unit}登记的联系人，请核实"
