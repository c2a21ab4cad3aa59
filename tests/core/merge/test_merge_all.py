"""Many files in one merge, and merges after merges: content decides, never order or names."""

import itertools
import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from qcity_xl.core.changes import KEY
from qcity_xl.core.history.log import UNDO, Stamp, as_lines, log_rows, operations
from qcity_xl.core.history.undo import plan_undo
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.merge.conflicts import resolve_conflicts
from qcity_xl.core.rounds.pack import PackRow, ReturnedPack
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS, CRITERIA, EVIDENCE, LOG, TASKS
from qcity_xl.core.schema import UNITS as UNITS_TABLE
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.schema.words import OTHER, OURS, THEIRS
from qcity_xl.core.values import Value
from tests.core.builders import assignment, build, criterion
from tests.core.merge.rounds import (
    Outcome,
    base_of,
    filled,
    logged,
    merge,
    office,
    returned,
    rows_of,
    sent_row,
)
from tests.laws.scripts import Hand, scene, seeds

UNIT, OTHER_UNIT = "市农委", "市教育局"
T1, T2 = f"T1.1/{UNIT}", f"T1.2/{UNIT}"
SLOT = f"E第1轮/{UNIT}/002"
Cells = dict[tuple[str, str], Value]

SENT = build(
    assignment("1.1", UNIT),
    assignment("1.1", OTHER_UNIT),
    assignment("1.2", UNIT, note="起草中"),
    criterion("1(1)", 10, owner=UNIT),
    sent_row(UNIT),
    sent_row(OTHER_UNIT),
)


def pack(
    cells: Cells, unit: str = UNIT, sent: Master = SENT, round_: str = "第1轮"
) -> ReturnedPack:
    return filled(base_of(sent, unit, round_), unit, cells, round_)


def first_saved(cells: Cells) -> ReturnedPack:
    return replace(pack(cells), saved="2016-11-21T01:30:00Z")


def then_saved(cells: Cells) -> ReturnedPack:
    return replace(pack(cells), saved="2016-11-22T01:30:00Z")


def conflicts(master: Master) -> list[tuple[str, str, str]]:
    """Row, value that came and outcome of the open and closed conflicts; two that came in turn."""
    return [
        (text(r, "row"), text(r, name), text(r, "outcome"))
        for r in master.rows(CONFLICTS).values()
        for name in (("theirs", "second") if text(r, "second_id") else ("theirs",))
        if text(r, "kind") == "冲突"
    ]


def choose(master: Master, choice: str, other: Value = None) -> Master:
    """The office picks one side in all open conflicts and resolves."""
    for key, row in master.rows(CONFLICTS).items():
        if text(row, "kind") == "冲突" and not text(row, "outcome"):
            master = office(
                master,
                (CONFLICTS.name, key, "choice", choice),
                (CONFLICTS.name, key, "other", other),
            )
    return logged(master, as_lines(resolve_conflicts(master).changes))


OLDER: Cells = {(T1, "progress"): "推进中"}
NEWER: Cells = {(T1, "progress"): "已完成", (T1, "note"): "已印发"}


# -- versions of one pack in one merge


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_version_that_fills_more_and_was_saved_later_wins(order: tuple[int, int]) -> None:
    files = [("旧", first_saved(OLDER)), ("新", then_saved(NEWER))]
    outcome = merge(SENT, *(files[n] for n in order))
    assert outcome.cell(T1, "progress") == "已完成"
    assert conflicts(outcome.master) == []
    (kept,) = (d for item in outcome.merged for d in item.decisions if d.action == "keep")
    assert kept.passed_over
    assert kept.reason == "本单位另一份更全的回收件填的是“已完成”，以那份为准"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("apart", [False, True])
