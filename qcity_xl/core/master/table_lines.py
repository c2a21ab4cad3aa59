"""Which lines of a table new rows take, and which lines it gives back: one plan for file and Excel.

A table keeps at least one data line, blank if need be: Excel resizes none to its header alone.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from qcity_xl.core.changes import HEADER, Change
from qcity_xl.core.master.row_order import placed
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
    at the end, then cells are written, then lines change their places as `order` says (by line,
    empty if none does), then the last `shrink` lines are taken away.
    """

    rows: Mapping[str, int]
    added: tuple[str, ...]
    gone: frozenset[str]
    grow: int
    shrink: int
    order: Mapping[int, int] = field(default_factory=dict)


def plan_lines(table: TableLines, changes: Iterable[Change]) -> LinePlan:
    """Added rows take blank lines first, then new ones; blank lines at the end are given back.

    Blank lines inside the table stay for later rows, and so does a line in which a user has
    something in a column of their own. Where the changes say how rows stand, added rows take new
    lines alone, and the lines of rows that go are given back wherever they were.
    """
    present: dict[str, bool] = {}  # whether a row is there after the changes
    orders = []
    for change in changes:
        if change.places_row:
            orders.append(change)
        if change.adds_row or change.drops_row:
            present[change.row] = change.adds_row
    added = tuple(row for row in present if row not in table.rows)
    taken = set(table.rows.values())
    blank = (line for line in range(table.first, table.last + 1) if line not in taken)
    free = () if orders else filter(table.is_free, blank)
    lines = [line for _, line in zip(added, free, strict=False)]
    grow = len(added) - len(lines)
    last = table.last + grow
    rows = {
        **table.rows,
        **dict(zip(added, [*lines, *range(table.last + 1, last + 1)], strict=True)),
    }
    gone = frozenset(row for row, stays in present.items() if not stays)
    emptied = {rows[row] for row in gone}
    if orders:
        given = {line for line in emptied if line > table.last or not table.is_foreign(line)}
        order = _order(range(table.first, last + 1), rows, gone, given, orders)
        return LinePlan(rows, added, gone, grow, min(len(given), last - table.first), order)
    shrink = 0
    while (line := last - shrink) > table.first and line in emptied:
        if line <= table.last and table.is_foreign(line):
            break
        shrink += 1
    return LinePlan(rows, added, gone, grow, shrink)


def _order(
    lines: range,
    rows: Mapping[str, int],
    gone: Collection[str],
    given: Collection[int],
    orders: Iterable[Change],
) -> dict[int, int]:
    """Where each line goes: rows as they are to stand, lines that are given back last."""
    names = {line: row for row, line in rows.items() if row not in gone}
    # A line without a row goes with the one above it.
    listed = [names.get(line, f"{HEADER}{line}") for line in lines if line not in given]
    at = dict(zip(listed, (n for n in lines if n not in given), strict=True))
    order = [*(at[name] for name in placed(listed, orders)), *sorted(given)]
    return {old: new for old, new in zip(order, lines, strict=True) if old != new}
