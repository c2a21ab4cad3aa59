"""Which lines of a table new rows take, and which lines it gives back: one plan for file and Excel.

A table keeps at least one data line, blank if need be: Excel resizes none to its header alone.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from qcity_xl.core.changes import Change
from qcity_xl.core.values import Value


@dataclass(frozen=True, slots=True)
class TableLines:
    """A table as it stands on its sheet, lines and columns counted as there.

    `first` and `last` bound its data (no totals row); `rows` has the line of each row by its id.
    `typed` are the columns of the schema without formulas, `others` those that users added.
    """

    first: int
    last: int
    rows: Mapping[str, int]
    typed: Collection[int]
    others: Collection[int]
    value: Callable[[int, int], Value]
    is_formula: Callable[[int, int], bool]

    def is_free(self, line: int) -> bool:
        """Whether a line that no row stands on may take one."""
        return all(self.value(line, col) is None for col in self.typed) and not self.is_foreign(
            line
        )

    def is_foreign(self, line: int) -> bool:
        """Whether a user has typed something into a column of their own in this line."""
        return any(
            self.value(line, col) is not None and not self.is_formula(line, col)
            for col in self.others
        )


@dataclass(frozen=True, slots=True)
class LinePlan:
    """What happens to the lines of a table.

    `rows` has the line of each row, `added` and `gone` ones included. First `grow` lines are put
    at the end, then cells are written, then the last `shrink` lines are taken away.
    """

    rows: Mapping[str, int]
    added: tuple[str, ...]
    gone: frozenset[str]
    grow: int
    shrink: int


def plan_lines(table: TableLines, changes: Iterable[Change]) -> LinePlan:
    """Added rows take blank lines first, then new ones; blank lines at the end are given back.

    Blank lines inside the table stay for later rows, and so does a line in which a user has
    something in a column of their own.
    """
    present: dict[str, bool] = {}  # whether a row is there after the changes
    for change in changes:
        if change.adds_row or change.drops_row:
            present[change.row] = change.adds_row
    added = tuple(row for row in present if row not in table.rows)
    taken = set(table.rows.values())
    blank = (line for line in range(table.first, table.last + 1) if line not in taken)
    lines = [line for _, line in zip(added, filter(table.is_free, blank), strict=False)]
    grow = len(added) - len(lines)
    last = table.last + grow
    rows = {
        **table.rows,
        **dict(zip(added, [*lines, *range(table.last + 1, last + 1)], strict=True)),
    }
    gone = frozenset(row for row, stays in present.items() if not stays)
    emptied = {rows[row] for row in gone}
    shrink = 0
    while (line := last - shrink) > table.first and line in emptied:
        if line <= table.last and table.is_foreign(line):
            break
        shrink += 1
    return LinePlan(rows, added, gone, grow, shrink)
