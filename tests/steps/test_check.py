"""检查: problems told and written, and written again."""

from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.checks import check_master
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import PROBLEMS
from qcity_xl.steps.check import problem_changes
from tests.core.builders import embedded
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


def test_of_a_list_that_was_sorted_without_its_ids_the_settled_one_goes_and_no_other() -> None:
    problems = check_master(embedded())
    assert len(problems) > 2
    master = embedded().with_changes(problem_changes(embedded(), problems))
    rows = list(master.rows(PROBLEMS).items())
    shown = [*(row for _, row in rows[1:]), rows[0][1]]
    turned = master.with_changes(
        Change(PROBLEMS.name, key, name, None, row[name])
        for (key, _), row in zip(rows, shown, strict=True)
        for name in ("severity", "sheet", "cell", "found", "allowed", "fix", "check")
    )
    assert problem_changes(turned, problems) == []

    def listed(master: Master) -> list[tuple[object, ...]]:
        return sorted((r["sheet"], r["cell"], r["found"]) for r in master.rows(PROBLEMS).values())

    fewer = turned.with_changes(problem_changes(turned, problems[1:]))
    assert listed(fewer) == sorted((p.sheet, p.cell, p.found) for p in problems[1:])
    again = fewer.with_changes(problem_changes(fewer, problems))
    assert listed(again) == sorted((p.sheet, p.cell, p.found) for p in problems)
    assert problem_changes(again, problems) == []
