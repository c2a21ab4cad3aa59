"""A damaged master made anew: an older state, what was read of the damaged one, and its log."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from qcity_xl.core.changes import KEY, Change, added_row, dropped_row
from qcity_xl.core.history.log import SEAL, operations
from qcity_xl.core.master.model import Master, Rows
from qcity_xl.core.schema import BY_NAME, LOG, SETTINGS
from qcity_xl.core.values import same_meaning


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The changes that bring a workbook to the newest state that is known.

    `replayed` are the operations of the log that were carried out again, for the tables that could
    not be read.
    """

    changes: tuple[Change, ...]
    replayed: tuple[int, ...]


def rebuild(carrier: Master, older: Master, found: Mapping[str, Rows]) -> Rebuilt:
    """Bring the `carrier` to what was `found`: tables that were read whole, hand edits included.

    The others are as in the `older` state, with the operations that the log has since.
    """
    known = {operation.no for operation in operations(older)}
    log = found.get(LOG.name, older.rows(LOG))
    logged = replace(older, tables={**older.tables, LOG.name: log})
    since = [operation for operation in operations(logged) if operation.no not in known]
    again = [o for o in since if any(c.table not in found for c in o.changes)]
    expected = older.with_changes(c for o in again for c in o.changes if c.table not in found)
    changes: list[Change] = []
    for name in BY_NAME:
        if name in carrier.tables:
            wanted = _wanted(older, name, found, expected)
            changes += _differences(name, carrier.tables[name], wanted)
    return Rebuilt(tuple(changes), tuple(o.no for o in again))


def _wanted(older: Master, name: str, found: Mapping[str, Rows], expected: Master) -> Rows:
    rows = found.get(name, expected.tables[name])
    if name == SETTINGS.name and LOG.name not in found and SEAL in older.rows(SETTINGS):
        return {**rows, SEAL: older.rows(SETTINGS)[SEAL]}  # it seals the log that is there
    return rows


def _differences(name: str, present: Rows, wanted: Rows) -> Iterator[Change]:
    columns = {c.field: c for c in BY_NAME[name].columns if c.editor != "formula"}
    for key, row in present.items():
        if key not in wanted:
            yield from dropped_row(name, key, {f: row.get(f) for f in columns})
    for key, row in wanted.items():
        if key not in present:
            yield from added_row(name, key, {f: row.get(f) for f in columns if f != KEY})
            continue
        for field, column in columns.items():
            old, new = present[key].get(field), row.get(field)
            if field in row and not same_meaning(old, new, column.type):
                yield Change(name, key, field, old, new)
