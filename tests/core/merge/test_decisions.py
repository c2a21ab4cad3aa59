"""What a merge does besides taking cells: reviews opened again, refusals settled, rows restored."""

import datetime as dt

import pytest

from qcity_xl.core.changes import KEY
from qcity_xl.core.history.log import UNDO, Stamp, as_lines, log_rows, operations
from qcity_xl.core.history.undo import plan_undo
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.merge.conflicts import DONE, resolve_conflicts
from qcity_xl.core.rounds.pack import PackRow
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS, EVIDENCE, LOG, TASKS
from qcity_xl.core.schema import UNITS as UNITS_TABLE
from qcity_xl.core.schema.pack import PACK_EVIDENCE
from qcity_xl.core.schema.words import OURS, THEIRS
from qcity_xl.core.values import Value
from tests.core.builders import Entry, build, set_cell
from tests.core.merge.rounds import base_of, logged, merge, office, returned, rows_of, sent_row
from tests.core.merge.test_merge_all import SENT, T1, UNIT, Cells, choose, conflicts, pack

NOTICE: dict[str, Value] = {
    "criteria": "1(1)",
    "unit": UNIT,
    "kind": "文件",
    "title": "关于质量月的通知",
    "number": "〔2016〕1号",
    "dated": dt.date(2016, 5, 1),
    "location": "佐证/1.pdf",
    "page": "3",
}


def with_evidence(state: Value = "待审", note: Value = None) -> Master:
    row = {**NOTICE, "state": state, "state_note": note}
    return build(Entry(EVIDENCE, "E1", row), sent_row(UNIT))


def evidence(master: Master) -> tuple[Value, Value]:
    row = master.rows(EVIDENCE)["E1"]
    return row.get("state"), row.get("state_note")


# -- reviews


@pytest.mark.parametrize(
    ("state", "note"), [("通过", None), ("退回", "缺公章")], ids=["passed", "sent back"]
)
def test_reviewed_evidence_that_the_unit_changed_is_reviewed_again(
    state: str, note: str | None
) -> None:
    sent = with_evidence(state, note)
    outcome = merge(sent, pack({("E1", "location"): "佐证/盖章.pdf"}, sent=sent))
    assert outcome.cell("E1", "location", EVIDENCE.name) == "佐证/盖章.pdf"
    assert evidence(outcome.master) == ("待审", note)  # the reason stays, for the second look
    (line,) = (r for r in outcome.master.rows(LOG).values() if text(r, "column") == "审核")
    assert (line["old"], line["new"], line["source"]) == (state, "待审", f"第1轮 {UNIT} 文件0")
    assert evidence(undone(outcome.master)) == (state, note)


def undone(master: Master) -> Master:
    """The master after its last operation was taken back as far as it can be."""
    last = operations(master)[-1]
    back = plan_undo(master, operations(master), last).changes
    stamp = Stamp("2016-06-01 10:00", "张三", UNDO, f"操作{last.no}")
    return master.with_changes([*back, *log_rows(master, stamp, as_lines(back))])


def test_evidence_that_was_passed_meanwhile_is_reviewed_again() -> None:
    sent = with_evidence()
    passed = office(sent, (EVIDENCE.name, "E1", "state", "通过"))
    outcome = merge(passed, pack({("E1", "title"): "换了一份"}, sent=sent))
    assert (outcome.cell("E1", "title", EVIDENCE.name), *evidence(outcome.master)) == (
        "换了一份",
        "待审",
        None,
    )
    assert merge(outcome.master, pack({("E1", "title"): "换了一份"}, sent=sent)).lines() == 0


@pytest.mark.parametrize("value", ["３", "3 "])
def test_a_review_stands_where_nothing_was_changed(value: Value) -> None:
    sent = with_evidence("通过")
    cases: list[Cells] = [{}, {("E1", "page"): value}, {("E1", "dated"): "去年"}]
    for cells in cases:
        assert evidence(merge(sent, pack(cells, sent=sent)).master) == ("通过", None)


