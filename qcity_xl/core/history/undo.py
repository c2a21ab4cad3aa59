"""撤销: what an operation can give back, and which later operation holds the rest."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qcity_xl.core.changes import HEADER, KEY, SHEET, Change, inverted
from qcity_xl.core.history.log import Operation
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.schema import BY_NAME, ROUNDS
from qcity_xl.core.schema.words import DRAFT, RETURNED, SENDING, SENT, UNSURE
from qcity_xl.core.values import same_meaning

LASTING = ("发送", "催办")  # the record of mail: what went can't be called back
_OUT = (SENDING, SENT, DRAFT, UNSURE)
BY_HAND = 0  # the number of what no operation did: somebody typed


@dataclass(frozen=True, slots=True)
class OverwrittenCell:
    """A cell that can't be given back, because operation `by` wrote it later."""

    change: Change
    by: int


@dataclass(frozen=True, slots=True)
class Undoing:
    """The changes that take an operation back, and the cells that stay as they are.

    Cells that were given back before are in neither.
    """

    changes: tuple[Change, ...]
    held: tuple[OverwrittenCell, ...]


def plan_undo(master: Master, operations: Sequence[Operation], target: Operation) -> Undoing:
    """Take `target` back, each cell that no later operation holds; a row as a whole or not.

    An undo is taken back in the same way, which does the operation again.
    """
    writers = _Writers(operations, target)
    changes: list[Change] = []
    held: list[OverwrittenCell] = []
    for part in _parts(inverted(target.changes)):
        first = part[0]
        last = writers.holder(first.table, first.row, KEY if _whole(part) else first.field)
        if last == target.no:  # given back before
            continue
        # Where a row stands that goes does not matter.
        goes = first.places_row and first.new is None
        found = [] if goes else list(_held(master, writers, part))
        held += found
        changes += [] if found else part
    shut = _shut_in(changes, held)
    kept = [one.change for one in shut]
    return Undoing(tuple(c for c in changes if c not in kept), (*held, *shut))


def _shut_in(changes: Iterable[Change], held: Iterable[OverwrittenCell]) -> list[OverwrittenCell]:
    """Columns that can't go because one to their right stays: they came in the schema's order."""

    def index(change: Change) -> int:
        return BY_NAME[change.table].fields.index(change.field)

    stays: dict[str, OverwrittenCell] = {}
    for one in held:
        if one.change.row == HEADER and one.change.new is None:
            known = stays.setdefault(one.change.table, one)
            stays[one.change.table] = max(known, one, key=lambda other: index(other.change))
    return [
        OverwrittenCell(change, right.by)
        for change in changes
        if change.row == HEADER and change.new is None
        if (right := stays.get(change.table)) and index(change) < index(right.change)
    ]


def last_operation(master: Master, operations: Sequence[Operation]) -> Operation | None:
    """What undo takes back unless told otherwise, None if there is nothing.

    The newest operation that is no undo and was not taken back, or not all of it while more can.
    """
    undone: set[int] = set()
    for operation in reversed(operations):
        if operation.stamp.command in LASTING:
            continue
        if operation.undoes:
            if operation.no not in undone:  # an undo that was undone has no effect
                undone.add(operation.undoes)
        elif operation.no not in undone:
            if operation.changes:
                return operation
        elif plan_undo(master, operations, operation).changes:
            return operation
    return None


def handed_out(master: Master, operation: Operation) -> list[Row]:
    """The rows of 轮次 that an operation added and whose packs are out: sent, drafted, returned."""
    added = dict.fromkeys(c.row for c in operation.changes if c.table == ROUNDS.name and c.adds_row)
    rows = (master.row(ROUNDS.name, key) for key in added)
    return [row for row in rows if row.get("mail_state") in _OUT or row.get("state") == RETURNED]


def _parts(changes: Iterable[Change]) -> list[list[Change]]:
    """What can only be given back together: all cells of a row that came or went, else one."""
    rows: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        rows.setdefault((change.table, change.row), []).append(change)
    parts: list[list[Change]] = []
    for row in rows.values():
        cells: dict[str, list[Change]] = {}
        for change in row:
            cells.setdefault(change.field, []).append(change)
        parts += [row] if _whole(row) else cells.values()
    return parts


def _whole(part: Iterable[Change]) -> bool:
    return any(change.field == KEY for change in part)


def _held(master: Master, writers: "_Writers", part: list[Change]) -> Iterator[OverwrittenCell]:
    table, place = part[0].table, part[0].row
    row: Row = master.row(table, place)
    seen: set[str] = set()
    for change in part:
        if change.field in seen:  # an earlier write of the same operation
            continue
        seen.add(change.field)
        by = writers.holder(table, place, change.field)
        kind = BY_NAME[table].column(change.field).type
        if by is not None:
            yield OverwrittenCell(change, by)
        elif (
            (change.structural and change.new is None and _in_use(master, change))
            or (not change.structural and not master.has_column(table, change.field))
            or not same_meaning(row.get(change.field), change.old, kind)
        ):
            yield OverwrittenCell(change, BY_HAND)
    if any(change.drops_row for change in part):
        yield from _held_beside(writers, table, place, row, seen)
    elif _whole(part) and not any(change.adds_row for change in part):
        yield from _held_by_others(writers, table, place, row)


def _in_use(master: Master, change: Change) -> bool:
    """Whether somebody filled the column or the sheet that would go."""
    if change.row not in (HEADER, SHEET):
        return False
    if change.row == HEADER and BY_NAME[change.table].column(change.field).editor == "formula":
        return False  # what it shows nobody filled in
    rows = master.tables[change.table].values()
    return any(row.get(change.field) not in (None, "") for row in rows)


def _held_beside(
    writers: "_Writers", table: str, place: str, row: Row, seen: set[str]
) -> Iterator[OverwrittenCell]:
    """What others put into a row that is to go: it would go with it."""
    for column in BY_NAME[table].columns:
        if column.field in seen or column.editor == "formula":
            continue
        value = row.get(column.field)
        by = writers.holder(table, place, column.field)
        if by is not None or value is not None:
            change = Change(table, place, column.field, value, None)
            yield OverwrittenCell(change, BY_HAND if by is None else by)


def _held_by_others(
    writers: "_Writers", table: str, place: str, row: Row
) -> Iterator[OverwrittenCell]:
    """What steps put into a row that is to lose its id: they go by it."""
    for column in BY_NAME[table].columns:
        by = writers.holder(table, place, column.field) if column.field != KEY else None
        if by is not None:
            value = row.get(column.field)
            yield OverwrittenCell(Change(table, place, column.field, value, None), by)


class _Writers:
    """Who wrote which cell after `target`; what was done and undone since then does not count."""

    def __init__(self, operations: Sequence[Operation], target: Operation) -> None:
        self._target = target.no
        self._later: dict[tuple[str, str, str], dict[int, int]] = {}  # cell -> operation -> undoes
        for operation in operations:
            if operation.no > target.no:
                for change in operation.changes:
                    place = (change.table, change.row, change.field)
                    self._later.setdefault(place, {})[operation.no] = operation.undoes

    def holder(self, table: str, row: str, field: str) -> int | None:
        """The operation whose write stands, `target` itself if it was undone, else None."""
        writes = {
            **self._later.get((table, row, field), {}),
            **self._later.get((table, row, KEY), {}),
        }
        undone: set[int] = set()
        for number in sorted(writes, reverse=True):
            if number in undone:
                continue
            if writes[number] < self._target:
                return number
            undone.add(writes[number])
        return self._target if self._target in undone else None
