"""日志: every changed cell, chained so that a line altered, removed or moved is found; undo."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from qcity_xl.core.changes import Change, added_row, inverted
from qcity_xl.core.master import Master, Row, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import BY_NAME, BY_SHEET, LOG
from qcity_xl.core.values import Value, canonical, parse_number

UNDO = "撤销"
CHANGED, ADDED, DROPPED = "修改", "新增", "删除"
_CHAINED = tuple(field for field in LOG.fields if field != "chain")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who did what, when (2016-05-01 09:30), from which file."""

    time: str
    user: str
    command: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an operation: a changed cell, or a difference that changed nothing.

    `action` is 修改, 新增, 删除 for changes; 保留, 拒收, 冲突 for what a merge left alone.
    """

    action: str
    table: str
    row: str
    field: str
    old: Value
    new: Value
    source: str = ""

    @property
    def change(self) -> Change | None:
        """The change, None for a line that changed nothing."""
        if self.action not in (CHANGED, ADDED, DROPPED):
            return None
        return Change(self.table, self.row, self.field, self.old, self.new)


def as_lines(changes: Iterable[Change], source: str = "") -> list[Line]:
    """Changes as log lines; `source` names the file that brought them."""
    return [Line(_action(c), c.table, c.row, c.field, c.old, c.new, source=source) for c in changes]


@dataclass(frozen=True, slots=True)
class Operation:
    """One step as the log tells it. `undoes` is the operation that an undo took back."""

    no: int
    stamp: Stamp
    changes: tuple[Change, ...]
    undoes: int = 0


def log_rows(master: Master, stamp: Stamp, lines: Iterable[Line]) -> list[Change]:
    """The changes that append one operation to 日志."""
    present = list(master.rows(LOG).values())
    number = max((int(parse_number(r.get("operation")) or 0) for r in present), default=0) + 1
    chain = text(present[-1], "chain") if present else ""
    rows: list[Change] = []
    for index, line in enumerate(lines, len(present) + 1):
        key = f"L{index:06d}"
        table = BY_NAME[line.table]
        row: dict[str, Value] = {
            "key": key,
            "operation": number,
            "time": stamp.time,
            "user": stamp.user,
            "command": stamp.command,
            "action": line.action,
            "sheet": table.sheet,
            "row": line.row,
            "column": table.column(line.field).header,
            "old": line.old,
            "new": line.new,
            "source": line.source or stamp.source or None,
        }
        chain = row["chain"] = link(chain, row)
        rows += added_row(LOG.name, key, {k: v for k, v in row.items() if k != "key"})
    return rows


def _action(change: Change) -> str:
    return ADDED if change.adds_row else DROPPED if change.drops_row else CHANGED


def link(previous: str, row: Row) -> str:
    """校验 of a line: SHA-256 over the line before and this one, 16 hex digits."""
    parts = [previous, *(canonical(row.get(name)) for name in _CHAINED)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def verify(master: Master) -> list[Problem]:
    """A problem for each line whose 校验 does not follow from the line above."""
    problems = []
    chain = ""
    for key, row in master.rows(LOG).items():
        if text(row, "chain") != link(chain, row):
            problems.append(
                Problem(
                    "log-chain",
                    "error",
                    LOG.sheet,
                    master.cell(LOG, key, "chain"),
                    f"{key} 与上一行接不上：本行被改过，或上面有行被改、删、换序",
                    "原样的日志",
                    "与旁边文件夹 snapshots 里的旧总表对照",
                )
            )
        chain = text(row, "chain")
    return problems


def operations(master: Master) -> list[Operation]:
    """All operations of the log, oldest first."""
    grouped: dict[int, list[Row]] = {}
    for row in master.rows(LOG).values():
        grouped.setdefault(int(parse_number(row.get("operation")) or 0), []).append(row)
    found = []
    for number, rows in grouped.items():
        first = rows[0]
        stamp = Stamp(*(text(first, name) for name in ("time", "user", "command", "source")))
        changes = [c for c in (_change(row) for row in rows) if c is not None]
        undoes = stamp.source.removeprefix("操作") if stamp.command == UNDO else ""
        found.append(
            Operation(number, stamp, tuple(changes), int(undoes) if undoes.isdigit() else 0)
        )
    return found


def _change(row: Row) -> Change | None:
    table = BY_SHEET.get(text(row, "sheet"))
    fields = {column.header: column.field for column in table.columns} if table else {}
    name = fields.get(text(row, "column"))
    if table is None or name is None:
        return None
    place = (table.name, text(row, "row"), name)
    return Line(text(row, "action"), *place, row.get("old"), row.get("new")).change


def last_operation(master: Master) -> Operation | None:
    """The newest operation that is neither an undo nor undone, None if there is none."""
    listed = operations(master)
    undone = {operation.undoes for operation in listed}
    standing = [o for o in listed if o.stamp.command != UNDO and o.no not in undone and o.changes]
    return standing[-1] if standing else None


def undo_changes(operation: Operation) -> list[Change]:
    """The changes that take an operation back."""
    return inverted(operation.changes)