def test_where_nobody_knows_which_was_saved_later_both_are_put_to_the_office(
    order: tuple[int, int], apart: bool
) -> None:
    """A correction in a shorter file, as .xls has no time of saving, is not passed over."""
    files = [("多", first_saved(NEWER)), ("少", pack(OLDER))]
    chosen = [files[n] for n in order]
    if not apart:
        outcome = merge(SENT, *chosen)
        assert outcome.cell(T1, "progress") is None
        assert sorted(theirs for _, theirs, _ in conflicts(outcome.master)) == ["已完成", "推进中"]
    else:
        outcome = merge(merge(SENT, chosen[0]).master, chosen[1])
        ((row, theirs, _),) = conflicts(outcome.master)
        assert (row, {theirs, outcome.cell(T1, "progress")}) == (T1, {"已完成", "推进中"})
    assert outcome.cell(T1, "note") == "已印发"
    assert merge(outcome.master, *files).lines() == 0


def test_what_only_one_version_has_is_taken_and_what_differs_is_a_conflict() -> None:
    one = pack({(T1, "note"): "甲", (T1, "progress"): "推进中"})
    two = pack({(T1, "note"): "乙", (T2, "progress"): "已完成"})
    outcome = merge(SENT, one, two)
    assert (outcome.cell(T1, "progress"), outcome.cell(T2, "progress")) == ("推进中", "已完成")
    assert outcome.cell(T1, "note") is None
    assert sorted(conflicts(outcome.master)) == [(T1, "乙", ""), (T1, "甲", "")]
    assert merge(outcome.master, one, two).lines() == 0
    chosen = choose(outcome.master, OURS)
    assert merge(chosen, one, two).lines() == 0


def test_a_newer_version_with_an_impossible_value_does_not_hide_the_older_one() -> None:
    wrong = pack({**OLDER, (T1, "progress"): "差不多", (T1, "note"): "已印发"})
    outcome = merge(SENT, pack(OLDER), wrong)
    assert outcome.cell(T1, "progress") == "推进中"


def test_two_versions_that_put_other_evidence_into_one_blank_line_add_both() -> None:
    one = pack({(SLOT, "title"): "甲通知", (T1, "note"): "一"})
    two = pack({(SLOT, "title"): "乙通知", (T2, "note"): "二"})
    outcome = merge(SENT, one, two)
    titles = sorted(text(row, "title") for row in outcome.master.rows(EVIDENCE).values())
    assert titles == sorted(["甲通知", "乙通知"])
    assert merge(outcome.master, one, two).lines() == 0


# -- versions in one merge after another


def test_a_version_that_builds_on_a_merged_one_is_taken() -> None:
    first = merge(SENT, ("旧", first_saved(OLDER)))
    second = merge(first.master, ("新", then_saved(NEWER)))
    assert (second.cell(T1, "progress"), second.cell(T1, "note")) == ("已完成", "已印发")
    assert conflicts(second.master) == []


def test_an_older_version_that_comes_late_changes_nothing_and_is_told() -> None:
    first = merge(SENT, ("新", then_saved(NEWER)))
    second = merge(first.master, ("旧", first_saved(OLDER)))
    assert second.cell(T1, "progress") == "已完成"
    assert [d.action for d in second.merged[0].decisions] == ["keep"]


def test_a_rival_of_a_merged_version_is_a_conflict() -> None:
    first = merge(SENT, ("一", pack(OLDER)))
    second = merge(first.master, ("二", pack({(T1, "progress"): "有困难"})))
    assert second.cell(T1, "progress") == "推进中"
    assert conflicts(second.master) == [(T1, "有困难", "")]


def test_what_the_office_changed_after_a_merge_stays() -> None:
    first = merge(SENT, ("一", pack(OLDER)))
    changed = office(first.master, (ASSIGNMENTS.name, T1, "progress", None))
    again = merge(changed, ("一", pack(OLDER)))
    assert (again.lines(), again.cell(T1, "progress")) == (0, None)
    more = merge(changed, ("二", pack({**OLDER, (T1, "note"): "已印发"})))
    assert (more.cell(T1, "progress"), more.cell(T1, "note")) == (None, "已印发")


