"""Three versions of a cell and what becomes of them: the decision table, row by row, and laws."""

import datetime as dt
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.conflicts import conflict_rows
from qcity_xl.core.merge.decide import ROW_GONE, Decision, changes_of, decide_pack
from qcity_xl.core.rounds.pack import PackContent, PackRow, ReturnedPack
from qcity_xl.core.schema import ASSIGNMENTS, BY_NAME, CRITERIA, EVIDENCE, Table
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS, PackTable
from qcity_xl.core.values import Value, same_meaning
from tests.core.builders import (
    ROUND,
    Filled,
    drop,
    evidence,
    issued,
    pack_of,
    returned,
    set_cell,
    setting,
)

UNIT, ROW = "市农委", "T1.1/市农委"
DRAFT = "方案起草中"
BLANK_LINE = f"E{ROUND}/{UNIT}/002"  # 001 是预填的缺失佐证


def sent() -> Master:
    """The master as packs went out: the unit had written a note before."""
    master = issued(
        evidence("E1", "1(1)", dated="2016-03-15", page="3"), setting("佐证", "空白行", 2)
    )
    return set_cell(master, ASSIGNMENTS, ROW, "note", DRAFT)


def merged(master: Master, pack: ReturnedPack) -> Master:
    decisions = decide_pack(pack, master)
    master = master.with_changes(changes_of(decisions, master, pack))
    return master.with_changes(conflict_rows(master, pack.identity, decisions, "回收.xlsx"))


# -- cells: ours vs base, theirs vs base -> decision


class Case(NamedTuple):
    """What the office typed meanwhile (… for nothing), what the unit sent back."""

    table: PackTable
    row: str
    field: str
    ours: object
    theirs: Value
    action: str | None


NOTHING = ...
CELLS = {
    "same--same": Case(PACK_TASKS, ROW, "note", NOTHING, DRAFT, None),
    "same--same-in-meaning": Case(PACK_TASKS, ROW, "note", NOTHING, f" {DRAFT}\n", None),
    "same--changed": Case(PACK_TASKS, ROW, "note", NOTHING, "方案已印发", "take"),
    "same--emptied": Case(PACK_TASKS, ROW, "note", NOTHING, None, "take"),
    "same--filled": Case(PACK_TASKS, ROW, "progress", NOTHING, "推进中", "take"),
    "same--answered": Case(PACK_CRITERIA, "C1.1", "answer", NOTHING, "达成", "take"),
    "same--evidence": Case(PACK_EVIDENCE, "E1", "page", NOTHING, "5-6", "take"),
    "changed--same": Case(PACK_TASKS, ROW, "note", "办公室补记", DRAFT, None),
    "changed--equal": Case(PACK_TASKS, ROW, "note", "已印发,待落实", "已印发，待落实 ", "keep"),
    "emptied--emptied": Case(PACK_TASKS, ROW, "note", None, "　", "keep"),
    "changed--different": Case(PACK_TASKS, ROW, "note", "办公室补记", "方案已印发", "conflict"),
    "emptied--changed": Case(PACK_TASKS, ROW, "note", None, "方案已印发", "conflict"),
    "changed--emptied": Case(PACK_TASKS, ROW, "note", "办公室补记", None, "conflict"),
    "any--not-the-units-cell": Case(PACK_TASKS, ROW, "deadline", NOTHING, "2018", "refuse"),
    "any--not-its-points": Case(PACK_CRITERIA, "C1.1", "points", 5, 100, "refuse"),
    "any--not-its-review": Case(PACK_EVIDENCE, "E1", "state", NOTHING, "通过", "refuse"),
    "any--no-choice": Case(PACK_TASKS, ROW, "progress", NOTHING, "快了", "refuse"),
    "any--no-date": Case(PACK_TASKS, ROW, "done_on", NOTHING, "明天", "refuse"),
    "any--no-answer": Case(PACK_CRITERIA, "C1.1", "answer", NOTHING, "差不多", "refuse"),
    "any--formula-error": Case(PACK_TASKS, ROW, "note", NOTHING, "#REF!", "refuse"),
    "any--too-long": Case(PACK_TASKS, ROW, "note", NOTHING, "长" * 32_768, "refuse"),
}


