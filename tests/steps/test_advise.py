"""加分建议: on the sheet, with log and undo; what if writes nothing."""

from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines, operations
from qcity_xl.core.schema import CRITERIA, STEPS
from qcity_xl.core.values import Value
from qcity_xl.steps.advise import NoPoints, advise
from qcity_xl.steps.history import undo
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import DONE, LEFT, Context
from qcity_xl.steps.shared.plain_text import text_lines
from tests.steps.conftest import Qcity


def type_in(master: Path, context: Context, **answers: Value) -> None:
    changes = [Change(CRITERIA.name, key, "answer", None, a) for key, a in answers.items()]
    commit(WorkbookFile.open(master), as_lines(changes), context, "手工填写")


def listed(master: Path) -> dict[str, dict[str, Value]]:
    return {k: dict(row) for k, row in WorkbookFile.open(master).master.rows(STEPS).items()}


def test_the_steps_gain_what_was_asked_for_and_stand_on_their_sheet(
    qcity: Qcity, master: Path
) -> None:
    status, data = qcity("advise", master, "--points", "25")
    assert status == 0
    assert sum(step["gain"] for step in data["steps"]) == data["gain"] >= 25
    assert {"criterion", "unit", "gain"} <= set(data["steps"][0])
    rows = listed(master)
    assert [row["label"] for row in rows.values()] == [s["criterion"] for s in data["steps"]]
    assert sum(one["gain"] for one in data["units"]) == data["gain"]
    assert sum(one["gain"] for one in data["sections"]) == data["gain"]
    status, data = qcity("advise", master, "--points", "25")
    assert (status, data["changes"]) == (0, 0)


def test_what_was_proved_is_cheaper_than_what_is_still_to_be_done(
    master: Path, context: Context
) -> None:
    type_in(master, context, **{"C40.1": "第6名", "C1.1": "20分 已出台"})
    outcome = advise(master, context, 40)
    assert [step["criterion"] for step in outcome.data["steps"]] == ["1(1)", "40(1)"]
    assert {step["target"] for step in outcome.data["steps"]} == {None}


def test_doing_it_gains_it(master: Path, context: Context) -> None:
    before = score(master, context).data["claimed"]["points"]
    steps = advise(master, context, 60, claimed=True, basic=True).data
    keys = {str(r["label"]): k for k, r in WorkbookFile.open(master).master.rows(CRITERIA).items()}
    type_in(master, context, **{keys[s["criterion"]]: s["target"] for s in steps["steps"]})
    after = score(master, context).data["claimed"]["points"]
    assert before is None
    assert after == steps["gain"] >= 60


def test_too_much_is_said_plainly(master: Path, context: Context) -> None:
    outcome = advise(master, context, 5000)
    assert outcome.status == LEFT
    most = outcome.data["greatest"]
    assert outcome.summary.startswith(f"做不到多5000分，最多还能多{most:g}分")
    assert outcome.data["feasible"] is False
    ceiling = score(master, context).data["ceiling"]
    judged = 20  # 27(1), which the review alone can give
    assert most == ceiling["points"] + ceiling["bonus"] - judged  # type: ignore[operator]


def test_what_if_tells_both_totals_and_writes_nothing(master: Path, context: Context) -> None:
    type_in(master, context, **{"C40.1": "第6名"})
    written = master.read_bytes()
    outcome = advise(master, context, 10, ["21(1)=达成", "40(1)=第15名"], claimed=True)
    data = outcome.data
    assert (data["before"]["points"], data["now"]["points"]) == (20, 25)
    assert data["assumed"] == [
        {"criterion": "21(1)", "answer": "达成"},
        {"criterion": "40(1)", "answer": "第15名"},
    ]
    assert (data["changes"], outcome.changes) == (0, 0)
    assert master.read_bytes() == written
    assert "这是假设的结果，总表没有改动；下面的步骤是假设成立之后再做的。" in text_lines(outcome)


def test_a_window_gives_assumptions_and_points_as_text(master: Path, context: Context) -> None:
    data = advise(master, context, " 30 ", "21(1)=达成；40(1)=第15名").data
    assert data["points"] == 30
    assert [one["criterion"] for one in data["assumed"]] == ["21(1)", "40(1)"]


@pytest.mark.parametrize("points", ["很多", "0", -3, "1e999"])
def test_a_wish_that_is_no_number_is_refused(
    master: Path, context: Context, points: float | str
) -> None:
    with pytest.raises(NoPoints, match="请填大于 0 的数"):
        advise(master, context, points)


def test_it_is_taken_back_in_one_step(master: Path, context: Context) -> None:
    advise(master, context, 30)
    assert operations(WorkbookFile.open(master).master)[-1].stamp.command == "加分建议"
    undo(master, context)
    assert listed(master) == {}


def test_without_points_the_settings_say_how_many(master: Path, context: Context) -> None:
    outcome = advise(master, Context(context.now, context.user, dry_run=True))
    assert outcome.status == DONE
    assert outcome.data["points"] is None
    assert outcome.data["gain"] == 30
    assert outcome.data["closed"] == ["27(1)"]
    assert "没有列入的：只由评审给分的1个得分点（27(1)）。" in text_lines(outcome)
    assert listed(master) == {}


def test_the_steps_stand_in_their_order_whatever_was_there(master: Path, context: Context) -> None:
    for points in (200, 45, 120):
        data = advise(master, context, points).data
        rows = listed(master)
        assert [row["order"] for row in rows.values()] == list(range(1, len(rows) + 1))
        assert [row["label"] for row in rows.values()] == [s["criterion"] for s in data["steps"]]
