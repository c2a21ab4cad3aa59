"""Lists of contacts."""

from qcity_xl.core.schema import UNITS
from tests.core.adopting.books import adopt, after, sheet, why

HEAD = ("序号", "单位名称", "分管领导", "联系人", "联系电话", "电子邮箱")


def test_a_unit_is_known_by_name_alias_and_without_its_city() -> None:
    adopted = adopt(
        sheet(
            HEAD,
            ("1", "市农业委员会", "", "陈静", "0519-85550001", "chen@example.com"),
            ("2", "水务局", "", "周宁", "无", "/"),
        )
    )
    rows = after(adopted).rows(UNITS)
    assert (rows["U-市农委"]["contact"], rows["U-市农委"]["phone"]) == ("陈静", "0519-85550001")
    assert rows["U-市农委"]["email"] == "chen@example.com"
    assert (rows["U-市水务局"]["contact"], rows["U-市水务局"]["phone"]) == ("周宁", None)
    assert not adopted.left


def test_an_address_book_of_names_in_departments() -> None:
    adopted = adopt(
        sheet(
            ("序号", "部门", "姓名", "手机", "邮箱"),
            ("1", "农委", "陈静", "13800000001", "chen@example.com"),
        )
    )
    row = after(adopted).rows(UNITS)["U-市农委"]
    assert [row[f] for f in ("contact", "phone", "email")] == [
        *("陈静", "13800000001", "chen@example.com")
    ]
    assert not adopted.left


def test_a_unit_that_nobody_knows_is_left_with_the_nearest() -> None:
    adopted = adopt(sheet(HEAD, ("1", "市水利局", "", "周宁", "0519-85550009", "")))
    assert not adopted.changes
    assert "最接近的是“市水务局”" in why(adopted, "B2")
    assert why(adopted, "D2")


def test_leaders_groups_and_rows_of_several_units_have_no_place() -> None:
    adopted = adopt(
        sheet(
            HEAD,
            ("1", "市农委", "李副主任", "", "", ""),
            ("2", "成员单位", "", "陈静", "", ""),
            ("3", "市农委、市教育局", "", "周宁", "", ""),
        )
    )
    assert "分管领导" in why(adopted, "C2")
    assert "是组" in why(adopted, "D3")
    assert "几个单位" in why(adopted, "D4")


def test_a_name_with_its_number_in_one_cell() -> None:
    adopted = adopt(sheet(("单位", "联系人"), ("市农委", "陈静 0519-85550001")))
    row = after(adopted).rows(UNITS)["U-市农委"]
    assert (row["contact"], row["phone"]) == ("陈静", "0519-85550001")


def test_several_persons_in_one_cell() -> None:
    said = "陈静（办公室）0519-85550001、周宁 13800000002"
    adopted = adopt(sheet(("单位", "联系人及电话"), ("市农委", said)))
    row = after(adopted).rows(UNITS)["U-市农委"]
    assert (row["contact"], row["phone"]) == ("陈静、周宁", "0519-85550001、13800000002")
    other = adopt(sheet(("单位", "联系人"), ("市农委", "陈静 0519-85550001，出差中")))
    assert after(other).rows(UNITS)["U-市农委"]["phone"] is None  # not understood whole
