"""收件: packs out of an inbox or a folder, recognised by content, archived for the merge.

What else came is filed beside the master, in 佐证 and a folder of its unit.
"""

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes, sha256_of
from qcity_xl.adapters.evidence_folder import EVIDENCE_FOLDER, EvidenceFolder
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
    ORIGINAL,
    OTHER,
    PACK,
    UNUSABLE,
    Incoming,
    Received,
    contacts_by_mail,
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
_NOBODYS = "不知道是哪个单位的，请移到那个单位的文件夹，再对应佐证"
_TOO_LARGE = "邮件超过读取限制，没有读；请在邮箱里另存附件，再收那个文件夹"


class _Collector:
    """Takes files one by one, says what each is, archives packs and files the rest by unit."""

    def __init__(self, master: Master, path: Path, archive: Archive, *, dry_run: bool) -> None:
        self._master, self._archive, self._dry_run = master, archive, dry_run
        self._registry = master.registry
        self._contacts = contacts_by_mail(master)
        self._seen: set[str] = set()
        self._evidence = EvidenceFolder(path.parent / EVIDENCE_FOLDER, dry_run=dry_run)
        self._unused = EvidenceFolder(archive.files, dry_run=dry_run)
        self._open: list[tuple[Received, str]] = []  # of this source, with their SHA-256
        self.results: list[Received] = []

    def take(self, name: str, data: bytes, named: str = "") -> None:
        """A message or a file, with everything inside; `named` is the unit of its folder."""
        for found in Unpacker(self._master.settings.limits).files(name, data):
            self._add(found, named)
        self._close()

    def tell(self, name: str, fault: str) -> None:
        """A source that can't be read."""
        self._add(Incoming(name, None, fault=fault), "")
        self._close()

    def unit_named(self, path: Path) -> str:
        """The one unit whose name the file or a folder around it bears, from the inside."""
        for words in reversed(path.parts):
            if named := self._registry.named_in(words):
                return named[0] if len(named) == 1 else ""
        return ""

    def _add(self, found: Incoming, named: str) -> None:
        data = found.data
        sha256 = sha256_of(data) if data is not None else ""
        again = data is not None and (self._archive.has(data) or sha256 in self._seen)
        identity, content = _identified(found, self._master)
        received = recognise(
            found,
            self._master,
            identity,
            content,
            again=again,
            workbook=data is not None and is_workbook(data),
        )
        if data is not None and received.unit:
            self._seen.add(sha256)
        if data is not None and received.state == PACK and not self._dry_run:
            self._archive.keep_pack(found.name, data)
        elif data is not None and received.state in (OTHER, UNUSABLE, ORIGINAL):
            received = self._filed(received, data, named)
        self._open.append((replace(received, found=replace(found, data=None)), sha256))

    def _filed(self, received: Received, data: bytes, named: str) -> Received:
        """The file in the folder of the unit that sent it; for nobody where that is not known."""
        unit = received.unit or self._sender(received) or named
        folder = self._evidence if received.state == OTHER else self._unused
        place, new = folder.keep(unit, received.found.name, data)
        if received.state != OTHER:
            return replace(
                received,
                place=f"{self._archive.path.parent.name}/{self._archive.path.name}/{place}",
            )
        return replace(received, unit=unit, state=OTHER if new else AGAIN, place=place)

    def _sender(self, received: Received) -> str:
        units = self._contacts.get(received.found.envelope.mail, [])
        return units[0] if len(units) == 1 else ""

    def _close(self) -> None:
        """End a source: files beside the pack of one unit are that unit's."""
        packs = {one.unit for one, _ in self._open if one.state in (PACK, AGAIN) and one.round}
        for received, sha256 in self._open:
            if received.state == OTHER:
                received = self._assigned(received, packs)
            if not self._dry_run:
                self._archive.record(received, sha256)
            self.results.append(received)
        self._open.clear()

    def _assigned(self, received: Received, packs: set[str]) -> Received:
        unit = received.unit
        if not unit and len(packs) == 1:
            (unit,) = packs
            return replace(received, unit=unit, place=self._evidence.move(received.place, unit))
        if unit and packs and packs != {unit}:
            others = "、".join(sorted(packs))
            why = f"存在{unit}的文件夹里，可同一封里是{others}的填报表，请核对是谁的"
            return replace(received, reason=why)
        return received if unit else replace(received, reason=_NOBODYS)


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
    archive = Archive(side)
    collector = _Collector(file.master, file.path, archive, dry_run=context.dry_run)
    stopped = ""
    for source in context.progress(_files(folder), "读取文件夹"):
        try:
            named = collector.unit_named(source.relative_to(folder or source.parent))
            collector.take(source.name, load_bytes(source), named)
        except FileUnreadable as error:
            collector.tell(source.name, str(error))
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
            collector.tell(name, _TOO_LARGE)
        else:
            collector.take(name, mail.data)
        if not context.dry_run:
            archive.keep_mark(inbox, mail.mark)
    return problems


def _report(
    results: list[Received], archive: Archive, problems: list[Problem], stopped: str
) -> Outcome[CollectData]:
    states = Counter(result.state for result in results)
    shown = [r for r in results if r.state in _SHOWN or (r.state == AGAIN and r.round)]
    asked = (PACK, EMPTY, OTHER)
    left = states[UNUSABLE] or stopped or any(r.state in asked and r.reason for r in results)
    notices = [*(problem.sentence() for problem in problems), *([stopped] if stopped else [])]
    if states[OTHER]:
        notices.append(
            f"附件{states[OTHER]}个，按单位放在总表旁边的“{EVIDENCE_FOLDER}”文件夹，文件名不变。"
            "合并回收件之后，再对应到「佐证」的各行。"
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
        (
            *(
                [Advice("merge", options=(("sources", str(archive.packs)),))]
                if states[PACK]
                else []
            ),
            *([Advice("attach")] if states[OTHER] else []),
        ),
        pending=len(results),
    )


_COLUMNS = (
    *(Column("状态", "state"), Column("文件"), Column("单位"), Column("轮次"), Column("寄件地址")),
    Column("说明", "note"),
)


def _row(result: Received) -> tuple[str, ...]:
    sender = result.found.envelope.mail
    place = f"放在 {result.place}" if result.place else ""
    note = "；".join(filter(None, (result.reason, place)))
    return result.state, result.found.name, result.unit, result.round, sender, note


def _data(result: Received) -> ReceivedData:
    envelope = result.found.envelope
    return {
        "file": result.found.name,
        "unit": result.unit,
        "round": result.round,
        "state": result.state,
        "reason": result.reason,
        "place": result.place,
        "from": envelope.mail,
        "date": envelope.sent,
        "subject": envelope.subject,
    }
