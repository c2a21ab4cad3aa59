"""An older state is brought to the newest: by what was read, and by the log where nothing was."""

from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import Stamp, as_lines, log_rows
from qcity_xl.core.history.rebuild import rebuild
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import ASSIGNMENTS, LOG
from tests.core.builders import assignment, build

OLDER = build(assignment("3.1", "市水利局", text="整治河道"), assignment("3.2", "市水利局"))
KEY, OTHER = OLDER.rows(ASSIGNMENTS)


def _written(master: Master, value: str) -> Master:
    """The master after a step that wrote one cell and its log."""
    old = master.rows(ASSIGNMENTS)[KEY].get("note")
    change = Change(ASSIGNMENTS.name, KEY, "note", old, value)
    stamp = Stamp("2016-05-01 09:30", "程立新", "合并回收")
    after = master.with_changes([change])
    return after.with_changes(log_rows(master, stamp, as_lines([change])))


def test_a_table_that_was_read_counts_as_it_is() -> None:
    now = _written(OLDER, "已开工").with_changes(
        [Change(ASSIGNMENTS.name, OTHER, "note", None, "手工补记")]
    )
    made = rebuild(OLDER, OLDER, now.tables)
    after = OLDER.with_changes(made.changes)
    assert after.rows(ASSIGNMENTS)[OTHER]["note"] == "手工补记"
    assert after.rows(ASSIGNMENTS)[KEY]["note"] == "已开工"
    assert after.rows(LOG) == now.rows(LOG)
    assert made.replayed == ()


def test_a_table_that_was_not_read_gets_what_the_log_has() -> None:
    now = _written(_written(OLDER, "已开工"), "已完工")
    found = {name: rows for name, rows in now.tables.items() if name != ASSIGNMENTS.name}
    made = rebuild(OLDER, OLDER, found)
    assert OLDER.with_changes(made.changes).rows(ASSIGNMENTS)[KEY]["note"] == "已完工"
    assert len(made.replayed) == 2


def test_a_row_that_is_gone_goes_and_one_that_is_new_comes() -> None:
    row = OLDER.rows(ASSIGNMENTS)[KEY]
    found = {ASSIGNMENTS.name: {KEY: row, "T3.3/市水利局": {**row, "task": "3.3"}}}
    after = OLDER.with_changes(rebuild(OLDER, OLDER, found).changes)
    assert set(after.rows(ASSIGNMENTS)) == {KEY, "T3.3/市水利局"}


def test_nothing_read_and_nothing_logged_changes_nothing() -> None:
    assert rebuild(OLDER, OLDER, {}).changes == ()
