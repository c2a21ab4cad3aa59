"""冲突: what the office must decide, and carrying out what it decided."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from qcity_xl.core.changes import KEY, Change, added_row, dropped_row
from qcity_xl.core.master.conflict_ids import KINDS, listed_row
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.names import row_name
from qcity_xl.core.merge.decisions import ROW_GONE, WORDS, Decision, reopened
from qcity_xl.core.merge.validation import accept
from qcity_xl.core.rounds.pack import Identity
from qcity_xl.core.rounds.responsibility import resolve_duties
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    BY_NAME,
    BY_SHEET,
    CONFLICTS,
    CRITERIA,
    EVIDENCE,
    LOG,
    TASKS,
    UNITS,
    FieldColumn,
    Table,
)
from qcity_xl.core.schema.words import (
    AWAITING,
    CONFLICT,
    OTHER,
    OURS,
    SECOND,
    THEIRS,
    is_refusal,
)
from qcity_xl.core.text import shorten
from qcity_xl.core.values import Value, same_meaning

DONE = "已处理"
KEPT = WORDS["keep"]
_WHOLE_ROW = CONFLICTS.column(KEY).header  # as 列 where the row itself is in question
_LONG = 60  # characters of what a row is about


def settled_refusals(
    master: Master,
    identity: Identity,
    decisions: Iterable[Decision],
    newer: Collection[str],
    *,
    again: bool,
) -> list[Change]:
    """Refusals on 冲突 that are settled: the unit now says in that cell what may stand there.

    Those of `newer` files (by their source) stay open: they are the unit's last word. What a file
    that comes `again` said before settled what there was to settle.
    """
    good = dict.fromkeys(
        (BY_NAME[d.table].sheet, d.row, BY_NAME[d.table].column(d.field).header)
        for d in decisions
        if d.action == "take" or (d.action == "keep" and not d.passed_over and not again)
    )
    find = master.registry.find
    return [
        Change(CONFLICTS.name, key, "outcome", None, DONE)
        for cell in good
        for key, row in _of_cell(master, cell)
        if is_refusal(text(row, "kind"))
        and identity.unit in (text(row, "unit"), find(text(row, "unit")))
        and row.get("outcome") is None
        and text(row, "source") not in newer
    ]


def _of_cell(master: Master, cell: tuple[str, ...]) -> list[tuple[str, Row]]:
    rows = master.rows(CONFLICTS)
    return [(key, rows[key]) for key in master.saying(CONFLICTS, _cell, cell)]


def conflict_rows(
    master: Master,
    identity: Identity,
    decisions: Iterable[Decision],
    source: str,
    file: str = "",
) -> list[Change]:
    """New rows of 冲突 for conflicts and refusals; one that is listed already is not repeated.

    What another file of the unit says in a cell stands in the row that lists the cell. `source` is
    how the program knows the returned file, `file` what it is called.
    """
    changes: dict[str, list[Change]] = {}
    shared = set[str]()  # rows that show a second version by now
    for decision in decisions:
        key = decision.listed_as(identity)
        if decision.action not in KINDS or key in changes or listed_row(master, key) is not None:
            continue
        table = BY_NAME[decision.table]
        header = table.column(decision.field).header
        there = {
            key: row
            for key, row in _of_cell(master, (table.sheet, decision.place, header))
            if (text(row, "round"), text(row, "unit")) == (identity.round, identity.unit)
        }
        free = (key for key, row in there.items() if key not in shared and _takes_another(row))
        first = next(free, "") if decision.action == "conflict" else ""
        shown = master.row(CONFLICTS.name, first)
        if first and same_meaning(shown.get("ours"), decision.ours):
            shared.add(first)
            changes[key] = _another(first, shown, key, decision, file)
            continue
        row: dict[str, Value] = {
            "kind": KINDS[decision.action],
            "round": identity.round,
            "unit": identity.unit,
            "sheet": table.sheet,
            "row": decision.place,
            "subject": subject(master, table, decision.place) or None,
            "column": header,
            "base": decision.base,
            "ours": decision.ours,
            "theirs": decision.listed_value,
            "reason": decision.reason,
            "source": source,
            "file": file or None,
        }
        before = next(filter(_is_open, there.values()), None)
        if before and decision.action == "conflict":
            row["reason"] = f"{decision.reason}；{_beside(before)}"
        changes[key] = added_row(CONFLICTS.name, key, row)
    return [change for rows in changes.values() for change in rows]


def _is_open(row: Row) -> bool:
    return text(row, "kind") == CONFLICT and not text(row, "outcome")


def _takes_another(row: Row) -> bool:
    """Whether a row can show a second version: of a cell, in a row that is there, undecided."""
    blank = not any(text(row, name) for name in ("choice", "outcome", "second_id"))
    whole = text(row, "ours") == ROW_GONE or text(row, "column") == _WHOLE_ROW
    return text(row, "kind") == CONFLICT and blank and not whole


def _beside(before: Row) -> str:
    """What a row says of the open one of its cell, which has no room for another value."""
    files = "、".join(text(before, "file").split("\n")) or "先列出的"
    return f"同一格另有一行（{files}），选了哪一行的回收值，另一行随之了结；采用总表的，两行都选"


def _another(first: str, row: Row, key: str, decision: Decision, file: str) -> list[Change]:
    """A row of 冲突 gets what another file says in its cell."""
    files = "\n".join(dict.fromkeys(filter(None, (text(row, "file"), file))))
    wanted: dict[str, Value] = {
        "second": decision.listed_value,
        "second_id": key,
        "file": files or None,
    }
    return [
        Change(CONFLICTS.name, first, name, row.get(name), value)
        for name, value in wanted.items()
        if row.get(name) != value
    ]


_SAYING = {
    ASSIGNMENTS.name: ("task", "text"),
    CRITERIA.name: ("label", "text"),
    EVIDENCE.name: ("criteria", "title"),
    UNITS.name: ("name",),
}


def subject(master: Master, table: Table, place: str) -> str:
    """What a row is about, as people know it: 5.1 开展质量提升行动; its line if it has no id."""
    row = master.rows(table).get(place, {})
    said = " ".join(filter(None, (text(row, name) for name in _SAYING.get(table.name, ()))))
    return shorten(said, _LONG) if said else row_name(place)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The changes that carry out the office's choices; how many were, and what is left and why."""

    changes: tuple[Change, ...]
    resolved: int
    left: tuple[tuple[str, str], ...]


