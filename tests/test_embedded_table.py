"""The embedded table says what the office's own document says, in other words."""

from pathlib import Path

import pytest

from qcity_xl.adapters.documents import read_document
from qcity_xl.adapters.templates.source import load_plan
from qcity_xl.core.plan import Plan
from qcity_xl.core.rules import parse_rule

SOURCE = Path(__file__).resolve().parents[1] / "workbook" / "source"


@pytest.fixture(scope="module")
def embedded() -> Plan:
    return load_plan(SOURCE)


@pytest.fixture(scope="module")
def document(shared: Path) -> Plan:
    return read_document(shared / "seed" / "changzhou-task-table.txt").plan


def _rules(plan: Plan, indicator: int) -> list[tuple[object, ...]]:
    return [
        (c.period, c.may_be_absent, *parse_rule(c.kind, c.params, c.points).signature())
        for c in plan.criteria_of(indicator)
    ]


@pytest.mark.parametrize("number", range(1, 51))
def test_the_rules_read_from_the_wording_are_the_embedded_ones(
    number: int, document: Plan, embedded: Plan
) -> None:
    read, ours = (
        next(i for i in plan.indicators if i.no == number) for plan in (document, embedded)
    )
    assert (read.section, read.points, read.combine, read.methods) == (
        *(ours.section, ours.points, ours.combine, ours.methods),
    )
    assert _rules(document, number) == _rules(embedded, number)


def test_tasks_units_and_sections_are_the_same(document: Plan, embedded: Plan) -> None:
    assert [(s.no, s.points, s.bonus) for s in document.sections] == [
        (s.no, s.points, s.bonus) for s in embedded.sections
    ]
    assert [(t.no, t.deadline, t.leads, t.partners) for t in document.tasks] == [
        (t.no, t.deadline, t.leads, t.partners) for t in embedded.tasks
    ]
    assert {(u.name, u.kind) for u in document.units} == {(u.name, u.kind) for u in embedded.units}


def test_most_links_from_tasks_to_criteria_are_found_by_likeness(
    document: Plan, embedded: Plan
) -> None:
    by_hand = {task.no: set(task.criteria) for task in embedded.tasks}
    agree = [task.no for task in document.tasks if set(task.criteria) == by_hand[task.no]]
    assert len(agree) >= 100, sorted(set(by_hand) - set(agree))
