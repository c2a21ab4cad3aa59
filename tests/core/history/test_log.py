"""The log holds every changed cell; nothing in it can be altered, removed or moved unseen."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import Change, added_row, dropped_row, inverted
from qcity_xl.core.history.log import (
    LogLine,
    Stamp,
    as_lines,
    log_rows,
    operations,
    verify,
)
from qcity_xl.core.master.model import Master, Row, Rows
from qcity_xl.core.schema import ASSIGNMENTS, EVIDENCE, LOG, SETTINGS
from qcity_xl.core.values import Value
from tests.core.builders import evidence, issued, set_cell

ROW = "T1.1/市农委"
NEW_EVIDENCE = added_row("tblEvidence", "E9", {"title": "通知", "criteria": "1(1)"})


def note(old: Value, new: Value, field: str = "note") -> Change:
    return Change("tblAssignments", ROW, field, old, new)


def step(master: Master, *changes: Change, command: str = "合并回收", source: str = "") -> Master:
    """The master after a step: its changes and their log lines."""
    stamp = Stamp("2016-11-22 09:30", "张三", command, source)
    rows = log_rows(master, stamp, as_lines(changes))
    return master.with_changes([*changes, *rows])


def logged() -> Master:
    """Three operations, six lines."""
    master = step(issued(), note(None, "方案起草中"), note(None, "推进中", "progress"))
    master = step(master, note("方案起草中", "方案已印发"), command="处理冲突")
    return step(master, *NEW_EVIDENCE)


def test_an_unaltered_log_holds() -> None:
    assert verify(issued()) == []
    assert verify(logged()) == []


def test_a_line_says_who_did_what_where_and_when() -> None:
    row = dict(logged().rows(LOG)["L000003"])
    assert row.pop("chain")
    assert {name: value for name, value in row.items() if value is not None} == {
        "key": "L000003",
        "operation": 2,
        "time": "2016-11-22 09:30",
        "user": "张三",
        "command": "处理冲突",
        "action": "修改",
        "sheet": "填报",
        "row": ROW,
        "column": "进展说明",
        "old": "方案起草中",
        "new": "方案已印发",
    }


def with_log(master: Master, rows: Rows) -> Master:
    return replace(master, tables={**master.tables, LOG.name: rows})


LINES = st.integers(1, 6).map(lambda number: f"L{number:06d}")
OTHER_WORDS = st.text(min_size=1).filter(str.strip)


@given(LINES, st.sampled_from([f for f in LOG.fields if f != "key"]), OTHER_WORDS)
def test_any_altered_cell_is_found(key: str, field: str, word: str) -> None:
    master = logged()
    found = str(master.rows(LOG)[key].get(field) or "")
    forged = f"{found}改{word}"
    assert verify(set_cell(master, LOG, key, field, forged))


@given(LINES)
def test_any_emptied_line_is_found(key: str) -> None:
    master = logged()
    blank: Row = {"key": key}
    assert verify(with_log(master, {**master.rows(LOG), key: blank}))


@given(st.sets(LINES, min_size=1))
def test_any_removed_lines_are_found(gone: set[str]) -> None:
    master = logged()
    rows = {key: row for key, row in master.rows(LOG).items() if key not in gone}
    assert verify(with_log(master, rows))


@given(st.permutations([f"L{number:06d}" for number in range(1, 7)]))
def test_any_other_order_is_found(order: list[str]) -> None:
    master = logged()
    rows = master.rows(LOG)
    moved = with_log(master, {key: rows[key] for key in order})
    assert bool(verify(moved)) is (order != sorted(order))


@given(LINES, LINES)
def test_exchanged_contents_are_found(one: str, other: str) -> None:
    master = logged()
    rows = dict(master.rows(LOG))
    rows[one], rows[other] = {**rows[other], "key": one}, {**rows[one], "key": other}
    assert bool(verify(with_log(master, rows))) is (one != other)


def test_an_added_line_is_found() -> None:
    master = logged()
    forged = {**master.rows(LOG)["L000006"], "key": "L000007", "new": "凭空添的"}
    assert verify(with_log(master, {**master.rows(LOG), "L000007": forged}))


def test_a_problem_says_where_and_what_to_do() -> None:
    problem = verify(set_cell(logged(), LOG, "L000003", "new", "改过"))[0]
    assert (problem.code, problem.severity, problem.sheet) == ("log-chain", "error", "日志")
    assert "L00000" in problem.found
    assert problem.allowed
    assert problem.fix


def test_steps_after_a_forgery_do_not_hide_it() -> None:
    forged = set_cell(logged(), LOG, "L000002", "new", "已完成")
    assert verify(step(forged, note("方案已印发", "又一次")))


def test_operations_give_back_their_changes() -> None:
    found = operations(logged())
    assert [(o.no, o.stamp.command) for o in found] == [
        (1, "合并回收"),
        (2, "处理冲突"),
        (3, "合并回收"),
    ]
    assert found[1].changes == (note("方案起草中", "方案已印发"),)
    assert list(found[2].changes) == NEW_EVIDENCE


def test_what_a_merge_left_alone_is_logged_but_is_no_change() -> None:
    master = issued()
    kept = LogLine("保留", "tblAssignments", ROW, "note", "甲", "甲 ", "回收.xlsx")
    rows = log_rows(master, Stamp("2016-11-22 09:30", "张三", "合并回收"), [kept])
    master = master.with_changes(rows)
    (operation,) = operations(master)
    assert operation.changes == ()
    assert master.rows(LOG)["L000001"]["source"] == "回收.xlsx"
    assert verify(master) == []


def test_a_step_that_changes_nothing_is_not_logged() -> None:
    assert log_rows(logged(), Stamp("2016-11-22 09:30", "张三", "重算得分"), []) == []


# -- taking back (which operations may be taken back is told in test_undo)


def content(master: Master) -> dict[str, dict[str, dict[str, Value]]]:
    """What the tables hold, blank cells, log and seal left out."""
    return {
        name: {key: {f: v for f, v in row.items() if v is not None} for key, row in rows.items()}
        for name, rows in master.tables.items()
        if name not in (LOG.name, SETTINGS.name)
    }


CELLS: dict[str, list[Value]] = {
    "note": [None, "方案起草中", "１", 1.5, "=1+1"],
    "progress": [None, "推进中", "已完成"],
    "difficulty": [None, "缺经费"],
}
EDITS = st.lists(
    st.sampled_from(sorted(CELLS)).flatmap(
        lambda field: st.tuples(st.just(field), st.sampled_from(CELLS[field]))
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda edit: edit[0],
)


def edited(master: Master, edits: list[tuple[str, Value]]) -> Master:
    present = master.rows(ASSIGNMENTS)[ROW]
    changes = [note(present[field], value, field) for field, value in edits]
    return step(master, *(c for c in changes if c.old != c.new))


@given(EDITS, EDITS)
def test_the_log_alone_takes_every_step_back(
    first: list[tuple[str, Value]], second: list[tuple[str, Value]]
) -> None:
    start = issued()
    master = edited(edited(start, first), second)
    for operation in reversed(operations(master)):
        master = master.with_changes(inverted(operation.changes))
    assert content(master) == content(start)


def test_rows_that_came_go_and_rows_that_went_come_back() -> None:
    before = issued(evidence("E1", "1(1)", dated=dt.date(2016, 3, 15)))
    row = dict(before.rows(EVIDENCE)["E1"])
    after = step(before, *NEW_EVIDENCE, *dropped_row("tblEvidence", "E1", row))
    assert list(after.rows(EVIDENCE)) == ["E9"]
    (operation,) = operations(after)
    assert content(after.with_changes(inverted(operation.changes))) == content(before)


@given(st.lists(st.tuples(st.sampled_from(sorted(CELLS)), st.integers() | st.none()), max_size=5))
def test_changes_and_their_inverses_cancel(writes: list[tuple[str, Value]]) -> None:
    master = issued()
    changes: list[Change] = []
    for field, value in writes:
        old = master.with_changes(changes).rows(ASSIGNMENTS)[ROW].get(field)
        changes.append(Change("tblAssignments", ROW, field, old, value))
    back = master.with_changes([*changes, *inverted(changes)])
    assert content(back) == content(master)


@pytest.mark.parametrize("change", [note(None, 1), *NEW_EVIDENCE])
def test_the_inverse_of_the_inverse_is_the_change(change: Change) -> None:
    assert change.inverse().inverse() == change
    assert change.adds_row is change.inverse().drops_row


def test_dates_are_kept_as_text_and_come_back_as_dates() -> None:
    day = dt.date(2016, 12, 7)
    change = Change("tblAssignments", ROW, "done_on", None, day)
    master = step(issued(), change, note(None, "2016-12-07"))
    assert [row["new"] for row in master.rows(LOG).values()] == ["2016-12-07"] * 2
    assert operations(master)[0].changes == (change, note(None, "2016-12-07"))
