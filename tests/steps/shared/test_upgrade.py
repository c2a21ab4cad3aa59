"""What is appended to a master before a step writes it; an undo gets what 日志 needs."""

from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import HEADER, Change
from qcity_xl.core.master.upgrade import VERSION
from qcity_xl.core.schema import LOG, SCHEMA_VERSION, SETTINGS, UNITS
from qcity_xl.steps.shared.upgrade import plan_upgrade

MASTERS = Path(__file__).parents[2] / "masters"


def test_a_master_of_this_version_gets_nothing(master: Path) -> None:
    assert plan_upgrade(WorkbookFile.open(master), undo=False) == []


def test_an_older_one_gets_what_came_since_and_its_version() -> None:
    changes = plan_upgrade(WorkbookFile.open(MASTERS / "0.1.0.xlsx"), undo=False)
    (version,) = (c for c in changes if (c.row, c.field) == (VERSION, "value"))
    assert version.new == str(SCHEMA_VERSION)


def test_a_column_that_was_deleted_comes_back_but_not_for_an_undo(master: Path) -> None:
    file = WorkbookFile.open(master)
    last = UNITS.columns[-1]
    file.restructure([Change(UNITS.name, HEADER, last.field, last.header, None)])
    wanted = Change(UNITS.name, HEADER, last.field, None, last.header)
    assert plan_upgrade(file, undo=False) == [wanted]
    assert plan_upgrade(file, undo=True) == []
    assert {c.table for c in plan_upgrade(file, undo=True)} <= {LOG.name, SETTINGS.name}
