"""Rows of the plan stand in the order of their numbers after a newer table, as before it."""

from collections.abc import Iterable, Iterator, Mapping

from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master, Rows, text
from qcity_xl.core.master.row_order import order_changes, wanted_order
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, INDICATORS, SECTIONS, TASKS, Table

ORDERED: Mapping[Table, str] = {  # with the column of the number
    SECTIONS: "no",
    INDICATORS: "no",
    CRITERIA: "label",
    TASKS: "no",
    ASSIGNMENTS: "task",
}


def order_rows(master: Master, changes: Iterable[Change]) -> Iterator[tuple[Table, list[Change]]]:
    """What lets the rows stand in order after these changes, for each table that needs it."""
    after = master.with_changes(changes)
    for table, number in ORDERED.items():
        old, new = (_numbers(one.rows(table), number) for one in (master, after))
        if found := order_changes(table, [*old], wanted_order(old, new)):
            yield table, found


def _numbers(rows: Rows, number: str) -> dict[str, str]:
    return {key: text(row, number) for key, row in rows.items()}
