"""What becomes of one cell: each rule where it alone has something to say."""

from dataclasses import replace

import pytest

from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.cell_rules import SETTLED, FilledCell, Sides, verdict_on
from qcity_xl.core.merge.other_versions import OtherVersions
from qcity_xl.core.merge.versions import Version
from qcity_xl.core.rounds.pack import PackRow
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS, EVIDENCE
from qcity_xl.core.values import Value
from tests.core.builders import Entry, assignment, build, evidence, set_cell
from tests.core.merge.rounds import base_of, filled, returned, rows_of

UNIT = "市环保局"
KEY = f"T8.3/{UNIT}"
PLACE = (ASSIGNMENTS.name, KEY, "note")
SENT = build(assignment("8.3", UNIT, note="下发时"))
BASE = base_of(SENT, UNIT)
PACK = returned(BASE, UNIT, rows_of(BASE))


def cell(theirs: Value = "单位填的", ours: Value = "下发时", fault: str = "") -> FilledCell:
    row = {**SENT.rows(ASSIGNMENTS)[KEY], "note": ours}
    column = ASSIGNMENTS.column("note")
    return FilledCell(PackRow(KEY, {}, 7), PLACE, column, "下发时", row, theirs, fault)


def version(value: Value, sha256: str = "别的", **more: bool) -> Version:
    settled = frozenset({PLACE}) if more.get("merged") else frozenset()
    return Version("第1轮", sha256, {PLACE: value}, settled=settled)


NOTHING_ELSE = OtherVersions("第1轮")


def sides(said: OtherVersions = NOTHING_ELSE, master: Master = SENT) -> Sides:
    return Sides(PACK, master, said)


@pytest.mark.parametrize(
    ("said", "at", "action", "reason"),
    [
        (NOTHING_ELSE, cell(), "take", ""),
        (NOTHING_ELSE, cell(ours="办公室改"), "conflict", "下发之后总表也改过"),
        (NOTHING_ELSE, cell(ours="单位填的"), "keep", "总表已是这个内容"),
        (NOTHING_ELSE, cell(fault="不是日期"), "refuse", "不是日期"),
        (OtherVersions("第1轮", newer=(version("更新的"),)), cell(), "keep", "以那份为准"),
        (
            OtherVersions("第1轮", newer=(version("更新的"),)),
            cell(fault="不是日期"),
            "keep",
            "不是日期；",
        ),
        (OtherVersions("第1轮", rivals=(version("另一种"),)), cell(), "conflict", "分不出先后"),
        (
            OtherVersions("第1轮", later=(Version("第1轮", "后", {}),)),
            cell(),
            "conflict",
            "可能是清空的",
        ),
        (OtherVersions("第1轮", same=(version("单位填的", merged=True),)), cell(), "keep", SETTLED),
        (OtherVersions("第1轮", older=(version("先前的"),)), cell(ours="先前的"), "take", ""),
    ],
)
def test_a_rule(said: OtherVersions, at: FilledCell, action: str, reason: str) -> None:
    verdict = verdict_on(sides(said), at)
    assert verdict[0] == action
    assert reason in verdict[1]
    assert bool(verdict[1]) == bool(reason)


def test_a_row_that_the_master_lost_is_put_to_the_office() -> None:
    gone = replace(cell(), ours=None)
    assert verdict_on(sides(), gone) == ("conflict", "总表已删去这一行")
    assert gone.decision(("conflict", "")).ours == "（行已删除）"


def test_a_task_that_was_given_away_is_put_to_the_office() -> None:
    row = {**SENT.rows(ASSIGNMENTS)[KEY], "role": None}
    assert "已改派" in verdict_on(sides(), replace(cell(), ours=row))[1]


def test_a_row_whose_text_stands_elsewhere_by_now_is_put_to_the_office() -> None:
    """Somebody moved the master's cells: the answer goes with the text, not the id."""
    sent = build(assignment("8.3", UNIT, note="下发时"), assignment("8.4", UNIT))
    pack = returned(base_of(sent, UNIT), UNIT, rows_of(base_of(sent, UNIT)))
    moved = build(
        assignment("8.3", UNIT, note="下发时", text="任务8.4"),
        assignment("8.4", UNIT, text="任务8.3"),
    )
    at = replace(cell(), ours=moved.rows(ASSIGNMENTS)[KEY])
    action, reason = verdict_on(Sides(pack, moved, NOTHING_ELSE), at)
    assert action == "conflict"
    assert "“任务8.3”" in reason
    reworded = set_cell(SENT, ASSIGNMENTS, KEY, "text", "任务8.3（含复核）")
    at = replace(cell(), ours=reworded.rows(ASSIGNMENTS)[KEY])
    assert verdict_on(sides(master=reworded), at) == ("take", "")


def test_evidence_that_was_sorted_without_its_ids_is_put_to_the_office() -> None:
    sent = build(*(evidence(f"E{n}", "8(1)", unit=UNIT) for n in (1, 2)))
    base = base_of(sent, UNIT)
    pack = returned(base, UNIT, rows_of(base))
    rows = sent.rows(EVIDENCE)
    moved = replace(
        sent, tables={**sent.tables, EVIDENCE.name: {"E1": rows["E2"], "E2": rows["E1"]}}
    )
    place = (EVIDENCE.name, "E1", "page")
    at = FilledCell(PackRow("E1", {}, 7), place, EVIDENCE.column("page"), None, rows["E2"], "第3页")
    assert verdict_on(Sides(pack, moved, NOTHING_ELSE), at)[0] == "conflict"
    stays = replace(at, ours=rows["E1"])
    assert verdict_on(Sides(pack, sent, NOTHING_ELSE), stays) == ("take", "")


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (None, ("conflict", "分不出先后")),
        ("采用总表", ("keep", "这处冲突已经处理过，按当时的选择")),
    ],
)
def test_what_stands_on_the_list_of_conflicts_stays_as_it_was_settled(
    outcome: Value, verdict: tuple[str, str]
) -> None:
    key = cell().decision(("conflict", "")).listed_as(PACK.identity)
    row = Entry(CONFLICTS, key, {"reason": "分不出先后", "outcome": outcome})
    master = build(assignment("8.3", UNIT, note="下发时"), row)
    assert verdict_on(sides(master=master), cell()) == verdict


def test_evidence_that_stands_beside_another_id_by_now_is_put_to_the_office() -> None:
    """What the lines of the pack were filled with came in; then 佐证 was sorted without its ids."""
    first, second = (f"E第1轮/{UNIT}/{n:03d}" for n in (1, 2))
    titles = {(first, "title"): "甲通知", (second, "title"): "乙通知"}
    pack = filled(BASE, UNIT, {**titles, (first, "page"): "5-6"})
    row = next(r for r in pack.rows["tblPackEvidence"] if r.key == first)

    def verdict(*shown: str) -> tuple[str, str]:
        named = zip((first, second), shown, strict=True)
        master = build(*(evidence(key, "1(1)", unit=UNIT, title=title) for key, title in named))
        place = (EVIDENCE.name, first, "page")
        ours = master.rows(EVIDENCE)[first]
        at = FilledCell(row, place, EVIDENCE.column("page"), None, ours, "5-6")
        return verdict_on(Sides(pack, master, NOTHING_ELSE), at)

    assert verdict("甲通知", "乙通知") == ("take", "")
    assert verdict("甲通知（修订）", "乙通知") == ("take", "")
    action, reason = verdict("乙通知", "甲通知")
    assert (action, "回收件里这一行是“甲通知”" in reason) == ("conflict", True)
