import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.reading import Cell, Reading, grid_of, read_plan
from qcity_xl.core.reading.names import inner_room, name_fault, short_for
from qcity_xl.core.reading.unit_cells import read_unit_cell


def split(cell: str) -> list[tuple[str, str]]:
    return [(clause.part, clause.text.strip()) for clause in read_unit_cell(cell).clauses]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("牵头单位：市科协；配合单位：市商务局", [("leads", "市科协"), ("partners", "市商务局")]),
        ("牵头：市科协\n配合：市商务局", [("leads", "市科协"), ("partners", "市商务局")]),
        (
            "市科协牵头，市商务局、市财政局配合",
            [("leads", "市科协"), ("partners", "市商务局、市财政局")],
        ),
        ("市科协（牵头）、市商务局", [("leads", "市科协"), ("partners", "市商务局")]),
        ("市科协会同市商务局", [("leads", "市科协"), ("partners", "市商务局")]),
        ("市科协、市商务局按职责分工负责", [("", "市科协、市商务局")]),
        ("由市科协牵头负责", [("leads", "市科协")]),
        ("责任单位：市科协；责任人：孙明", [("", "市科协")]),
        ("由市科协联合市商务局", [("leads", "市科协"), ("partners", "市商务局")]),
        ("市卫生健康委员会同市商务局", [("leads", "市卫生健康委员会"), ("partners", "市商务局")]),
        ("市科协负总责，各区政府具体实施", [("leads", "市科协"), ("", "各区政府")]),
        ("市科协为牵头单位，市商务局为配合单位", [("leads", "市科协"), ("partners", "市商务局")]),
        ("牵头单位为市科协，配合单位为市商务局", [("leads", "市科协"), ("partners", "市商务局")]),
        ("市科协牵头、市商务局配合", [("leads", "市科协"), ("partners", "市商务局")]),
        ("（1）市科协（2）市商务局", [("", "市科协、市商务局")]),
        ("一、市科协\n二、市商务局", [("", "市科协\n、市商务局")]),
        ("①市科协②市商务局", [("", "市科协、市商务局")]),
        ("市科协", [("", "市科协")]),
        ("以市科协为主，市商务局参加", [("leads", "市科协"), ("partners", "市商务局")]),
        ("市科协、市商务局（按职责分工负责）", [("", "市科协、市商务局")]),
    ],
)
def test_words_in_a_cell_tell_who_leads(cell: str, parts: list[tuple[str, str]]) -> None:
    assert split(cell) == parts


@pytest.mark.parametrize("cell", ["无", "—", "－－", "/", "暂无", "无。", ""])
def test_nobody_is_no_unit(cell: str) -> None:
    assert read_unit_cell(cell).clauses == ()


@pytest.mark.parametrize("cell", ["待定", "另行确定", "（待明确）"])
def test_what_is_to_be_decided_is_asked(cell: str) -> None:
    assert read_unit_cell(cell).clauses == ()
    assert read_unit_cell(cell).undecided


@pytest.mark.parametrize(
    ("cell", "name", "contact", "phone"),
    [
        ("市体校（孙明，0000-55550001）", "市体校", "孙明", "0000-55550001"),
        ("市体校 孙明 13000000001", "市体校", "孙明", "13000000001"),
        ("市体校，0000-5555 0001", "市体校", "", "0000-5555 0001"),
        ("市体校 联系电话：55550001", "市体校", "", "55550001"),
        ("市体校（联系人：孙明）", "市体校", "孙明", ""),
        ("市体校（孙明）", "市体校", "孙明", ""),
        ("市体校：孙明 55550001", "市体校", "孙明", "55550001"),
    ],
)
def test_people_and_numbers_are_contacts(cell: str, name: str, contact: str, phone: str) -> None:
    read = read_unit_cell(cell)
    assert [clause.text.strip() for clause in read.clauses] == [name]
    assert [(c.unit, c.contact, c.phone) for c in read.contacts] == [(name, contact, phone)]


@pytest.mark.parametrize(
    "name", ["市科协", "和平区人民政府", "江阳海关", "市体育局（市足协）", "团市委"]
)
def test_names_of_units(name: str) -> None:
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "区）人民政府",
        "0000-55550001）",
        "张三",
        "市科协牵头",
        "市3局",
        "待定",
        "市科协（好中）",
        "施工企业",
        "定点医院",
        "两办",
        "市四套班子办公室",
        "市（县）体育局",
    ],
)
def test_texts_that_are_no_names(name: str) -> None:
    assert name_fault(name)


def test_names_that_may_be_the_same_and_sections_of_an_office_are_known() -> None:
    assert short_for("市卫健委", "市卫生健康委员会")
    assert not short_for("市科技局", "市体育局")
    assert inner_room("市体育局青少年科") == "市体育局"
    assert inner_room("市体育局") == ""


