"""Excel and the command line agree: the same click and command leave the same master."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from qcity_xl import ribbon
from qcity_xl.adapters.user import user_name
from qcity_xl.adapters.workbook import WorkbookFile
from qcity_xl.core.journal import verify
from qcity_xl.core.master import Master
from qcity_xl.core.schema import BY_NAME, LOG, SETTINGS
from qcity_xl.core.values import canonical
from qcity_xl.steps.check import check
from qcity_xl.steps.history import undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.report import Context, Report
from qcity_xl.steps.resolve import resolve
from qcity_xl.steps.score import evidence, score
from qcity_xl.steps.split import split
from tests.live.conftest import Answers, Open

Step = Callable[[Path, Context], Report]

STEPS: Mapping[str, tuple[str, Step]] = {
    "check": ("新", check),
    "score": ("新", score),
    "evidence": ("冲突", evidence),
    "split": ("新", lambda path, context: split(path, path.parent / "包", context)),
    "merge": ("回收", lambda path, context: merge(path, [path.parent / "回收件"], context)),
    "resolve": ("冲突", resolve),
    "undo": ("冲突", undo),
}
# What differs from run to run: the minute, and the links of the log that hang on it.
_TIMED = {(LOG.name, "time"), (LOG.name, "chain")}


def cells(master: Master) -> dict[tuple[str, str, str], str]:
    """The meaning of each cell, live formulas included."""
    return {
        (table, row, name): canonical(value, BY_NAME[table].column(name).type)
        for table, rows in master.tables.items()
        for row, values in rows.items()
        for name, value in values.items()
        if (table, name) not in _TIMED and not (table == SETTINGS.name and row.startswith("存档/"))
    }


@pytest.mark.parametrize("name", STEPS)
def test_a_click_leaves_the_master_that_the_command_leaves(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Open]
) -> None:
    start, step = STEPS[name]
    by_command, by_click = stage(start, "命令"), stage(start, "点击 一下")
    done = step(by_command, Context(dt.datetime.now(), user_name()))
    before = by_click.read_bytes()
    live = opened(by_click)
    answers = Answers(folder=by_click.parent / ("包" if name == "split" else "回收件"))
    getattr(ribbon, name)(answers)
    assert len(answers.shown) == len(answers.told) == 1, answers.told
    assert "完成" in answers.told[0]
    wanted = cells(WorkbookFile.open(by_command).master)
    assert cells(live.master) == wanted
    assert not verify(live.master)
    assert done.lines[0].split("放在")[0] in answers.shown[0]
    if name != "split":
        assert by_click.read_bytes() == before  # the user saves when the user wants to
        live.book.save()
    assert cells(WorkbookFile.open(by_click).master) == wanted
