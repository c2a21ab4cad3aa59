import io

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from qcity_xl.adapters.ooxml import Book, OoxmlError
from qcity_xl.adapters.ooxml.errors import (
    HasTotalsRow,
    InTableHeader,
    TableBlocked,
    UnknownTable,
)
from qcity_xl.adapters.ooxml.refs import MAX_ROW

from .build import by_openpyxl, calamine, parts, saved, tree, with_table, zipped

TABLE = "xl/tables/table1.xml"
SHEET = "xl/worksheets/sheet1.xml"


def changed_part(name: str, old: str, new: str) -> Book:
    """The book of `with_table` with a piece of one part replaced."""
    made = parts(with_table())
    text = made[name].decode()
    assert old in text
    return Book.read(zipped({**made, name: text.replace(old, new, 1)}))


def test_table_is_told() -> None:
    info = Book.read(with_table()).tables["任务表"]
    assert (info.sheet, info.part, info.totals_row) == ("任务", TABLE, False)
    assert (info.first_row, info.last_row, info.first_col, info.last_col) == (1, 4, 1, 4)
    assert info.columns == ("编号", "名称", "分值", "两倍")


def test_append_grows_all_that_ended_with_the_table() -> None:
    book = Book.read(with_table())
    assert book.append_rows("任务表", 2) == 5
    assert book.append_rows("任务表", 1) == 7
    assert book.tables["任务表"].last_row == 7
    book.set("任务", 7, 1, "13.10")
    after = by_openpyxl(book.to_bytes())
    sheet = after["任务"]
    table = sheet.tables["任务表"]
    assert (table.ref, table.autoFilter.ref if table.autoFilter else "A1:D7") == ("A1:D7", "A1:D7")
    assert sheet.dimensions == "A1:D7"
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["C2:C7 H9"]
    assert [str(rule.sqref) for rule in sheet.conditional_formatting] == ["A2:D7"]
    assert sheet.print_area == "'任务'!$A$1:$D$7"
    assert [sheet.row_dimensions[row].height for row in range(4, 8)] == [30, 30, 30, 30]
    assert [sheet.cell(row, 3).number_format for row in (4, 5, 7)] == ["0.00"] * 3
    assert sheet["A7"].value == "13.10"
    assert sheet["D7"].value == "=任务表[[#This Row],[分值]]*2"


def test_append_leaves_the_rest_alone() -> None:
    data = with_table()
    book = Book.read(data)
    book.append_rows("任务表", 2)
    before, after = parts(data), parts(book.to_bytes())
    changed = {name for name, content in before.items() if after[name] != content}
    assert changed == {SHEET, TABLE, "xl/workbook.xml"}
    assert after[TABLE] == before[TABLE].replace(b"A1:D4", b"A1:D6")


def test_append_nothing() -> None:
    data = with_table()
    book = Book.read(data)
    assert book.append_rows("任务表", 0) == 5
    assert book.to_bytes() == data


def test_calculated_column_takes_results() -> None:
    book = Book.read(with_table())
    row = book.append_rows("任务表", 1)
    book.set("任务", row, 3, 4)
    book.set_cached("任务", row, 4, 8)
    assert calamine(book.to_bytes())[4] == ["", "", 4.0, 8.0]
    assert book.cell_formula("任务", row, 4) == "任务表[[#This Row],[分值]]*2"


def test_array_column() -> None:
    book = changed_part(TABLE, "<calculatedColumnFormula>", '<calculatedColumnFormula array="1">')
    book.append_rows("任务表", 1)
    assert b'<c r="D5"><f t="array" ref="D5">' in parts(book.to_bytes())[SHEET]


def test_filter_and_extended_rules_grow() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    xm = "http://schemas.microsoft.com/office/excel/2006/main"
    extra = (
        f'<extLst><ext xmlns:x14="{x14}" xmlns:xm="{xm}"><x14:conditionalFormattings>'
        "<x14:conditionalFormatting><xm:sqref>B2:B4</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings></ext><ext><x14:dataValidations xmlns:x14='x'"
        " xmlns:xm='y'><x14:dataValidation><xm:sqref>A2:F4 H1</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations><x14:sparkline xmlns:x14='x' xmlns:xm='y'><xm:sqref>C4</xm:sqref>"
        "</x14:sparkline></ext></extLst></worksheet>"
    )
    made = parts(with_table())
    made[SHEET] = made[SHEET].replace(b"</worksheet>", extra.encode())
    made[TABLE] = made[TABLE].replace(
        b'<autoFilter ref="A1:D4"/>',
        b'<autoFilter ref="A1:D4"><filterColumn colId="0"/></autoFilter>',
    )
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b"</definedNames>",
        "<definedName name='_xlnm._FilterDatabase' localSheetId='0'>任务!$A$1:$D$4</definedName>"
        "<definedName name='_xlnm.Print_Area' localSheetId='1'>说明!$A$1:$D$4</definedName>"
        "<definedName name='别的'>任务!$A$1:$D$4</definedName></definedNames>".encode(),
    )
    assert main in made[SHEET].decode()
    book = Book.read(zipped(made))
    book.append_rows("任务表", 1)
    after = parts(book.to_bytes())
    sheet = after[SHEET].decode()
    tree(after[SHEET])
    assert "<xm:sqref>B2:B5</xm:sqref>" in sheet
    assert "<xm:sqref>A2:F4 A5:D5 H1</xm:sqref>" in sheet
    assert "<xm:sqref>C4</xm:sqref>" in sheet
    assert b'<autoFilter ref="A1:D5"><filterColumn' in after[TABLE]
    names = after["xl/workbook.xml"].decode()
    assert names.count("$A$1:$D$5") == 2
    assert "localSheetId='0'>任务!$A$1:$D$5" in names


