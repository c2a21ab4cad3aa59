"""What the buttons that work on the master need, each in one row: adding one touches this alone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qcity_xl.adapters.excel.dialogs import WORKBOOKS, Dialogs
from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS, CRITERIA, LOG, PROBLEMS, ROUNDS, SETTINGS
from qcity_xl.steps.shared.outcome import DONE, LEFT, Context, Report

if TYPE_CHECKING:
    from qcity_xl.adapters.mail.ways import Way
    from qcity_xl.core.mail.settings import MailSettings

Work = Callable[[LiveWorkbook, Context], Report]
BOARD_SHEET = "看板"


class Cancelled(Exception):
    """The user pressed 取消; nothing was done and nothing is said."""


@dataclass(frozen=True, slots=True)
class Button:
    """`prepare` asks what the step needs; `sheet` is shown after it, or the one that it gives.

    The step has something to do if the report of its dry run holds anything under `counts`;
    with `keeps` the workbook is saved after it, since the step hands things out.
    """

    title: str
    prepare: Callable[[Dialogs, LiveWorkbook], Work]
    sheet: str | Callable[[Report], str]
    counts: str = "changes"
    keeps: bool = False

    def writes(self, report: Report) -> bool:
        """Whether there is something to carry out, and nothing that forbids it."""
        return report.status in (DONE, LEFT) and bool(report.data.get(self.counts))

    def shows(self, report: Report) -> str:
        """The sheet to look at, "" for none."""
        return self.sheet if isinstance(self.sheet, str) else self.sheet(report)


def _check(_dialogs: Dialogs, _live: LiveWorkbook) -> Work:
    from qcity_xl.steps.check import check

    return check


def _score(_dialogs: Dialogs, _live: LiveWorkbook) -> Work:
    from qcity_xl.steps.score import score

    return score


def _evidence(_dialogs: Dialogs, _live: LiveWorkbook) -> Work:
    from qcity_xl.steps.score import evidence

    return evidence


def _undo(_dialogs: Dialogs, _live: LiveWorkbook) -> Work:
    from qcity_xl.steps.history import undo

    return undo


def _resolve(_dialogs: Dialogs, _live: LiveWorkbook) -> Work:
    from qcity_xl.steps.resolve import resolve

    return resolve


def _split(dialogs: Dialogs, _live: LiveWorkbook) -> Work:
    from qcity_xl.steps.split import split

    out = _chosen(dialogs.ask_folder("填报表放在哪个文件夹"))
    return lambda live, context: split(live, out, context)


def _merge(dialogs: Dialogs, _live: LiveWorkbook) -> Work:
    from qcity_xl.steps.merge import merge

    files = dialogs.ask_files("选要合并的回收件，可以多选（取消则选文件夹）", WORKBOOKS)
    sources = files or [_chosen(dialogs.ask_folder("放着回收件的文件夹"))]
    return lambda live, context: merge(live, sources, context)


def _merged_sheet(report: Report) -> str:
    """Where people have to choose; without that, where the answers are now."""
    if report.data["conflicts"] or report.data["refused"]:
        return CONFLICTS.sheet
    return ASSIGNMENTS.sheet if report.data["changes"] else ""


def _collect(dialogs: Dialogs, live: LiveWorkbook) -> Work:
    from qcity_xl.steps.collect import collect

    imap = bool(_mail(live).incoming.host)
    folder = None if imap else _chosen(dialogs.ask_folder("放着回收邮件或填报表的文件夹"))
    return lambda target, context: collect(target, context, folder=folder, imap=imap)


def _send(dialogs: Dialogs, live: LiveWorkbook) -> Work:
    from qcity_xl.steps.send import send
    from qcity_xl.steps.shared.mail_orders import Orders

    orders = Orders(way=_way(dialogs, live), go=True)
    return lambda target, context: send(target, context, orders)


def _chase(dialogs: Dialogs, live: LiveWorkbook) -> Work:
    from qcity_xl.steps.chase import chase
    from qcity_xl.steps.shared.mail_orders import Orders

    orders = Orders(way=_way(dialogs, live), go=True)
    return lambda target, context: chase(target, context, orders)


def _way(dialogs: Dialogs, live: LiveWorkbook) -> "Way":
    """By the server of 设置; without one, as drafts into a folder."""
    from qcity_xl.adapters.mail.ways import eml_way, smtp_way

    if _mail(live).outgoing.host:
        return smtp_way()
    return eml_way(_chosen(dialogs.ask_folder("没有填发送服务器：邮件草稿（.eml）存到哪个文件夹")))


def _mail(live: LiveWorkbook) -> "MailSettings":
    from qcity_xl.core.mail.settings import parse_mail_settings

    return parse_mail_settings(live.master.rows(SETTINGS).values())[0]


def _chosen(path: Path | None) -> Path:
    if path is None:
        raise Cancelled
    return path


BUTTONS = {
    "check": Button("检查", _check, PROBLEMS.sheet),
    "undo": Button("撤销上次操作", _undo, LOG.sheet),
    "split": Button("拆分下发", _split, ROUNDS.sheet, "packs", keeps=True),
    "send": Button("发送", _send, ROUNDS.sheet, "messages", keeps=True),
    "chase": Button("催办", _chase, ROUNDS.sheet, "messages", keeps=True),
    "merge": Button("合并回收", _merge, _merged_sheet, "files"),
    "resolve": Button("处理冲突", _resolve, ASSIGNMENTS.sheet),
    "collect": Button("收件", _collect, "", "received"),
    "score": Button("重算得分", _score, BOARD_SHEET),
    "evidence": Button("标记缺失佐证", _evidence, CRITERIA.sheet),
}
