"""Who belongs to a group in one task, as it is written beside the task."""

import pytest

from qcity_xl.core.master.units import Registry, load_registry
from qcity_xl.core.rounds.group_members import (
    chosen_text,
    idle,
    members_in,
    parse_chosen,
    replaced,
)
from tests.core.builders import build, group, unit

ENTRIES = (
    *(unit("市农委", "农委"), unit("市水利局", "水利局"), unit("市教育局", "教育局")),
    unit("各辖市、区政府"),
    *(group("成员单位", "市农委、市水利局、市教育局"), group("小组", "按需")),
)


def registry() -> Registry:
    return load_registry(build(*ENTRIES).tables["tblUnits"].values())


@pytest.mark.parametrize(
    ("cell", "members"),
    [
        ("", ("市农委", "市水利局", "市教育局")),
        ("农委", ("市农委",)),
        ("农委；市教育局", ("市农委", "市教育局")),
        ("成员单位：农委、水利局", ("市农委", "市水利局")),
        ("成员单位：农委；水利局", ("市农委", "市水利局")),
        ("不含水利局", ("市农委", "市教育局")),
        ("除水利局、教育局外", ("市农委",)),
        ("成员单位：不含农委", ("市水利局", "市教育局")),
        ("各辖市、区政府；农委", ("各辖市、区政府", "市农委")),
        ("小组：农委", ("市农委", "市水利局", "市教育局")),
    ],
)
def test_what_is_written_beside_a_task_holds_for_its_group(
    cell: str, members: tuple[str, ...]
) -> None:
    assert members_in([cell], ["成员单位"], registry())["成员单位"] == members


def test_a_task_counts_before_its_indicator_and_each_group_by_itself() -> None:
    cells = ["小组：农委", "小组：市教育局；成员单位：水利局"]
    found = members_in(cells, ["成员单位", "小组"], registry())
    assert found == {"成员单位": ("市水利局",), "小组": ("市农委",)}


def test_a_group_whose_members_go_by_tasks_has_none_of_its_own() -> None:
    assert members_in([""], ["小组"], registry()) == {"小组": ()}


def test_without_a_group_s_name_nothing_is_guessed_between_two() -> None:
    assert members_in(["农委"], ["成员单位", "小组"], registry())["小组"] == ()
    assert idle("农委", ["成员单位", "小组"], registry()) == ["市农委"]
    assert idle("农委", ["小组"], registry()) == []


@pytest.mark.parametrize("cell", ["市农委；市教育局", "成员单位：不含市农委；小组：市水利局"])
def test_what_is_written_anew_says_the_same(cell: str) -> None:
    chosen = parse_chosen(cell, registry())
    assert parse_chosen(chosen_text(chosen), registry()) == chosen


def test_other_units_stand_in_place_of_some() -> None:
    chosen = parse_chosen("小组：市农委、市教育局", registry())
    after = replaced(chosen, {"市农委": ("市农业局", "市林业局")})
    assert chosen_text(after) == "小组：市农业局、市林业局、市教育局"
