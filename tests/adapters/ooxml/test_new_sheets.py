"""A sheet of another workbook is appended with its table, and taken away again."""

import pytest

from qcity_xl.adapters.ooxml import Book, Package
from qcity_xl.adapters.ooxml.adopt import Adopter
from qcity_xl.adapters.ooxml.errors import SheetThere
from qcity_xl.adapters.ooxml.new_sheets import NewSheet, add_sheet, drop_sheet

from .build import (
    SHEET_PART,
    TABLE_PART,
    by_openpyxl,
    calamine,
    handmade_parts,
    parts,
    with_table,
    zipped,
)

MODEL = Package.read(with_table())
TITLES = {"_xlnm.Print_Titles": "'走访'!$1:$1"}


def extended(name: str = "走访") -> Package:
    package = Package.read(zipped(handmade_parts()))
    adopter = Adopter(package, "xl/styles.xml", MODEL.xml("xl/styles.xml"))
    new = NewSheet(name, MODEL.xml(SHEET_PART), MODEL.xml(TABLE_PART), TITLES)
    add_sheet(package, new, adopter)
    adopter.save()
    return package


def test_the_sheet_stands_last_with_its_table_and_looks_as_before() -> None:
    data = extended().to_bytes()
    book = by_openpyxl(data)
    assert book.sheetnames == ["表一", "走访"]
    assert list(book["走访"].tables) == ["任务表"]
    assert book["走访"]["C2"].number_format == "0.00"
    assert book["走访"].print_title_rows == "$1:$1"
    assert calamine(data, "走访")[0] == ["编号", "名称", "分值", "两倍"]


def test_the_table_takes_rows_like_any_other() -> None:
    book = Book.read(extended().to_bytes())
    line = book.append_rows("任务表", 1)
    book.set("走访", line, 2, "走访企业3家")
    assert calamine(book.to_bytes(), "走访")[-1][1] == "走访企业3家"


def test_taking_it_away_is_the_reverse() -> None:
    package = extended()
    drop_sheet(package, "走访")
    before, after = parts(zipped(handmade_parts())), parts(package.to_bytes())
    assert set(after) == set(before)
    assert after[SHEET_PART] == before[SHEET_PART]
    assert b"Print_Titles" not in after["xl/workbook.xml"]
    assert by_openpyxl(package.to_bytes()).sheetnames == ["表一"]


def test_a_name_that_is_taken_is_refused() -> None:
    with pytest.raises(SheetThere, match="表一"):
        extended("表一")


def test_sheets_behind_one_that_goes_keep_their_names_and_their_place_in_view() -> None:
    package = extended()
    workbook = package.xml("xl/workbook.xml")
    package.replace("xl/workbook.xml", workbook.body.replace(b"<sheets", _VIEW + b"<sheets"))
    drop_sheet(package, "表一")
    book = by_openpyxl(package.to_bytes())
    assert book.sheetnames == ["走访"]
    assert book["走访"].print_title_rows == "$1:$1"
    assert book.active is not None
    assert book.active.title == "走访"
    assert b'activeTab="0"' in parts(package.to_bytes())["xl/workbook.xml"]


_VIEW = b'<bookViews><workbookView activeTab="1"/></bookViews>'
