"""Returned files: found, read, and proved to answer what this master sent."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes, sha256_of
from qcity_xl.adapters.packs import (
    NotAPack,
    Opened,
    pictures_in,
    read_pack,
    too_large,
    unlocked,
    untouched_pack,
)
from qcity_xl.adapters.packs.beside import template_texts
from qcity_xl.adapters.resources import pack_template
from qcity_xl.adapters.side_folder import SideFolder, files_in
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.merge.decisions import Decision
from qcity_xl.core.merge.repair import mend
from qcity_xl.core.rounds.asked import headline
from qcity_xl.core.rounds.beside import Beside, Text, notes_around, written_around
from qcity_xl.core.rounds.pack import Identity, ReturnedPack, answers, base_hash, surplus
from qcity_xl.core.rounds.passwords import passwords_for
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.schema.pack import FORMER, PACK_TASKS
from qcity_xl.core.text import shorten
from qcity_xl.core.values import parse_date
from qcity_xl.steps.shared.outcome import Context

MERGED, ALREADY, REJECTED = "已合并", "已合并过", "未采用"


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one returned file; without a reason all of it was merged.

    `partial` says that some of it could not be read; `beside` are the cells that nobody merges.
    """

    file: str
    state: str
    unit: str = ""
    round: str = ""
    reason: str = ""
    decisions: tuple[Decision, ...] = ()
    partial: bool = False
    beside: tuple[Beside, ...] = ()


def load_returns(
    sources: Sequence[Path], path: Path, master: Master, context: Context
) -> tuple[list[ReturnedPack], list[FileResult]]:
    """What can be merged, and a result for each file that can't or needn't, by name.

    Each file is kept in the side folder of the master at `path` first.
    """
    side = SideFolder(path)
    returns: dict[str, ReturnedPack] = {}
    results: list[FileResult] = []
    folders = [source for source in sources if source.is_dir()]
    went_out = _went_out(master)
    for source in context.progress(_files(sources, path), "读取回收件"):
        try:
            data = _loaded(source, master.settings.limits)
        except QcityError as error:
            results.append(FileResult(source.name, REJECTED, reason=str(error)))
            continue
        if not context.dry_run:
            side.keep_received(source.name, data)
        sha256 = sha256_of(data)
        if sha256 in returns:
            results.append(_same_file(source.name, returns[sha256]))
            continue
        try:
            known = passwords_for(master, source.name)
            opened = unlocked(data, known, master.settings.limits)
            named, who = _named(source, folders), went_out.get(sha256_of(opened.data))
            if who:
                found = _untouched(named, sha256, opened, who, master)
            else:
                found = _admitted(named, sha256, opened, master, side)
        except QcityError as error:
            found = FileResult(source.name, REJECTED, reason=str(error))
        if isinstance(found, FileResult):
            results.append(found)
            continue
        returns[sha256] = found
        if not (context.dry_run or found.untouched):
            _keep_pictures(side, source.stem, opened.data, master.settings.limits)
    return list(returns.values()), results


def _files(sources: Iterable[Path], master: Path) -> list[Path]:
    """All files in question by name; folders are searched, the master in one is no return."""
    found: set[Path] = set()
    for source in sources:
        if source.is_dir():
            found |= {path for path in files_in(source) if path.resolve() != master.resolve()}
        else:
            found.add(source)
    return sorted(found, key=lambda path: (path.name, path))


def _loaded(source: Path, limits: Limits) -> bytes:
    """The file's content; NotAPack, before a byte is read, for what is too large or no file."""
    if source.exists() and not source.is_file():
        raise NotAPack("不是普通文件，没有读；请只放回收的填报表")
    if source.exists() and source.stat().st_size > limits.file_mb * 1024 * 1024:
        raise NotAPack(too_large(source.stat().st_size, limits))
    return load_bytes(source)


def _keep_pictures(side: SideFolder, stem: str, data: bytes, limits: Limits) -> None:
    """Pictures pasted into a pack, as files beside it: they may be evidence."""
    for picture in pictures_in(data, limits):
        side.keep_received(f"{stem}_{picture.name}", picture.data)


def _same_file(name: str, first: ReturnedPack) -> FileResult:
    who = first.identity
    reason = f"与“{first.name}”是同一个文件，只合并一次"
    return FileResult(name, ALREADY, who.unit, who.round, reason)


def _named(source: Path, folders: Iterable[Path]) -> Path:
    """The file by its name and the folders that it lies in, below those that were given."""
    inside = (source.relative_to(folder) for folder in folders if source.is_relative_to(folder))
    return min(inside, key=lambda path: len(path.parts), default=Path(source.name))


def _went_out(master: Master) -> dict[str, Identity]:
    """Whose pack it is, by the hash of each file that went out."""
    found: dict[str, Identity] = {}
    for key, row in master.rows(ROUNDS).items():
        who = Identity(master.settings.master_id, text(row, "round"), text(row, "unit"))
        if who.round_key == key:
            found[text(row, "sha256")] = who
    return found