@given(st.text(alphabet="市县科技局商务和、，；：（）牵头配合单位负责会同 \n13无", max_size=24))
def test_any_cell_is_read_and_nothing_but_names_become_units(cell: str) -> None:
    read_unit_cell(cell)
    for unit in reading(cell).plan.units:
        assert unit.kind == "group" or not name_fault(unit.name)


@pytest.mark.parametrize("cell", ["县级人民政府", "三区两县", "局机关各科室", "区县政府"])
def test_words_for_many_are_groups(cell: str) -> None:
    assert [(unit.name, unit.kind) for unit in reading(cell).plan.units] == [(cell, "group")]


@pytest.mark.parametrize("cell", ["质量发展科", "办公室", "机关党委"])
def test_a_section_without_its_office_is_asked(cell: str) -> None:
    (asked,) = (r for r in reading(cell).plan.rulings if r.item == "单位")
    assert cell in asked.question


def reading(cell: str) -> Reading:
    head = ("考核内容", "分值", "评分标准", "工作任务", "责任单位")
    rows = [head, ("1.培训", "5", "培训2场以上（5分）。", "1.1培训", cell)]
    return read_plan([Cell("江阳市任务分解表", "第1段", free=True), grid_of("表1", rows)])


def test_a_name_that_fails_is_asked_with_the_nearest_and_is_no_unit() -> None:
    read = reading("市科技局、科技局3")
    assert [unit.name for unit in read.plan.units] == ["市科技局"]
    (asked,) = (r for r in read.plan.rulings if r.item == "牵头单位")
    assert "科技局3" in asked.question and "“市科技局”" in asked.question


@pytest.mark.parametrize(
    ("cell", "units", "groups"),
    [
        ("市委组织部、老干部局、民政局", ["市委组织部", "市委老干部局", "市民政局"], []),
        ("市民政局、教育局", ["市民政局", "市教育局"], []),
        ("市住房和城乡建设局和市民政局", ["市住房和城乡建设局", "市民政局"], []),
        ("市水务局.市民政局", ["市水务局", "市民政局"], []),
        ("市水务局及各县（市、区）政府", ["市水务局"], ["各县（市、区）政府"]),
        ("市双拥工作联席会议成员单位", [], ["市双拥工作联席会议成员单位"]),
        ("市直有关部门、各有关企业", [], ["市直有关部门", "各有关企业"]),
    ],
)
def test_cells_of_units(cell: str, units: list[str], groups: list[str]) -> None:
    found = reading(cell).plan.units
    assert [unit.name for unit in found if unit.kind == "unit"] == units
    assert [unit.name for unit in found if unit.kind == "group"] == groups


@pytest.mark.parametrize(
    ("cell", "clauses"),
    [
        ("（牵头）市司法局；（配合）市档案局", [("市司法局", "leads"), ("市档案局", "partners")]),
        ("市司法局【牵头】、市档案局【配合】", [("市司法局", "leads"), ("市档案局", "partners")]),
        ("牵头部门:市司法局 责任部门:市档案局", [("市司法局", "leads"), ("市档案局", "partners")]),
        ("责任单位：市司法局；配合单位：市档案局", [("市司法局", ""), ("市档案局", "partners")]),
        ("市司法局刘洋13800000000", [("市司法局", "")]),
    ],
)
def test_labels_in_any_brackets_divide_a_cell(cell: str, clauses: list[tuple[str, str]]) -> None:
    assert [(clause.text, clause.part) for clause in read_unit_cell(cell).clauses] == clauses


@pytest.mark.parametrize("mark", ["★", "☆", "※", "▲", "*", "＊", "◆"])
@pytest.mark.parametrize(
    "shape", ["{}市商务局、市科技局", "市商务局{}、市科技局", "市商务局、{} 市科技局"]
)
def test_a_mark_at_one_of_the_names_is_no_part_of_it_and_is_told(mark: str, shape: str) -> None:
    read = read_unit_cell(shape.format(mark))
    assert [c.text for c in read.clauses] == ["市商务局、市科技局"]
    assert read.marks == mark


@pytest.mark.parametrize("cell", ["★市商务局", "市商务局※", "▲市商务局、▲市科技局"])
def test_a_mark_at_all_of_the_names_sets_none_apart(cell: str) -> None:
    read = read_unit_cell(cell)
    assert "".join(c.text for c in read.clauses).startswith("市商务局")
    assert read.marks == ""


def test_numbers_between_names_without_a_space_divide_them() -> None:
    (clause,) = read_unit_cell("1.市科技局2.市教育局").clauses
    assert clause.text.strip("、").split("、") == ["市科技局", "市教育局"]
