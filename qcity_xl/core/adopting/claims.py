"""What the cells of a book say about cells of the master, and what becomes of it.

| the master's cell                                     | what the book says is            |
|-------------------------------------------------------|----------------------------------|
| says the same                                         | there                            |
| is blank                                              | taken                            |
| what a book brought last (日志), and this is new      | taken: the book is newer         |
| what a book brought last, and this came before that   | in conflict: back to the old one? |
| something else, and a book brought this before        | there: the master has moved on   |
| something else                                        | in conflict, listed on 冲突      |

Two cells that say different things of one cell of the master: one that names it outright counts
before one that tells it by the way (`rank`); of equals the texts are joined where lines may be,
else nobody's counts and both are left.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from qcity_xl.core.adopting.ledger import BookCell, Ledger
from qcity_xl.core.adopting.likeness import bare
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.history.log import operations
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.master.names import row_name
from qcity_xl.core.master.numbers import NumbersInUse, standing_ids
from qcity_xl.core.merge.conflicts import subject
from qcity_xl.core.schema import ASSIGNMENTS, BY_NAME, CONFLICTS, EVIDENCE, TASKS
from qcity_xl.core.schema.words import AWAITING, CONFLICT
from qcity_xl.core.text import entries, shorten
from qcity_xl.core.values import Value, canonical, same_meaning

CellKey = tuple[str, str, str]  # table, row, field
LONGEST = 32_767  # characters in a cell, Excel's bound
_JOINED = {  # fields that may hold several lines, one from each cell
    (ASSIGNMENTS.name, "note"),
    (ASSIGNMENTS.name, "difficulty"),
    (TASKS.name, "remark"),
}
_REMARK = (TASKS.name, "remark")  # holds what else the plan's document said of a task, too
_LIST = (EVIDENCE.name, "criteria")  # one that may name several, where the book names none outright
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Claim:
    """What some cells of the book say of one cell of the master.

    The lowest `rank` counts. A `soft` one is only told by the place of a cell: it fills a blank
    and is given up for anything else.
    """

    table: str
    row: str
    field: str
    value: Value
    cells: tuple[BookCell, ...]
    rank: int = 0
    soft: bool = False
    unit: str = ""

    @property
    def place(self) -> CellKey:
        """The cell of the master."""
        return (self.table, self.row, self.field)


@dataclass(slots=True)
class SettledClaims:
    """The changes that claims make, rows of 冲突 among them, and how many those are."""

    changes: list[Change] = field(default_factory=list)
    conflicts: int = 0


def settle(
    master: Master, claims: Iterable[Claim], ledger: Ledger, source: str, command: str
) -> SettledClaims:
    """Hold the claims against the master; `command` names adoptions in 日志."""
    held = _held(claims, ledger, standing_ids(master))
    brought = _brought(master, command)
    settled = SettledClaims()
    new_rows: dict[tuple[str, str], dict[str, Value]] = {}
    for claim in held:
        row = master.row(claim.table, claim.row)
        if not row:
            new_rows.setdefault((claim.table, claim.row), {})[claim.field] = claim.value
            ledger.mark(claim.cells, "taken")
        else:
            _settle(claim, row, brought.get(claim.place, []), ledger, settled, master, source)
    for (table, key), values in new_rows.items():
        given: dict[str, Value] = {"state": AWAITING} if table == EVIDENCE.name else {}
        settled.changes += added_row(table, key, {**values, **given})
    return settled


def _settle(
    claim: Claim,
    row: Row,
    brought: Sequence[Value],
    ledger: Ledger,
    settled: SettledClaims,
    master: Master,
    source: str,
) -> None:
    ours, kind = row.get(claim.field), BY_NAME[claim.table].column(claim.field).type
    same: Callable[[Value, Value], bool] = lambda one, other: same_meaning(one, other, kind)  # noqa: E731
    held_last = bool(brought) and same(ours, brought[-1])
    before = any(same(value, claim.value) for value in brought)
    listed = claim.place[0::2] == _REMARK and bare(str(claim.value)) in bare(str(ours or ""))
    if same(ours, claim.value) or listed or (ours is not None and claim.soft):
        ledger.mark(claim.cells, "there")
    elif ours is None or (held_last and not before):
        ledger.mark(claim.cells, "taken")
        settled.changes.append(Change(*claim.place, ours, claim.value))
    elif before and not held_last:
        ledger.mark(claim.cells, "there")
    else:
        settled.changes += _conflict(master, claim, ours, source)
        settled.conflicts += 1
        name = BY_NAME[claim.table]
        row_said = row_name(claim.row, standing_ids(master))
        where = f"「{name.sheet}」{row_said} {name.column(claim.field).header}"
        said = shorten(str(ours), _SHOWN)
        ledger.leave(claim.cells, f"总表{where}已有“{said}”，没有改，列入「{CONFLICTS.sheet}」")


def _held(claims: Iterable[Claim], ledger: Ledger, standing: NumbersInUse) -> list[Claim]:
    """One claim for each cell of the master; what is passed over is left in the ledger."""
    grouped: dict[CellKey, list[Claim]] = {}
    for claim in claims:
        grouped.setdefault(claim.place, []).append(claim)
    found: list[Claim] = []
    for place, rivals in grouped.items():
        firm = [c for c in rivals if not c.soft] or rivals
        best = min(c.rank for c in firm)
        first = [c for c in firm if c.rank == best]
        values = _distinct(first)
        if len(values) > 1 and place[0::2] in _JOINED:
            cells = tuple(dict.fromkeys(cell for c in first for cell in c.cells))
            found.append(_joined(values, cells, ledger, standing))
        elif len(values) > 1 and place[0::2] == _LIST and first[0].soft:
            cells = tuple(dict.fromkeys(cell for c in first for cell in c.cells))
            labels = dict.fromkeys(label for c in values for label in entries(str(c.value)))
            found.append(replace(values[0], value="、".join(labels), cells=cells))
        elif len(values) > 1 and not first[0].soft:
            for claim in first:
                others = [c for c in values if c.value != claim.value]
                said = "、".join(f"{c.cells[0]}“{shorten(str(c.value), _SHOWN)}”" for c in others)
                ledger.leave(claim.cells, f"{_named(claim, standing)}另有{said}，写的不一样")
        else:
            cells = tuple(dict.fromkeys(cell for c in first for cell in c.cells))
            found.append(replace(first[0], cells=cells))
        taken = values[0] if len(values) == 1 else None
        for claim in (c for c in rivals if c not in first):
            _passed_over(claim, taken, ledger, standing)
    return found


def _passed_over(claim: Claim, taken: Claim | None, ledger: Ledger, standing: NumbersInUse) -> None:
    kind = BY_NAME[claim.table].column(claim.field).type
    if claim.soft or (taken and same_meaning(claim.value, taken.value, kind)):
        ledger.mark(claim.cells, "there")
    elif taken:
        said = f"{taken.cells[0]}“{shorten(str(taken.value), _SHOWN)}”"
        ledger.leave(claim.cells, f"{_named(claim, standing)}按{said}，与这一格不同")
    else:
        ledger.leave(claim.cells, f"{_named(claim, standing)}有几格写的不一样")


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that differ in meaning, in order."""
    kind = BY_NAME[claims[0].table].column(claims[0].field).type
    return list({canonical(c.value, kind): c for c in reversed(claims)}.values())[::-1]


