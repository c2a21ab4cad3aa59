"""All returned files of one merge: their order, and the outcome of each."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qcity_xl.core.history.log import LogLine, as_lines
from qcity_xl.core.master.model import Master, differences, text
from qcity_xl.core.master.numbers import standing_ids
from qcity_xl.core.merge.conflicts import conflict_rows, settled_refusals
from qcity_xl.core.merge.decide import decide_pack
from qcity_xl.core.merge.decisions import ONLY_WRITING, ROW_GONE, WORDS, Decision, changes_of
from qcity_xl.core.merge.in_short import in_short
from qcity_xl.core.merge.matching import written_otherwise
from qcity_xl.core.merge.new_numbers import numbers_since, renumbered, under_new_numbers
from qcity_xl.core.merge.other_versions import OtherVersions, other_versions
from qcity_xl.core.merge.rates import with_rates_in_notes
from qcity_xl.core.merge.successors import under_successor
from qcity_xl.core.merge.versions import (
    Version,
    merged_files,
    merged_line,
    merged_versions,
    rounds_by_unit,
    sendings,
    source_of,
    version_of,
)
from qcity_xl.core.rounds.pack import ReturnedPack
from qcity_xl.core.schema import CONFLICTS, ROUNDS
from qcity_xl.core.schema.pack import PACK
from qcity_xl.core.schema.words import RETURNED, is_refusal
from qcity_xl.core.values import Value


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of one file: its decisions, the log lines that carry them out.

    Without `lines` there is nothing left to do; `again` says that it was merged before. `notes`
    tell how it compares with the unit's other files; `alike` are cells that mean what was sent
    but are written otherwise: nothing is done about them.
    """

    file: ReturnedPack
    decisions: tuple[Decision, ...]
    lines: tuple[LogLine, ...]
    again: bool
    notes: tuple[str, ...] = ()
    alike: tuple[Decision, ...] = ()


def merge_returns(master: Master, files: Iterable[ReturnedPack], today: dt.date) -> list[Merged]:
    """Decide each file against the master as it is after those before it.

    The order is by unit, the newest round first, then the fullest version: by content alone, so
    that the outcome depends neither on the order of the files nor on their names.
    """
    versions, sent, old = merged_versions(master), sendings(master), renumbered(master)
    rounds = rounds_by_unit(master)
    waiting: list[tuple[tuple[str, int, int, str], ReturnedPack, Version]] = []
    for returned in sorted(files, key=lambda file: file.sha256):
        since = numbers_since(master, old, sent.get(returned.identity.round_key, 0))
        file = under_successor(under_new_numbers(returned, since) if since else returned, master)
        file = with_rates_in_notes(file, master)
        who = file.identity
        version = version_of(file, master)
        versions.setdefault(who.unit, []).append(version)
        cells = len(version.values) + len(version.faulty)
        newness = rounds.get(who.unit, {}).get(who.round, 0)
        waiting.append(((who.unit, -newness, -cells, file.sha256), file, version))
    found: list[Merged] = []
    for _, file, version in sorted(waiting, key=lambda item: item[0]):
        who = file.identity
        rest = [v for v in versions[who.unit] if v is not version]
        others = other_versions(
            file, version, rest, rounds.get(who.unit, {}), sent.get(who.round_key, 0)
        )
        merged, master = _merge_one(master, file, version, others, today)
        found.append(merged)
    return found


def lines_of(merged: Iterable[Merged]) -> list[LogLine]:
    """The log lines of a whole merge: new refusals on 冲突 stand below its conflicts."""
    lines = [line for item in merged for line in item.lines]
    refused = {
        line.row
        for line in lines
        if (line.table, line.field, line.old) == (CONFLICTS.name, "kind", None)
        and is_refusal(str(line.new))
    }
    return sorted(lines, key=lambda line: line.table == CONFLICTS.name and line.row in refused)


def _merge_one(
    master: Master,
    file: ReturnedPack,
    version: Version,
    others: OtherVersions,
    today: dt.date,
) -> tuple[Merged, Master]:
    """What becomes of a file, and the master after it."""
    who, source = file.identity, source_of(file.identity, file.sha256)
    before, standing = master.rows(ROUNDS).get(who.round_key, {}), standing_ids(master)
    again = file.sha256 in dict(merged_files(before))
    decisions, alike = decide_pack(file, master, others), tuple(_alike(master, file))
    newer = {source_of(replace(who, round=v.round), v.sha256) for v in others.newer}
    changes = changes_of(decisions, master, file)
    changes += settled_refusals(master, who, decisions, newer, again=again)
    master = master.with_changes(changes)
    listed = conflict_rows(master, who, decisions, source, file.name)
    if not again:
        received: dict[str, Value] = {
            "state": RETURNED,
            "returned_on": today,
            "returned": f"{text(before, 'returned')}\n{merged_line(version)}".strip(),
        }
        listed += differences(master, ROUNDS, {who.round_key: received})
    master = master.with_changes(listed)
    lines: list[LogLine] = []
    if changes or listed:
        lines = [*as_lines([*changes, *listed], source), *_left_alone(file, decisions, source)]
        lines += [] if again else in_short(file, alike, source, standing)
    return Merged(file, tuple(decisions), tuple(lines), again, others.notes, alike), master


def _alike(master: Master, file: ReturnedPack) -> Iterator[Decision]:
    for table, row, column, sent in written_otherwise(file):
        ours = master.row(table.source.name, row.key).get(column.field)
        place = (table.source.name, row.key, column.field)
        theirs = row.values[column.field]
        more = (ONLY_WRITING, table.table.sheet, row.line)
        yield Decision("keep", *place, sent, ours, theirs, *more)


def _left_alone(pack: ReturnedPack, decisions: Iterable[Decision], source: str) -> list[LogLine]:
    lines = [
        LogLine(WORDS[d.action], d.table, d.place, d.field, d.ours, d.listed_value, source)
        for d in decisions
        if d.action != "take"
    ]
    return [*lines, *_rest_of_lost_rows(pack, lines)]


def _rest_of_lost_rows(pack: ReturnedPack, lines: Sequence[LogLine]) -> Iterator[LogLine]:
    """What stands beside a conflict in a row that the master lost: it may come back whole."""
    gone = [line for line in lines if line.action == WORDS["conflict"] and line.old == ROW_GONE]
    lost = {(line.table, line.row): line.source for line in gone}
    told = {(line.table, line.row, line.field) for line in lines}
    for pack_table in PACK if lost else ():
        table = pack_table.source.name
        for row in pack.rows.get(pack_table.table.name, ()):
            for name in pack_table.editable if (table, row.key) in lost else ():
                value, place = row.values.get(name), (table, row.key, name)
                if value is not None and place not in told:
                    told.add(place)
                    yield LogLine(WORDS["keep"], *place, None, value, lost[table, row.key])
