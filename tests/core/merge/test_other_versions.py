"""An answer that a second file takes back: never lost in silence, in whatever order files come."""

import itertools
from dataclasses import replace

import pytest

from qcity_xl.core.rounds.pack import PackFinding, ReturnedPack
from qcity_xl.core.schema import EVIDENCE, ROUNDS
from qcity_xl.core.schema.words import OURS, THEIRS
from qcity_xl.core.values import Value
from tests.core.merge.rounds import merge
from tests.core.merge.test_merge_all import SENT, SLOT, T1, T2, Cells, choose, conflicts, pack

EARLY, LATE = "2016-11-21T01:30:00Z", "2016-11-22T01:30:00Z"
BOTH: Cells = {(T1, "progress"): "推进中", (T1, "note"): "已印发"}
ONE: Cells = {(T1, "progress"): "推进中"}
HELD = (T2, "note")  # what was sent there: 起草中
BESIDE = "本单位另一份另填1格，两份合起来算；这几格如是后来清空的，请在总表里清空"
Files = list[tuple[str, ReturnedPack]]


def files(
    first: Cells,
    second: Cells,
    saved: tuple[str, str] = (EARLY, LATE),
) -> Files:
    return [
        ("先", replace(pack(first), saved=saved[0])),
        ("后", replace(pack(second), saved=saved[1])),
    ]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_together_the_office_is_asked(order: tuple[int, int]) -> None:
    both = files(BOTH, ONE)
    outcome = merge(SENT, *(both[n] for n in order))
    assert (outcome.cell(T1, "progress"), outcome.cell(T1, "note")) == ("推进中", None)
    assert conflicts(outcome.master) == [(T1, "已印发", "")]
    (asked,) = (d for item in outcome.merged for d in item.decisions if d.action == "conflict")
    assert asked.reason == "本单位另一份保存得更晚的回收件里，这一格和下发时一样，可能是清空的"
    assert merge(outcome.master, *both).lines() == 0


@pytest.mark.parametrize(("choice", "held"), [(OURS, "已印发"), (THEIRS, None)])
def test_one_after_the_other_the_office_is_asked(choice: str, held: Value) -> None:
    first, second = files(BOTH, ONE)
    outcome = merge(merge(SENT, first).master, second)
    assert outcome.cell(T1, "note") == "已印发"
    assert conflicts(outcome.master) == [(T1, "", "")]
    (asked,) = (d for d in outcome.merged[0].decisions if d.action == "conflict")
    assert asked.reason == "本单位先保存的一份填了这一格，这一份又和下发时一样，可能是清空的"
    assert merge(outcome.master, first, second).lines() == 0
    chosen = choose(outcome.master, choice)
    for again in ((first, second), (second,), (first,)):
        done = merge(chosen, *again)
        assert (done.lines(), done.cell(T1, "note")) == (0, held)


def test_the_earlier_one_comes_last() -> None:
    first, second = files(BOTH, ONE)
    outcome = merge(merge(SENT, second).master, first)
    assert outcome.cell(T1, "note") is None
    assert conflicts(outcome.master) == [(T1, "已印发", "")]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_was_sent_and_comes_back_as_sent(order: tuple[int, int]) -> None:
    both = files({**ONE, HELD: "已印发"}, ONE)
    outcome = merge(SENT, *(both[n] for n in order))
    assert outcome.cell(*HELD) == "起草中"
    assert conflicts(outcome.master) == [(T2, "已印发", "")]


def test_a_fuller_file_that_was_saved_first_does_not_decide() -> None:
    first, second = files({**BOTH, HELD: "甲"}, {**ONE, HELD: "乙"})
    outcome = merge(SENT, first, second)
    assert sorted(conflicts(outcome.master)) == [
        (T1, "已印发", ""),
        (T2, "乙", ""),
        (T2, "甲", ""),
    ]


def test_a_fuller_file_that_was_saved_later_decides() -> None:
    outcome = merge(SENT, *files(ONE, {**BOTH, (T1, "progress"): "已完成"}))
    assert (outcome.cell(T1, "progress"), outcome.cell(T1, "note")) == ("已完成", "已印发")
    assert conflicts(outcome.master) == []