def test_a_merge_that_was_undone_can_be_done_again() -> None:
    first = merge(SENT, ("一", pack(OLDER))).master
    listed = operations(first)
    back = plan_undo(first, listed, listed[-1]).changes
    stamp = Stamp("2016-06-01 10:00", "张三", UNDO, f"操作{listed[-1].no}")
    undone = first.with_changes([*back, *log_rows(first, stamp, as_lines(back))])
    assert undone.rows(ASSIGNMENTS)[T1].get("progress") is None
    assert merge(undone, ("一", pack(OLDER))).cell(T1, "progress") == "推进中"


# -- rounds


def two_rounds() -> Master:
    tasks = (assignment("1.1", UNIT), assignment("1.2", UNIT, note="起草中"))
    return build(*tasks, sent_row(UNIT), sent_row(UNIT, "第2轮"))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_rounds_the_later_one_decides(order: tuple[int, int]) -> None:
    sent = two_rounds()
    early = pack({(T1, "progress"): "推进中", (T2, "progress"): "推进中"}, sent=sent)
    late = pack({(T1, "progress"): "已完成"}, sent=sent, round_="第2轮")
    files = [("一", early), ("二", late)]
    outcome = merge(sent, *(files[n] for n in order))
    assert (outcome.cell(T1, "progress"), outcome.cell(T2, "progress")) == ("已完成", "推进中")
    assert conflicts(outcome.master) == []
    apart = merge(merge(sent, files[order[0]]).master, files[order[1]])
    assert (apart.cell(T1, "progress"), apart.cell(T2, "progress")) == ("已完成", "推进中")
    assert conflicts(apart.master) == []


def test_what_the_office_wrote_between_two_rounds_is_not_the_units_own() -> None:
    sent = two_rounds()
    late = pack({(T1, "progress"): "已完成"}, sent=sent, round_="第2轮")
    first = merge(sent, pack({(T1, "progress"): "推进中"}, sent=sent)).master
    changed = office(first, (ASSIGNMENTS.name, T1, "progress", "有困难"))
    assert conflicts(merge(changed, late).master) == [(T1, "已完成", "")]


# -- several units


def test_two_leads_of_one_task_answer_in_rows_of_their_own() -> None:
    outcome = merge(
        SENT,
        pack({(T1, "note"): "甲"}),
        pack({(f"T1.1/{OTHER_UNIT}", "note"): "乙"}, OTHER_UNIT),
    )
    assert outcome.cell(T1, "note") == "甲"
    assert outcome.cell(f"T1.1/{OTHER_UNIT}", "note") == "乙"
    assert conflicts(outcome.master) == []


def test_the_same_evidence_from_two_units_is_one_row_and_both_are_on_record() -> None:
    given: dict[str, Value] = {"title": "关于质量的通知", "criteria": "1(1)", "kind": "文件"}
    files = []
    for unit in (UNIT, OTHER_UNIT):
        rows = rows_of(base_of(SENT, unit))
        rows[PACK_EVIDENCE.table.name].append(PackRow("", given, 50))
        files.append((unit, returned(base_of(SENT, unit), unit, rows)))
    for order in (files, files[::-1]):
        outcome = merge(SENT, *order)
        ((key, row),) = outcome.master.rows(EVIDENCE).items()
        assert row["unit"] == min(UNIT, OTHER_UNIT)
        second = max(UNIT, OTHER_UNIT)
        logged_lines = [
            r
            for r in outcome.master.rows(LOG).values()
            if text(r, "source") == f"第1轮 {second} {second}"
        ]
        assert {text(r, "action") for r in logged_lines if text(r, "sheet") == "佐证"} == {"保留"}
        kept = [d for item in outcome.merged for d in item.decisions if d.action == "keep"]
        assert {d.reason for d in kept} == {f"与{key}是同样的佐证，不重复登记"}


def test_evidence_for_two_years_in_the_same_words_is_two_rows() -> None:
    rows = rows_of(base_of(SENT, UNIT))
    for line, year in enumerate(("2016", "2017"), 50):
        values: dict[str, Value] = {"title": "年度总结", "criteria": "1(1)", "period": year}
        rows[PACK_EVIDENCE.table.name].append(PackRow("", values, line))
    outcome = merge(SENT, returned(base_of(SENT, UNIT), UNIT, rows))
    assert len(outcome.master.rows(EVIDENCE)) == 2


