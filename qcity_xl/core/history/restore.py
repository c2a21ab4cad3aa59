"""What stood in a sheet or column that somebody deleted, from an older state and the log since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.changes import HEADER, KEY, SHEET, Change, added_row
from qcity_xl.core.history.log import SEAL, Operation, operations
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.master.upgrade import VERSION, version_of
from qcity_xl.core.schema import BY_NAME, LOG, SCHEMA_VERSION, SETTINGS

_OWN = (SEAL, VERSION)  # rows of 设置 that say what this file is


@dataclass(frozen=True, slots=True)
class LostColumn:
    """A table of which the column `field` is lacking, or all of it for the field of row ids.

    `before` is the operation that put it back blank, 0 where it is still lacking.
    """

    table: str
    field: str
    before: int = 0

    @property
    def words(self) -> str:
        """What it is called on the sheets."""
        table = BY_NAME[self.table]
        if self.field == KEY:
            return f"「{table.sheet}」"
        return f"「{table.sheet}」的“{table.column(self.field).header}”列"


def deleted_sheets(master: Master, structure: Iterable[Change]) -> list[str]:
    """The sheets that a master of this version lacks: somebody deleted them.

    One made before a sheet was declared never had it; each version has 设置.
    """
    now = version_of(master) == SCHEMA_VERSION
    return [
        BY_NAME[change.table].sheet
        for change in structure
        if change.row == SHEET and (now or change.table == SETTINGS.name)
    ]


def deleted_columns(master: Master, structure: Iterable[Change]) -> bool:
    """Whether a master of this version lacks columns."""
    return version_of(master) == SCHEMA_VERSION and any(c.row == HEADER for c in structure)


def lost(master: Master, structure: Iterable[Change], doctor: str) -> list[LostColumn]:
    """What is lacking, and what was put back blank and not filled again by the step `doctor`."""
    found = {
        (change.table, change.field): 0
        for change in structure
        if change.row in (SHEET, HEADER) and change.old is None and not _of_ids(change)
    }
    for operation in reversed(operations(master)):
        for change in operation.changes:
            place = change.table, change.field
            if change.row in (SHEET, HEADER) and change.old is None and not _of_ids(change):
                found.setdefault(place, operation.no)
            elif operation.stamp.command == doctor:
                found.setdefault(place, -1)
    return [
        LostColumn(table, field, before)
        for (table, field), before in found.items()
        if before >= 0 and table != LOG.name
    ]


def _of_ids(change: Change) -> bool:
    """Whether it is the column of row ids: these are found by what the rows say."""
    return change.row == HEADER and change.field == KEY


def restored(
    place: LostColumn, present: Master, older: Sequence[Master], fresh: frozenset[tuple[str, str]]
) -> tuple[int, list[Change]] | None:
    """What fills it again, and which of the older states it is from; None where none had it.

    The newest state counts in which something stood there, with what the log has of it since. What
    stands in a cell by now stays, but for `fresh` rows, which come with the program.
    """
    log = operations(present)
    for number, state in enumerate(older):
        known = {operation.no for operation in operations(state)}
        if place.before and max(known, default=0) >= place.before:
            continue
        if not any(_stood(row, place) for row in state.tables.get(place.table, {}).values()):
            continue
        since = [change for o in log if o.no not in known for change in _of(o, place)]
        wanted = state.with_changes(since).tables[place.table]
        return number, list(_filled(place, present, wanted, fresh))
    return None


def _stood(row: Row, place: LostColumn) -> bool:
    return row.get(place.field) is not None


def _of(operation: Operation, place: LostColumn) -> Iterator[Change]:
    for change in operation.changes:
        if change.table == place.table and not change.structural:
            yield change


def _filled(
    place: LostColumn, present: Master, wanted: Mapping[str, Row], fresh: frozenset[tuple[str, str]]
) -> Iterator[Change]:
    table = BY_NAME[place.table]
    typed = [c.field for c in table.columns if c.editor != "formula" and c.field != KEY]
    fields = typed if place.field == KEY else [place.field]
    rows = present.tables.get(place.table, {})
    for key, row in wanted.items():
        if table is SETTINGS and key in _OWN:
            continue
        if key not in rows:
            if place.field == KEY:
                yield from added_row(table.name, key, {f: row.get(f) for f in fields})
            continue
        for field in fields:
            old, new = rows[key].get(field), row.get(field)
            if new is not None and old != new and (old is None or (table.name, key) in fresh):
                yield Change(table.name, key, field, old, new)