def _untouched(
    named: Path, sha256: str, opened: Opened, who: Identity, master: Master
) -> ReturnedPack | FileResult:
    """The very file that went out: its hash proves it, and nothing of it need be looked at."""
    pack = untouched_pack(opened.data, who)
    if fault := _named_otherwise(named, pack, master):
        return FileResult(named.name, REJECTED, who.unit, who.round, fault)
    return replace(pack, name=named.name, sha256=sha256, password=opened.password)


def _admitted(
    named: Path, sha256: str, opened: Opened, master: Master, side: SideFolder
) -> ReturnedPack | FileResult:
    """The file as a return of this master, else why it is none. Raises NotAPack."""
    pack = read_pack(opened.data, master.settings.limits)
    proven = _named_otherwise(named, pack, master) or _proven(pack, master, side)
    if isinstance(proven, ReturnedPack):
        return replace(proven, name=named.name, sha256=sha256, password=opened.password)
    return FileResult(named.name, REJECTED, pack.identity.unit, pack.identity.round, proven)


def _named_otherwise(named: Path, pack: ReturnedPack, master: Master) -> str:
    """What to ask where the file or a folder that it lies in bears another unit's name alone."""
    registry = master.registry
    unit = registry.find(pack.identity.unit) or pack.identity.unit
    for what, words in (("文件名", named.name), *(("文件夹名", part) for part in named.parts[:-1])):
        others = registry.named_in(words)
        if others and unit not in others:
            return (
                f"{what}“{shorten(words, 40)}”写的是{'、'.join(others)}，里面却是{unit}的填报表，"
                f"没有合并；请向单位核实是谁填的。确是{unit}填的，把{what}里的单位改对"
                "（或去掉单位名）再合并；不是的，请单位在发给自己的原件上重填"
            )
        if unit in others:
            return ""
    return ""


def _proven(pack: ReturnedPack, master: Master, side: SideFolder) -> ReturnedPack | str:
    """The pack with a base that the hash in the master proves, or why there is none."""
    who = pack.identity
    sent = master.rows(ROUNDS).get(who.round_key)
    if who.master != master.settings.master_id:
        return "是另一份总表的填报表，总表编号不同；请核对是否寄错"
    if sent is None:
        return (
            f"「轮次」里没有给{who.unit}下发过{who.round}；请核对总表和单位，或请单位填最近下发的表"
        )
    registry = master.registry
    shown = registry.find(pack.shown)
    if shown and shown != (registry.find(who.unit) or who.unit):
        return (
            f"表头的填报单位是{shown}，内部标识却是{who.unit}的，分不清是谁填的；"
            "请填报单位在发给自己的原件上重填"
        )
    proven = _by_hash(pack, text(sent, "base"), side, master)
    return surplus(proven) or proven if isinstance(proven, ReturnedPack) else proven


def _by_hash(
    pack: ReturnedPack, wanted: str, side: SideFolder, master: Master
) -> ReturnedPack | str:
    """The pack mended with its own base if that has the hash, else with that of our copy."""
    who = pack.identity
    is_proven = base_hash(who, pack.base) == wanted
    around = written_around(pack.around, _texts_sent(pack, master))
    # Our copy is read only where it may say more, as one of an older template does.
    copy = (
        _copy(side.sent(who.round, who.unit))
        if around or not is_proven or _is_former(pack)
        else None
    )
    if copy:
        around = written_around(pack.around, copy.around)
    notes = (*pack.notes, *notes_around(around))
    pack = replace(pack, notes=notes, beside=(*pack.beside, *around))
    if is_proven:
        return mend(pack, pack.base)
    if copy is None or copy.identity != who or base_hash(who, copy.base) != wanted:
        return "文件里的下发基准被改动，旁边文件夹也没有留底，无法判断改了什么；请单位在原件上重填"
    if not answers(pack, copy.base):
        return (
            f"内部标识是{who.unit}{who.round}的，里面的行却多半不是；请单位在发给自己的原件上重填"
        )
    notes = (*pack.notes, "文件里的下发基准被改动，已按留底核对")
    return mend(replace(pack, notes=notes), copy.base)


def _is_former(pack: ReturnedPack) -> bool:
    """Whether an earlier version made the pack."""
    return any(words in FORMER for *_, words in pack.around)


def _texts_sent(pack: ReturnedPack, master: Master) -> list[Text]:
    """What stood around the tables of a pack of which we have no copy any more; of one that an
    earlier version made, what is left of it.
    """
    who = pack.identity
    due = parse_date(master.rows(ROUNDS)[who.round_key].get("due")) or dt.date.max
    rows = {name: list(sent.values()) for name, sent in pack.base.items()}
    shown = headline(master, who, due, rows)
    texts = list(template_texts(load_bytes(pack_template())))
    texts += [(PACK_TASKS.table.sheet, "", value) for value in shown.values() if value]
    if _is_former(pack):
        known = {*FORMER, *(words for *_, words in texts), due.isoformat(), master.settings.contact}
        return [said for said in pack.around if said[2] in known]
    return texts


def _copy(kept: bytes | None) -> ReturnedPack | None:
    try:
        return read_pack(kept, Limits()) if kept is not None else None
    except NotAPack:
        return None