@pytest.mark.parametrize("case", CELLS.values(), ids=CELLS.keys())
def test_a_cell(case: Case) -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (case.table, case.row, case.field, case.theirs))
    master = before
    if case.ours is not NOTHING:
        master = set_cell(master, case.table.source, case.row, case.field, case.ours)  # type: ignore[arg-type]  # a value
    mine = master.rows(case.table.source)[case.row].get(case.field)
    decisions = decide_pack(pack, master)
    assert [decision.action for decision in decisions] == ([case.action] if case.action else [])
    after = master.with_changes(changes_of(decisions, master, pack))
    now = after.rows(case.table.source)[case.row].get(case.field)
    assert now == (case.theirs if case.action == "take" else mine)
    for decision in decisions:
        assert (decision.table, decision.row) == (case.table.source.name, case.row)
        assert decision.field == case.field
        assert decision.sheet == case.table.table.sheet
        assert decision.action == "take" or decision.reason


EQUAL: list[tuple[str, Value, Value]] = [
    ("note", "1", 1.0),
    ("note", None, "\uf030"),
    ("note", "２０１６—２０１７", "2016-2017"),
    ("note", "第一批\n第二批", "第一批 第二批"),
    ("note", "（含3家）", "(含3家) "),
    *(
        ("done_on", dt.date(2016, 5, 3), form)
        for form in ("2016-5-3", "2016/05/03", "2016.5.3", "2016年5月3日", "20160503", 42493)
    ),
]


@pytest.mark.parametrize(("field", "ours", "theirs"), EQUAL)
def test_equal_in_meaning_is_kept_and_listed(field: str, ours: Value, theirs: Value) -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, field, theirs))
    master = set_cell(before, ASSIGNMENTS, ROW, field, ours)
    (decision,) = decide_pack(pack, master)
    assert (decision.action, decision.reason) == ("keep", "总表已是这个内容")
    assert changes_of([decision], master, pack) == []


@pytest.mark.parametrize(
    ("ours", "theirs"), [("13.1", "13.10"), ("007", "7"), ("7、8", "78"), ("7,8", 78)]
)
def test_what_only_looks_alike_is_a_conflict(ours: Value, theirs: Value) -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "note", theirs))
    (decision,) = decide_pack(pack, set_cell(before, ASSIGNMENTS, ROW, "note", ours))
    assert decision.action == "conflict"


def test_a_date_as_text_is_stored_as_a_date() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "done_on", "２０１６年５月３日"))
    assert merged(before, pack).rows(ASSIGNMENTS)[ROW]["done_on"] == dt.date(2016, 5, 3)


def test_text_stays_text() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "note", "=HYPERLINK(1)"))
    assert merged(before, pack).rows(ASSIGNMENTS)[ROW]["note"] == "=HYPERLINK(1)"


def test_a_touched_row_bears_the_round() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "note", "方案已印发"))
    after = merged(before, pack)
    assert after.rows(ASSIGNMENTS)[ROW]["round"] == ROUND


# -- rows


def only(decisions: list[Decision]) -> Decision:
    (decision,) = decisions
    return decision


def test_row_deleted_row_changed_is_a_conflict() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "note", "方案已印发"))
    decision = only(decide_pack(pack, drop(before, ASSIGNMENTS, ROW)))
    assert (decision.action, decision.ours) == ("conflict", ROW_GONE)


def test_row_given_to_another_unit_row_changed_is_a_conflict() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "note", "方案已印发"))
    decision = only(decide_pack(pack, set_cell(before, ASSIGNMENTS, ROW, "role", None)))
    assert (decision.action, decision.ours) == ("conflict", DRAFT)


def test_criterion_given_to_another_unit_answered_is_a_conflict() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (PACK_CRITERIA, "C1.1", "answer", "达成"))
    decision = only(decide_pack(pack, set_cell(before, CRITERIA, "C1.1", "owner", "市教育局")))
    assert decision.action == "conflict"
    assert "市教育局" in decision.reason


def test_row_changed_row_deleted_is_a_conflict() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), gone=[ROW])
    decision = only(decide_pack(pack, set_cell(before, ASSIGNMENTS, ROW, "note", "办公室补记")))
    assert (decision.action, decision.field, decision.theirs) == ("conflict", "key", None)


def test_row_same_row_deleted_is_refused() -> None:
    before = sent()
    decision = only(decide_pack(returned(pack_of(before, UNIT), gone=[ROW]), before))
    assert (decision.action, decision.field) == ("refuse", "key")


def test_row_deleted_row_deleted_changes_nothing() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), gone=[ROW])
    master = drop(before, ASSIGNMENTS, ROW)
    assert changes_of(decide_pack(pack, master), master, pack) == []


def test_a_blank_line_that_was_deleted_says_nothing() -> None:
    before = sent()
    assert decide_pack(returned(pack_of(before, UNIT), gone=[BLANK_LINE]), before) == []


