"""单位变更: every mention follows, no answer is lost, and twice changes nothing."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import Change
from qcity_xl.core.errors import NothingToDo, Unknown
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.units import load_registry
from qcity_xl.core.rounds.assignments import in_force
from qcity_xl.core.rounds.responsibility import resolve_duties
from qcity_xl.core.rounds.unit_changes import ChangeKind, Order, change_units, parse_order
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    CRITERIA,
    EVIDENCE,
    RULINGS,
    TASKS,
    UNITS,
)
from tests.core.builders import conflict, evidence, group, issued, ruling, set_cell, task, unit

DAY = dt.date(2016, 12, 1)
MORE = (
    task("1.3", "市粮食局", "1(1)", partners="两局、市农委"),
    unit("市粮食局", "粮食局"),
    unit("市物价局", email="wujia@example.com"),
    group("两局", "市粮食局、市物价局"),
    evidence("E1", "1(1)", unit="市农委"),
    ruling("市农委", "职责", "牵头"),
    conflict("X1", "T1.1/市农委", "进展说明"),
)


def office() -> Master:
    """Packs are out; 市农委, 市粮食局 and 市物价局 have answered."""
    master = issued(*MORE)
    master = set_cell(master, ASSIGNMENTS, "T1.1/市农委", "progress", "推进中")
    master = set_cell(master, ASSIGNMENTS, "T1.1/市农委", "note", "已会商两次")
    master = set_cell(master, ASSIGNMENTS, "T1.3/市粮食局", "progress", "已完成")
    master = set_cell(master, ASSIGNMENTS, "T1.3/市粮食局", "note", "库存已查清")
    master = set_cell(master, ASSIGNMENTS, "T1.3/市物价局", "progress", "推进中")
    return set_cell(master, ASSIGNMENTS, "T1.3/市物价局", "note", "价格已监测")


def after(words: str, kind: ChangeKind = "rename") -> tuple[Master, list[Change], list[str]]:
    master = office()
    found = change_units(master, parse_order(kind, words), DAY)
    return master.with_changes(found.changes), found.changes, found.notices


def test_a_new_name_is_everywhere_and_the_old_one_is_known() -> None:
    master, _, notices = after("市农委=市农业农村局")
    row = master.rows(UNITS)["U-市农委"]
    assert text(row, "name") == "市农业农村局"
    assert text(row, "aliases") == "农委、市农业委员会、市农委"
    assert text(row, "remark") == "2016-12-01 市农委更名为市农业农村局"
    assert text(master.rows(TASKS)["T1.1"], "leads") == "市农业农村局"
    assert text(master.rows(TASKS)["T1.3"], "partners") == "两局；市农业农村局"
    assert text(master.rows(CRITERIA)["C1.1"], "owner") == "市农业农村局"
    assert text(master.rows(EVIDENCE)["E1"], "unit") == "市农业农村局"
    assert text(master.rows(RULINGS)["Q市农委/职责"], "subject") == "市农业农村局"
    assert text(master.rows(CONFLICTS)["X1"], "row") == "T1.1/市农业农村局"
    assert notices == []


def test_members_beside_a_task_follow() -> None:
    master = set_cell(office(), TASKS, "T1.3", "members", "两局：市粮食局；市物价局")
    found = change_units(master, parse_order("rename", "市粮食局=市粮储局"), DAY)
    row = master.with_changes(found.changes).rows(TASKS)["T1.3"]
    assert text(row, "members") == "两局：市粮储局、市物价局"


def test_answers_follow_and_what_was_stays_under_the_old_name() -> None:
    master, _, _ = after("市农委=市农业农村局")
    rows = master.rows(ASSIGNMENTS)
    assert text(rows["T1.1/市农业农村局"], "note") == "已会商两次"
    assert text(rows["T1.1/市农业农村局"], "progress") == "推进中"
    assert text(rows["T1.1/市农委"], "note") == "已会商两次"
    assert "T1.1/市农委" not in in_force(master)
    assert "T1.1/市农业农村局" in in_force(master)


def test_of_two_units_that_become_one_the_lead_answers_and_texts_are_put_together() -> None:
    master, _, notices = after("市物价局、市粮食局=市粮价局", "merge")
    row = master.rows(ASSIGNMENTS)["T1.3/市粮价局"]
    assert (text(row, "role"), text(row, "progress")) == ("牵头", "已完成")
    assert "库存已查清" in text(row, "note")
    assert "价格已监测" in text(row, "note")
    assert any("完成情况不同" in said for said in notices)
    assert text(master.rows(TASKS)["T1.3"], "leads") == "市粮价局"
    assert text(master.rows(UNITS)["G-两局"], "members") == "市粮价局"
    registry = load_registry(master.rows(UNITS).values())
    assert {registry.find(n) for n in ("粮食局", "市粮食局", "市物价局")} == {"市粮价局"}


def test_one_unit_may_take_in_another() -> None:
    master, _, _ = after("市农委、市粮食局=市农委", "merge")
    assert "U-市粮食局" not in master.rows(UNITS)
    assert text(master.rows(TASKS)["T1.3"], "leads") == "市农委"
    assert text(master.rows(ASSIGNMENTS)["T1.3/市农委"], "note") == "库存已查清"


def test_what_is_whose_after_a_division_is_put_to_the_office() -> None:
    master, _, notices = after("市农委=市农业局、市林业局", "split")
    assert text(master.rows(TASKS)["T1.1"], "leads") == "市农业局；市林业局"
    assert text(master.rows(CRITERIA)["C1.1"], "owner") == "市农业局"
    for name in ("市农业局", "市林业局"):
        assert text(master.rows(ASSIGNMENTS)[f"T1.1/{name}"], "note") == "已会商两次"
    assert any("任务1.1的牵头单位" in said for said in notices)
    assert any("得分点1(1)" in said for said in notices)


def test_a_unit_may_stay_beside_the_one_that_is_split_off() -> None:
    master, changes, _ = after("市农委=市农委、市林业局", "split")
    assert text(master.rows(TASKS)["T1.1"], "leads") == "市农委；市林业局"
    assert text(master.rows(UNITS)["U-市农委"], "name") == "市农委"
    again = change_units(master, parse_order("split", "市农委=市农委、市林业局"), DAY)
    assert (bool(changes), again.changes) == (True, [])


def test_what_an_abolished_unit_leaves_without_anybody_is_told() -> None:
    master, _, notices = after("市农委", "abolish")
    assert text(master.rows(TASKS)["T1.1"], "leads") == ""
    assert text(master.rows(EVIDENCE)["E1"], "unit") == "市农委"
    assert any("任务1.1没有牵头单位" in said for said in notices)
    assert any("得分点1(1)" in said for said in notices)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("rename", "市农委"), ("merge", "市农委=市林业局"), ("split", "市农委"), ("abolish", "甲=乙")],
)
def test_what_has_another_form_is_told_with_the_form(kind: ChangeKind, words: str) -> None:
    with pytest.raises(NothingToDo, match=f"“{words}”看不懂"):
        parse_order(kind, words)


def test_a_name_that_nobody_has_or_that_another_has_is_told() -> None:
    with pytest.raises(Unknown, match="没有单位“市盐务局”"):
        change_units(office(), parse_order("rename", "市盐务局=市盐业局"), DAY)
    with pytest.raises(NothingToDo, match="“市粮食局”已是名录里的单位"):
        change_units(office(), parse_order("rename", "市农委=市粮食局"), DAY)


NAMES = ["市农委", "市教育局", "常州国检局", "市粮食局", "市物价局"]
ORDERS = st.one_of(
    st.builds(lambda a, b: Order("rename", (a,), (b,)), st.sampled_from(NAMES), st.just("市新局")),
    st.builds(
        lambda ab, c: Order("merge", tuple(ab), (c or ab[0],)),
        st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True),
        st.sampled_from(["", "市新局"]),
    ),
    st.builds(
        lambda a, b: Order("split", (a,), ("市新局", b)),
        st.sampled_from(NAMES),
        st.just("市又一局"),
    ),
)


@given(ORDERS)
def test_nothing_is_lost_and_twice_changes_nothing(order: Order) -> None:
    master = office()
    found = change_units(master, order, DAY)
    now = master.with_changes(found.changes)
    assert change_units(now, order, DAY).changes == []
    gone = set(order.old) - set(order.new)
    assert not {duty.unit for duty in resolve_duties(now)[0]} & gone
    assert resolve_duties(now)[1] == []
    live = {key: now.rows(ASSIGNMENTS)[key] for key in in_force(now)}
    for row in master.rows(ASSIGNMENTS).values():
        taken = order.new if text(row, "unit") in gone else (text(row, "unit"),)
        heirs = [
            r
            for r in live.values()
            if (text(r, "task"), text(r, "unit")) in {(text(row, "task"), n) for n in taken}
        ]
        assert heirs
        assert all(text(row, "note") in text(heir, "note") for heir in heirs)
    assert set(now.rows(EVIDENCE)) == set(master.rows(EVIDENCE))
    assert all(text(row, "unit") not in gone for row in now.rows(EVIDENCE).values())
