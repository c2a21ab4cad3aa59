"""进展记录: what each unit said in each round, and what changed from one to the next."""

from collections.abc import Iterator
from dataclasses import dataclass

from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.master.model import Master, differences, text
from qcity_xl.core.schema import ASSIGNMENTS, PROGRESS_LINES
from qcity_xl.core.values import Value

_KEPT = ("progress", "note", "done_on", "difficulty")


@dataclass(frozen=True, slots=True)
class ProgressChange:
    """A unit's part in a task whose 完成情况 is another one than in the round before."""

    task: str
    unit: str
    before: str
    after: str


def progress_changes(master: Master) -> list[Change]:
    """Changes that keep what 填报 says now under the round in which it came.

    A unit that corrects itself within a round has its last word there; a part that no round
    brought, typed by the office, is not kept.
    """
    changes: list[Change] = []
    for key, row in master.rows(ASSIGNMENTS).items():
        cells: dict[str, Value] = {name: row.get(name) for name in _KEPT}
        if not text(row, "round") or all(value is None for value in cells.values()):
            continue
        line = f"{text(row, 'round')}/{key.removeprefix('T')}"
        if line in master.rows(PROGRESS_LINES):  # not read before the first round
            changes += differences(master, PROGRESS_LINES, {line: cells})
        else:
            whose: dict[str, Value] = {name: row.get(name) for name in ("round", "task", "unit")}
            changes += added_row(PROGRESS_LINES.name, line, {**whose, **cells})
    return changes


def moved_since(master: Master, name: str) -> Iterator[ProgressChange]:
    """What this round says otherwise than the last one in which the unit said anything."""
    before: dict[tuple[str, str], str] = {}
    for row in master.rows(PROGRESS_LINES).values():
        whose = text(row, "task"), text(row, "unit")
        if text(row, "round") != name:
            before[whose] = text(row, "progress")
        elif before.get(whose, "") != text(row, "progress"):
            yield ProgressChange(*whose, before.get(whose, ""), text(row, "progress"))
