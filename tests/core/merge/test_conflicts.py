"""What the office chose on 冲突 is carried out, once, and never over something newer."""

import pytest

from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.conflicts import (
    DONE,
    conflict_rows,
    resolve_conflicts,
    settled_refusals,
)
from qcity_xl.core.merge.decide import ROW_GONE, changes_of, decide_pack
from qcity_xl.core.rounds.pack import ReturnedPack
from qcity_xl.core.rounds.unit_changes import change_units, parse_order
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS, CRITERIA, EVIDENCE, Table
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.schema.words import OTHER, OURS, SECOND, THEIRS
from qcity_xl.core.values import Value
from tests.core.builders import (
    DUE,
    ROUND,
    build,
    conflict,
    drop,
    evidence,
    issued,
    pack_of,
    returned,
    set_cell,
)

UNIT, ROW = "市农委", "T1.1/市农委"


def merged(master: Master, pack: ReturnedPack) -> Master:
    decisions = decide_pack(pack, master)
    master = master.with_changes(changes_of(decisions, master, pack))
    return master.with_changes(conflict_rows(master, pack.identity, decisions, "回收.xlsx"))


def in_conflict() -> Master:
    """The office wrote 办公室补记, the unit 方案已印发."""
    before = issued()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "note", "方案已印发"))
    return merged(set_cell(before, ASSIGNMENTS, ROW, "note", "办公室补记"), pack)


def choose(master: Master, choice: Value, other: Value = None) -> Master:
    for key in master.rows(CONFLICTS):
        master = set_cell(master, CONFLICTS, key, "choice", choice)
        master = set_cell(master, CONFLICTS, key, "other", other)
    return master


def resolved(master: Master) -> Master:
    return master.with_changes(resolve_conflicts(master).changes)


def held(master: Master, table: Table = ASSIGNMENTS, row: str = ROW, field: str = "note") -> Value:
    return master.rows(table)[row].get(field)


def test_a_conflict_names_its_task_and_its_file_in_people_s_words() -> None:
    before = issued()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "note", "方案已印发"))
    master = set_cell(before, ASSIGNMENTS, ROW, "note", "办公室补记")
    listed = conflict_rows(master, pack.identity, decide_pack(pack, master), "第1轮", "定稿.xlsx")
    (row,) = master.with_changes(listed).rows(CONFLICTS).values()
    assert (row["subject"], row["file"]) == ("1.1 任务1.1", "定稿.xlsx")


def test_a_conflict_shows_all_three_versions() -> None:
    master = in_conflict()
    (row,) = master.rows(CONFLICTS).values()
    shown = {name: row.get(name) for name in ("kind", "round", "unit", "sheet", "row", "column")}
    assert shown == {
        "kind": "冲突",
        "round": ROUND,
        "unit": UNIT,
        "sheet": "填报",
        "row": ROW,
        "column": "进展说明",
    }
    assert (row.get("base"), row["ours"], row["theirs"]) == (None, "办公室补记", "方案已印发")
    assert row["source"] == "回收.xlsx"
    assert row["reason"]
    assert held(master) == "办公室补记"


@pytest.mark.parametrize(
    ("choice", "other", "kept"),
    [
        (OURS, None, "办公室补记"),
        (THEIRS, None, "方案已印发"),
        (OTHER, "方案已印发，办公室已核", "方案已印发，办公室已核"),
        (OTHER, None, None),
    ],
)
def test_a_choice_is_carried_out(choice: str, other: Value, kept: Value) -> None:
    master = choose(in_conflict(), choice, other)
    resolution = resolve_conflicts(master)
    assert (resolution.resolved, resolution.left) == (1, ())
    after = master.with_changes(resolution.changes)
    assert held(after) == kept
    assert [row["outcome"] for row in after.rows(CONFLICTS).values()] == [DONE]


@pytest.mark.parametrize("choice", [OURS, THEIRS, OTHER])
def test_a_second_run_changes_nothing(choice: str) -> None:
    after = resolved(choose(in_conflict(), choice, "另写"))
    again = resolve_conflicts(after)
    assert (again.changes, again.resolved, again.left) == ((), 0, ())