# -- new evidence

NOTICE: dict[str, Value] = {
    "criteria": "1(1)",
    "kind": "文件",
    "title": "关于开展质量月活动的通知",
    "number": "常政发〔2016〕18号",
    "dated": "2016年8月20日",
    "location": "佐证/质量月.pdf",
}


def in_line(line: str, values: dict[str, Value] = NOTICE) -> list[Filled]:
    return [(PACK_EVIDENCE, line, field, value) for field, value in values.items()]


def evidence_rows(master: Master) -> list[tuple[Value, Value, Value, Value]]:
    return sorted(
        (row["title"], row["unit"], row["state"], row.get("dated"))
        for row in master.rows(EVIDENCE).values()
        if row["title"] == NOTICE["title"]
    )


ADDED = (NOTICE["title"], UNIT, "待审", dt.date(2016, 8, 20))


def test_evidence_in_a_blank_line_is_added() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), *in_line(BLANK_LINE))
    decisions = decide_pack(pack, before)
    assert {decision.action for decision in decisions} == {"take"}
    assert {decision.field for decision in decisions} == set(NOTICE)
    assert evidence_rows(merged(before, pack)) == [ADDED]


def test_evidence_below_the_table_is_added() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), new=[NOTICE])
    assert evidence_rows(merged(before, pack)) == [ADDED]


def test_the_same_evidence_twice_in_one_pack_is_one_row() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), *in_line(BLANK_LINE), new=[NOTICE, NOTICE])
    assert evidence_rows(merged(before, pack)) == [ADDED]


def test_the_same_evidence_of_two_units_is_one_row() -> None:
    before = sent()
    mine = returned(pack_of(before, UNIT), new=[NOTICE])
    wider = {**NOTICE, "title": f" {NOTICE['title']}\u3000", "dated": "2016/8/20"}
    theirs = returned(pack_of(before, "市教育局"), new=[wider])
    master = merged(before, mine)
    decisions = decide_pack(theirs, master)
    assert {decision.action for decision in decisions} == {"keep"}
    assert evidence_rows(merged(master, theirs)) == [ADDED]


def test_what_was_prepared_stands_where_the_units_words_are_refused() -> None:
    before = issued()  # nothing proves 1(1): a row for it is prepared
    pack = pack_of(before, UNIT)
    slot = f"E{ROUND}/{UNIT}/001"
    prepared = pack.base[PACK_EVIDENCE.table.name][slot]["kind"]
    filled = {"title": "平台文件", "dated": "2016-08-20", "kind": "红头文件"}
    after = merged(
        before, returned(pack, *((PACK_EVIDENCE, slot, f, v) for f, v in filled.items()))
    )
    (row,) = (r for r in after.rows(EVIDENCE).values() if r["title"] == "平台文件")
    assert prepared is not None
    assert row["kind"] == prepared


def test_scraps_without_a_title_are_refused() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (PACK_EVIDENCE, BLANK_LINE, "page", "3"))
    decision = only(decide_pack(pack, before))
    assert (decision.action, decision.field) == ("refuse", "page")


def test_a_row_of_another_pack_is_refused_cell_by_cell() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT))
    stranger = PackRow("T9.9/市农委", {"task": "9.9", "note": "顺手填的"}, 30)
    rows = {**pack.rows, "tblPackTasks": (*pack.rows["tblPackTasks"], stranger)}
    decisions = decide_pack(ReturnedPack(pack.identity, pack.base, rows), before)
    assert {decision.action for decision in decisions} == {"refuse"}
    assert ("note", "顺手填的") in {(d.field, d.theirs) for d in decisions}


def test_a_table_that_could_not_be_read_says_nothing() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT))
    unread = ReturnedPack(pack.identity, pack.base, {"tblPackTasks": pack.rows["tblPackTasks"]})
    assert decide_pack(unread, before) == []


# -- laws

