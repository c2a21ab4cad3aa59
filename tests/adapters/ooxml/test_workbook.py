import pytest

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.errors import (
    BinaryWorkbook,
    LastVisibleSheet,
    NotAWorksheet,
    UnknownSheet,
)

from .build import by_openpyxl, handmade, handmade_parts, parts, with_table, zipped

NAMES = (
    "<definedNames><definedName name='轮次' localSheetId='0'>表一!$A$1</definedName>"
    "<definedName name='轮次'>'表 ''一'''!$B$3</definedName><definedName name='块'>表一!$A$1:$B$2"
    "</definedName><definedName name='值'>5</definedName><definedName name='和'>A&amp;B!C4"
    "</definedName></definedNames>"
)


def workbook_xml(book: Book) -> str:
    return parts(book.to_bytes())["xl/workbook.xml"].decode()


@pytest.mark.parametrize(
    ("workbook", "properties", "after"),
    [
        ("", "", '</sheets><calcPr fullCalcOnLoad="1"/></workbook>'),
        ("<calcPr calcId='1'/>", "", "<calcPr calcId='1' fullCalcOnLoad=\"1\"/></workbook>"),
        ('<calcPr fullCalcOnLoad="0"></calcPr>', "", '<calcPr fullCalcOnLoad="1"></calcPr>'),
        (
            "<definedNames/><oleSize/>",
            "<workbookPr/>",
            '<definedNames/><calcPr fullCalcOnLoad="1"/><oleSize/>',
        ),
        ("<pivotCaches/>", "", '</sheets><calcPr fullCalcOnLoad="1"/><pivotCaches/>'),
    ],
)
def test_recalculation_on_load(workbook: str, properties: str, after: str) -> None:
    book = handmade(workbook=workbook, properties=properties)
    before = workbook_xml(book)
    book.set("表一", 1, 1, 1)
    assert after in workbook_xml(book)
    book.recalculate_on_load = False
    assert workbook_xml(book) == before


@pytest.mark.parametrize(
    ("name", "found"),
    [("轮次", ("表 '一'", 3, 2)), ("和", ("A&B", 4, 3)), ("块", None), ("值", None), ("无", None)],
)
def test_name_of_a_cell(name: str, found: tuple[str, int, int] | None) -> None:
    assert handmade(workbook=NAMES).name_ref(name) == found


def test_sheet_state() -> None:
    data = with_table()
    book = Book.read(data)
    book.set_sheet_state("说明", "veryHidden")
    after = by_openpyxl(book.to_bytes())
    assert [sheet.sheet_state for sheet in after] == ["visible", "veryHidden"]
    with pytest.raises(LastVisibleSheet, match="任务"):
        book.set_sheet_state("任务", "hidden")
    with pytest.raises(UnknownSheet):
        book.set_sheet_state("别的", "hidden")
    book.set_sheet_state("说明", "visible")
    assert parts(book.to_bytes()) == parts(data)


def test_sheet_that_has_no_cells() -> None:
    made = handmade_parts()
    rels = str(made["xl/_rels/workbook.xml.rels"])
    made["xl/_rels/workbook.xml.rels"] = rels.replace("/worksheet", "/chartsheet", 1)
    book = Book.read(zipped(made))
    assert book.sheets == ("表一",)
    with pytest.raises(NotAWorksheet):
        book.set("表一", 1, 1, 1)


def test_a_binary_workbook_is_named_as_such() -> None:
    made = handmade_parts()
    made["_rels/.rels"] = str(made["_rels/.rels"]).replace("workbook.xml", "workbook.bin")
    made["xl/workbook.bin"] = b"\x83\x01\0"
    with pytest.raises(BinaryWorkbook, match="xlsb"):
        Book.read(zipped(made))
