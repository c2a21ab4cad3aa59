"""Rows stand by their numbers after a newer table."""

from qcity_xl.core.adopting.ordering import order_rows
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import TASKS
from tests.core.adopting.books import OFFICE


def test_a_new_task_and_a_renumbered_one_stand_by_their_numbers() -> None:
    changes = added_row(TASKS.name, "T1.3", {"no": "1.3", "text": "发布质量状况白皮书"})
    changes.append(Change(TASKS.name, "T1.1", "no", "1.1", "2.5"))
    ((table, found),) = order_rows(OFFICE, changes)
    assert table is TASKS
    rows = OFFICE.with_changes([*changes, *found]).rows(TASKS).values()
    assert [text(row, "no") for row in rows] == ["1.2", "1.3", "2.1", "2.5", "3.1", "3.2"]
    assert not list(order_rows(OFFICE, []))
