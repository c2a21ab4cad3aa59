"""Returned files: found, read, and proved to answer what this master sent."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from qcity_xl.adapters.disk import load_bytes, sha256_of
from qcity_xl.adapters.master_file.reading import read_master
from qcity_xl.adapters.packs import (
    FoundMaster,
    NotAPack,
    Returned,
    Unread,
    open_returned,
    read_pack,
    too_large,
    untouched_pack,
)
from qcity_xl.adapters.packs.beside import template_texts
from qcity_xl.adapters.resources import pack_template
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.adapters.storage import Location, Stored, files_under
from qcity_xl.adapters.workers import HERE, Workers
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.merge.decisions import Decision
from qcity_xl.core.merge.repair import mend
from qcity_xl.core.rounds.asked import headline
from qcity_xl.core.rounds.beside import Beside, Text, notes_around, written_around
from qcity_xl.core.rounds.pack import (
    Identity,
    ReturnedPack,
    Unanswered,
    answers,
    base_hash,
    surplus,
)
from qcity_xl.core.rounds.passwords import passwords_for
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.schema.pack import FORMER, PACK_TASKS
from qcity_xl.core.text import shorten
from qcity_xl.core.values import parse_date
from qcity_xl.steps.shared.city_answers import answered_by
from qcity_xl.steps.shared.outcome import Context

MERGED, ALREADY, REJECTED = "已合并", "已合并过", "未采用"


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one returned file; without a reason all of it was merged.

    `partial` says that some of it could not be read; `beside` are the cells that nobody merges;
    `unanswered` is what a city's master had no answer to.
    """

    file: str
    state: str
    unit: str = ""
    round: str = ""
    reason: str = ""
    decisions: tuple[Decision, ...] = ()
    partial: bool = False
    beside: tuple[Beside, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()


def load_returns(
    sources: Sequence[Location],
    path: Path,
    master: Master,
    context: Context,
    pool: Workers = HERE,
) -> tuple[list[ReturnedPack], list[FileResult]]:
    """What can be merged, and a result for each file that can't or needn't, by name.

    Each file is kept in the side folder of the master at `path` first; the pool reads it.
    """
    arrived = _Arrived(sources, path, master, keeps=not context.dry_run)
    files = context.progress(tuple(arrived.files), "读取回收件")
    for file, read in pool.map(open_returned, arrived.unread(files)):
        arrived.take(file, read)
    results = arrived.results
    return list(arrived.returns.values()), [results[number] for number in sorted(results)]


class _Arrived:
    """Files that came, and what is known of them: `results` by their places among the `files`."""

    def __init__(
        self, sources: Sequence[Location], path: Path, master: Master, *, keeps: bool
    ) -> None:
        self.files = _files(sources, path)
        self.returns: dict[str, ReturnedPack] = {}  # by the SHA-256 of their files
        self.results: dict[int, FileResult] = {}
        self._folders = [source for source in sources if source.is_dir()]
        self._master, self._side, self._keeps = master, SideFolder(path), keeps
        self._went_out = _went_out(master)

    def unread(self, files: Iterable[Location]) -> Iterator[Unread]:
        """Those of the files that somebody has to look into."""
        limits = self._master.settings.limits
        for number, source in enumerate(files):
            try:
                data = _loaded(source, limits)
                passwords, sha256 = passwords_for(self._master, source.name), sha256_of(data)
            except QcityError as error:
                self._refuse(number, str(error))
                continue
            if self._keeps:
                self._side.keep_received(source.name, data)
            if sha256 in self.returns:
                self.results[number] = _same_file(source.name, self.returns[sha256])
            elif who := self._went_out.get(sha256):
                named = _named(source, self._folders)
                self._found(number, sha256, _untouched(named, sha256, data, who, self._master))
            else:
                yield Unread(number, data, sha256, passwords, limits, self._keeps)

    def take(self, file: Unread, read: Returned | FoundMaster | str) -> None:
        """What was found in one of them."""
        source = self.files[file.number]
        if isinstance(read, FoundMaster):
            self._answers_of(file.number, read)
            return
        if isinstance(read, str):
            self._refuse(file.number, read)
            return
        named = _named(source, self._folders)
        try:
            found = _admitted(named, read.pack, self._master, self._side)
        except QcityError as error:
            self._refuse(file.number, str(error))
            return
        if isinstance(found, ReturnedPack):
            for picture in read.pictures:  # they may be evidence
                self._side.keep_received(f"{source.stem}_{picture.name}", picture.data)
        self._found(file.number, file.sha256, found)

    def _answers_of(self, number: int, found: FoundMaster) -> None:
        """A city's master: the packs that went to it, as it answers them."""
        source = self.files[number]
        try:
            city = read_master(found.data, source.name)
            packs = list(answered_by(city, self._master, self._side))
        except QcityError as error:
            self._refuse(number, str(error))
            return
        for place, (data, pack) in enumerate(packs):
            if place:  # a round may have gone out in parts
                number = len(self.files)
                self.files.append(source)
            if self._keeps:
                self._side.keep_received(f"{source.stem}_代填.xlsx", data)
            try:
                admitted = _admitted(_named(source, self._folders), pack, self._master, self._side)
            except QcityError as error:
                self._refuse(number, str(error))
                continue
            self._found(number, pack.sha256, admitted)

    def _found(self, number: int, sha256: str, found: ReturnedPack | FileResult) -> None:
        if isinstance(found, FileResult):
            self.results[number] = found
        elif sha256 in self.returns:  # the same file was still being read when this one came
            self.results[number] = _same_file(self.files[number].name, self.returns[sha256])
        else:
            self.returns[sha256] = found

    def _refuse(self, number: int, why: str) -> None:
        self.results[number] = FileResult(self.files[number].name, REJECTED, reason=why)


def _files(sources: Iterable[Location], master: Path) -> list[Location]:
    """All files in question by name; folders are searched, the master in one is no return."""
    found: set[Location] = set()
    for source in sources:
        inside = set(files_under(source)) if source.is_dir() else {source}
        found |= {one for one in inside if one is source or not _is_same(one, master)}
    return sorted(found, key=lambda place: (place.name, str(place)))


def _is_same(place: Location, master: Path) -> bool:
    return isinstance(place, Path) and place.resolve() == master.resolve()


def _loaded(source: Location, limits: Limits) -> bytes:
    """The file's content; NotAPack, before a byte is read, for what is too large or no file."""
    if isinstance(source, Stored):
        if source.size() > limits.file_mb * 1024 * 1024:
            raise NotAPack(too_large(source.size(), limits))
        return source.read()
    if source.exists() and not source.is_file():
        raise NotAPack("不是普通文件，没有读；请只放回收的填报表")
    if source.exists() and source.stat().st_size > limits.file_mb * 1024 * 1024:
        raise NotAPack(too_large(source.stat().st_size, limits))
    return load_bytes(source)


def _same_file(name: str, first: ReturnedPack) -> FileResult:
    who = first.identity
    reason = f"与“{first.name}”是同一个文件，只合并一次"
    return FileResult(name, ALREADY, who.unit, who.round, reason)


def _named(source: Location, folders: Iterable[Location]) -> PurePath:
    """The file by its name and the folders that it lies in, below those that were given."""
    path, tops = _pure(source), map(_pure, folders)
    inside = (path.relative_to(top) for top in tops if path.is_relative_to(top))
    return min(inside, key=lambda path: len(path.parts), default=PurePath(source.name))


def _pure(place: Location) -> PurePath:
    return place.path if isinstance(place, Stored) else place


def _went_out(master: Master) -> dict[str, Identity]:
    """Whose pack it is, by the hash of each file that went out."""
    found: dict[str, Identity] = {}
    for key, row in master.rows(ROUNDS).items():
        who = Identity(master.settings.master_id, text(row, "round"), text(row, "unit"))
        if who.round_key == key:
            found[text(row, "sha256")] = who
    return found


def _untouched(
    named: PurePath, sha256: str, data: bytes, who: Identity, master: Master
) -> ReturnedPack | FileResult:
    """The very file that went out: its hash proves it, and nothing of it need be looked at."""
    pack = untouched_pack(data, who)
    if fault := _named_otherwise(named, pack, master):
        return FileResult(named.name, REJECTED, who.unit, who.round, fault)
    return replace(pack, name=named.name, sha256=sha256)


def _admitted(
    named: PurePath, pack: ReturnedPack, master: Master, side: SideFolder
) -> ReturnedPack | FileResult:
    """The file as a return of this master, else why it is none."""
    proven = _named_otherwise(named, pack, master) or _proven(pack, master, side)
    if isinstance(proven, ReturnedPack):
        return replace(proven, name=named.name)
    return FileResult(named.name, REJECTED, pack.identity.unit, pack.identity.round, proven)


def _named_otherwise(named: PurePath, pack: ReturnedPack, master: Master) -> str:
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
