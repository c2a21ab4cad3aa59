"""Rows that were sorted without their hidden ids are noticed, in every table that can tell."""

import itertools
import random
from dataclasses import replace

import pytest

from qcity_xl.core.changes import added_row
from qcity_xl.core.checks import check_master
from qcity_xl.core.history.log import as_lines, log_rows
from qcity_xl.core.history.progress_lines import progress_changes
from qcity_xl.core.mail.delivery import contacts
from qcity_xl.core.mail.inbox import contacts_by_mail
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.moved import moved_rows
from qcity_xl.core.merge.conflicts import conflict_rows
from qcity_xl.core.merge.decisions import Decision
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.rounds.pack import Identity
from qcity_xl.core.rounds.passwords import passwords
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    PROGRESS_LINES,
    RULINGS,
    SECTIONS,
    SETTINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.core.values import Value
from tests.core.builders import Entry, embedded, evidence, issued, set_cell
from tests.core.merge.rounds import STAMP

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


def _from_column(master: Master, table: Table, field: str) -> Master:
    """The cells of a row deleted from a column on, so that those below move up."""
    rows, fields = master.rows(table), table.fields[table.fields.index(field) :]
    keys = list(rows)
    seen = {key: dict(rows[key]) for key in keys}
    for key, other in itertools.pairwise(keys[4:]):
        seen[key] |= {name: rows[other].get(name) for name in fields}
    return replace(master, tables={**master.tables, table.name: seen})


@pytest.mark.parametrize(
    ("table", "field"),
    [(CRITERIA, "section"), (CRITERIA, "indicator"), (TASKS, "indicator")],
    ids=lambda p: getattr(p, "sheet", p),
)
def test_cells_that_moved_from_a_column_on_are_found_by_the_indicator(
    table: Table, field: str
) -> None:
    master = _from_column(embedded(), table, field)
    found = {item.row for item in moved_rows(master) if item.table is table}
    rows, was = master.rows(table), embedded().rows(table)
    assert found == {key for key, row in rows.items() if row["indicator"] != was[key]["indicator"]}
    assert len(found) > 30


@pytest.mark.parametrize("table", [ASSIGNMENTS, TASKS], ids=lambda t: t.sheet)
def test_texts_that_moved_without_their_numbers_are_found(table: Table) -> None:
    """Else the next pack would take the answers beside them to other tasks."""
    master = embedded()
    master = master.with_changes(assignment_changes(master)[0])
    moved = _from_column(master, table, "text")
    found = {item.row for item in moved_rows(moved) if item.table is ASSIGNMENTS}
    tasks, rows = moved.rows(TASKS), moved.rows(ASSIGNMENTS)
    other = {k for k, r in rows.items() if r["text"] != tasks[k.partition("/")[0]]["text"]}
    assert len(other) > 30
    texts = {row["text"] for row in tasks.values()}
    assert not [key for key in other - found if rows[key]["text"] in texts]


def test_a_task_that_was_reworded_is_no_move() -> None:
    master = set_cell(issued(), TASKS, "T1.1", "text", "推进名牌培育")
    assert list(moved_rows(master)) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rulings_that_moved_from_their_question_on_are_found(seed: int) -> None:
    """Choices would count for other criteria."""
    master, _ = sort_without_ids(embedded(), RULINGS, seed)
    was, sorted_ = embedded().rows(RULINGS), master.rows(RULINGS)
    rows = {
        key: {**row, **{name: was[key][name] for name in ("subject", "item")}}
        for key, row in sorted_.items()
    }
    master = replace(master, tables={**master.tables, RULINGS.name: rows})
    found = {item.row for item in moved_rows(master) if item.table is RULINGS}
    assert len(found) > 20
    assert any(problem.code == "moved-row" for problem in check_master(master))


def test_a_question_that_the_office_words_its_own_way_is_no_move() -> None:
    rows = embedded().rows(RULINGS)
    master = embedded()
    for key in list(rows)[::9]:
        master = set_cell(master, RULINGS, key, "question", "问过省质监局，照此办")
    assert len({rows[key]["item"] for key in list(rows)[::9]}) > 1
    assert list(moved_rows(master)) == []