def test_evidence_moved_from_one_row_to_another_is_not_lost() -> None:
    """A row is written over, and what it said before stands in a new row."""
    old: dict[str, Value] = {"criteria": "1(1)", "kind": "文件", "title": "旧通知", "unit": UNIT}
    sent = office(SENT, *((EVIDENCE.name, "E1", name, value) for name, value in old.items()))
    rows = rows_of(base_of(sent, UNIT))
    listed = rows[PACK_EVIDENCE.table.name]
    moved = {**listed[0].values}
    listed[0] = PackRow("E1", {**moved, "title": "新通知"}, listed[0].line)
    listed.append(PackRow("", moved, 60))
    outcome = merge(sent, returned(base_of(sent, UNIT), UNIT, rows))
    assert {text(r, "title") for r in outcome.master.rows(EVIDENCE).values()} == {
        "旧通知",
        "新通知",
    }


@pytest.mark.parametrize(
    ("place", "value", "cell", "reason"),
    [
        ((ASSIGNMENTS.name, T1, "role"), None, (T1, "note"), "任务已改派"),
        ((CRITERIA.name, "C1.1", "owner"), OTHER_UNIT, ("C1.1", "note"), f"已改由{OTHER_UNIT}自评"),
    ],
)
def test_an_answer_to_what_was_given_to_another_unit_is_a_conflict(
    place: tuple[str, str, str], value: Value, cell: tuple[str, str], reason: str
) -> None:
    changed = office(SENT, (*place, value))
    outcome = merge(changed, pack({cell: "已办"}))
    (decision,) = outcome.merged[0].decisions
    assert (decision.action, outcome.cell(*cell, place[0])) == ("conflict", None)
    assert reason in decision.reason
    assert choose(outcome.master, THEIRS).tables[place[0]][cell[0]][cell[1]] == "已办"


# -- half-merged


@pytest.mark.parametrize(
    ("choice", "other", "holds"),
    [(OURS, None, "总表的"), (THEIRS, None, "单位的"), (OTHER, "另写的", "另写的")],
)
def test_merging_again_does_not_open_a_conflict_that_was_dealt_with(
    choice: str, other: Value, holds: str
) -> None:
    changed = office(SENT, (ASSIGNMENTS.name, T1, "note", "总表的"))
    file = ("一", pack({(T1, "note"): "单位的"}))
    first = merge(changed, file).master
    assert merge(first, file).lines() == 0
    assert conflicts(first) == [(T1, "单位的", "")]
    done = choose(first, choice, other)
    again = merge(done, file)
    assert (again.lines(), again.cell(T1, "note")) == (0, holds)
    more = merge(done, ("二", pack({(T1, "note"): "单位的", (T2, "note"): "又填"})))
    assert (more.cell(T1, "note"), more.cell(T2, "note")) == (holds, "又填")
    assert conflicts(more.master) == [(T1, "单位的", "已处理")]


def test_a_sheet_that_could_not_be_read_is_merged_when_it_comes() -> None:
    whole = pack({(T1, "note"): "已印发", ("C1.1", "note"): "附后"})
    half = ReturnedPack(
        whole.identity,
        whole.base,
        {name: rows for name, rows in whole.rows.items() if name != PACK_CRITERIA.table.name},
    )
    first = merge(SENT, ("半", half)).master
    changed = office(first, (ASSIGNMENTS.name, T1, "note", "办公室改"))
    for name in ("半", "全"):  # the same bytes read better, or sent anew
        outcome = merge(changed, (name, whole))
        assert outcome.cell("C1.1", "note", CRITERIA.name) == "附后"
        assert outcome.cell(T1, "note") == "办公室改"
        assert conflicts(outcome.master) == []


