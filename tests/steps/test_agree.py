"""同意默认: what nobody ruled on is agreed to at once, with who and when, and can be taken back."""

import datetime as dt
from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.schema import CRITERIA, RULINGS
from qcity_xl.core.values import Value
from qcity_xl.steps.agree import agree
from qcity_xl.steps.history import undo
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import DONE, LEFT, Context
from qcity_xl.steps.shared.plain_text import text_lines


def rulings(master: Path) -> dict[str, dict[str, Value]]:
    rows = WorkbookFile.open(master).master.rows(RULINGS)
    return {key: dict(row) for key, row in rows.items()}


def type_in(master: Path, context: Context, table: str, row: str, field: str, value: Value) -> None:
    lines = as_lines([Change(table, row, field, None, value)])
    commit(WorkbookFile.open(master), lines, context, "手工填写")


def test_all_that_is_open_is_agreed_to_and_signed(master: Path, context: Context) -> None:
    type_in(master, context, RULINGS.name, "Q40(1)/边界", "choice", "下档")
    type_in(master, context, RULINGS.name, "Q21/组合", "ground", "领导小组会议")
    outcome = agree(master, context)
    assert outcome.status == DONE
    rows = rulings(master)
    assert {row["item"] for row in rows.values() if row["choice"] is None} == {"成员"}
    row = rows["Q13(3)/部分"]
    assert (row["choice"], row["ruled_by"], row["ruled_on"], row["ground"]) == (
        *("同意", context.user, context.now.date(), "同意默认"),
    )
    assert rows["Q40(1)/边界"]["choice"] == "下档"
    assert rows["Q40(1)/边界"]["ruled_by"] is None
    assert rows["Q21/组合"]["ground"] == "领导小组会议"
    assert agree(master, context).changes == 0


def test_agreeing_moves_no_points_and_the_board_has_nothing_open(
    master: Path, context: Context
) -> None:
    type_in(master, context, CRITERIA.name, "C13.3", "answer", "2/6")
    before = score(master, context).data
    figures = WorkbookFile.open(master).master.figures
    assert figures["qc_rulings_to_settle"] == len(before["rulings"])
    agree(master, context)
    assert WorkbookFile.open(master).master.figures["qc_rulings_to_settle"] == 0
    after = score(master, context).data
    for name in ("claimed", "evidenced", "reviewed", "ceiling"):
        assert before[name] == after[name]
    low, high = before["ranges"]["claimed"]["points"].values()
    assert (low, high) == (0, 1.33)
    assert set(after["ranges"]["claimed"]["points"].values()) == {1.33}


def test_what_moves_points_is_shown_first_and_can_be_left(master: Path, context: Context) -> None:
    shown = agree(master, Context(context.now, context.user, dry_run=True))
    weights = [one["weight"] for one in shown.data["agreed"]]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 30
    assert "同意后就按默认计分的：" in text_lines(shown)
    assert rulings(master)["Q1/标题"]["choice"] is None
    agree(master, context, harmless=True)
    rows = rulings(master)
    assert rows["Q1/标题"]["choice"] == "同意"
    assert rows["Q13(3)/部分"]["choice"] is None


def test_a_wrong_ruling_remains_and_says_so(master: Path, context: Context) -> None:
    type_in(master, context, RULINGS.name, "Q14(2)/缺项", "choice", "看情况")
    outcome = agree(master, context)
    assert outcome.status == LEFT
    left = {one["row"]: one["reason"] for one in outcome.data["left"]}
    assert left["Q14(2)/缺项"] == "裁定填的“看情况”不是可选的，改成：满分、剔除、折算、同意"
    assert rulings(master)["Q14(2)/缺项"]["choice"] == "看情况"


def test_it_is_taken_back_in_one_step(master: Path) -> None:
    context = Context(dt.datetime(2026, 11, 20, 15, 0), "柳青禾")
    before = rulings(master)
    agree(master, context)
    undo(master, context)
    assert rulings(master) == before


def test_a_ruling_counts_at_the_next_score(master: Path, context: Context) -> None:
    type_in(master, context, CRITERIA.name, "C26.3", "answer", "2张")
    assert score(master, context).data["claimed"]["points"] == 10
    type_in(master, context, RULINGS.name, "Q26(3)/累进", "choice", "互斥")
    data = score(master, context).data
    assert data["claimed"]["points"] == 5
    ruled = {one["row"]: one["ruled"] for one in data["rulings"]}
    assert ruled["Q26(3)/累进"]
    assert rulings(master)["Q26(3)/累进"]["effect"] == "互斥（现行）；累进：自评+5"
