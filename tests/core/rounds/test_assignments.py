"""填报 follows 任务, and no row is ever lost."""

from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master
from qcity_xl.core.rounds.assignments import RELEASED, assignment_changes, in_force
from qcity_xl.core.schema import ASSIGNMENTS
from tests.core.builders import build, embedded, task, unit

UNITS = (unit("市农委"), unit("市教育局", "教育局"))


def assigned(master: Master) -> Master:
    return master.with_changes(assignment_changes(master)[0])


def reassigned(master: Master, leads: str) -> Master:
    change = Change("tblTasks", "T1.1", "leads", master.tables["tblTasks"]["T1.1"]["leads"], leads)
    return assigned(master.with_changes([change]))


def test_each_duty_gets_a_row() -> None:
    master = assigned(build(task("1.1", "市农委", partners="教育局"), *UNITS))
    assert dict(master.rows(ASSIGNMENTS)["T1.1/市教育局"]) == {
        "key": "T1.1/市教育局",
        "task": "1.1",
        "text": "任务1.1",
        "unit": "市教育局",
        "role": "配合",
        "why": "配合单位",
        "deadline": "2016-2017",
    }
    assert assignment_changes(master)[0] == []


def test_a_reassigned_task_keeps_the_row_and_its_answers() -> None:
    master = assigned(build(task("1.1", "市农委"), *UNITS))
    note = Change("tblAssignments", "T1.1/市农委", "note", None, "方案已印发")
    master = reassigned(master.with_changes([note]), "市教育局")
    left = master.rows(ASSIGNMENTS)["T1.1/市农委"]
    assert (left["role"], left["why"], left["note"]) == (None, RELEASED, "方案已印发")
    assert in_force(master) == ["T1.1/市教育局"]


def test_a_task_that_comes_back_finds_its_row() -> None:
    master = assigned(build(task("1.1", "市农委"), *UNITS))
    note = Change("tblAssignments", "T1.1/市农委", "note", None, "方案已印发")
    master = reassigned(reassigned(master.with_changes([note]), "市教育局"), "市农委")
    back = master.rows(ASSIGNMENTS)["T1.1/市农委"]
    assert (back["role"], back["why"], back["note"]) == ("牵头", "牵头单位", "方案已印发")
    assert in_force(master) == ["T1.1/市农委"]


def test_new_wording_and_deadlines_reach_the_rows() -> None:
    master = assigned(build(task("1.1", "市农委"), *UNITS))
    later = Change("tblTasks", "T1.1", "deadline", "2016-2017", "2018")
    assert (
        assigned(master.with_changes([later])).rows(ASSIGNMENTS)["T1.1/市农委"]["deadline"]
        == "2018"
    )


def test_the_embedded_table_is_assigned_once() -> None:
    master = assigned(embedded())
    assert len(in_force(master)) == len(master.rows(ASSIGNMENTS))
    assert assignment_changes(master)[0] == []
