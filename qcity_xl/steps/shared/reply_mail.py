"""退回件 by mail: each to the unit that has to mend it, each content once."""

from pathlib import Path

from qcity_xl.adapters.disk import load_bytes, sha256_of
from qcity_xl.adapters.packs import NotAPack, read_pack, reply_remarks, unlocked
from qcity_xl.adapters.side_folder import files_in, safe_name
from qcity_xl.core.mail.delivery import REPLYING, Attachment
from qcity_xl.core.mail.letters import REPLY, Item, template_problems
from qcity_xl.core.problems import Problem
from qcity_xl.core.rounds.passwords import passwords_for
from qcity_xl.core.schema import ROUNDS
from qcity_xl.steps.shared.data import SendData
from qcity_xl.steps.shared.mail_desk import MailDesk, open_desk
from qcity_xl.steps.shared.mail_orders import Extras, Orders
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.target import Target

_MARK = 16  # signs of a content's hash that tell one reply from the next


def send_replies(
    target: Target, context: Context, orders: Orders, folder: Path
) -> Outcome[SendData]:
    """Mail the marked packs of one round in a folder to their units. What else is there is told;
    the texts for files that could not be used name no unit and are left to the office.
    """
    desk = open_desk(target, context, REPLYING, orders)
    desk.problems += template_problems(desk.master, (REPLY,))
    for path in files_in(folder):
        if path.suffix.lower() == ".xlsx":
            _add(desk, path)
    return desk.finish()


def _add(desk: MailDesk, path: Path) -> None:
    data = load_bytes(path)
    known = passwords_for(desk.master, path.name)
    try:
        content = unlocked(data, known, desk.master.settings.limits).data
        pack = read_pack(content, desk.master.settings.limits)
        remarks = reply_remarks(content, desk.master.settings.limits)
    except NotAPack as reason:
        desk.problems.append(_not_ours(path, str(reason)))
        return
    key = pack.identity.round_key
    if pack.identity.round != desk.round or key not in desk.rows:
        return  # of another round, or a unit that was not asked for
    if pack.identity.master != desk.master.settings.master_id or not remarks:
        desk.problems.append(_not_ours(path, "不是这份总表的退回件"))
        return
    mark = sha256_of(content)[:_MARK]
    if desk.sent_this(key, REPLY, mark):
        desk.leave(desk.rows[key])
        return
    extras = Extras((Attachment(safe_name(path.name), data),), mark=mark)
    desk.add(key, REPLY, [_item(*said) for said in remarks], extras)


def _item(sheet: str, cell: str, found: str, allowed: str) -> Item:
    return Item(f"{sheet}{cell}", f"{found}；应为：{allowed}")


def _not_ours(path: Path, why: str) -> Problem:
    words = (f"“{path.name}”{why}", "合并回收时写的退回件", "把它移出这个文件夹再发")
    return Problem("reply-file", "error", ROUNDS.sheet, "", *words)