CHOICES: dict[tuple[Table, str], list[Value]] = {
    (ASSIGNMENTS, "progress"): [None, "推进中", "已完成", "快了"],
    (ASSIGNMENTS, "note"): [None, DRAFT, f"{DRAFT} ", "方案已印发", "１", 1.0, "13.10"],
    (ASSIGNMENTS, "done_on"): [None, "2016-5-3", dt.date(2016, 5, 3), "去年"],
    (ASSIGNMENTS, "deadline"): ["2016-2017", "2016—2017", "2018"],
    (CRITERIA, "answer"): [None, "达成", "√", "差不多"],
    (CRITERIA, "points"): [10, "10", 99],
    (EVIDENCE, "page"): [None, "3", "５"],
    (EVIDENCE, "title"): [None, "关于E1的通知", "换了一份"],
}
ROWS = {
    ASSIGNMENTS: (PACK_TASKS, ROW),
    CRITERIA: (PACK_CRITERIA, "C1.1"),
    EVIDENCE: (PACK_EVIDENCE, "E1"),
}
EDITS = st.fixed_dictionaries(
    {}, optional={place: st.sampled_from(values) for place, values in CHOICES.items()}
)
LINES = st.lists(
    st.fixed_dictionaries(
        {"title": st.sampled_from(["甲通知", "乙通知", "甲通知 "])},
        optional={
            "page": st.sampled_from(["3", "４"]),
            "dated": st.sampled_from(["2016-1-1", "？"]),
        },
    ),
    max_size=3,
)
Edits = dict[tuple[Table, str], Value]


def office(master: Master, edits: Edits) -> Master:
    for (table, field), value in edits.items():
        master = set_cell(master, table, ROWS[table][1], field, value)
    return master


def contact(
    pack: PackContent, edits: Edits, lines: list[dict[str, str]], gone: bool = False
) -> ReturnedPack:
    """A pack filled in as drawn; new evidence stands below the table."""
    cells = [(*ROWS[table], field, value) for (table, field), value in edits.items()]
    new: list[dict[str, Value]] = [dict(line) for line in lines]
    return returned(pack, *cells, new=new, gone=[BLANK_LINE] if gone else [])


@given(EDITS, EDITS, LINES)
def test_merging_twice_changes_nothing(
    ours: Edits, theirs: Edits, lines: list[dict[str, str]]
) -> None:
    before = sent()
    pack = contact(pack_of(before, UNIT), theirs, lines)
    once = merged(office(before, ours), pack)
    assert merged(once, pack).tables == once.tables


@given(EDITS, EDITS, LINES)
def test_each_difference_is_decided_once(
    ours: Edits, theirs: Edits, lines: list[dict[str, str]]
) -> None:
    before = sent()
    content = pack_of(before, UNIT)
    pack = contact(content, theirs, lines)
    decisions = decide_pack(pack, office(before, ours))
    places = [(d.table, d.row, d.field) for d in decisions]
    assert len(places) == len(set(places))
    differing = set()
    for (table, field), value in theirs.items():
        pack_table, row = ROWS[table]
        base = content.base[pack_table.table.name][row][field]
        if not same_meaning(base, value, table.column(field).type):
            differing.add((table.name, row, field))
    assert {place for place in places if place[1] in (ROW, "C1.1", "E1")} == differing


@given(EDITS, EDITS, LINES)
def test_what_was_taken_stands_in_the_master_and_nothing_else_moves(
    ours: Edits, theirs: Edits, lines: list[dict[str, str]]
) -> None:
    before = sent()
    pack = contact(pack_of(before, UNIT), theirs, lines)
    master = office(before, ours)
    decisions = decide_pack(pack, master)
    changes = changes_of(decisions, master, pack)
    after = master.with_changes(changes)
    for decision in decisions:
        if decision.action == "take":
            kind = BY_NAME[decision.table].column(decision.field).type
            now = after.tables[decision.table][decision.row].get(decision.field)
            assert same_meaning(now, decision.theirs, kind)
    taken = {(d.table, d.row, d.field) for d in decisions if d.action == "take"}
    new_rows = {c.row for c in changes if c.adds_row}
    for change in changes:
        own = change.field in ("round", "unit", "state", "key") or change.row in new_rows
        assert own or (change.table, change.row, change.field) in taken


@given(EDITS, EDITS, LINES)
def test_two_units_may_come_in_any_order(
    ours: Edits, theirs: Edits, lines: list[dict[str, str]]
) -> None:
    before = sent()
    first = contact(pack_of(before, UNIT), theirs, lines)
    note = (PACK_TASKS, "T1.2/市教育局", "note", "基地已开放")
    other: list[dict[str, Value]] = [{"title": "基地名单", "dated": "2016-05-01"}]
    second = returned(pack_of(before, "市教育局"), note, new=other)
    master = office(before, ours)
    one_way = merged(merged(master, first), second)
    other_way = merged(merged(master, second), first)
    assert one_way.tables == other_way.tables


def test_a_change_of_a_decision_says_what_it_expects() -> None:
    before = sent()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "note", "方案已印发"))
    change = only(decide_pack(pack, before)).change()
    assert change == Change("tblAssignments", ROW, "note", DRAFT, "方案已印发")
