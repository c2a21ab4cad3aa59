import pytest

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.errors import MissingPart

from .build import STYLES, by_openpyxl, handmade, handmade_parts, parts, with_table, zipped

DATA = '<sheetData><row r="1"><c r="A1" s="2"/><c r="B1" s="1"><v>1</v></c></row></sheetData>'


def styles_xml(book: Book) -> str:
    return parts(book.to_bytes())["xl/styles.xml"].decode()


def test_flag_appends_a_fill_and_a_clone() -> None:
    book = handmade(DATA)
    book.flag("表一", 1, 1, "ffeb9c")
    fill = (
        '<fill><patternFill patternType="solid"><fgColor rgb="FFFFEB9C"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )
    xf = (
        '<xf numFmtId="2" fontId="0" fillId="2" borderId="0" applyFill="1">'
        '<alignment wrapText="1"/></xf>'
    )
    assert styles_xml(book) == (
        STYLES.replace('<fills count="2">', '<fills count="3">')
        .replace("</fills>", f"{fill}</fills>")
        .replace('<cellXfs count="4">', '<cellXfs count="5">')
        .replace("</cellXfs>", f"{xf}</cellXfs>")
    )


def test_flags_are_shared() -> None:
    book = handmade(DATA)
    for row in range(1, 20):
        book.flag("表一", row, 1, "FFEB9C")
        book.flag("表一", row, 2, "00FFEB9C")
    assert 'fills count="4"' in styles_xml(book)
    assert 'cellXfs count="8"' in styles_xml(book)  # A1, B1, the others; two colours of those


def test_flag_keeps_value_and_calculation() -> None:
    data = with_table()
    book = Book.read(data)
    book.flag("任务", 2, 4, "FFEB9C")
    after = parts(book.to_bytes())
    changed = {name for name, content in parts(data).items() if after[name] != content}
    assert changed == {"xl/styles.xml", "xl/worksheets/sheet1.xml"}
    cell = by_openpyxl(book.to_bytes())["任务"]["D2"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("=C2*2", "FFFFEB9C")


def test_flag_twice_changes_the_colour() -> None:
    book = Book.read(with_table())
    book.flag("任务", 2, 1, "FFEB9C")
    book.flag("任务", 2, 1, "FF0000")
    assert by_openpyxl(book.to_bytes())["任务"]["A2"].fill.fgColor.rgb == "FFFF0000"


def test_flag_on_no_cell_uses_the_column() -> None:
    book = handmade('<cols><col min="5" max="5" style="2"/></cols><sheetData/>')
    book.flag("表一", 3, 5, "FF0000")
    assert 'numFmtId="2" fontId="0" fillId="2"' in styles_xml(book)


def test_flag_wants_a_colour() -> None:
    with pytest.raises(ValueError, match="red"):
        handmade().flag("表一", 1, 1, "red")


def test_prefixed_styles() -> None:
    made = handmade_parts(DATA)
    prefixed = STYLES.replace("xmlns=", "xmlns:x=").replace("</", "</x:").replace("<", "<x:")
    made["xl/styles.xml"] = prefixed.replace("<x:/x:", "</x:").replace(
        "<x:fills count", "<x:fills count"
    )
    book = Book.read(zipped(made))
    book.flag("表一", 1, 1, "FF0000")
    assert '<x:fgColor rgb="FFFF0000"/>' in styles_xml(book)
    assert '<x:cellXfs count="5">' in styles_xml(book)


def test_no_styles_part() -> None:
    made = handmade_parts(DATA)
    del made["xl/styles.xml"]
    book = Book.read(zipped(made))
    with pytest.raises(MissingPart):
        book.flag("表一", 1, 1, "FF0000")
