"""Which lines of 日志 are folded away: of each operation all but the first."""

from collections.abc import Collection

from qcity_xl.core.changes import KEY, Change
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.upgrade import VERSION
from qcity_xl.core.schema import LOG


def operation_lines(master: Master, changes: Collection[Change]) -> list[range]:
    """The lines on the sheet of each operation that these changes add; of all that there are, where
    they bring a master of an earlier version to this one. `master` has the changes.
    """
    if any(change.row == VERSION and change.field == "value" for change in changes):
        rows = list(master.rows(LOG))
    else:
        rows = [c.row for c in changes if c.field == KEY and c.table == LOG.name and c.adds_row]
    found: list[range] = []
    last = None
    for key in rows:
        operation, line = master.rows(LOG)[key].get("operation"), master.lines[LOG.name, key]
        if found and (operation, line) == (last, found[-1].stop):
            found[-1] = range(found[-1].start, line + 1)
        else:
            found.append(range(line, line + 1))
        last = operation
    return found