def blocked(kind: str) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(with_table()))
    sheet = workbook["任务"]
    if kind == "cell":
        sheet["B6"] = 1
    elif kind == "merge":
        sheet.merge_cells("D6:F6")
    elif kind == "table":
        sheet["D6"], sheet["D7"] = "头", 1
        sheet.add_table(Table(displayName="另一表", ref="D6:D7"))
    return saved(workbook)


@pytest.mark.parametrize("kind", ["cell", "merge", "table"])
def test_append_over_something_is_refused(kind: str) -> None:
    book = Book.read(blocked(kind))
    assert book.append_rows("任务表", 1) == 5
    with pytest.raises(TableBlocked, match="「任务」的表格「任务表」"):
        book.append_rows("任务表", 1)
    assert book.tables["任务表"].last_row == 5


def test_append_over_a_pending_cell_is_refused() -> None:
    book = Book.read(with_table())
    book.set("任务", 5, 1, "新")
    with pytest.raises(TableBlocked, match="A5"):
        book.append_rows("任务表", 1)
    book.set("任务", 5, 1, None)
    book.append_rows("任务表", 1)


def test_append_beside_and_over_empty_cells() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(with_table()))
    workbook["任务"]["F5"] = "旁边"
    workbook["任务"]["A5"].number_format = "0%"
    book = Book.read(saved(workbook))
    book.append_rows("任务表", 1)
    after = by_openpyxl(book.to_bytes())["任务"]
    assert (after["F5"].value, after["A5"].number_format) == ("旁边", "General")


def test_totals_row() -> None:
    book = changed_part(TABLE, "<table ", '<table totalsRowCount="1" ')
    assert book.tables["任务表"].last_row == 3
    for edit in (book.append_rows, book.drop_last_rows):
        with pytest.raises(HasTotalsRow):
            edit("任务表", 1)


def test_unknown_table_and_end_of_sheet() -> None:
    book = Book.read(with_table())
    with pytest.raises(UnknownTable, match="别的表"):
        book.append_rows("别的表", 1)
    with pytest.raises(OoxmlError):
        book.append_rows("任务表", MAX_ROW)


def test_header_must_stay_the_name_of_the_column() -> None:
    book = Book.read(with_table())
    book.set("任务", 1, 1, "编号")
    with pytest.raises(InTableHeader, match="「任务」A1：是表格「任务表」"):
        book.set("任务", 1, 1, "代号")


def test_header_of_two_lines() -> None:
    book = changed_part(TABLE, 'name="编号"', 'name="编_x000a_号"')
    assert book.tables["任务表"].columns[0] == "编\n号"
    book.set("任务", 1, 1, "编\n号")


def test_drop_is_the_reverse_of_append() -> None:
    data = with_table()
    book = Book.read(data)
    book.append_rows("任务表", 3)
    book.set("任务", 6, 1, "13.10")
    book.drop_last_rows("任务表", 3)
    before, after = parts(data), parts(book.to_bytes())
    assert after[SHEET] == before[SHEET]
    assert after[TABLE] == before[TABLE]


def test_drop_takes_cells_and_rules() -> None:
    book = Book.read(with_table(5))
    book.set("任务", 6, 7, "旁边")
    book.drop_last_rows("任务表", 2)
    after = by_openpyxl(book.to_bytes())
    sheet = after["任务"]
    assert sheet.tables["任务表"].ref == "A1:D4"
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["C2:C4 H9"]
    assert sheet.print_area == "'任务'!$A$1:$D$4"
    assert [cell.value for cell in sheet[5]][:4] == [None] * 4
    assert sheet["G6"].value == "旁边"


def test_drop_leaves_one_empty_row() -> None:
    book = Book.read(with_table())
    book.drop_last_rows("任务表", 99)
    assert book.tables["任务表"].last_row == 2
    after = by_openpyxl(book.to_bytes())["任务"]
    assert [cell.value for cell in after[2]][:3] == [None] * 3
    assert str(after["D2"].value).startswith("=")  # a calculated column goes on from here
    assert after["C2"].number_format == "0.00"
    assert book.append_rows("任务表", 1) == 3


def test_drop_beside_cells_without_a_reference() -> None:
    made = parts(with_table())
    text = made[SHEET].decode()
    for cell in ("A4", "B4", "C4", "D4"):
        text = text.replace(f'<c r="{cell}"', "<c")
    text = text.replace("</row></sheetData>", "<c><v>9</v></c></row></sheetData>")
    book = Book.read(zipped({**made, SHEET: text}))
    assert book.cell_value("任务", 4, 5) == 9
    book.drop_last_rows("任务表", 1)
    assert calamine(book.to_bytes())[3] == ["", "", "", "", 9.0]


def test_placeholder_row_becomes_a_real_one() -> None:
    used = changed_part(TABLE, "<table ", '<table insertRow="1" ')
    used.set("任务", 2, 1, "新")
    grown = changed_part(TABLE, "<table ", '<table insertRow="1" ')
    grown.append_rows("任务表", 1)
    for book in (used, grown):
        assert b"insertRow" not in parts(book.to_bytes())[TABLE]


def test_table_without_header_row() -> None:
    book = changed_part(TABLE, 'headerRowCount="1"', 'headerRowCount="0"')
    info = book.tables["任务表"]
    assert (info.first_row, info.last_row) == (0, 4)
    book.set("任务", 1, 1, "不是表头")
    book.append_rows("任务表", 1)
    assert b'ref="A1:D5"' in parts(book.to_bytes())[TABLE]