@pytest.mark.parametrize(("choice", "state"), [(OURS, "通过"), (THEIRS, "待审")])
def test_the_office_takes_the_unit_s_side_of_passed_evidence(choice: str, state: str) -> None:
    sent = with_evidence()
    passed = office(
        sent, (EVIDENCE.name, "E1", "state", "通过"), (EVIDENCE.name, "E1", "title", "办公室改")
    )
    outcome = merge(passed, pack({("E1", "title"): "单位改"}, sent=sent))
    assert evidence(outcome.master) == ("通过", None)
    assert evidence(choose(outcome.master, choice)) == (state, None)


# -- refusals


def refusals(master: Master) -> list[tuple[str, str]]:
    """Value and outcome of each refusal on 冲突."""
    return [
        (text(row, "theirs"), text(row, "outcome"))
        for row in master.rows(CONFLICTS).values()
        if text(row, "kind") == "未采用"
    ]


BAD: Cells = {(T1, "progress"): "差不多"}
GOOD: Cells = {(T1, "progress"): "已完成", (T1, "note"): "已印发"}


def test_a_refusal_is_settled_when_the_unit_sends_what_may_stand_there() -> None:
    first = merge(SENT, ("一", pack(BAD)))
    assert refusals(first.master) == [("差不多", "")]
    second = merge(first.master, ("二", pack(GOOD)))
    assert (second.cell(T1, "progress"), refusals(second.master)) == ("已完成", [("差不多", DONE)])
    again = merge(second.master, ("一", pack(BAD)), ("二", pack(GOOD)))
    assert again.lines() == 0
    assert resolve_conflicts(second.master).left == ()


def test_a_refusal_is_settled_when_the_office_has_it_so_already() -> None:
    first = merge(SENT, ("一", pack(BAD))).master
    typed = office(first, (ASSIGNMENTS.name, T1, "progress", "已完成"))
    assert refusals(merge(typed, ("二", pack(GOOD))).master) == [("差不多", DONE)]


def test_a_refusal_is_settled_when_the_office_allows_it() -> None:
    answer = pack({("C1.1", "answer"): "不适用"})
    first = merge(SENT, ("一", answer)).master
    allowed = office(first, ("tblCriteria", "C1.1", "may_be_absent", "是"))
    assert refusals(merge(allowed, ("一", answer)).master) == [("不适用", DONE)]


def test_what_a_newer_file_at_hand_put_right_is_not_put_to_the_office() -> None:
    outcome = merge(SENT, ("一", pack(BAD)), ("二", pack(GOOD)))
    assert (outcome.cell(T1, "progress"), refusals(outcome.master)) == ("已完成", [])
    (kept,) = (d for item in outcome.merged for d in item.decisions if d.theirs == "差不多")
    assert (kept.action, kept.reason) == (
        "keep",
        "“完成情况”只能填：未开始、推进中、已完成、有困难；"
        "本单位另一份回收件填的是“已完成”，以那份为准",
    )


def test_a_file_in_which_only_the_refused_cell_was_put_right() -> None:
    good = ("二", pack({(T1, "progress"): "已完成"}))
    apart = merge(merge(SENT, ("一", pack(BAD))).master, good)
    assert (apart.cell(T1, "progress"), refusals(apart.master)) == ("已完成", [("差不多", DONE)])
    for order in ((("一", pack(BAD)), good), (good, ("一", pack(BAD)))):
        together = merge(SENT, *order)
        assert (together.cell(T1, "progress"), refusals(together.master)) == ("已完成", [])
        assert merge(together.master, *order).lines() == 0


def test_the_last_word_of_the_unit_stays_refused() -> None:
    worse: Cells = {**GOOD, **BAD, (T1, "difficulty"): "缺人"}
    for order in ((("一", GOOD), ("二", worse)), (("二", worse), ("一", GOOD))):
        master = SENT
        for name, cells in order:
            master = merge(master, (name, pack(cells))).master
        assert refusals(master) == [("差不多", "")]
        assert master.rows(ASSIGNMENTS)[T1]["progress"] == "已完成"


