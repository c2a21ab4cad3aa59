"""Names as people write them, and the units that are meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.units import Registry, load_registry
from qcity_xl.core.schema import UNITS
from tests.core.builders import build, embedded, group, unit


def registry() -> Registry:
    return load_registry(embedded().rows(UNITS).values())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("市农委", "市农委"),
        ("农委", "市农委"),
        ("农业委员会", "市农委"),
        (" 市 农委\u3000", "市农委"),
        ("质监局", "市质监局"),
        ("人行中心\n支行", "人行中心支行"),
        ("中国人民银行常州市中心支行", "人行中心支行"),
        ("出入境检验检疫局", "常州国检局"),
        ("各辖市（区）政府", "各辖市、区政府"),
        ("市农\uf030委", "市农委"),
        ("农林局", None),
        ("", None),
    ],
)
def test_a_name_or_an_alias_leads_to_the_unit(written: str, meant: str | None) -> None:
    assert registry().find(written) == meant


@pytest.mark.parametrize(
    ("unknown", "nearest"),
    [
        ("市质检局", "市质监局"),
        ("市农业委", "市农委"),
        ("市发改局", "市发改委"),
        ("领导小组成员", "领导小组成员单位"),
        ("XYZ公司", ""),
    ],
)
def test_an_unknown_name_has_a_neighbour(unknown: str, nearest: str) -> None:
    assert registry().find(unknown) is None
    assert registry().nearest(unknown) == nearest


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", []),
        ("市交通局、水利局", ["市交通局", "市水利局"]),
        ("市农委、常州国检局", ["市农委", "常州国检局"]),
        ("市文广新局\n市教育局", ["市文广新局", "市教育局"]),
        ("人行中心\n支行", ["人行中心支行"]),
        ("市人社局；人行中心\n支行；", ["市人社局", "人行中心支行"]),
        ("各辖市、区政府", ["各辖市、区政府"]),
        (
            "领导小组相关成员单位，各辖市、区政府",
            ["领导小组相关成员单位", "各辖市、区政府"],
        ),
        ("市发改委、旅游局，各辖市、区政府", ["市发改委", "市旅游局", "各辖市、区政府"]),
        ("市农委、县农办、教育局", ["市农委", "县农办", "市教育局"]),
        ("、；\n", []),
    ],
)
def test_a_cell_holds_several_names(cell: str, names: list[str]) -> None:
    assert registry().split(cell) == names


@given(st.lists(st.sampled_from(sorted(set(registry().names.values()))), max_size=6))
def test_names_that_were_joined_come_apart(names: list[str]) -> None:
    for mark in ("；", "\n", "、"):
        assert registry().split(mark.join(names)) == names


def test_a_unit_s_own_name_goes_before_another_s_alias() -> None:
    master = build(unit("市建设局", "规划局"), unit("规划局"))
    assert master.registry.find("规划局") == "规划局"


def test_groups_know_their_members() -> None:
    master = build(group("领导小组成员单位", "市农委、农委；\n教育局"), group("空组"), unit("甲"))
    assert master.registry.groups == {
        "领导小组成员单位": ("市农委", "农委", "教育局"),
        "空组": (),
    }


def test_a_member_whose_name_holds_a_divider_is_one() -> None:
    master = build(group("属地", "市农委、各县、区政府"), unit("市农委"), unit("各县、区政府"))
    assert master.registry.groups["属地"] == ("市农委", "各县、区政府")


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("关于报送的函（市农委）.xlsx", ["市农委"]),
        ("农业委员会和教育局.xlsx", ["市农委", "市教育局"]),
        ("市 质监 局 定稿", ["市质监局"]),
        ("领导小组成员单位.xlsx", []),
        ("填报表（3）.xlsx", []),
    ],
)
def test_the_units_that_a_files_name_has_in_it(words: str, units: list[str]) -> None:
    assert sorted(registry().named_in(words)) == sorted(units)
