"""Rows that were typed below a table, or pasted with another row's id: by click as by command."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qcity_xl import ribbon
from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.user import user_name
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import TASKS, UNITS
from qcity_xl.steps.check import check
from qcity_xl.steps.shared.outcome import Context
from tests.live.conftest import Answers, Open
from tests.live.test_parity import cells
from tests.typing import Sheet


def type_rows(path: Path) -> Path:
    units = Sheet(path, UNITS.name)
    units.write(units.last + 1, {"name": "溧阳市政府"})
    units.write(units.last + 2, {"name": "金坛区政府"})
    units.save()
    tasks = Sheet(path, TASKS.name)
    tasks.insert(9, {**tasks.row(9), "no": "1.99", "text": "每季度通报一次"})
    tasks.save()
    return path


def checked(stage: Callable[..., Path], opened: Callable[[Path], Any]) -> tuple[Master, Master]:
    """A master with typed rows after 检查, by command and by click; the click says what it does."""
    by_command, by_click = type_rows(stage("新", "命令")), type_rows(stage("新", "点击 一下"))
    check(by_command, Context(dt.datetime.now(), user_name()))
    live = opened(by_click)
    answers = Answers()
    ribbon.click("check", answers)
    assert "完成" in answers.told[0], answers.told
    assert "「单位」第38、39行" in answers.shown[0]
    after = LiveWorkbook(live.book, by_click)
    assert after.typed == []
    assert list(after.master.rows(UNITS))[-2:] == ["U手工/1", "U手工/2"]
    assert "T1.99" in after.master.rows(TASKS)
    return WorkbookFile.open(by_command).master, after.master


def test_a_click_gives_ids_as_the_command_does(
    stage: Callable[..., Path], opened: Callable[[Path], Open]
) -> None:
    by_command, by_click = checked(stage, opened)
    assert cells(by_click) == cells(by_command)
