"""Returned files: found, read, and proved to answer what this master sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes, sha256_of
from qcity_xl.adapters.packs import NotAPack, pictures_in, read_pack, too_large
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.decisions import Decision
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master import Master, text
from qcity_xl.core.mend import mend
from qcity_xl.core.packs import ReturnedPack, base_hash
from qcity_xl.core.returns import Return, round_key
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.settings import Limits
from qcity_xl.steps.report import Context

MERGED, ALREADY, REJECTED = "已合并", "已合并过", "未采用"


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one returned file; without a reason all of it was merged.

    `partial` says that some of it could not be read.
    """

    file: str
    state: str
    unit: str = ""
    round: str = ""
    reason: str = ""
    decisions: tuple[Decision, ...] = ()
    partial: bool = False


def load_returns(
    sources: Sequence[Path], path: Path, master: Master, context: Context
) -> tuple[list[Return], list[FileResult]]:
    """What can be merged, and a result for each file that can't or needn't, by name.

    Each file is kept in the side folder of the master at `path` first.
    """
    side = SideFolder(path)
    returns: dict[str, Return] = {}
    results: list[FileResult] = []
    for source in context.progress(_files(sources, path), "读取回收件"):
        try:
            data = _loaded(source, master.settings.limits)
        except (NotAPack, QcityError) as error:
            results.append(FileResult(source.name, REJECTED, reason=str(error)))
            continue
        if not context.dry_run:
            side.keep_received(source.name, data)
        sha256 = sha256_of(data)
        if sha256 in returns:
            results.append(_same_file(source.name, returns[sha256]))
            continue
        found = _admitted(source.name, sha256, data, master, side)
        if isinstance(found, Return):
            returns[sha256] = found
            if not context.dry_run:
                _keep_pictures(side, source.stem, data, master.settings.limits)
        else:
            results.append(found)
    return list(returns.values()), results


def _files(sources: Iterable[Path], master: Path) -> list[Path]:
    """All files in question by name, folders searched; the master and lock files are no returns."""
    found: set[Path] = set()
    for source in sources:
        inside = source.rglob("*") if source.is_dir() else [source]
        found |= {path for path in inside if not path.is_dir()}
    return [
        path
        for path in sorted(found, key=lambda path: (path.name, path))
        if not path.name.startswith(("~$", ".")) and path.resolve() != master.resolve()
    ]


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


def _same_file(name: str, first: Return) -> FileResult:
    who = first.pack.identity
    reason = f"与“{first.name}”是同一个文件，只合并一次"
    return FileResult(name, ALREADY, who.unit, who.round, reason)


def _admitted(
    name: str, sha256: str, data: bytes, master: Master, side: SideFolder
) -> Return | FileResult:
    """The file as a return of this master, else why it is none."""
    try:
        pack = read_pack(data, master.settings.limits)
    except (NotAPack, QcityError) as error:
        return FileResult(name, REJECTED, reason=str(error))
    who = pack.identity
    sent = master.rows(ROUNDS).get(round_key(who))
    proven = None if sent is None else _proven(pack, text(sent, "base"), side)
    if who.master != master.settings.master_id:
        why = "是另一份总表的填报表，总表编号不同；请核对是否寄错"
    elif sent is None:
        why = (
            f"「轮次」里没有给{who.unit}下发过{who.round}；请核对总表和单位，或请单位填最近下发的表"
        )
    elif proven is None:
        why = "文件里的下发基准被改动，旁边文件夹也没有留底，无法判断改了什么；请单位在原件上重填"
    else:
        return Return(name, sha256, proven)
    return FileResult(name, REJECTED, who.unit, who.round, why)


def _proven(pack: ReturnedPack, wanted: str, side: SideFolder) -> ReturnedPack | None:
    """The pack with a base that the hash in the master proves: its own, or that of our copy."""
    if base_hash(pack.identity, pack.base) == wanted:
        return mend(pack, pack.base)
    kept = side.sent(pack.identity.round, pack.identity.unit)
    if kept is None:
        return None
    try:
        copy = read_pack(kept, Limits())
    except NotAPack:
        return None
    if base_hash(copy.identity, copy.base) != wanted:
        return None
    notes = (*pack.notes, "文件里的下发基准被改动，已按留底核对")
    return mend(replace(pack, notes=notes), copy.base)
