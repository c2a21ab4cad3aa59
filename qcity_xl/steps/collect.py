"""收件: packs out of an inbox or a folder, recognised by content, archived for the merge."""

import datetime as dt
from collections import Counter
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes, sha256_of
from qcity_xl.adapters.mail.archive import Archive
from qcity_xl.adapters.mail.attachments import Unpacker
from qcity_xl.adapters.mail.carrier import MailStopped
from qcity_xl.adapters.mail.imap import unread_mail
from qcity_xl.adapters.packs import is_workbook, read_pack, unlocked
from qcity_xl.adapters.side_folder import SideFolder, files_in
from qcity_xl.core.advice import Advice
from qcity_xl.core.errors import FileUnreadable, QcityError
from qcity_xl.core.mail.inbox import (
    AGAIN,
    EMPTY,
    OTHER,
    PACK,
    UNUSABLE,
    Incoming,
    Received,
    recognise,
)
from qcity_xl.core.mail.settings import parse_mail_settings
from qcity_xl.core.master.model import Master
from qcity_xl.core.problems import Problem
from qcity_xl.core.rounds.pack import Identity
from qcity_xl.core.rounds.passwords import passwords_for
from qcity_xl.core.schema import SETTINGS
from qcity_xl.steps.shared.data import CollectData, ReceivedData
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
    problem_data,
)
from qcity_xl.steps.shared.target import Target, open_master

_SHOWN = (PACK, UNUSABLE, OTHER, EMPTY)
_TOO_LARGE = "邮件超过读取限制，没有读；请在邮箱里另存附件，再收那个文件夹"


class _Collector:
    """Takes files one by one, says what each is and archives it."""

    def __init__(self, master: Master, archive: Archive, *, dry_run: bool) -> None:
        self._master, self._archive, self._dry_run = master, archive, dry_run
        self._seen: set[str] = set()
        self.results: list[Received] = []

    def take(self, name: str, data: bytes) -> None:
        """A message or a file, with everything inside."""
        for found in Unpacker(self._master.settings.limits).files(name, data):
            self.add(found)

    def add(self, found: Incoming) -> None:
        """One file."""
        sha256 = sha256_of(found.data) if found.data is not None else ""
        again = found.data is not None and (self._archive.has(found.data) or sha256 in self._seen)
        identity, content = _identified(found, self._master)
        received = recognise(
            found,
            self._master,
            identity,
            content,
            again=again,
            workbook=found.data is not None and is_workbook(found.data),
        )
        if found.data is not None:
            self._seen.add(sha256)
        if not self._dry_run:
            self._archive.keep(received, sha256)
        self.results.append(received)


def _identified(found: Incoming, master: Master) -> tuple[Identity | str, str]:
    """Whose pack a file is, or why it is none; the SHA-256 of what is in it under any password."""
    if found.data is None or found.fault:
        return found.fault, ""
    limits = master.settings.limits
    try:
        data = unlocked(found.data, passwords_for(master, found.name), limits).data
        return read_pack(data, limits).identity, sha256_of(data)
    except QcityError as error:
        return str(error), ""


def collect(
    target: Target,
    context: Context,
    *,
    folder: Path | None = None,
    imap: bool = False,
    since: dt.date | None = None,
) -> Outcome[CollectData]:
    """Collect from `folder`, from the inbox of 设置, or both; nothing there is changed."""
    file = open_master(target)
    side = SideFolder(file.path)
    if not context.dry_run:
        side.make()
    archive = Archive(side.path)
    collector = _Collector(file.master, archive, dry_run=context.dry_run)
    stopped = ""
    for source in context.progress(_files(folder), "读取文件夹"):
        try:
            collector.take(source.name, load_bytes(source))
        except FileUnreadable as error:
            collector.add(Incoming(source.name, None, fault=str(error)))
    problems: list[Problem] = []
    if imap:
        try:
            problems = _from_inbox(file.master, archive, collector, since, context)
        except MailStopped as error:
            if not collector.results:
                raise
            stopped = str(error)
    return _report(collector.results, archive, problems, stopped)


def _files(folder: Path | None) -> list[Path]:
    return [path for path in files_in(folder) if path.is_file()] if folder else []


def _from_inbox(
    master: Master,
    archive: Archive,
    collector: _Collector,
    since: dt.date | None,
    context: Context,
) -> list[Problem]:
    """Read on from where the last run ended; the mark moves only after a message is archived."""
    settings, problems = parse_mail_settings(master.rows(SETTINGS).values())
    server = settings.incoming
    if not server.host:
        other = Advice("collect", "也可以收一个文件夹", (("folder", ""),))
        raise MailStopped("没有填“收件服务器”。请在「设置」填好再收。", other)
    inbox = f"{server.account}@{server.host}/{settings.folder}"
    mails = unread_mail(
        settings,
        since or settings.since,
        archive.mark(inbox),
        master.settings.limits.file_mb,
    )
    for mail in mails:
        name = f"邮件{mail.mark.uid}.eml"
        if mail.data is None:
            collector.add(Incoming(name, None, fault=_TOO_LARGE))
        else:
            collector.take(name, mail.data)
        if not context.dry_run:
            archive.keep_mark(inbox, mail.mark)
    return problems


def _report(
    results: list[Received], archive: Archive, problems: list[Problem], stopped: str
) -> Outcome[CollectData]:
    states = Counter(result.state for result in results)
    shown = [r for r in results if r.state in _SHOWN or (r.state == AGAIN and r.unit)]
    left = (
        states[UNUSABLE] or stopped or any(r.state in (PACK, EMPTY) and r.reason for r in results)
    )
    notices = [*(problem.sentence() for problem in problems), *([stopped] if stopped else [])]
    if states[OTHER]:
        notices.append(
            f"附件{states[OTHER]}个在 {archive.files}。其中的佐证电子件，请放到总表旁边，"
            "路径与「佐证」的“存放位置”一致，再标记缺失佐证。"
        )
    return Outcome(
        f"看了{len(results)}个文件" if results else "没有新的文件",
        {
            "received": [_data(result) for result in results],
            "packs": str(archive.packs),
            "stopped": stopped,
            "problems": problem_data(problems),
        },
        LEFT if left else DONE,
        tuple(Count(state, count, "个") for state, count in states.items()),
        (Section("", _COLUMNS, tuple(_row(result) for result in shown)),),
        tuple(notices),
        (Advice("merge", options=(("sources", str(archive.packs)),)),) if states[PACK] else (),
        pending=len(results),
    )


_COLUMNS = (
    *(Column("状态", "state"), Column("文件"), Column("单位"), Column("轮次"), Column("寄件地址")),
    Column("说明", "note"),
)


def _row(result: Received) -> tuple[str, ...]:
    sender = result.found.envelope.mail
    return result.state, result.found.name, result.unit, result.round, sender, result.reason


def _data(result: Received) -> ReceivedData:
    envelope = result.found.envelope
    return {
        "file": result.found.name,
        "unit": result.unit,
        "round": result.round,
        "state": result.state,
        "reason": result.reason,
        "from": envelope.mail,
        "date": envelope.sent,
        "subject": envelope.subject,
    }