def test_what_was_refused_is_taken_when_the_office_made_it_possible() -> None:
    answer = pack({("C1.1", "answer"): "不适用"})
    first = merge(SENT, ("一", answer))
    assert [d.action for d in first.merged[0].decisions] == ["refuse"]
    allowed = office(first.master, (CRITERIA.name, "C1.1", "may_be_absent", "是"))
    assert merge(allowed, ("一", answer)).cell("C1.1", "answer", CRITERIA.name) == "不适用"


def test_a_row_that_the_office_deleted_comes_back_whole_on_its_word() -> None:
    gone = office(SENT, (ASSIGNMENTS.name, T1, KEY, None))
    first = merge(gone, pack({(T1, "note"): "甲", (T1, "progress"): "推进中"})).master
    assert len(conflicts(first)) == 2
    left = resolve_conflicts(choose(first, THEIRS)).left
    assert len(left) == 2  # the task is not on 任务 any more
    assert all("不由该单位承担" in why for _, why in left)
    again = office(first, (TASKS.name, "T1.1", "no", "1.1"), (TASKS.name, "T1.1", "leads", UNIT))
    again = office(again, (UNITS_TABLE.name, "U1", "name", UNIT))
    restored = choose(again, THEIRS)
    assert {f: restored.rows(ASSIGNMENTS)[T1].get(f) for f in ("note", "progress", "role")} == {
        "note": "甲",
        "progress": "推进中",
        "role": "牵头",
    }
    assert resolve_conflicts(restored).left == ()


def test_an_untouched_pack_says_nothing() -> None:
    outcome = merge(SENT, pack({}))
    assert outcome.merged[0].decisions == ()
    assert merge(outcome.master, pack({})).lines() == 0


# -- any order, any number


def test_the_outcome_does_not_depend_on_the_order_of_the_files(
    record_property: Callable[[str, object], None],
) -> None:
    chosen = seeds(200)
    for seed in chosen:
        _check_orders(seed)
    record_property("tried", ("random sets of versions in any order", len(chosen)))