@pytest.mark.parametrize("choice", [None, "都要"])
def test_without_a_choice_it_stays_open(choice: Value) -> None:
    resolution = resolve_conflicts(choose(in_conflict(), choice))
    assert (resolution.changes, resolution.resolved) == ((), 0)
    ((_, why),) = resolution.left
    assert "选择" in why or "下拉" in why


@pytest.mark.parametrize("choice", [THEIRS, OTHER])
def test_a_cell_that_was_written_meanwhile_is_not_overwritten(choice: str) -> None:
    master = set_cell(choose(in_conflict(), choice, "另写"), ASSIGNMENTS, ROW, "note", "又改过")
    resolution = resolve_conflicts(master)
    assert resolution.changes == ()
    assert "后来又改过" in resolution.left[0][1]


def test_two_conflicts_about_one_cell_are_not_both_written() -> None:
    row: dict[str, Value] = {"ours": "甲", "choice": THEIRS}
    master = set_cell(
        issued(
            conflict("X1", ROW, "进展说明", theirs="乙", **row),
            conflict("X2", ROW, "进展说明", theirs="丙", round="第2轮", **row),
        ),
        *(ASSIGNMENTS, ROW, "note", "甲"),
    )
    resolution = resolve_conflicts(master)
    assert held(master.with_changes(resolution.changes)) == "乙"
    assert [key for key, _ in resolution.left] == ["X2"]


@pytest.mark.parametrize(
    ("table", "row", "column", "other"),
    [
        ("填报", ROW, "完成情况", "快了"),
        ("填报", ROW, "完成日期", "明天"),
        ("得分点", "C1.1", "自评答案", "差不多"),
    ],
)
def test_what_may_not_stand_there_is_not_written(
    table: str, row: str, column: str, other: Value
) -> None:
    entry = conflict("X1", row, column, sheet=table, choice=OTHER, other=other)
    resolution = resolve_conflicts(issued(entry))
    assert resolution.changes == ()
    assert resolution.left[0][0] == "X1"


@pytest.mark.parametrize(("sheet", "column"), [("填报单", "进展说明"), ("填报", "进度")])
def test_a_conflict_whose_place_was_overtyped_is_left(sheet: str, column: str) -> None:
    entry = conflict("X1", ROW, column, sheet=sheet, choice=THEIRS, theirs="乙")
    resolution = resolve_conflicts(issued(entry))
    assert (resolution.changes, resolution.resolved) == ((), 0)


# -- rows


def gone_and_filled() -> Master:
    """The office deleted the row, the unit filled two of its cells."""
    before = issued()
    cells = ((PACK_TASKS, ROW, "note", "方案已印发"), (PACK_TASKS, ROW, "progress", "推进中"))
    pack = returned(pack_of(before, UNIT), *cells)
    return merged(drop(before, ASSIGNMENTS, ROW), pack)


def test_a_deleted_row_comes_back_with_all_that_was_filled() -> None:
    master = gone_and_filled()
    assert {row["ours"] for row in master.rows(CONFLICTS).values()} == {ROW_GONE}
    after = resolved(choose(master, THEIRS))
    row = after.rows(ASSIGNMENTS)[ROW]
    assert (row["note"], row["progress"]) == ("方案已印发", "推进中")
    assert (row["unit"], row["role"], row["task"]) == (UNIT, "牵头", "1.1")
    assert resolve_conflicts(after).changes == ()


def test_a_deleted_row_stays_deleted() -> None:
    after = resolved(choose(gone_and_filled(), OURS))
    assert ROW not in after.rows(ASSIGNMENTS)


def test_deleted_evidence_comes_back_as_the_unit_s() -> None:
    before = issued(evidence("E1", "1(1)"))
    pack = returned(pack_of(before, UNIT), (PACK_EVIDENCE, "E1", "page", "5"))
    after = resolved(choose(merged(drop(before, EVIDENCE, "E1"), pack), THEIRS))
    assert (held(after, EVIDENCE, "E1", "unit"), held(after, EVIDENCE, "E1", "page")) == (UNIT, "5")