def test_a_refusal_of_another_unit_or_cell_stays() -> None:
    first = merge(SENT, ("一", pack({**BAD, (T1, "done_on"): "明天"}))).master
    second = merge(first, ("二", pack({**GOOD, (T1, "done_on"): "后天"}))).master
    assert sorted(refusals(second)) == [("后天", ""), ("差不多", DONE), ("明天", "")]


# -- rows that the office deleted


def gone_evidence(*more: tuple[str, str, str, Value]) -> Master:
    """The office deleted the row, the unit changed two of its cells."""
    sent = with_evidence("通过")
    file = pack({("E1", "page"): "5", ("E1", "title"): "单位改"}, sent=sent)
    return merge(office(sent, (EVIDENCE.name, "E1", KEY, None), *more), file).master


def test_deleted_evidence_comes_back_whole() -> None:
    merged = gone_evidence()
    assert sorted(conflicts(merged)) == [("E1", "5", ""), ("E1", "单位改", "")]
    restored = choose(merged, THEIRS)
    row = {k: v for k, v in restored.rows(EVIDENCE)["E1"].items() if v is not None}
    whole = {**NOTICE, "page": "5", "title": "单位改"}
    assert row == {KEY: "E1", **whole, "state": "待审", "round": "第1轮"}
    assert resolve_conflicts(restored).left == ()


def test_a_cell_that_was_not_chosen_comes_back_as_it_was_sent() -> None:
    master = gone_evidence()
    for key, row in master.rows(CONFLICTS).items():
        choice = THEIRS if text(row, "column") == "页码" else OURS
        master = set_cell(master, CONFLICTS, key, "choice", choice)
    resolution = resolve_conflicts(master)
    assert resolution.left == ()
    row = logged(master, as_lines(resolution.changes)).rows(EVIDENCE)["E1"]
    assert (row["page"], row["title"]) == ("5", NOTICE["title"])


def test_nothing_comes_back_by_itself() -> None:
    assert "E1" not in gone_evidence().rows(EVIDENCE)
    assert "E1" not in choose(gone_evidence(), OURS).rows(EVIDENCE)


def test_a_deleted_assignment_comes_back_with_what_it_said_before() -> None:
    place = ASSIGNMENTS.name
    sent = office(
        SENT,
        (place, T1, "note", "上轮写的"),
        (TASKS.name, "T1.1", "no", "1.1"),
        (TASKS.name, "T1.1", "leads", UNIT),
        (UNITS_TABLE.name, "U1", "name", UNIT),
    )
    file = pack({(T1, "progress"): "已完成"}, sent=sent)
    restored = choose(merge(office(sent, (place, T1, KEY, None)), file).master, THEIRS)
    row = restored.rows(ASSIGNMENTS)[T1]
    assert (row["progress"], row["note"], row["role"]) == ("已完成", "上轮写的", "牵头")


# -- undone merges


def test_new_evidence_that_the_office_wrote_in_is_not_overwritten_after_an_undo() -> None:
    rows = rows_of(base_of(SENT, UNIT))
    rows[PACK_EVIDENCE.table.name].append(PackRow("", {"title": "通知", "page": "3"}, 50))
    file = ("一", returned(base_of(SENT, UNIT), UNIT, rows))
    first = merge(SENT, file).master
    (key,) = first.rows(EVIDENCE)
    typed = office(first, (EVIDENCE.name, key, "title", "办公室改的"))
    back = undone(typed)
    assert back.rows(EVIDENCE)[key]["title"] == "办公室改的"  # held: somebody typed into the row
    again = merge(back, file)
    assert again.cell(key, "title", EVIDENCE.name) == "办公室改的"
    assert conflicts(again.master) == [(key, "通知", "")]
