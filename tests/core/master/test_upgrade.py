"""What a master of an earlier version lacks, as changes like any others."""

import pytest

from qcity_xl.core.changes import CARD, CHOICES, FORMATS, FORMULA, HEADER, KEY, SHEET, Change
from qcity_xl.core.errors import NewerMaster
from qcity_xl.core.master.model import Rows
from qcity_xl.core.master.upgrade import (
    VERSION,
    check_version,
    describe,
    left_alone,
    plan_rows,
    plan_structure,
    schema_layout,
    version_of,
)
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS, SCHEMA_VERSION, SECTIONS, SETTINGS, UNITS
from qcity_xl.core.schema.cards import ON_BOARD
from tests.core.builders import build, conflict, setting

HERE = (UNITS,)
SHIPPED = str(UNITS.column("leading").formula)  # with 0.1.0, and ever since
NAME = UNITS.name
WHOLE = {place: text for place, text in schema_layout().items() if place[0] == NAME}


def plan(present: dict[tuple[str, str, str], str], *, older: bool = True) -> list[Change]:
    return plan_structure(present, WHOLE, older=older, tables=HERE)


def test_a_master_that_has_all_gets_nothing() -> None:
    assert plan(WHOLE) == []


def test_a_missing_column_comes_with_all_that_is_its_own() -> None:
    own = {place: text for place, text in WHOLE.items() if place[2] != "kind"}
    assert plan(own) == [Change(NAME, HEADER, "kind", None, UNITS.column("kind").header)]


def test_a_missing_sheet_is_one_change() -> None:
    assert plan({}) == [Change(NAME, SHEET, KEY, None, UNITS.sheet)]


def test_new_choices_come_behind_those_of_the_office() -> None:
    place = (NAME, CHOICES, "kind")
    (change,) = plan({**WHOLE, place: "组,企业"})
    assert change == Change(*place, "组,企业", "组,企业,单位")
    assert plan({**WHOLE, place: "=名单"}) == []
    assert plan({**WHOLE, place: ",".join(f"自定义的类别{n}" for n in range(32))}) == []


def test_looks_are_renewed_in_an_older_master_alone() -> None:
    place = (NAME, FORMATS, "name")
    wanted = {**WHOLE, place: "[名称]=1"}
    there = {**WHOLE, place: "[名称]=2"}
    assert len(plan_structure(there, wanted, older=True, tables=HERE)) == 1
    assert plan_structure(there, wanted, older=False, tables=HERE) == []


@pytest.mark.parametrize(("formula", "goes"), [(SHIPPED, True), ("SUM(tblUnits[牵头])", False)])
def test_a_formula_goes_if_it_was_shipped_and_stays_if_it_is_the_offices(
    formula: str, goes: bool
) -> None:
    place = (NAME, FORMULA, "leading")
    wanted, there = {**WHOLE, place: "1+1"}, {**WHOLE, place: formula}
    change = Change(*place, formula, "1+1")
    assert plan_structure(there, wanted, older=True, tables=HERE) == ([change] if goes else [])
    assert left_alone(there, wanted) == (
        [] if goes else ["「单位」的“牵头任务”的公式已被改写，没有换成新的"]
    )
    assert plan_structure(there, wanted, older=False, tables=HERE) == []


def test_a_figure_that_is_gone_is_told() -> None:
    place = (SECTIONS.name, f"{CARD}qc_claimed_bonus", KEY)
    (told,) = left_alone({}, {place: "1+1"})
    assert "「看板」没有“加分项 · 自评”（旧版没有，或者删掉了）" in told


def test_what_an_older_board_lacks_is_told_in_one_sentence() -> None:
    wanted = {(SECTIONS.name, f"{CARD}{name}", KEY): formula for name, formula in ON_BOARD.items()}
    (told,) = left_alone({}, wanted)
    assert told.count("“各单位”") == told.count("“近期到期”") == told.count("“较上轮”") == 1
    assert "qc_" not in told


def test_shipped_rows_come_once_and_the_version_with_them() -> None:
    old = build(setting("总表", "城市", "扬州市"), setting("总表", "结构版本", 1))
    shipped: dict[str, Rows] = {
        SETTINGS.name: {"总表/城市": {"value": ""}, "走访/次数": {"value": 2}}
    }
    changes = plan_rows(old, shipped, [])
    assert {change.row for change in changes} == {"走访/次数", VERSION}
    after = old.with_changes(changes)
    assert version_of(after) == SCHEMA_VERSION
    assert plan_rows(after, shipped, []) == []
    without = build(setting("总表", "结构版本", SCHEMA_VERSION))
    assert plan_rows(without, shipped, []) == []  # the office took them out


def test_a_word_of_before_becomes_the_one_of_now() -> None:
    old = build(
        setting("总表", "结构版本", 1), conflict("X1", "T1.1/市农委", "进展说明", kind="拒收")
    )
    changes = plan_rows(old, {}, [])
    assert Change(CONFLICTS.name, "X1", "kind", "拒收", "未采用") in changes
    assert "「冲突」的“拒收”改称“未采用”" in "".join(describe(changes))
    assert plan_rows(old.with_changes(changes), {}, []) == []


def test_a_master_that_does_not_say_its_version_is_the_first() -> None:
    assert version_of(build()) == 1
    check_version("总表.xlsx", build())
    with pytest.raises(NewerMaster, match="总表"):
        check_version("总表.xlsx", build(setting("总表", "结构版本", SCHEMA_VERSION + 1)))


def test_people_are_told_what_is_appended() -> None:
    changes = [
        Change(NAME, HEADER, "phone", None, "电话"),
        Change(ASSIGNMENTS.name, CHOICES, "progress", "未开始", "未开始,已移交"),
    ]
    head, *lines = describe(changes)
    assert head == "总表缺少现在要用的内容，先补上："
    assert lines == ["  「单位」的“电话”列（空白）", "  「填报」的“完成情况”下拉增加：已移交"]
    assert describe([Change(SETTINGS.name, VERSION, "value", 1, 2)]) == []