def test_a_deleted_criterion_can_t_be_made_from_an_answer() -> None:
    before = issued()
    pack = returned(pack_of(before, UNIT), (PACK_CRITERIA, "C1.1", "answer", "达成"))
    resolution = resolve_conflicts(choose(merged(drop(before, CRITERIA, "C1.1"), pack), THEIRS))
    assert resolution.changes == ()
    assert len(resolution.left) == 1


def deleted_by_the_unit() -> Master:
    before = issued()
    pack = returned(pack_of(before, UNIT), gone=[ROW])
    return merged(set_cell(before, ASSIGNMENTS, ROW, "note", "办公室补记"), pack)


@pytest.mark.parametrize(("choice", "there"), [(OURS, True), (THEIRS, False)])
def test_a_row_that_the_unit_deleted(choice: str, there: bool) -> None:
    after = resolved(choose(deleted_by_the_unit(), choice))
    assert (ROW in after.rows(ASSIGNMENTS)) is there


def test_a_whole_row_can_t_be_filled_otherwise() -> None:
    resolution = resolve_conflicts(choose(deleted_by_the_unit(), OTHER, "留着"))
    assert (resolution.changes, resolution.resolved) == ((), 0)


# -- what is listed


def test_refusals_are_listed_and_wait_for_nothing() -> None:
    before = issued()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "deadline", "2018"))
    master = choose(merged(before, pack), THEIRS)
    (row,) = master.rows(CONFLICTS).values()
    assert (row["kind"], row["theirs"]) == ("未采用", "2018")
    resolution = resolve_conflicts(master)
    assert (resolution.changes, resolution.left) == ((), ())


def test_the_same_conflict_is_listed_once() -> None:
    before = issued()
    pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "note", "方案已印发"))
    once = merged(set_cell(before, ASSIGNMENTS, ROW, "note", "办公室补记"), pack)
    assert merged(once, pack).tables == once.tables


TWO_FILES = (("第一版", "定稿.xlsx"), ("第二版", "定稿(2).xlsx"))


def rivals(*files: tuple[str, str]) -> Master:
    """Files of a unit against a cell that the office changed too."""
    master = set_cell(before := issued(), ASSIGNMENTS, ROW, "note", "办公室补记")
    for said, name in (*TWO_FILES, *files):
        pack = returned(pack_of(before, UNIT), (PACK_TASKS, ROW, "note", said))
        decisions = decide_pack(pack, master)
        listed = conflict_rows(master, pack.identity, decisions, "第1轮", name)
        master = master.with_changes(listed)
        again = conflict_rows(master, pack.identity, decide_pack(pack, master), "第1轮", name)
        assert again == []
    return master


def test_what_two_files_say_in_one_cell_is_one_row() -> None:
    (row,) = rivals().rows(CONFLICTS).values()
    assert (row["ours"], row["theirs"], row["second"]) == ("办公室补记", "第一版", "第二版")
    assert row["file"] == "定稿.xlsx\n定稿(2).xlsx"


@pytest.mark.parametrize(("choice", "kept"), [(THEIRS, "第一版"), (SECOND, "第二版")])
def test_each_of_two_files_can_be_chosen(choice: str, kept: str) -> None:
    after = resolved(choose(rivals(), choice))
    assert held(after) == kept
    assert resolve_conflicts(after).left == ()


def third() -> tuple[Master, str]:
    """What three files say of one cell, and the row of the third."""
    master = rivals(("第三版", "最终.xlsx"))
    (key,) = (k for k, row in master.rows(CONFLICTS).items() if row["theirs"] == "第三版")
    return master, key


def test_a_third_file_has_a_row_that_names_the_files_of_the_first() -> None:
    master, key = third()
    first, last = master.rows(CONFLICTS).values()
    assert last is master.rows(CONFLICTS)[key]
    assert first["file"] == "定稿.xlsx\n定稿(2).xlsx"
    assert "同一格另有一行（定稿.xlsx、定稿(2).xlsx）" in str(last["reason"])
    assert "同一格" not in str(first["reason"])
    assert last["file"] == "最终.xlsx"


