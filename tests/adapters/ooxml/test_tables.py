import pytest

from qcity_xl.adapters.ooxml import Book, OoxmlError
from qcity_xl.adapters.ooxml.errors import (
    HasTotalsRow,
    InTableHeader,
    UnknownTable,
)
from qcity_xl.adapters.ooxml.refs import MAX_ROW

from .build import (
    SHEET_PART,
    TABLE_PART,
    by_openpyxl,
    changed_part,
    parts,
    tree,
    with_table,
    zipped,
)


def test_table_is_told() -> None:
    info = Book.read(with_table()).tables["任务表"]
    assert (info.sheet, info.part, info.totals_row) == ("任务", TABLE_PART, False)
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
    assert changed == {SHEET_PART, TABLE_PART, "xl/workbook.xml"}
    assert after[TABLE_PART] == before[TABLE_PART].replace(b"A1:D4", b"A1:D6")


def test_append_nothing() -> None:
    data = with_table()
    book = Book.read(data)
    assert book.append_rows("任务表", 0) == 5
    assert book.to_bytes() == data


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
    made[SHEET_PART] = made[SHEET_PART].replace(b"</worksheet>", extra.encode())
    made[TABLE_PART] = made[TABLE_PART].replace(
        b'<autoFilter ref="A1:D4"/>',
        b'<autoFilter ref="A1:D4"><filterColumn colId="0"/></autoFilter>',
    )
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b"</definedNames>",
        "<definedName name='_xlnm._FilterDatabase' localSheetId='0'>任务!$A$1:$D$4</definedName>"
        "<definedName name='_xlnm.Print_Area' localSheetId='1'>说明!$A$1:$D$4</definedName>"
        "<definedName name='别的'>任务!$A$1:$D$4</definedName></definedNames>".encode(),
    )
    assert main in made[SHEET_PART].decode()
    book = Book.read(zipped(made))
    book.append_rows("任务表", 1)
    after = parts(book.to_bytes())
    sheet = after[SHEET_PART].decode()
    tree(after[SHEET_PART])
    assert "<xm:sqref>B2:B5</xm:sqref>" in sheet
    assert "<xm:sqref>A2:F4 A5:D5 H1</xm:sqref>" in sheet
    assert "<xm:sqref>C4</xm:sqref>" in sheet
    assert b'<autoFilter ref="A1:D5"><filterColumn' in after[TABLE_PART]
    names = after["xl/workbook.xml"].decode()
    assert names.count("$A$1:$D$5") == 3
    assert "localSheetId='0'>任务!$A$1:$D$5" in names


def test_totals_row() -> None:
    book = changed_part(TABLE_PART, "<table ", '<table totalsRowCount="1" ')
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
    book = changed_part(TABLE_PART, 'name="编号"', 'name="编_x000a_号"')
    assert book.tables["任务表"].columns[0] == "编\n号"
    book.set("任务", 1, 1, "编\n号")


def test_placeholder_row_becomes_a_real_one() -> None:
    used = changed_part(TABLE_PART, "<table ", '<table insertRow="1" ')
    used.set("任务", 2, 1, "新")
    grown = changed_part(TABLE_PART, "<table ", '<table insertRow="1" ')
    grown.append_rows("任务表", 1)
    for book in (used, grown):
        assert b"insertRow" not in parts(book.to_bytes())[TABLE_PART]


def test_table_without_header_row() -> None:
    book = changed_part(TABLE_PART, 'headerRowCount="1"', 'headerRowCount="0"')
    info = book.tables["任务表"]
    assert (info.first_row, info.last_row) == (0, 4)
    book.set("任务", 1, 1, "不是表头")
    book.append_rows("任务表", 1)
    assert b'ref="A1:D5"' in parts(book.to_bytes())[TABLE_PART]


@pytest.mark.parametrize(
    ("area", "after"),
    [("$B$1:$D$4", "$B$1:$D$5"), ("$A$1:$D$4", "$A$1:$D$5"), ("$A$1:$C$4", "$A$1:$C$5"),
     ("$A$1:$F$4", "$A$1:$F$5"), ("$B$1:$D$3", "$B$1:$D$3"), ("$F$1:$G$4", "$F$1:$G$4")],
)  # fmt: skip
def test_a_print_area_that_ends_with_the_table_follows_it(area: str, after: str) -> None:
    made = parts(with_table())
    name = f"<definedName name='_xlnm.Print_Area' localSheetId='0'>任务!{area}</definedName>"
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b"</definedNames>", f"{name}</definedNames>".encode()
    )
    book = Book.read(zipped(made))
    book.append_rows("任务表", 1)
    assert f"localSheetId='0'>任务!{after}<" in parts(book.to_bytes())["xl/workbook.xml"].decode()