def resolve_conflicts(master: Master) -> Resolution:
    """Carry out 处理 of every open conflict; those without a choice are left.

    A conflict is left too where the master no longer holds the value it showed. A third version of
    an answer has a row of its own, which names the first one's files, as each had in masters of
    before: once another value is chosen for the cell, those without a choice are settled with it.
    """
    changes: list[Change] = []
    left: list[tuple[str, str]] = []
    chosen: set[tuple[str, ...]] = set()
    resolved = 0
    now = master
    for key, row in master.rows(CONFLICTS).items():
        if text(row, "kind") != CONFLICT or text(row, "outcome"):
            continue
        outcome = _resolved(now, row)
        if isinstance(outcome, str):
            left.append((key, outcome))
            continue
        now = now.with_changes(outcome)
        changes += [*outcome, Change(CONFLICTS.name, key, "outcome", None, DONE)]
        resolved += 1
        if text(row, "choice") != OURS:
            chosen.add(_cell(row))
    rows = master.rows(CONFLICTS)
    twins = [k for k, _ in left if not text(rows[k], "choice") and _cell(rows[k]) in chosen]
    changes += [Change(CONFLICTS.name, key, "outcome", None, DONE) for key in twins]
    still = tuple((key, why) for key, why in left if key not in twins)
    return Resolution(tuple(changes), resolved + len(twins), still)


_CHOSEN = {THEIRS: "theirs", SECOND: "second", OTHER: "other"}  # where what is written stands


def _cell(row: Row) -> tuple[str, ...]:
    return tuple(text(row, name) for name in ("sheet", "row", "column"))


def _resolved(master: Master, row: Row) -> list[Change] | str:
    """The changes of one choice, or why it can't be carried out."""
    choice = text(row, "choice")
    if not choice:
        return "还没有选择处理方式"
    if choice == OURS:
        return []
    if choice not in _CHOSEN:
        return f"处理方式“{choice}”不在下拉列表里"
    if choice == SECOND and not text(row, "second_id"):
        return f"这一格只有一个回收值，请选“{THEIRS}”"
    table = BY_SHEET.get(text(row, "sheet"))
    field = table.by_header.get(text(row, "column")) if table else None
    if table is None or field is None:
        return "这一行的工作表或列名被改过，认不出是哪一格；请从日志里找回原样"
    if moved := _moved_since(master, table, row):
        return moved
    if field == KEY:
        return _dropped(master, table, row, choice)
    return _written(master, table, table.column(field), row, row.get(_CHOSEN[choice]))


