"""退回: what was not taken goes back to the units, one file for each returned file."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.packs import make_pack_beside
from qcity_xl.adapters.packs.replies import refusal_text, reply_bytes
from qcity_xl.adapters.resources import pack_template
from qcity_xl.adapters.side_folder import safe_name
from qcity_xl.adapters.storage import Location
from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.merge_all import Merged
from qcity_xl.core.merge.replies import reply_to
from qcity_xl.core.rounds.passwords import passwords
from qcity_xl.steps.shared.data_returns import MergeData
from qcity_xl.steps.shared.load_returns import REJECTED, FileResult
from qcity_xl.steps.shared.outcome import Column, Outcome, Section


def write_replies(
    out: Location, merged: Iterable[Merged], results: Iterable[FileResult], master: Master
) -> list[Location]:
    """Write into `out` a marked pack for each merged file with refusals or unread parts, a text
    for each file that was not used; the same findings write the same file once. A pack is under
    the password that it came with, else under that of its unit.
    """
    replies = [*_packs(merged, master), *_texts(results)]
    return [
        make_pack_beside(out / safe_name(name), data, password) for name, data, password in replies
    ]


def with_replies(
    outcome: Outcome[MergeData], written: Iterable[Location], out: Location
) -> Outcome[MergeData]:
    """The outcome with the replies in it."""
    names = [path.name for path in written]
    notice = f"退回{len(names)}份，放在 {out}。" if names else "没有要退回的。"
    listed = Section("退回", (Column("文件"),), tuple((name,) for name in names))
    return replace(
        outcome,
        data={**outcome.data, "replies": names},
        sections=(*outcome.sections, listed),
        notices=(*outcome.notices, notice),
    )


def _packs(merged: Iterable[Merged], master: Master) -> Iterator[tuple[str, bytes, str]]:
    template = load_bytes(pack_template())
    known = passwords(master)
    for item in merged:
        reply = reply_to(item.file, item.decisions, master)
        if reply is not None:
            who = item.file.identity
            password = item.file.password or known.get(who.unit, "")
            yield f"退回_{who.round}_{who.unit}.xlsx", reply_bytes(template, reply), password


def _texts(results: Iterable[FileResult]) -> Iterator[tuple[str, bytes, str]]:
    for result in results:
        if result.state == REJECTED:
            stem = Path(safe_name(result.file)).stem
            yield f"退回_{stem}.txt", refusal_text(result.file, result.reason), ""
