"""The cells of rows that a table gains and of those that it loses."""

from qcity_xl.adapters.ooxml import Book

from .build import (
    SHEET_PART,
    TABLE_PART,
    by_openpyxl,
    calamine,
    changed_part,
    parts,
    with_table,
    zipped,
)


def test_calculated_column_takes_results() -> None:
    book = Book.read(with_table())
    row = book.append_rows("任务表", 1)
    book.set("任务", row, 3, 4)
    book.set_cached("任务", row, 4, 8)
    assert calamine(book.to_bytes())[4] == ["", "", 4.0, 8.0]
    assert book.cell_formula("任务", row, 4) == "任务表[[#This Row],[分值]]*2"


def test_array_column() -> None:
    tag = "<calculatedColumnFormula>"
    book = changed_part(TABLE_PART, tag, tag.replace(">", ' array="1">'))
    book.append_rows("任务表", 1)
    assert b'<c r="D5"><f t="array" ref="D5">' in parts(book.to_bytes())[SHEET_PART]


def _without_column_formula(*cells: str) -> Book:
    """As LibreOffice saves it: the formulas stand in the cells alone."""
    made = parts(with_table())
    column = "<calculatedColumnFormula>任务表[[#This Row],[分值]]*2</calculatedColumnFormula>"
    table, sheet = made[TABLE_PART].decode(), made[SHEET_PART].decode()
    assert column in table
    for row, text in enumerate(cells, 2):
        assert f"<f>C{row}*2</f>" in sheet
        sheet = sheet.replace(f"<f>C{row}*2</f>", f'<f aca="false">{text}</f>')
    table = table.replace(column, "")
    return Book.read(zipped({**made, TABLE_PART: table, SHEET_PART: sheet}))


def test_what_all_cells_of_a_column_reckon_new_ones_do() -> None:
    own = 'IF(任务表[[#This Row],[分值]]&gt;1,&quot;A1&quot;,"B2")'
    book = _without_column_formula(own, own, own)
    row = book.append_rows("任务表", 2)
    assert book.cell_formula("任务", row + 1, 4) == 'IF(任务表[[#This Row],[分值]]>1,"A1","B2")'


def test_a_formula_of_one_cell_or_with_an_address_stays_there() -> None:
    double, triple = (f"任务表[[#This Row],[分值]]*{n}" for n in (2, 3))
    for cells in ((double, double, triple), ("C2*2", "C3*2", "C4*2"), ("$C$9", "$C$9", "$C$9")):
        book = _without_column_formula(*cells)
        assert book.cell_formula("任务", book.append_rows("任务表", 1), 4) is None


def test_drop_is_the_reverse_of_append() -> None:
    data = with_table()
    book = Book.read(data)
    book.append_rows("任务表", 3)
    book.set("任务", 6, 1, "13.10")
    book.drop_last_rows("任务表", 3)
    before, after = parts(data), parts(book.to_bytes())
    assert after[SHEET_PART] == before[SHEET_PART]
    assert after[TABLE_PART] == before[TABLE_PART]


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
    text = made[SHEET_PART].decode()
    for cell in ("A4", "B4", "C4", "D4"):
        text = text.replace(f'<c r="{cell}"', "<c")
    text = text.replace("</row></sheetData>", "<c><v>9</v></c></row></sheetData>")
    book = Book.read(zipped({**made, SHEET_PART: text}))
    assert book.cell_value("任务", 4, 5) == 9
    book.drop_last_rows("任务表", 1)
    assert calamine(book.to_bytes())[3] == ["", "", "", "", 9.0]