def _moved_since(master: Master, table: Table, row: Row) -> str:
    """What to ask where the row is another one by now, and what it was stands elsewhere; "" else.

    Of other tables the ids say which row it is: who sorted those without their ids was stopped.
    """
    listed, here = text(row, "subject"), subject(master, table, text(row, "row"))
    if table not in (EVIDENCE, UNITS) or here == listed:
        return ""
    *_, named = _SAYING[table.name]
    rows = master.rows(table)
    if not any(text(rows[key], named) and subject(master, table, key) == listed for key in rows):
        return ""
    return (
        f"列出时这一行是“{listed}”，现在这里是“{here}”，“{listed}”在别的行；"
        f"请核对说的是哪一行，直接改那一行，然后选“{OURS}”"
    )


def _dropped(master: Master, table: Table, row: Row, choice: str) -> list[Change] | str:
    """The whole row goes, as the unit wanted."""
    if choice == OTHER:
        return f"整行的去留只能选“{OURS}”或“{THEIRS}”"
    present = master.rows(table).get(text(row, "row"))
    return dropped_row(table.name, text(row, "row"), dict(present)) if present else []


def _written(
    master: Master, table: Table, column: FieldColumn, row: Row, value: Value
) -> list[Change] | str:
    """One cell gets the chosen value, unless somebody wrote it since the conflict was listed."""
    place = text(row, "row")
    accepted = accept(master, table, place, column, value)
    if accepted.fault:
        return accepted.fault
    present = master.rows(table).get(place)
    if present is None:
        return _restored(master, table, row, {column.field: accepted.value})
    mine = present.get(column.field)
    shown = (None, row.get("base")) if row.get("ours") == ROW_GONE else (row.get("ours"),)
    if same_meaning(mine, accepted.value, column.type):
        return []
    if not any(same_meaning(mine, value, column.type) for value in shown):
        held = "（空）" if mine is None else mine
        return f"总表这一格后来又改过，现在是“{held}”；请核对，要改就直接改那一格，然后选“{OURS}”"
    again = reopened(table.name, place, present) if text(row, "choice") != OTHER else []
    return [Change(table.name, place, column.field, mine, accepted.value), *again]


def _restored(
    master: Master, table: Table, row: Row, given: dict[str, Value]
) -> list[Change] | str:
    """A row that the master had lost, as it was sent, with the answer that came for it."""
    place = text(row, "row")
    known: dict[str, Value] = {**_as_sent(master, table, row), "round": row.get("round")}
    if table is ASSIGNMENTS:
        duty = next((d for d in resolve_duties(master)[0] if d.key == place), None)
        if duty is None:
            return "这项任务已不由该单位承担，总表也没有这一行；请先在「任务」里恢复"
        known.update(duty.row(master.rows(TASKS)[duty.task]))
    elif table is EVIDENCE:
        known.update({"unit": row.get("unit"), "state": AWAITING})
    else:
        return f"总表的「{table.sheet}」已没有这一行，请先恢复这一行"
    return added_row(table.name, place, {**known, **given})


def _as_sent(master: Master, table: Table, row: Row) -> dict[str, Value]:
    """What the unit's cells of a lost row held: those that it left alone are on 日志, those that
    are in conflict too have it on 冲突.
    """
    alike = ("sheet", "row", "source")
    lines = [("new", line) for line in master.rows(LOG).values() if text(line, "action") == KEPT]
    rows = [*lines, *(("base", other) for other in master.rows(CONFLICTS).values())]
    fields = {column.header: column for column in table.columns if column.editor == "unit"}
    found: dict[str, Value] = {}
    for name, other in rows:
        column = fields.get(text(other, "column"))
        if column and all(text(other, field) == text(row, field) for field in alike):
            accepted = accept(master, table, text(row, "row"), column, other.get(name))
            found[column.field] = accepted.value
    return found


__all__ = [
    "DONE",
    "KEPT",
    "OTHER",
    "OURS",
    "ROW_GONE",
    "THEIRS",
    "Resolution",
    "conflict_rows",
    "resolve_conflicts",
    "settled_refusals",
    "subject",
]