def _check_orders(seed: int) -> None:
    """Two or three versions of each unit's pack, in several orders; then once more."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    item = scene(seed)
    files: list[tuple[str, ReturnedPack]] = []
    for made in item.packs:
        for _ in range(rng.randint(1, 3)):
            hand = Hand(rng, made.unit, made.file.base)
            saved = rng.choice(("", "2016-11-21T01:30:00Z", "2016-11-22T01:30:00Z"))
            files.append((f"{len(files):02d}", replace(hand.fill().file, saved=saved)))
    results = {_told(merge(item.master, *order)) for order in _orders(rng, files)}
    assert len(results) == 1, f"QCITY_SEED={seed}"
    outcome = merge(item.master, *files)
    assert merge(outcome.master, *files).lines() == 0, f"QCITY_SEED={seed}"
    one_by_one = item.master
    order = rng.sample(files, len(files))
    for file in order:
        one_by_one = merge(one_by_one, file).master
    for again in (*((file,) for file in order), files):
        assert merge(one_by_one, *again).lines() == 0, f"QCITY_SEED={seed}"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("apart", [False, True])
def test_a_page_and_the_title_of_one_line_in_two_files(order: tuple[int, int], apart: bool) -> None:
    """What was refused while no evidence was named stays so: merging again writes nothing."""
    files = [("页码", pack({(SLOT, "page"): "6-9"})), ("名称", pack({(SLOT, "title"): "试点通知"}))]
    chosen = [files[n] for n in order]
    groups = [[file] for file in chosen] if apart else [chosen]
    master = SENT
    for group in groups:
        master = merge(master, *group).master
    assert "试点通知" in [row["title"] for row in master.rows(EVIDENCE).values()]
    for again in (*([file] for file in files), files):
        assert merge(master, *again).lines() == 0


def _orders(
    rng: random.Random, files: list[tuple[str, ReturnedPack]]
) -> list[tuple[tuple[str, ReturnedPack], ...]]:
    if len(files) <= 3:
        return list(itertools.permutations(files))
    return [tuple(rng.sample(files, len(files))) for _ in range(4)]


def _told(outcome: Outcome) -> str:
    tables = {name: list(rows.items()) for name, rows in outcome.master.tables.items()}
    return repr((tables, outcome.actions()))


def test_an_answer_that_goes_back_to_what_it_was_two_files_before_is_taken() -> None:
    files: list[tuple[str, Cells]] = [
        ("一", {(T1, "progress"): "推进中"}),
        ("二", {(T1, "progress"): "有困难", (T1, "note"): "缺人"}),
        ("三", {(T1, "progress"): "推进中", (T1, "note"): "缺人", (T1, "difficulty"): "经费"}),
    ]
    master = SENT
    saved = [
        (name, replace(pack(said), saved=f"2016-11-2{day}T01:30:00Z"))
        for day, (name, said) in enumerate(files)
    ]
    for (_, said), file in zip(files, saved, strict=True):
        master = merge(master, file).master
        assert master.rows(ASSIGNMENTS)[T1]["progress"] == said[T1, "progress"]
    for file in saved:
        assert merge(master, file).lines() == 0


def test_copies_of_a_row_that_disagree_say_the_same_the_second_time() -> None:
    """An earlier file cleared that cell, and was merged in between."""
    both: Cells = {(T1, "progress"): "推进中"}
    late = pack({**both, (T2, "note"): "已交印刷"})
    table = PACK_TASKS.table.name
    copy = next(row for row in late.rows[table] if row.key == T2)
    other = replace(copy, values={**copy.values, "note": "待交印刷"}, line=90)
    rows = {**late.rows, table: (*late.rows[table], other)}
    files = [
        ("晚", replace(late, rows=rows, saved="2016-11-22T01:30:00Z")),
        ("早", replace(pack({**both, (T2, "note"): None}), saved="2016-11-21T01:30:00Z")),
    ]
    master = SENT
    for file in files:
        master = merge(master, file).master
    for again in (*([file] for file in files), files):
        assert merge(master, *again).lines() == 0


def test_an_answer_that_goes_back_to_what_it_was_two_rounds_before_is_taken() -> None:
    tasks = (assignment("1.1", UNIT),)
    names = ("第1轮", "第2轮", "第3轮")
    master = build(*tasks, *(sent_row(UNIT, name) for name in names))
    for name, said in zip(names, ("推进中", "有困难", "推进中"), strict=True):
        master = merge(master, pack({(T1, "progress"): said}, sent=master, round_=name)).master
        assert master.rows(ASSIGNMENTS)[T1]["progress"] == said
    assert conflicts(master) == []


def test_a_long_text_that_was_refused_is_cut_on_the_sheets_and_refused_once() -> None:
    long = "堤防加固" * 5_000
    row = PackRow("", {"kind": long, "title": "通知"}, 90)
    base = base_of(SENT, UNIT)
    rows = {**rows_of(base), PACK_EVIDENCE.table.name: [row]}
    file = ("长", returned(base, UNIT, rows))
    outcome = merge(SENT, file)
    kept = [text(r, "theirs") for r in outcome.master.rows(CONFLICTS).values()]
    kept += [text(r, "new") for r in outcome.master.rows(LOG).values()]
    assert max(map(len, kept)) == 300
    assert merge(outcome.master, file).lines() == 0


def test_conflicts_of_all_files_stand_above_what_was_refused_and_once_more_adds_nothing() -> None:
    ours = f"T1.1/{OTHER_UNIT}"
    theirs = pack({(ours, "note"): "单"}, OTHER_UNIT)
    refused = pack({(T1, "progress"): "快好了", (T2, "done_on"): "上周", (T1, "note"): "单"})
    table = ASSIGNMENTS.name
    before = office(SENT, (table, ours, "note", "办"), (table, T1, "note", "办"))
    once = merge(before, ("甲", refused), ("乙", theirs)).master
    kinds = [text(row, "kind") for row in once.rows(CONFLICTS).values()]
    assert kinds == ["冲突", "冲突", "未采用", "未采用"]
    again = merge(once, ("乙", theirs), ("甲", refused)).master
    assert list(again.rows(CONFLICTS).items()) == list(once.rows(CONFLICTS).items())