def _listed(*rows: str) -> Master:
    changes = [
        change
        for row in rows
        for change in conflict_rows(
            issued(),
            Identity("test", "第1轮", "市农委"),
            [Decision("conflict", ASSIGNMENTS.name, row, "note", None, "甲", f"{row}的进展")],
            "市农委.xlsx",
        )
    ]
    return issued().with_changes(changes)


def test_conflicts_beside_the_ids_of_others_are_found() -> None:
    """What was decided about one of them would hold for another."""
    master = _listed("T1.1/市农委", "T1.2/市教育局", "T1.1/市教育局")
    assert list(moved_rows(master)) == []
    moved, rows = sort_without_ids(master, CONFLICTS, 4)
    assert {item.row for item in moved_rows(moved)} == rows


def test_kept_progress_beside_another_id_is_found() -> None:
    master = issued()
    master = set_cell(master, ASSIGNMENTS, "T1.1/市农委", "note", "已开工")
    master = set_cell(master, ASSIGNMENTS, "T1.2/市教育局", "note", "已验收")
    for row in ("T1.1/市农委", "T1.2/市教育局"):
        master = set_cell(master, ASSIGNMENTS, row, "round", "第1轮")
    master = master.with_changes(progress_changes(master))
    moved, rows = sort_without_ids(master, PROGRESS_LINES, 3)
    assert {item.row for item in moved_rows(moved)} == rows


def _with_evidence() -> Master:
    """Evidence as a merge wrote it, with 日志; one row that the office typed."""
    rows = [Entry(EVIDENCE, f"E第1轮/市农委/00{n}", {"title": f"{n}号通知"}) for n in (1, 2, 3)]
    changes = [c for entry in rows for c in added_row(*_added(entry))]
    master = embedded().with_changes(changes)
    master = master.with_changes(log_rows(master, STAMP, as_lines(changes)))
    return master.with_changes(added_row(*_added(evidence("E手工/1", "1(1)"))))


def _added(entry: Entry) -> tuple[str, str, dict[str, Value]]:
    said = {"criteria": "1(1)", "unit": "市农委", "kind": "文件", **entry.values}
    return entry.table.name, entry.key, said


def test_evidence_beside_another_id_is_found_by_what_was_written() -> None:
    """Else a page that a unit adds later would go to another document."""
    master = _with_evidence()
    assert list(moved_rows(master)) == []
    moved, rows = sort_without_ids(master, EVIDENCE, 1)
    assert {item.row for item in moved_rows(moved)} & rows
    assert any(problem.code == "moved-row" for problem in check_master(moved))


def test_evidence_that_the_office_copied_and_reworded_is_no_move() -> None:
    master = _with_evidence()
    copied = dict(master.rows(EVIDENCE)["E第1轮/市农委/001"])
    master = master.with_changes(added_row(EVIDENCE.name, "E手工/2", copied))
    master = set_cell(master, EVIDENCE, "E第1轮/市农委/001", "title", "修订后的通知")
    assert list(moved_rows(master)) == []


def test_a_unit_s_cells_go_by_its_name() -> None:
    """What is in a row of 单位 belongs to the name in it, whatever its id."""
    master = embedded()
    master = set_cell(master, UNITS, "U03", "email", "wangmin@example.com")
    master = set_cell(master, UNITS, "U03", "password", "2016abc")
    moved, _ = sort_without_ids(master, UNITS, 1)
    assert passwords(moved) == passwords(master) != {}
    assert contacts_by_mail(moved) == contacts_by_mail(master) != {}
    assert {n: contacts(moved, n)[0] for n in names(master)} == {
        n: contacts(master, n)[0] for n in names(master)
    }


def names(master: Master) -> list[str]:
    return [str(row["name"]) for row in master.rows(UNITS).values()]


def test_assignments_by_task_and_unit() -> None:
    master, moved = sort_without_ids(issued(), ASSIGNMENTS, 5)
    assert {item.row for item in moved_rows(master)} == moved
    (problem, *_) = [p for p in check_master(master) if p.code == "moved-row"]
    assert problem.found.startswith("这一行写的是1.")
    assert "行键却是1." in problem.found


def test_a_number_that_no_other_row_has_is_no_move() -> None:
    master = set_cell(issued(), TASKS, "T1.1", "no", "1.7")
    assert [item.row for item in moved_rows(master)] == []
