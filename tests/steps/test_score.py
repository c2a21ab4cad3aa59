"""重算得分 and 标记缺失佐证: scores that the master comes to hold."""

from pathlib import Path

import openpyxl

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.schema import INDICATORS
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


def test_evidence_names_what_is_missing(qcity: Qcity, master: Path) -> None:
    status, data = qcity("evidence", master)
    assert status == 0
    assert data["needs"] == len(data["missing"]) > 100
    assert set(data["missing"][0]) == {"criterion", "unit", "kind", "period", "state"}


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
