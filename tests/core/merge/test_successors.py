"""A pack under a name that its unit has no more: its answers go into the successor's rows."""

import datetime as dt

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.merge.successors import current_name, under_successor
from qcity_xl.core.rounds.unit_changes import change_units, parse_order
from qcity_xl.core.schema import ASSIGNMENTS, EVIDENCE
from tests.core.builders import evidence, issued
from tests.core.merge.rounds import base_of, filled, merge, sent_row

OLD, NEW = "市农委", "市农业农村局"
ROW = ("T1.1/市农委", "T1.1/市农业农村局")


def before() -> Master:
    return issued(sent_row(OLD), evidence("E1", "1(1)"))


def renamed(master: Master) -> Master:
    found = change_units(master, parse_order("rename", f"{OLD}={NEW}"), dt.date(2016, 12, 1))
    return master.with_changes(found.changes)


def test_answers_under_the_old_name_are_the_successor_s_and_that_is_told() -> None:
    base = base_of(before(), OLD)
    cells = {
        (ROW[0], "progress"): "已完成",
        (ROW[0], "note"): "方案已印发",
        ("C1.1", "answer"): "达成",
    }
    after = merge(renamed(before()), filled(base, OLD, cells))
    assert {action for action, *_ in after.actions()} == {"take"}
    assert (after.cell(ROW[1], "progress"), after.cell(ROW[1], "note")) == ("已完成", "方案已印发")
    assert after.cell(ROW[0], "progress") is None
    assert after.cell("C1.1", "answer", "tblCriteria") == "达成"
    assert after.merged[0].file.notes == (f"{OLD}已由{NEW}接替，按{NEW}的各行合并",)
    assert merge(after.master, filled(base, OLD, cells)).lines() == 0


def test_new_evidence_is_the_successor_s() -> None:
    base = base_of(before(), OLD)
    line = "E第1轮/市农委/002"
    cells = {(line, "criteria"): "1(1)", (line, "title"): "农产品抽检通报"}
    after = merge(renamed(before()), filled(base, OLD, cells))
    added = {text(row, "title"): row for row in after.master.rows(EVIDENCE).values()}
    assert text(added["农产品抽检通报"], "unit") == NEW


def test_what_the_office_changed_since_is_a_conflict_in_the_successor_s_row() -> None:
    base, master = base_of(before(), OLD), renamed(before())
    rows = dict(master.rows(ASSIGNMENTS))
    rows[ROW[1]] = {**rows[ROW[1]], "note": "电话了解：在办"}
    master = Master({**master.tables, ASSIGNMENTS.name: rows}, master.lines, master.letters)
    after = merge(master, filled(base, OLD, {(ROW[0], "note"): "方案已印发"}))
    assert [(action, row) for action, row, *_ in after.actions()] == [("conflict", ROW[1])]


def test_a_pack_of_a_unit_that_goes_by_its_own_name_is_itself() -> None:
    master = before()
    pack = filled(base_of(master, OLD), OLD, {})
    assert under_successor(pack, master) is pack
    assert (current_name(master, "农委"), current_name(master, "市盐务局")) == (OLD, "市盐务局")
