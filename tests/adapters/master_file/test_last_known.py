"""What was last known of rows: the newest snapshot, and what 日志 says since."""

from pathlib import Path

from qcity_xl.adapters.master_file.last_known import last_known
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.resources import master_template
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import Stamp, as_lines, log_rows
from qcity_xl.core.master.model import Master, Rows
from qcity_xl.core.schema import LOG, UNITS


def logged(master: Master, change: Change) -> Rows:
    rows = log_rows(master, Stamp("2016-05-04 09:00", "张三", "合并回收"), as_lines([change]))
    return master.with_changes(rows).rows(LOG)


def test_rows_stand_as_the_last_step_left_them(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(master_template().read_bytes())
    file = WorkbookFile.open(path)
    key, row = next(iter(file.master.rows(UNITS).items()))
    assert last_known(path, UNITS.name, {}) == {}
    SideFolder(path).keep_snapshot(path.read_bytes(), "合并前", 5)
    assert last_known(path, UNITS.name, {})[key] == row
    change = Change(UNITS.name, key, "contact", None, "林芳")
    logged = log_rows(
        file.master, Stamp("2016-05-04 09:00", "张三", "合并回收"), as_lines([change])
    )
    log = file.master.with_changes(logged).rows(LOG)
    assert last_known(path, UNITS.name, log)[key] == {**row, "contact": "林芳"}


def test_without_a_snapshot_the_log_alone_tells(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(master_template().read_bytes())
    master = WorkbookFile.open(path).master
    key = next(iter(master.rows(UNITS)))
    log = logged(master, Change(UNITS.name, key, "contact", None, "林芳"))
    assert last_known(path, UNITS.name, log) == {key: {"contact": "林芳"}}
