"""Why a unit gets a task."""

from qcity_xl.core.master.model import Master
from qcity_xl.core.rounds.responsibility import resolve_duties
from tests.core.builders import Entry, build, embedded, group, indicator, task, unit

UNITS = (unit("市农委", "农委"), unit("市交通局"), unit("市水利局", "水利局"), unit("市教育局"))


def duties(*entries: Entry) -> list[tuple[str, str, str, str]]:
    return [(d.task, d.unit, d.role, d.why) for d in resolve_duties(build(*entries))[0]]


def test_elided_names_lead_to_their_units() -> None:
    assert duties(task("3.1", "农委", partners="市交通局、水利局"), *UNITS) == [
        ("T3.1", "市农委", "牵头", "牵头单位"),
        ("T3.1", "市交通局", "配合", "配合单位"),
        ("T3.1", "市水利局", "配合", "配合单位"),
    ]


def test_two_leads_divided_by_a_line_break() -> None:
    found = duties(task("26.1", "市农委\n市教育局"), *UNITS)
    assert [(d[1], d[2]) for d in found] == [("市农委", "牵头"), ("市教育局", "牵头")]


def test_a_group_stands_for_its_members() -> None:
    members = group("领导小组成员单位", "市农委、水利局", "领导小组各成员单位")
    found = duties(task("2.1", "市教育局", partners="领导小组各成员单位"), *UNITS, members)
    assert found[1:] == [
        ("T2.1", "市农委", "配合", "“领导小组成员单位”成员"),
        ("T2.1", "市水利局", "配合", "“领导小组成员单位”成员"),
    ]


def test_a_unit_named_twice_keeps_the_first_part() -> None:
    members = group("成员单位", "市农委、市教育局")
    found = duties(task("2.1", "市农委", partners="成员单位；教育局；市教育局"), *UNITS, members)
    assert [(d[1], d[2]) for d in found] == [("市农委", "牵头"), ("市教育局", "配合")]


def test_13_1_and_13_10_never_meet() -> None:
    found = resolve_duties(build(task("13.1"), task("13.10"), *UNITS))[0]
    assert [duty.key for duty in found] == ["T13.1/市农委", "T13.10/市农委"]


def problems(master: Master) -> list[tuple[str, str, str, str]]:
    return [(p.code, p.severity, p.cell, p.found) for p in resolve_duties(master)[1]]


def test_a_group_without_members_waits() -> None:
    master = build(
        task("2.1", partners="成员单位"),
        task("2.2", partners="成员单位"),
        group("成员单位"),
        *UNITS,
    )
    (problem,) = problems(master)
    assert problem[:3] == ("group-without-members", "warning", "E4")
    assert "任务2.1等2项" in problem[3]


def test_an_unknown_unit_is_told_with_its_neighbour() -> None:
    (problem,) = problems(build(task("2.1", "市农业委"), *UNITS))
    assert problem[:3] == ("unknown-unit", "error", "G4")
    assert "“市农业委”" in problem[3]
    assert "是不是“市农委”" in problem[3]


def test_an_unknown_member_is_told_with_its_group() -> None:
    master = build(task("2.1", partners="成员单位"), group("成员单位", "市农业委"), *UNITS)
    (problem,) = resolve_duties(master)[1]
    assert (problem.code, problem.sheet, problem.cell) == ("unknown-unit", "单位", "E4")
    assert "“成员单位”的成员“市农业委”" in problem.found


def test_no_group_is_proposed_for_a_member() -> None:
    master = build(
        task("2.1", partners="各县区"), group("各县区", "溧水县区", "各县区政府"), *UNITS
    )
    (problem,) = resolve_duties(master)[1]
    assert "是不是" not in problem.found


def test_beside_a_task_stands_who_belongs_to_the_group_in_it() -> None:
    members = group("成员单位", "市农委、市水利局、市交通局")
    found = duties(
        task("2.1", "市教育局", partners="成员单位", members="水利局"),
        task("2.2", "市教育局", partners="成员单位", members="不含农委"),
        task("2.3", "市教育局", partners="成员单位"),
        *UNITS,
        members,
    )
    assert [(task_id, unit_name) for task_id, unit_name, role, _ in found if role == "配合"] == [
        ("T2.1", "市水利局"),
        *(("T2.2", "市水利局"), ("T2.2", "市交通局")),
        *(("T2.3", "市农委"), ("T2.3", "市水利局"), ("T2.3", "市交通局")),
    ]


def test_beside_an_indicator_stands_who_belongs_to_it_in_all_its_tasks() -> None:
    found = duties(
        indicator(2, 10, members="市农委"),
        task("2.1", "市教育局", partners="成员单位", members="市水利局"),
        task("2.2", "市教育局", partners="成员单位"),
        group("成员单位", "按需"),
        *UNITS,
    )
    assert [(d[0], d[1]) for d in found if d[2] == "配合"] == [
        ("T2.1", "市水利局"),
        ("T2.2", "市农委"),
    ]


def test_where_members_go_by_tasks_those_without_are_asked_for() -> None:
    master = build(
        task("2.1", partners="成员单位", members="市水利局"),
        task("2.2", partners="成员单位"),
        task("2.3", partners="成员单位"),
        group("成员单位", "按需"),
        *UNITS,
    )
    (problem,) = resolve_duties(master)[1]
    assert (problem.sheet, problem.cell) == ("任务", "N5")
    assert "任务2.2等2项" in problem.found
    assert "“组成员”写明这项任务里的成员" in problem.allowed


def test_members_of_a_group_that_the_task_does_not_name_are_told_where_they_stand() -> None:
    master = build(
        task("2.1", partners="甲组；乙组", members="丙组：市农委；市水利局"),
        group("甲组", "市农委"),
        group("乙组", "市教育局"),
        *UNITS,
    )
    (problem,) = resolve_duties(master)[1]
    assert (problem.code, problem.sheet, problem.cell) == ("unknown-unit", "任务", "N4")
    assert "“丙组：市农委、市水利局”" in problem.found
    assert "甲组、乙组" in problem.allowed


def test_an_unknown_member_beside_a_task_is_told_there() -> None:
    master = build(task("2.1", partners="成员单位", members="市农业委"), group("成员单位"), *UNITS)
    (problem,) = resolve_duties(master)[1]
    assert (problem.sheet, problem.cell) == ("任务", "N4")
    assert "是不是“市农委”" in problem.found


def test_a_group_can_t_be_a_member() -> None:
    master = build(
        task("2.1", partners="成员单位"),
        group("成员单位", "小组"),
        group("小组", "市农委"),
        *UNITS,
    )
    (problem,) = problems(master)
    assert problem[0] == "unknown-unit"
    assert "“小组”是组，不是单位" in problem[3]


def test_the_embedded_table_knows_all_its_units() -> None:
    found, left = resolve_duties(embedded())
    assert {p.code for p in left} == {"group-without-members"}
    assert len(left) == 4
    assert len({duty.unit for duty in found}) == 29
    leads = [duty for duty in found if duty.role == "牵头"]
    assert len(leads) == 111  # 108 项任务，其中 3 项有两个牵头单位
    assert sum(1 for duty in leads if duty.unit == "市质监局") == 60
