"""All returned files of one merge: in which order, what each of them comes to."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qcity_xl.core.conflicts import conflict_rows
from qcity_xl.core.decisions import WORDS, Decision, changes_of
from qcity_xl.core.journal import Line, as_lines
from qcity_xl.core.master import Master, differences, text
from qcity_xl.core.merge import decide_pack
from qcity_xl.core.packs import Identity, ReturnedPack
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.values import Value
from qcity_xl.core.versions import (
    Version,
    merged_versions,
    rounds_of,
    said_elsewhere,
    source_of,
    version_of,
)


@dataclass(frozen=True, slots=True)
class Return:
    """One file that answers what was sent; its `name` is for people and decides nothing."""

    name: str
    sha256: str
    pack: ReturnedPack


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of one file: its decisions, the log lines that carry them out.

    Without `lines` there is nothing left to do; `again` says that it was merged before.
    """

    file: Return
    decisions: tuple[Decision, ...]
    lines: tuple[Line, ...]
    again: bool


def round_key(identity: Identity) -> str:
    """Row id on 轮次."""
    return f"R{identity.round}/{identity.unit}"


def merge_returns(master: Master, files: Iterable[Return], today: dt.date) -> list[Merged]:
    """Decide each file against the master as it is after those before it.

    The order is by unit, the newest round first, then the fullest version: by content alone, so
    that the outcome depends neither on the order of the files nor on their names.
    """
    said = merged_versions(master)
    waiting: list[tuple[tuple[str, int, int, str], Return, Version]] = []
    for file in sorted(files, key=lambda file: file.sha256):
        who = file.pack.identity
        version = version_of(file.pack, master, file.sha256)
        said.setdefault(who.unit, []).append(version)
        cells = len(version.values) + len(version.faulty)
        newness = rounds_of(who.unit, master).get(who.round, 0)
        waiting.append(((who.unit, -newness, -cells, file.sha256), file, version))
    found: list[Merged] = []
    for _, file, version in sorted(waiting, key=lambda item: item[0]):
        others = [v for v in said[file.pack.identity.unit] if v is not version]
        merged = _merge_one(master, file, version, others, today)
        master = master.with_changes(line.change for line in merged.lines if line.change)
        found.append(merged)
    return found


def _merge_one(
    master: Master, file: Return, version: Version, others: Sequence[Version], today: dt.date
) -> Merged:
    who, source = file.pack.identity, source_of(file.pack.identity, file.sha256)
    decisions = decide_pack(file.pack, master, said_elsewhere(file.pack, version, others, master))
    changes = changes_of(decisions, master, file.pack)
    changes += conflict_rows(master.with_changes(changes), who, decisions, source)
    before = text(master.rows(ROUNDS).get(round_key(who), {}), "returned").split()
    again = file.sha256 in before
    if not again:
        received: dict[str, Value] = {
            "state": "已回收",
            "returned_on": today,
            "returned": "\n".join([*before, file.sha256]),
        }
        changes += differences(master, ROUNDS, {round_key(who): received})
    lines = [*as_lines(changes, source), *_left_alone(decisions, source)] if changes else []
    return Merged(file, tuple(decisions), tuple(lines), again)


def _left_alone(decisions: Iterable[Decision], source: str) -> list[Line]:
    return [
        Line(WORDS[d.action], d.table, d.place, d.field, d.ours, d.theirs, source)
        for d in decisions
        if d.action != "take"
    ]
