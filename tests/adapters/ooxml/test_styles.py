import datetime as dt
import re

import pytest

from qcity_xl.adapters.ooxml import Book

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


@pytest.mark.parametrize("declared", [True, False])
def test_a_workbook_without_formats_gets_them(declared: bool) -> None:
    made = handmade_parts(DATA.replace(' s="2"', "").replace(' s="1"', ""))
    del made["xl/styles.xml"]
    if not declared:
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            made[name] = re.sub(
                r"<(Override|Relationship )[^>]*styles.xml[^>]*/>", "", str(made[name])
            )
    book = Book.read(zipped(made))
    book.set("表一", 1, 1, dt.date(2016, 5, 1))
    cell = by_openpyxl(book.to_bytes())["表一"]["A1"]
    assert (cell.value, cell.is_date) == (dt.datetime(2016, 5, 1), True)


CHOICE = (
    '<mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="hx"><xf numFmtId="0" fontId="0"'
    ' fillId="0" borderId="0"><x/></xf></mc:Choice><mc:Fallback><xf numFmtId="0" fontId="0"'
    ' fillId="0" borderId="0"/></mc:Fallback></mc:AlternateContent>'
)


def test_of_two_formats_for_two_programs_both_are_changed() -> None:
    made = handmade_parts('<sheetData><row r="1"><c r="A1" s="4"/></row></sheetData>')
    made["xl/styles.xml"] = STYLES.replace("</cellXfs>", f"{CHOICE}</cellXfs>")
    book = Book.read(zipped(made))
    book.set("表一", 1, 1, dt.date(2016, 5, 1))
    new = CHOICE.replace('borderId="0"', 'borderId="0" applyNumberFormat="1"')
    new = new.replace('numFmtId="0"', 'numFmtId="14"')
    assert f"{new}</cellXfs>" in styles_xml(book)


def test_a_clone_of_a_format_names_a_cell_style_that_is_there() -> None:
    made = handmade_parts(DATA)
    made["xl/styles.xml"] = STYLES.replace('fillId="1" borderId="0"', 'fillId="1" xfId="7"')
    book = Book.read(zipped(made))
    book.flag("表一", 1, 1, "FF0000")
    assert 'fillId="2" xfId="0" applyFill="1"' in styles_xml(book)
    assert 'fillId="1" xfId="7"' in styles_xml(book)  # the office's own stays as it was


@pytest.mark.parametrize(
    ("code", "kept"),
    [("[h]:mm", False), ("h:mm:ss", False), ("mm:ss", False), ("m月d日", True), ("m月", True),
     ("yyyy-mm-dd hh:mm", True), ("[$-804]上午/下午h:mm", False)],
)  # fmt: skip
def test_a_day_is_shown_as_a_day(code: str, kept: bool) -> None:
    made = handmade_parts('<sheetData><row r="1"><c r="A1" s="1"/></row></sheetData>')
    made["xl/styles.xml"] = STYLES.replace("yyyy&quot;年&quot;m&quot;月&quot;", code)
    book = Book.read(zipped(made))
    book.set("表一", 1, 1, dt.date(2016, 5, 1))
    shown = by_openpyxl(book.to_bytes())["表一"]["A1"].number_format
    assert (shown == code) == kept
    assert kept or "yy" in shown
