"""日志: every changed cell, chained so that a line altered, removed or moved is found.

The number of lines and the last link also stand on 设置 (the seal), so that lines taken away from
the end are found as well. Whoever reckons all links and the seal anew is not found by this: that
is what the snapshots beside the master and other people's copies are for.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qcity_xl.core.changes import KEY, Change, added_row
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import BY_NAME, BY_SHEET, LOG, ROUNDS, SETTINGS
from qcity_xl.core.schema.words import ADDED, CHANGED, DROPPED
from qcity_xl.core.text import clean
from qcity_xl.core.values import ColumnType, Value, parse_date, parse_number, tidy

UNDO = "撤销"
OPERATION = "操作"  # source of an undo: 操作 and the number of what it took back
SEAL = "存档/日志末尾"  # the row of 设置 with the key and the link of the last line
# What a link has always been reckoned over; a column that came later counts where it is filled.
_CHAINED = (
    *("key", "operation", "time", "user", "command", "action"),
    *("sheet", "row", "column", "old", "new", "source"),
)
_LATER = tuple(field for field in LOG.fields if field not in (*_CHAINED, "chain"))
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_LINE = re.compile(r"L(\d{6,})")
_SEALED = re.compile(r"(L\d{6,}) ([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who did what, when (2016-05-01 09:30), from which file."""

    time: str
    user: str
    command: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of an operation: a changed cell, or a difference that changed nothing.

    `action` is 修改, 新增, 删除 for changes; 保留, 未采用, 冲突 for what a merge left alone.
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


def as_lines(changes: Iterable[Change], source: str = "") -> list[LogLine]:
    """Changes as log lines; `source` names the file that brought them."""
    return [
        LogLine(_action(c), c.table, c.row, c.field, c.old, c.new, source=source) for c in changes
    ]


@dataclass(frozen=True, slots=True)
class Operation:
    """One step as the log has it.

    `undoes` is the operation that an undo took back, 0 for other steps; `files` the merged ones,
    each with its SHA-256.
    """

    no: int
    stamp: Stamp
    changes: tuple[Change, ...]
    undoes: int = 0
    files: tuple[tuple[str, str], ...] = ()


# -- writing


def log_rows(master: Master, stamp: Stamp, lines: Iterable[LogLine]) -> list[Change]:
    """The changes that append one operation to 日志 and renew its seal."""
    present = master.rows(LOG)
    operation = max(
        (int(parse_number(r.get("operation")) or 0) for r in present.values()), default=0
    )
    number, chain = _end(master)
    rows: list[Change] = []
    key = ""
    for number, line in enumerate(lines, number + 1):  # noqa: B020 - counts on from the end
        key = _key(number)
        table = BY_NAME[line.table]
        row: dict[str, Value] = {
            "key": key,
            "operation": operation + 1,
            "time": stamp.time,
            "user": stamp.user,
            "command": stamp.command,
            "action": line.action,
            "sheet": table.sheet,
            "row": line.row,
            "column": table.column(line.field).header,
            "old": _stored(line.old),
            "new": _stored(line.new),
            "source": line.source or stamp.source or None,
        }
        chain = row["chain"] = link(chain, row)
        rows += added_row(LOG.name, key, {k: v for k, v in row.items() if k != "key"})
    return [*rows, *_sealed(master, f"{key} {chain}")] if rows else []


