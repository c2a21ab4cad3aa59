"""得分理由 explains the row that was clicked on, as it is on screen, and writes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qcity_xl import ribbon
from qcity_xl.core.schema import CRITERIA, INDICATORS, TASKS, UNITS, Table
from tests.live.conftest import Answers, Open

Stage = Callable[..., Path]
Opener = Callable[[Path], Open]


def asked(live: Open, table: Table, row: str) -> str:
    """What the button says after a click on this row."""
    line = live.master.lines[table.name, row]
    sheet = live.book.sheets[table.sheet]
    sheet.activate()
    sheet.range((line, 3), (line, 3)).select()
    answers = Answers()
    ribbon.click("why", answers)
    (told,) = answers.told
    return told


def test_the_answer_on_screen_is_what_is_explained(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    key = next(k for k, r in live.master.rows(CRITERIA).items() if r["label"] == "13(3)")
    live.type(CRITERIA.name, key, "answer", "3/6")
    before = live.master
    told = asked(live, CRITERIA, key)
    assert told.startswith("13(3) ")
    assert "满分：4分\n  得分：自评2分" in told
    assert "答案：3/6" in told
    assert live.master == before


@pytest.mark.parametrize(
    ("table", "row", "says"),
    [(INDICATORS, "I13", "指标13"), (TASKS, "T13.3", "13(3)"), (UNITS, "", "请先在「得分点」")],
)
def test_other_sheets(table: Table, row: str, says: str, stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    told = asked(live, table, row or next(iter(live.master.rows(table))))
    assert told.startswith(says)
