"""One evaluation for the steps that write scores."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import operations
from qcity_xl.core.schema import CRITERIA, TASKS
from qcity_xl.steps.shared.evaluated import changed, headline, unpublished, written
from qcity_xl.steps.shared.outcome import Context, Count
from tests.core.builders import build, task
from tests.steps.conftest import context, master

__all__ = ["context", "master"]
ANSWER = Change(CRITERIA.name, "C2.3", "answer", None, "达成")


@pytest.mark.parametrize("dry_run", [True, False])
def test_the_master_as_it_is_after(master: Path, context: Context, dry_run: bool) -> None:
    context = replace(context, dry_run=dry_run)
    file = WorkbookFile.open(master)
    _, _, after = written(file, context, "重算得分", [ANSWER])
    assert after.rows(CRITERIA)["C2.3"]["claimed"] == 10
    kept = WorkbookFile.open(master).master.rows(CRITERIA)["C2.3"]["claimed"]
    assert kept == (None if dry_run else 10)


def test_what_goes_before_is_one_operation_with_the_scores(master: Path, context: Context) -> None:
    written(WorkbookFile.open(master), context, "重算得分", [ANSWER])
    (operation,) = operations(WorkbookFile.open(master).master)
    assert {"answer", "claimed"} <= {change.field for change in operation.changes}


def test_lights_go_by_the_day_of_the_run(master: Path, context: Context) -> None:
    def light(year: int) -> object:
        on = replace(context, now=dt.datetime(year, 6, 1, 9))
        written(WorkbookFile.open(master), on, "重算得分")
        return WorkbookFile.open(master).master.rows(TASKS)["T1.1"]["light"]

    assert [light(2015), light(2018)] == ["●绿 正常", "▲红 逾期"]


def test_holidays_that_nobody_knows_yet_are_told() -> None:
    assert unpublished(build(task("1.1", deadline="2016-2017"))) == []
    (sentence,) = unpublished(build(task("1.1", deadline="2097-2098")))
    assert "2097、2098年" in sentence


def test_what_was_new_is_said() -> None:
    assert headline("清点佐证", [ANSWER]) == "清点佐证"
    assert headline("清点佐证", []) == "清点佐证，与上次相同，没有改动"
    assert (changed([ANSWER]), changed([])) == ((Count("改动", 1, "格"),), ())