def test_a_third_value_that_is_chosen_settles_the_row_of_the_first_two() -> None:
    master, key = third()
    after = resolved(set_cell(master, CONFLICTS, key, "choice", THEIRS))
    assert held(after) == "第三版"
    assert {row["outcome"] for row in after.rows(CONFLICTS).values()} == {"已处理"}


def test_a_second_file_can_not_be_chosen_where_there_is_one() -> None:
    ((_, why),) = resolve_conflicts(choose(in_conflict(), SECOND)).left
    assert "只有一个回收值" in why


def test_what_two_files_clear_and_say_is_one_row() -> None:
    sent = set_cell(issued(), ASSIGNMENTS, ROW, "note", "原来的")
    master = set_cell(sent, ASSIGNMENTS, ROW, "note", "办公室补记")
    for said in ("第一版", None):
        master = merged(master, returned(pack_of(sent, UNIT), (PACK_TASKS, ROW, "note", said)))
    assert len(master.rows(CONFLICTS)) == 1
    assert held(resolved(choose(master, SECOND))) is None


def test_an_empty_master_has_no_conflicts() -> None:
    assert resolve_conflicts(build()).changes == ()


def two_versions(**choices: Value) -> Master:
    """One cell, two rows: what each of the unit's versions says, and what was chosen."""
    return issued(
        conflict("X1", ROW, "进展说明", theirs="第一版", choice=choices.get("first")),
        conflict("X2", ROW, "进展说明", theirs="第二版", choice=choices.get("second")),
    )


def test_a_version_that_is_chosen_settles_the_other() -> None:
    resolution = resolve_conflicts(two_versions(second=THEIRS))
    assert (resolution.resolved, resolution.left) == (2, ())
    assert held(resolved(two_versions(second=THEIRS))) == "第二版"


def test_one_version_that_is_passed_over_leaves_the_other_open() -> None:
    resolution = resolve_conflicts(two_versions(second=OURS))
    assert resolution.resolved == 1
    assert [key for key, _ in resolution.left] == ["X1"]


def test_both_versions_chosen_take_the_first_and_say_so() -> None:
    resolution = resolve_conflicts(two_versions(first=THEIRS, second=THEIRS))
    assert resolution.resolved == 1
    ((key, why),) = resolution.left
    assert key == "X2"
    assert "现在是“第一版”" in why


@pytest.mark.parametrize("choice", [THEIRS, OTHER])
def test_a_choice_waits_where_the_row_is_another_one_by_now(choice: str) -> None:
    """佐证 was sorted without its hidden ids after the conflict was listed."""
    before = issued(evidence("E1", "1(1)", unit=UNIT), evidence("E2", "1(1)", unit=UNIT))
    pack = returned(pack_of(before, UNIT), (PACK_EVIDENCE, "E1", "page", "5-6"))
    master = merged(set_cell(before, EVIDENCE, "E1", "page", "1"), pack)
    rows = master.rows(EVIDENCE)
    for key, other in (("E1", "E2"), ("E2", "E1")):
        for name, value in rows[other].items():
            if name not in ("key", "page"):
                master = set_cell(master, EVIDENCE, key, name, value)
    found = resolve_conflicts(choose(master, choice, "7"))
    assert found.changes == ()
    ((_, why),) = found.left
    assert "列出时这一行是“1(1) 关于E1的通知”，现在这里是“1(1) 关于E2的通知”" in why


def test_a_refusal_is_settled_by_the_unit_that_took_over() -> None:
    before = issued()
    pack = returned(pack_of(before, UNIT), (PACK_CRITERIA, "C1.1", "answer", "差不多"))
    master = merged(before, pack)
    order = parse_order("rename", f"{UNIT}=市农业农村局")
    after = master.with_changes(change_units(master, order, DUE).changes)
    right = returned(pack_of(after, "市农业农村局"), (PACK_CRITERIA, "C1.1", "answer", "达成"))
    decisions = decide_pack(right, after)
    (settled,) = settled_refusals(after, right.identity, decisions, (), again=False)
    assert settled.new == "已处理"
