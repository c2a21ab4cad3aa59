"""重算得分: scores that the master comes to hold."""

import shutil
from pathlib import Path
from typing import Any, cast

import openpyxl

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.papers import paper
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS
from qcity_xl.steps.evidence import evidence
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from tests.steps.conftest import Qcity


def test_score_has_three_scores_and_the_ceiling(qcity: Qcity, master: Path) -> None:
    status, data = qcity("score", master)
    assert status == 0
    assert data["claimed"] == data["evidenced"] == data["reviewed"]
    assert data["claimed"] == {"points": None, "bonus": None}
    assert data["ceiling"] == {"points": 1000, "bonus": 60}
    assert len(data["sections"]) == 10
    assert {"id", "claimed", "evidenced", "reviewed", "ceiling", "reason"} <= set(
        data["indicators"][0]
    )


def test_a_formula_that_somebody_typed_over_stays_theirs(qcity: Qcity, master: Path) -> None:
    file = WorkbookFile.open(master)
    key, row = next(iter(file.master.rows(INDICATORS).items()))
    place = file.master.cell(INDICATORS, key, "claimed")
    book = openpyxl.load_workbook(master)
    book[INDICATORS.sheet][place] = 7
    book.save(master)
    for step in ("score", "check", "evidence"):
        assert qcity(step, master)[0] == 0
    assert WorkbookFile.open(master).master.rows(INDICATORS)[key]["claimed"] == 7
    assert row["claimed"] != 7


def test_score_and_evidence_give_one_number_whichever_comes_first(
    master: Path, context: Context
) -> None:
    """One file under two names proves one year, not two."""
    for name in ("会议.pdf", "会议（副本）.pdf"):
        (master.parent / name).write_bytes(paper("第一次联席会议"))
    file = WorkbookFile.open(master)
    rows = [
        {"criteria": "2(1)", "unit": "市质监局", "kind": kind, "title": "会议", "location": name}
        for kind, name in (("文件", "会议.pdf"), ("会议纪要", "会议（副本）.pdf"))
    ]
    file.apply([Change(CRITERIA.name, "C2.1", "answer", None, "达成")])
    for number, row in enumerate(rows):
        file.apply(added_row(EVIDENCE.name, f"E{number}", {**row, "dated": "2016-05-01"}))
    file.save()
    other = master.with_name("另一份.xlsx")
    shutil.copy(master, other)
    steps: tuple[Any, ...] = (score, evidence)
    first, second = (run(master, context) for run in steps)
    assert second.changes == 0
    backwards = [run(other, context) for run in reversed(steps)]
    assert [outcome.changes for outcome in backwards] == [first.changes, 0]
    assert score(master, context).data == score(other, context).data
    criteria = {row["id"]: row for row in second_scores(master, context)}
    assert criteria["2(1)"]["claimed"] == 10
    assert criteria["2(1)"]["evidenced"] == 0


def second_scores(master: Path, context: Context) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], score(master, context).data["criteria"])
