"""What the office's own columns tell units is the same on screen and in the file."""

from collections.abc import Callable
from pathlib import Path

from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.schema import TASKS
from tests.adapters.own_columns import add_own_columns
from tests.excel.conftest import Opened


def test_a_click_reads_them_as_the_command_does(
    stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    path = stage("新")
    add_own_columns(path, TASKS)
    told = WorkbookFile.open(path).sent_along(TASKS.name)
    live = opened(path)
    assert LiveWorkbook(live.book, path).sent_along(TASKS.name) == told
    assert set(told.values()) == {"经办科室：法规处"}
