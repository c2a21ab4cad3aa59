"""A click on xlwings' Windows engine leaves what the command leaves."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from qcity_xl import ribbon
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.user import user_name
from qcity_xl.core.history.log import verify
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import BY_NAME, LOG
from qcity_xl.steps.shared.outcome import Context
from tests.excel.conftest import Opened
from tests.live.conftest import Answers
from tests.live.test_parity import CHOSEN, FILES, STEPS, cells, files_beside, more


def typed(master: Master) -> dict[tuple[str, str, str], str]:
    """The meaning of each cell that is no formula: the model does not calculate."""
    return {
        place: value
        for place, value in cells(master).items()
        if BY_NAME[place[0]].column(place[2]).editor != "formula"
    }


def without_time(master: Master) -> dict[tuple[str, str, str], str]:
    """The same without the log, which tells of the minute."""
    return {place: value for place, value in typed(master).items() if place[0] != LOG.name}


@pytest.mark.parametrize("name", STEPS)
def test_a_click_leaves_the_master_that_the_command_leaves(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    start, step = STEPS[name]
    by_command, by_click = stage(start, "命令"), stage(start, "点击 一下")
    step(by_command, Context(dt.datetime.now(), user_name()))
    files = [FILES[name](by_click, by_click.parent)] if name in FILES else []
    live = opened(by_click)
    settings = dict(live.model.app.settings)
    folder = by_click.parent / CHOSEN.get(name, "回收件")
    answers = Answers(folder=folder, files=files, more=more(name))
    ribbon.click(name, answers)
    assert "完成" in answers.told[0], answers.told
    wanted = typed(WorkbookFile.open(by_command).master)
    assert typed(live.master) == wanted
    assert not verify(live.master)
    assert files_beside(by_click) == files_beside(by_command)
    assert live.model.app.settings == settings
    live.book.save()
    assert typed(WorkbookFile.open(by_click).master) == wanted
