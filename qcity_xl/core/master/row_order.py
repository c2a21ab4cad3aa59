"""Behind which row another one stands: the order of the lines of a table, as changes.

A table that stands in the order of its numbers is to stay so when rows come, go or get other
numbers. `Change(table, ORDER + row, KEY, old, new)` says behind which row one stood and stands:
HEADER is the top of the table, None stands for a row that is not there.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from qcity_xl.core.changes import HEADER, KEY, ORDER, Change
from qcity_xl.core.schema import Table

Number = tuple[int, ...]
_DIGITS = re.compile(r"\d+")


def wanted_order(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The rows of `after`, id by id, in the order in which they should stand.

    Both give the numbers of rows (13.2, 13(2)) in the order of the sheet, new rows last. A table
    that stood by its numbers stands so again. In one that somebody sorted otherwise only new rows
    move: each behind the row with the next lower number.
    """
    old, new = _keys(before), _keys(after)
    if all(one <= other for one, other in pairwise(old.values())):
        return sorted(after, key=new.__getitem__)
    order = [row for row in after if row in before]
    for row in sorted((row for row in after if row not in before), key=new.__getitem__):
        lower = [at for at, other in enumerate(order) if new[other] <= new[row]]
        at = max(lower, key=lambda at: (new[order[at]], at), default=len(order) - 1)
        order.insert(at + 1, row)
    return order


def _keys(numbers: Mapping[str, str]) -> dict[str, Number]:
    """The numbers as such: 13.10 is above 13.2; a row without one goes with that before it."""
    found: dict[str, Number] = {}
    key: Number = ()
    for row, number in numbers.items():
        key = tuple(map(int, _DIGITS.findall(number))) or key
        found[row] = key
    return found


def order_changes(table: Table, before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Changes that let rows stand in the order `after`; none if they would do so anyway.

    For each row that comes, goes or moves, also behind one that moves along; those that keep their
    order among each other don't.
    """
    stay = set(before).intersection(after)
    left, added = [row for row in before if row in stay], [row for row in after if row not in stay]
    if len(left) == len(before) and [*left, *added] == list(after):
        return []
    still = _in_order(left, {row: at for at, row in enumerate(after)})
    moved = [row for row in (*before, *added) if row not in still]
    was, now = behind(before), behind(after)
    return [Change(table.name, ORDER + row, KEY, was.get(row), now.get(row)) for row in moved]


def behind(rows: Iterable[str]) -> dict[str, str]:
    """The row behind which each one stands, HEADER for the first."""
    listed = list(rows)
    return dict(zip(listed, [HEADER, *listed], strict=False))


def _in_order(rows: Sequence[str], at: Mapping[str, int]) -> set[str]:
    """As many of the rows as can be, that stand in the order of `at` as they are."""
    ends: list[str] = []  # by length: the row with which a run of it ends soonest
    before: dict[str, str | None] = {}
    for row in rows:
        length = bisect_left(ends, at[row], key=at.__getitem__)
        before[row] = ends[length - 1] if length else None
        ends[length : length + 1] = [row]
    kept: set[str] = set()
    last: str | None = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def placed(rows: Sequence[str], changes: Iterable[Change]) -> list[str]:
    """The rows of one table after these changes of their order; the others stay as they are."""
    there = {*rows, HEADER}
    wanted = {
        row: str(change.new)
        for change in changes
        if change.new is not None and (row := change.row.removeprefix(ORDER)) in there
    }
    followers: dict[str, list[str]] = {}
    for row, other in wanted.items():
        followers.setdefault(other, []).append(row)
    done: dict[str, None] = {}
    for start in (HEADER, *(row for row in rows if row not in wanted)):
        line = [start]
        while line:
            row = line.pop()
            if row not in done:
                done[row] = None
                line += reversed(followers.get(row, ()))
    del done[HEADER]
    return [*done, *(row for row in rows if row not in done)]
