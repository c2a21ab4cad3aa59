import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.reading.names import (
    Names,
    city_of,
    looks_like_units,
    name_fault,
    short_for,
)

KNOWN = Names("青山")
KNOWN.learn(["县市场监管局", "县教育局", "青山海关", "县农业农村局、县水利局"])


def split(cell: str) -> list[str]:
    return [entry.name for entry in KNOWN.split(cell)]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("县教育局\\县水利局", ["县教育局", "县水利局"]),
        ("县教育局", ["县教育局"]),
        ("县市场监\n管局", ["县市场监管局"]),
        ("教育局", ["县教育局"]),
        ("县教育局+县水利局＆县财政局", ["县教育局", "县水利局", "县财政局"]),
        ("县委、县政府督查室", ["县委督查室", "县政府督查室"]),
        ("县委、县政府", ["县委", "县政府"]),
        ("县教育\n\n局", ["县教育局"]),
        ("县委办、县政府办，财政局", ["县委办", "县政府办", "县财政局"]),
        ("县教育局、市场监管局", ["县教育局", "县市场监管局"]),
        ("县教育局、青山海关、水利局", ["县教育局", "青山海关", "县水利局"]),
        ("县妇联、团县委", ["县妇联", "团县委"]),
        ("省药监局、市发改委、财政局", ["省药监局", "市发改委", "市财政局"]),
        ("区住建局、区划办", ["区住建局", "区区划办"]),
        ("县教育局\n县财政局", ["县教育局", "县财政局"]),
        ("县教育局 县财政局", ["县教育局", "县财政局"]),
        ("县财政局\n发展和改革局", ["县财政局", "县发展和改革局"]),
        ("县公安局\n交警支队", ["县公安局交警支队"]),
        ("县财政局\n水利局", ["县财政局", "县水利局"]),
        ("县财政局、\n水利局", ["县财政局", "县水利局"]),
        ("县教育局、县教育局", ["县教育局"]),
        ("和平区政府、和平街道", ["和平区政府", "和平街道"]),
        ("县教育局、和顺乡人民政府、新区管委会", ["县教育局", "和顺乡人民政府", "新区管委会"]),
        ("县教育局、各景点", ["县教育局", "各景点"]),
        ("县级有关部门和单位", ["县级有关部门和单位"]),
        ("县教育局|县水利局·县财政局", ["县教育局", "县水利局", "县财政局"]),
        ("各镇、\n街道", ["各镇、街道"]),
        ("各辖市、区政府", ["各辖市、区政府"]),
        ("各县（市、区）政府，县教育局", ["各县（市、区）政府", "县教育局"]),
        ("各县(市、区)人民政府", ["各县（市、区）人民政府"]),
        ("各乡镇人民政府、县教育局", ["各乡镇人民政府", "县教育局"]),
        ("领导小组相\n关成员单位", ["领导小组相关成员单位"]),
        ("领导小组各成员单位，各区县政府", ["领导小组各成员单位", "各区县政府"]),
        ("县教育局及相关成员单位", ["县教育局", "相关成员单位"]),
        ("县教育局等其他有关部门", ["县教育局", "相关成员单位"]),
        ("县教育局等", ["县教育局", "相关成员单位"]),
        ("", []),
    ],
)
def test_a_cell_is_split_into_names_and_group_words(cell: str, names: list[str]) -> None:
    assert split(cell) == names


@pytest.mark.parametrize(
    ("cell", "uncertain"),
    [
        ("县教育局\n县财政局", True),
        ("县公安局\n交警支队", True),
        ("县市场监\n管局", False),
        ("县教育局、\n水利局", False),
        ("领导小组\n成员单位", False),
        ("县教育局、民政局", True),
        ("县教育局、水利局", False),  # 县水利局 stands elsewhere in full
    ],
)
def test_only_what_is_uncertain_is_told(cell: str, uncertain: bool) -> None:
    assert any(entry.broken or entry.elided for entry in KNOWN.split(cell)) is uncertain


@pytest.mark.parametrize(
    ("heading", "city"),
    [
        ("青山县创建全省质量强县工作任务分解表", "青山"),
        ("2024年江阳市质量强市任务表", "江阳"),
        ("关于印发江阳市任务分解表的通知", "江阳"),
        ("任务分解表", ""),
    ],
)
def test_the_place_is_in_the_heading(heading: str, city: str) -> None:
    assert city_of(heading) == city


def test_what_can_be_units() -> None:
    assert all(map(looks_like_units, ["县教育局", "各镇（街道）", "人行中心\n支行", "江阳海关"]))
    assert not any(map(looks_like_units, ["查阅文件", "30", "建立制度。", "质量基础扎实", ""]))


@given(st.text(alphabet="县市教育局委、，\n 各政府（）及等单位和", max_size=30))
def test_no_letter_of_a_name_is_lost(cell: str) -> None:
    found = "".join(split(cell))
    for letter in set(cell) & set("教育局委"):
        assert letter in found


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        *(("县教育局", True), ("县教育局（县语委办）", True), ("县××局", False), ("县XX局", False)),
        *(("县教育局或县财政局", False), ("民政部门", False), ("县教育局（", False)),
        ("县教育局★", False),
        ("县局", False),
        ("县委", True),
    ],
)
def test_no_unit_is_made_of_a_text_that_names_none(name: str, sound: bool) -> None:
    assert (name_fault(name) == "") is sound


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("县市监局", "县市场监管局", True),
        ("县委办", "县委办公室", True),
        ("县文旅局（县文物局）", "县文旅局", True),
        ("县教育局", "县教育局职成科", False),
        ("县教育局", "县水利局", False),
    ],
)
def test_names_that_may_be_one_unit_s_are_asked_about(one: str, two: str, same: bool) -> None:
    assert short_for(one, two) is short_for(two, one) is same


@pytest.mark.parametrize(
    "cell",
    [
        "属地政府",
        "相关镇政府",
        "有关县（市、区）人民政府",
        "各高校",
        "各景点",
        "乡镇（街道）",
        "县政府各部门",
    ],
)
def test_words_for_many_are_groups_and_get_no_pack(cell: str) -> None:
    assert [entry.group for entry in KNOWN.split(cell)] == [True]