def _joined(
    claims: Sequence[Claim], cells: tuple[BookCell, ...], ledger: Ledger, standing: NumbersInUse
) -> Claim:
    text = "\n".join(str(claim.value) for claim in claims)
    if len(text) > LONGEST:
        ledger.leave(
            cells, f"{_named(claims[0], standing)}几格合起来超过{LONGEST}个字，只取了前面的"
        )
        text = text[:LONGEST]
    return replace(claims[0], value=text, cells=cells)


def _named(claim: Claim, standing: NumbersInUse) -> str:
    table = BY_NAME[claim.table]
    return f"{row_name(claim.row, standing)}的“{table.column(claim.field).header}”"


def _brought(master: Master, command: str) -> dict[CellKey, list[Value]]:
    """What earlier adoptions that stand wrote into each cell, oldest first."""
    listed = operations(master)
    undone: set[int] = set()
    for operation in reversed(listed):
        if operation.undoes and operation.no not in undone:
            undone.add(operation.undoes)
    found: dict[CellKey, list[Value]] = {}
    for operation in listed:
        if operation.stamp.command == command and operation.no not in undone:
            for change in operation.changes:
                place = (change.table, change.row, change.field)
                found.setdefault(place, []).append(change.new)
    return found


def _conflict(master: Master, claim: Claim, ours: Value, source: str) -> list[Change]:
    """A row of 冲突, unless it is there; resolve carries out what the office chooses."""
    parts = ("adopt", *claim.place, canonical(claim.value))
    key = "X" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
    if key in master.rows(CONFLICTS):
        return []
    table = BY_NAME[claim.table]
    values: dict[str, Value] = {
        "kind": CONFLICT,
        "unit": claim.unit or None,
        "sheet": table.sheet,
        "row": claim.row,
        "subject": subject(master, table, claim.row),
        "column": table.column(claim.field).header,
        "ours": ours,
        "theirs": claim.value,
        "reason": f"台账{'、'.join(map(str, claim.cells[:3]))}与总表不同",
        "source": source,
    }
    return added_row(CONFLICTS.name, key, values)
