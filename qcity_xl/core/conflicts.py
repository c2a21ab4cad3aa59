"""冲突: what the office must decide, and carrying out what it decided."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from qcity_xl.core.accept import accept
from qcity_xl.core.changes import KEY, Change, added_row, dropped_row
from qcity_xl.core.master import Master, Row, text
from qcity_xl.core.merge import ROW_GONE, Decision
from qcity_xl.core.packs import Identity
from qcity_xl.core.responsibility import resolve_duties
from qcity_xl.core.schema import ASSIGNMENTS, BY_SHEET, CONFLICTS, TASKS
from qcity_xl.core.values import Value, canonical, same_meaning

OURS, THEIRS, OTHER = "采用总表", "采用回收", "另填"
DONE = "已处理"
_KINDS = {"conflict": "冲突", "refuse": "拒收"}


def conflict_rows(
    master: Master, identity: Identity, decisions: Iterable[Decision], source: str
) -> list[Change]:
    """New rows of 冲突 for conflicts and refusals; one that is listed already is not repeated."""
    changes: dict[str, list[Change]] = {}
    for decision in decisions:
        if decision.action not in _KINDS:
            continue
        key = _key(identity, decision)
        if key in master.rows(CONFLICTS) or key in changes:
            continue
        table = next(t for t in BY_SHEET.values() if t.name == decision.table)
        changes[key] = added_row(
            CONFLICTS.name,
            key,
            {
                "kind": _KINDS[decision.action],
                "round": identity.round,
                "unit": identity.unit,
                "sheet": table.sheet,
                "row": decision.row or f"第{decision.line}行",
                "column": table.column(decision.field).header,
                "base": decision.base,
                "ours": decision.ours,
                "theirs": decision.theirs,
                "reason": decision.reason,
                "source": source,
            },
        )
    return [change for rows in changes.values() for change in rows]


def _key(identity: Identity, decision: Decision) -> str:
    parts = (
        *(decision.action, identity.round, identity.unit, decision.table),
        *(decision.row or str(decision.line), decision.field, canonical(decision.theirs)),
    )
    return "X" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The changes that carry out the office's choices; how many were, and what is left and why."""

    changes: tuple[Change, ...]
    resolved: int
    left: tuple[tuple[str, str], ...]


def resolve_conflicts(master: Master) -> Resolution:
    """Carry out 处理 of every open conflict; those without a choice are left.

    A conflict is left too where the master no longer holds the value it showed.
    """
    changes: list[Change] = []
    left: list[tuple[str, str]] = []
    resolved = 0
    for key, row in master.rows(CONFLICTS).items():
        if text(row, "kind") != "冲突" or text(row, "outcome"):
            continue
        outcome = _resolved(master.with_changes(changes), row)
        if isinstance(outcome, str):
            left.append((key, outcome))
            continue
        changes += [*outcome, Change(CONFLICTS.name, key, "outcome", None, DONE)]
        resolved += 1
    return Resolution(tuple(changes), resolved, tuple(left))


def _resolved(master: Master, row: Row) -> list[Change] | str:
    """The changes of one choice, or why it can't be carried out."""
    choice = text(row, "choice")
    if not choice:
        return "还没有选择处理方式"
    if choice == OURS:
        return []
    if choice not in (THEIRS, OTHER):
        return f"处理方式“{choice}”不在下拉列表里"
    table = BY_SHEET[text(row, "sheet")]
    column = next(c for c in table.columns if c.header == text(row, "column"))
    place, value = text(row, "row"), row.get("theirs")
    present = master.rows(table).get(place)
    if column.field == KEY:
        return dropped_row(table.name, place, dict(present)) if present and choice == THEIRS else []
    if choice == OTHER:
        value = row.get("other")
    accepted = accept(master, table, place, column, value)
    if accepted.fault:
        return accepted.fault
    if present is None:
        return _restored(master, table.name, place, column.field, accepted.value)
    if not same_meaning(present.get(column.field), row.get("ours"), column.type):
        return "总表这一格后来又改过，请重新核对"
    return [Change(table.name, place, column.field, present.get(column.field), accepted.value)]


def _restored(master: Master, table: str, place: str, field: str, value: Value) -> list[Change]:
    """A row that the master had lost, with the answer that came for it."""
    known: dict[str, Value] = {}
    if table == ASSIGNMENTS.name:
        duty = next((d for d in resolve_duties(master)[0] if d.key == place), None)
        if duty:
            known.update(duty.row(master.rows(TASKS)[duty.task]))
    return added_row(table, place, {**known, field: value})


__all__ = [
    "DONE",
    "OTHER",
    "OURS",
    "ROW_GONE",
    "THEIRS",
    "Resolution",
    "conflict_rows",
    "resolve_conflicts",
]
