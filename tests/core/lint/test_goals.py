"""The goal of a section against the criteria in it."""

import pytest

from qcity_xl.core.changes import Change
from qcity_xl.core.lint.findings import Finding
from qcity_xl.core.lint.linter import lint
from qcity_xl.core.schema import SECTIONS
from tests.core.builders import embedded


def found(goal: str) -> list[Finding]:
    """What is found in the section of engineering with this goal."""
    master = embedded()
    rows = master.rows(SECTIONS)
    goals = {key: goal if row["no"] == 7 else None for key, row in rows.items()}
    changes = [Change(SECTIONS.name, k, "goal", rows[k].get("goal"), g) for k, g in goals.items()]
    return [finding for finding in lint(master.with_changes(changes)) if finding.kind == "section"]


@pytest.mark.parametrize(
    "goal",
    [
        "",
        "体系完善，其他工程一次验收合格率达98%以上。",
        "保障房工程一次验收合格率达100%；道路平整",
        "群众满意度稳步提高，投诉不超过5件",
    ],
)
def test_a_goal_that_asks_what_a_criterion_asks_is_no_finding(goal: str) -> None:
    assert found(goal) == []


def test_a_goal_that_asks_less_is_found_with_the_points_between() -> None:
    (finding,) = found("工程安全受控，保障房工程一次验收合格率达96%以上。")
    assert finding.criterion == "35(2)"
    assert [(way.words, way.points) for way in finding.options] == [
        ("按得分点，96%", 0.0),
        ("按部分目标，96%", 10.0),
    ]
