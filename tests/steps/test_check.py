"""检查: problems told and written, and written again."""

from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.schema import PROBLEMS
from tests.steps.conftest import Qcity

PROBLEM = {"code", "severity", "sheet", "cell", "found", "allowed", "fix"}


def test_check_lists_problems_with_all_their_parts(qcity: Qcity, master: Path) -> None:
    status, data = qcity("check", master)
    assert status == 0
    assert data["problems"]
    assert all(set(problem) == PROBLEM for problem in data["problems"])


def test_a_list_of_problems_that_was_emptied_fills_again(qcity: Qcity, master: Path) -> None:
    problems = qcity("check", master)[1]["problems"]
    assert qcity("undo", master)[0] == 0
    assert qcity("check", master)[1]["problems"] == problems
    rows = WorkbookFile.open(master).master.rows(PROBLEMS).values()
    assert [row["link"] for row in rows] == ["转到"] * len(problems)