@pytest.mark.parametrize("saved", [("", ""), (EARLY, ""), ("", LATE), (LATE, LATE)])
def test_without_times_the_fuller_file_counts_and_it_is_told(saved: tuple[str, str]) -> None:
    outcome = merge(SENT, *files(BOTH, ONE, saved))
    assert outcome.cell(T1, "note") == "已印发"
    assert conflicts(outcome.master) == []
    told = [note for item in outcome.merged for note in item.notes]
    assert told == ["本单位另一份多填1格，以多的为准；这几格如是后来清空的，请在总表里清空"]


def test_two_people_who_fill_a_half_each_are_not_asked() -> None:
    """Nothing that is in both: the later file is not built on the earlier one."""
    outcome = merge(SENT, *files({(T1, "note"): "甲"}, {(T2, "progress"): "已完成"}))
    assert (outcome.cell(T1, "note"), outcome.cell(T2, "progress")) == ("甲", "已完成")
    assert conflicts(outcome.master) == []
    assert [item.notes for item in outcome.merged] == [(BESIDE,), (BESIDE,)]


@pytest.mark.parametrize("saved", [("", ""), (EARLY, ""), ("", LATE), (LATE, LATE)])
def test_without_times_what_one_of_two_may_have_cleared_is_told(saved: tuple[str, str]) -> None:
    both = files(BOTH, {**ONE, HELD: "改了"}, saved)
    for outcome in (merge(SENT, *both), merge(merge(SENT, both[0]).master, both[1])):
        assert (outcome.cell(T1, "note"), outcome.cell(*HELD)) == ("已印发", "改了")
        assert conflicts(outcome.master) == []
        assert BESIDE in outcome.merged[-1].notes


def test_an_empty_file_clears_nothing_and_is_told() -> None:
    outcome = merge(SENT, *files(BOTH, {}))
    assert outcome.cell(T1, "note") == "已印发"
    assert conflicts(outcome.master) == []


def test_a_file_that_could_not_be_read_whole_clears_nothing() -> None:
    first, (name, second) = files(BOTH, ONE)
    half = replace(second, findings=(PackFinding("自评", "", "找不到", "", ""),))
    outcome = merge(SENT, first, (name, half))
    assert outcome.cell(T1, "note") == "已印发"
    assert conflicts(outcome.master) == []


def test_what_the_office_wrote_is_not_asked_about() -> None:
    first, second = files(BOTH, ONE)
    master = merge(SENT, first).master
    row = {**master.tables["tblAssignments"][T1], "note": "办公室补记"}
    rows = {**master.tables["tblAssignments"], T1: row}
    changed = replace(master, tables={**master.tables, "tblAssignments": rows})
    outcome = merge(changed, second)
    assert (conflicts(outcome.master), outcome.cell(T1, "note")) == ([], "办公室补记")


def test_new_evidence_that_the_later_file_lacks_stays_and_is_told() -> None:
    both = files({**BOTH, (SLOT, "title"): "甲通知"}, BOTH)
    apart = merge(merge(SENT, both[0]).master, both[1])
    for outcome in (merge(SENT, *both), apart):
        assert [row["title"] for row in outcome.master.rows(EVIDENCE).values()] == ["甲通知"]
        assert conflicts(outcome.master) == []
        told = [note for item in outcome.merged for note in item.notes]
        assert told == ["比先保存的一份少1条佐证，已登记的没有删，请审核时留意"]


def test_the_master_knows_when_a_merged_file_was_saved() -> None:
    outcome = merge(SENT, *files(BOTH, ONE))
    returned = {row.get("returned") for row in outcome.master.rows(ROUNDS).values()}
    assert returned == {None, f"先 {EARLY}\n后 {LATE}"}


def test_three_files_in_any_order() -> None:
    three = [*files(BOTH, ONE), ("中", replace(pack({**ONE, HELD: "已印发"}), saved=EARLY))]
    outcomes = [merge(SENT, *order).master.tables for order in itertools.permutations(three)]
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_two_values_that_are_asked_about_again_each_name_the_other_one() -> None:
    both = files({(T1, "note"): "甲"}, {(T1, "note"): "乙"}, ("", ""))
    first = merge(SENT, *both)
    for outcome in (first, merge(first.master, *both)):
        found = {d.theirs: d.reason for item in outcome.merged for d in item.decisions}
        assert found == {
            value: f"本单位另一份回收件填的是“{other}”，分不出先后"
            for value, other in (("甲", "乙"), ("乙", "甲"))
        }