def _stored(value: Value) -> Value:
    """As the log keeps it: dates as text, since a cell that looks like a date makes 10 one."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _restored(value: Value, kind: ColumnType) -> Value:
    """What the cell held."""
    is_date = kind == "date" and isinstance(value, str) and _ISO.fullmatch(value)
    return parse_date(value) if is_date else value


def _action(change: Change) -> str:
    if change.adds_row or (change.structural and change.old is None):
        return ADDED
    return DROPPED if change.drops_row or (change.structural and change.new is None) else CHANGED


def link(previous: str, row: Row) -> str:
    """校验 of a line: SHA-256 over the line before and this one, 16 hex digits.

    Of this one counts what a cell gives back when it is read: nothing is equal in meaning here.
    """
    parts = [previous, *(_exact(row.get(name)) for name in _CHAINED)]
    parts += [f"{name}={value}" for name in _LATER if (value := _exact(row.get(name)))]
    return hashlib.sha256("\x1f".join(parts).encode(errors="replace")).hexdigest()[:16]


def _exact(value: Value) -> str:
    if isinstance(value, str):
        return (value if value.isprintable() else clean(value)).strip()
    value = tidy(value)
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.15g}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _key(number: int) -> str:
    return f"L{number:06d}"


def _number(key: str) -> int:
    """The number of a line, 0 if this is no key of the log."""
    match = _LINE.fullmatch(key)
    return int(match[1]) if match else 0


def _end(master: Master) -> tuple[int, str]:
    """Number and link of the last line: as sealed, if lines were taken away since."""
    present = master.rows(LOG)
    last = max(present, key=_number, default="")
    found = (_number(last), text(present[last], "chain")) if _number(last) else (0, "")
    seal = _seal(master)
    return max(found, seal, key=lambda end: end[0]) if seal else found


def _seal(master: Master) -> tuple[int, str] | None:
    match = _SEALED.fullmatch(text(master.rows(SETTINGS).get(SEAL, {}), "value"))
    return (_number(match[1]), match[2]) if match else None


def _sealed(master: Master, seal: str) -> list[Change]:
    row = master.rows(SETTINGS).get(SEAL)
    if row is not None:
        return [Change(SETTINGS.name, SEAL, "value", row.get("value"), seal)]
    group, item = SEAL.split("/")
    words = {"group": group, "item": item, "help": "程序核对日志用：最后一行的行键和校验，请勿改动"}
    return added_row(SETTINGS.name, SEAL, {**words, "value": seal})


# -- verifying


def verify(master: Master) -> list[Problem]:
    """A problem for each place where 日志 was changed, lacks lines or was put in another order."""
    return [*_foreign_lines(master), *_moved_lines(master), *_broken_links(master)]


def _problem(master: Master, key: str, name: str, words: tuple[str, str, str]) -> Problem:
    return Problem("log-chain", "error", LOG.sheet, master.cell(LOG, key, name), *words)


def _foreign_lines(master: Master) -> Iterator[Problem]:
    for key in master.rows(LOG):
        if not _number(key):
            words = (f"行键“{key}”不是日志的行键", "程序写的行", "删去这一行；若改过行键，请改回")
            yield _problem(master, key, "key", words)
    for stray in master.strays:
        if stray.table == LOG.name:
            found = f"第{stray.line}行的行键{f'“{stray.key}”重复' if stray.key else '是空的'}"
            words = (found, "程序写的行", "删去这一行；若改过行键，请改回")
            yield Problem("log-chain", "error", LOG.sheet, f"A{stray.line}", *words)


def _moved_lines(master: Master) -> Iterator[Problem]:
    keys = [key for key in master.rows(LOG) if _number(key)]
    moved = [key for key, due in zip(keys, sorted(keys, key=_number), strict=True) if key != due]
    if moved:
        found = f"从{moved[0]}起，{len(moved)}行不在原来的位置"
        words = (found, "按行键从小到大", "取消隐藏“行键”列，按它升序排序")
        yield _problem(master, moved[0], "key", words)


def _broken_links(master: Master) -> Iterator[Problem]:
    rows = master.rows(LOG)
    number, chain = 0, ""
    for key in sorted((key for key in rows if _number(key)), key=_number):
        if _number(key) > number + 1:
            yield _gap(master, number + 1, _number(key) - 1)
        elif text(rows[key], "chain") != link(chain, rows[key]):
            words = (f"{key} 与上一行接不上：本行或上一行被改过", "原样的日志", _COMPARE)
            yield _problem(master, key, "chain", words)
        number, chain = _number(key), text(rows[key], "chain")
    seal = _seal(master)
    if seal is None and not number:
        return
    if seal and seal[0] > number:
        yield _gap(master, number + 1, seal[0])
    elif seal != (number, chain):
        found = f"「{SETTINGS.sheet}」的“{SEAL}”与最后一行{_key(number)}不符，或不见了"
        words = (found, f"{_key(number)} {chain}", _COMPARE)
        yield _problem(master, _key(number), "chain", words)


_COMPARE = "与旁边文件夹 snapshots 里的旧总表对照"


def _gap(master: Master, first: int, last: int) -> Problem:
    found = f"缺{last - first + 1}行：{_key(first)}" + (f" 至 {_key(last)}" if last > first else "")
    return _problem(master, _key(last + 1), "key", (found, "行键连续", _COMPARE))


# -- reading


def operations(master: Master) -> list[Operation]:
    """All operations of the log, oldest first."""
    grouped: dict[int, list[Row]] = {}
    for row in master.rows(LOG).values():
        grouped.setdefault(int(parse_number(row.get("operation")) or 0), []).append(row)
    return [_operation(number, grouped[number]) for number in sorted(grouped)]


def _operation(number: int, rows: list[Row]) -> Operation:
    sources = list(dict.fromkeys(text(row, "source") for row in rows))
    time, user, command = (text(rows[0], name) for name in ("time", "user", "command"))
    stamp = Stamp(time, user, command, sources[0] if len(sources) == 1 else "")
    undoes = stamp.source.removeprefix(OPERATION) if stamp.command == UNDO else ""
    changes = tuple(c for c in (_change(row) for row in rows) if c is not None)
    files = () if stamp.command == UNDO else tuple(_files(rows))
    return Operation(number, stamp, changes, int(undoes) if undoes.isdigit() else 0, files)


def _files(rows: list[Row]) -> Iterator[tuple[str, str]]:
    """The files that were merged: 轮次 was given their SHA-256."""
    header = ROUNDS.column("returned").header
    for row in rows:
        if text(row, "sheet") == ROUNDS.sheet and text(row, "column") == header:
            known = text(row, "old").splitlines()
            new = (line for line in text(row, "new").splitlines() if line not in known)
            yield from ((text(row, "source"), line.split()[0]) for line in new)


def _change(row: Row) -> Change | None:
    table = BY_SHEET.get(text(row, "sheet"))
    name = table.by_header.get(text(row, "column")) if table else None
    if table is None or name is None:
        return None
    kind = table.column(name).type
    old, new = (_restored(row.get(value), kind) for value in ("old", "new"))
    if name == KEY and text(row, "action") == CHANGED:  # a row that people typed got its id
        old, new = old or "", new or ""
    return LogLine(text(row, "action"), table.name, text(row, "row"), name, old, new).change
