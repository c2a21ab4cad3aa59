"""发送: each unit its pack by mail; all is checked before the first message leaves."""

from dataclasses import replace
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes, sha256_of
from qcity_xl.adapters.packs import NotAPack, locked, read_pack, unlocked
from qcity_xl.adapters.side_folder import SideFolder, safe_name
from qcity_xl.core.advice import Advice
from qcity_xl.core.mail.delivery import POSTING, Attachment
from qcity_xl.core.mail.letters import HANDOUT, Item, template_problems
from qcity_xl.core.master.model import Row, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.rounds.passwords import passwords, passwords_for, unreadable_passwords
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.steps.shared.data import SendData
from qcity_xl.steps.shared.mail_desk import MailDesk, open_desk
from qcity_xl.steps.shared.mail_orders import Extras, Orders
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.reply_mail import send_replies
from qcity_xl.steps.shared.target import Target

_PACK_FILE = "pack-file"
_ORIGINALS = (
    Advice("send", "原件在别处的，指明文件夹", (("packs", ""),)),
    Advice("split", "原件不在了的，另起一轮", (("round_name", ""), ("units", ""))),
)


def send(
    target: Target, context: Context, orders: Orders, *, replies: Path | None = None
) -> Outcome[SendData]:
    """Mail the packs of a round, or show what would be mailed; with `replies`, the marked packs in
    that folder, which go back to their units, in place of them.

    Without a way, or without the order to go, nothing leaves; drafts need no such order.
    """
    if replies is not None:
        return send_replies(target, context, orders, replies)
    desk = open_desk(target, context, POSTING, orders)
    desk.problems += template_problems(desk.master, (HANDOUT,))
    known, unreadable = passwords(desk.master), unreadable_passwords(desk.master)
    for key, row in desk.rows.items():
        if desk.went_before(row):
            desk.leave(row)
            continue
        unit = text(row, "unit")
        if unit in unreadable:
            desk.problems.append(unreadable[unit])
            continue
        data = _load_pack(desk, row)
        if data is None or sha256_of(data) != text(row, "sha256"):
            desk.problems.append(_not_as_made(desk, key, row, gone=data is None))
            continue
        attachment = Attachment(safe_name(text(row, "file")), locked(data, known.get(unit, "")))
        desk.add(key, HANDOUT, _tasks(desk, data), Extras((attachment,)))
    outcome = desk.finish()
    if not any(problem.code == _PACK_FILE for problem in desk.problems):
        return outcome
    return replace(outcome, advice=(*outcome.advice, *_ORIGINALS))


def _load_pack(desk: MailDesk, row: Row) -> bytes | None:
    """What is in the pack under any password: None where it is gone, b"" where it won't open."""
    folder = desk.orders.packs
    if folder is None:
        return SideFolder(desk.file.path).sent(text(row, "round"), text(row, "unit"))
    path = folder / safe_name(text(row, "file"))
    if not path.is_file():
        return None
    known = passwords_for(desk.master, text(row, "unit"))
    try:
        return unlocked(load_bytes(path), known, desk.master.settings.limits).data
    except NotAPack:
        return b""


def _not_as_made(desk: MailDesk, key: str, row: Row, *, gone: bool) -> Problem:
    unit = text(row, "unit")
    words = (
        f"{unit}的填报表“{text(row, 'file')}”"
        + ("不见了" if gone else "在拆分之后被改过，或打开口令换了"),
        "与拆分时相同的文件",
        f"指明原件放在哪个文件夹，或另起一轮重新拆分给{unit}",
    )
    cell = desk.master.cell(ROUNDS, key, "file")
    return Problem(_PACK_FILE, "error", ROUNDS.sheet, cell, *words)


def _tasks(desk: MailDesk, data: bytes) -> list[Item]:
    """The tasks in the pack as it was made."""
    try:
        base = read_pack(data, desk.master.settings.limits).base
    except NotAPack:  # it is what we made; only limits stricter than our own packs refuse it
        return []
    tasks = base.get(PACK_TASKS.table.name, {}).values()
    return [Item(text(t, "task"), text(t, "text"), text(t, "deadline")) for t in tasks]
