"""Rows that were sorted without their hidden ids are noticed, in every table that can tell."""

import random
from dataclasses import replace

import pytest

from qcity_xl.core.checks import check_master
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.moved import moved_rows
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CRITERIA,
    INDICATORS,
    RULINGS,
    SECTIONS,
    SETTINGS,
    TASKS,
    Table,
)
from tests.core.builders import embedded, issued, set_cell

WATCHED = (SECTIONS, INDICATORS, CRITERIA, TASKS, RULINGS, SETTINGS)


def sort_without_ids(master: Master, table: Table, seed: int) -> tuple[Master, set[str]]:
    """The visible cells of a table in another order; and the ids beside which others stand now."""
    rows = master.rows(table)
    order = random.Random(seed).sample(list(rows), len(rows))  # noqa: S311 - repeatable
    seen = {key: {**rows[other], "key": key} for key, other in zip(rows, order, strict=True)}
    moved = {key for key, other in zip(rows, order, strict=True) if key != other}
    return replace(master, tables={**master.tables, table.name: seen}), moved


def test_a_new_master_and_one_whose_packs_are_out_are_in_order() -> None:
    assert list(moved_rows(embedded())) == []
    assert list(moved_rows(issued())) == []


@pytest.mark.parametrize("table", WATCHED, ids=lambda t: t.sheet)
@pytest.mark.parametrize("seed", [1, 2])
def test_each_row_beside_another_id_is_found(table: Table, seed: int) -> None:
    master, moved = sort_without_ids(embedded(), table, seed)
    found = {item.row for item in moved_rows(master) if item.table is table}
    assert found == moved
    told = [problem for problem in check_master(master) if problem.code == "moved-row"]
    assert len(told) == len(moved)
    assert {problem.sheet for problem in told} == {table.sheet}


def test_assignments_by_task_and_unit() -> None:
    master, moved = sort_without_ids(issued(), ASSIGNMENTS, 5)
    assert {item.row for item in moved_rows(master)} == moved
    (problem, *_) = [p for p in check_master(master) if p.code == "moved-row"]
    assert problem.found.startswith("这一行写的是1.")
    assert "行键却是1." in problem.found


def test_a_number_that_no_other_row_has_is_no_move() -> None:
    master = set_cell(issued(), TASKS, "T1.1", "no", "1.7")
    assert [item.row for item in moved_rows(master)] == []
