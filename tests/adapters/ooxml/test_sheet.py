"""Forms of a sheet part that are legal and that few writers use."""

import random

import pytest

from qcity_xl.adapters.ooxml import Book, OoxmlError
from qcity_xl.adapters.ooxml.errors import DamagedPart, StrangeEncoding

from .build import (
    MAIN,
    SHEET_PART,
    calamine,
    handmade,
    handmade_parts,
    parts,
    sheet_xml,
    tree,
    zipped,
)

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def data_of(book: Book) -> str:
    """What stands in sheetData."""
    return sheet_xml(book).partition("<sheetData>")[2].partition("</sheetData>")[0]


@pytest.mark.parametrize(
    ("before", "cell", "after"),
    [
        ("<sheetData/>", (2, 1), '<row r="2">{}</row>'),
        ("<sheetData></sheetData>", (2, 1), '<row r="2">{}</row>'),
        ('<sheetData><row r="2"/></sheetData>', (2, 1), '<row r="2">{}</row>'),
        ('<sheetData><row r="2" ht="9" /></sheetData>', (2, 1), '<row r="2" ht="9">{}</row>'),
        ('<sheetData><row r="2"></row></sheetData>', (2, 1), '<row r="2">{}</row>'),
        ('<sheetData><row r="3"/></sheetData>', (2, 1), '<row r="2">{}</row><row r="3"/>'),
        ('<sheetData><row r="1"/></sheetData>', (2, 1), '<row r="1"/><row r="2">{}</row>'),
        ("<sheetData><row/><row/><row/></sheetData>", (2, 1), "<row/><row>{}</row><row/>"),
        ("<sheetData><row r='2'/></sheetData>", (2, 1), "<row r='2'>{}</row>"),
        (
            '<sheetData><row r="2"><c r="A2"/><c r="C2"/></row></sheetData>',
            (2, 2),
            '<row r="2"><c r="A2"/>{}<c r="C2"/></row>',
        ),
        (
            '<sheetData><row r="2"><c r="A2"/><extLst/></row></sheetData>',
            (2, 2),
            '<row r="2"><c r="A2"/>{}<extLst/></row>',
        ),
        (
            '<sheetData><row r="2"><c/><c><v>1</v></c><c/></row></sheetData>',
            (2, 2),
            '<row r="2"><c/>{}<c/></row>',
        ),
        (
            '<sheetData><row r="2" spans="1:2"><c r="A2"/></row></sheetData>',
            (2, 5),
            '<row r="2" spans="1:5"><c r="A2"/>{}</row>',
        ),
        (
            '<sheetData><!-- <row r="2"> --><row r="2"><c r="A2"/></row></sheetData>',
            (2, 2),
            '<!-- <row r="2"> --><row r="2"><c r="A2"/>{}</row>',
        ),
    ],
)
def test_cell_goes_where_it_belongs(before: str, cell: tuple[int, int], after: str) -> None:
    book = handmade(before)
    book.set("表一", *cell, 7)
    name = f"{' ABCDE'[cell[1]]}{cell[0]}"
    assert data_of(book) == after.format(f'<c r="{name}"><v>7</v></c>')
    assert book.cell_value("表一", *cell) == 7


def test_many_cells_and_rows_at_once() -> None:
    before = '<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>1</v></c></row><row r="6"/>'
    book = handmade(f"<sheetData>{before}</sheetData>")
    for row in (7, 3, 5, 1, 6, 4):
        for col in (5, 3, 1, 2):
            book.set("表一", row, col, row * 10 + col)
    refs = [cell.get("r") for cell in tree(sheet_xml(book).encode()).iter(f"{{{MAIN}}}c")]
    three = ["A3", "B3", "C3", "D3", "E3"]
    assert refs[:9] == ["A1", "B1", "C1", "E1", *three]
    assert refs[9:] == [f"{col}{row}" for row in (4, 5, 6, 7) for col in "ABCE"]


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_prefix_and_strict_namespace(namespace: str) -> None:
    sheet = (
        f'<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="{namespace}"><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    book = handmade(sheet=sheet)
    assert book.cell_value("表一", 1, 1) == "甲"
    book.set("表一", 1, 2, "乙")
    book.set("表一", 2, 1, 3)
    book.flag("表一", 2, 1, "FF0000")
    book.add_list_validation("表一", 1, 1, ["甲", "乙"])
    new = '<x:c r="B1" t="inlineStr"><x:is><x:t>乙</x:t></x:is></x:c></x:row><x:row r="2">'
    assert new in sheet_xml(book)
    assert {node.tag[:-1].rpartition("}")[0] for node in tree(sheet_xml(book).encode()).iter()} == {
        "{" + namespace
    }


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_other_encodings_come_back_as_they_were(codec: str) -> None:
    name = codec.removesuffix("-sig")
    sheet = (
        f'<?xml version="1.0" encoding="{name}"?>\n<worksheet xmlns="{MAIN}"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row></sheetData></worksheet>'
    )
    made = {**handmade_parts(), SHEET_PART: sheet.encode(codec)}
    book = Book.read(zipped(made))
    book.set("表一", 1, 2, "乙")
    assert book.cell_value("表一", 1, 1) == "甲"
    after = parts(book.to_bytes())[SHEET_PART].decode(codec)
    assert after == sheet.replace("</row>", '<c r="B1" t="inlineStr"><is><t>乙</t></is></c></row>')


@pytest.mark.parametrize(
    "sheet",
    [
        f'<?xml version="1.0" encoding="GBK"?><worksheet xmlns="{MAIN}"/>'.encode("gbk"),
        f'<worksheet xmlns="{MAIN}"><!-- 表 --><sheetData/></worksheet>'.encode("gbk"),
        f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode("utf-16-le"),
    ],
)
def test_unsupported_encoding_is_refused(sheet: bytes) -> None:
    with pytest.raises(StrangeEncoding):
        handmade(sheet=sheet).set("表一", 1, 1, 1)


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet/>",
        "<worksheet><sheetData>",
        '<worksheet><sheetData><row r="1"></sheetData></worksheet>',
        '<worksheet><sheetData><row r="1"><c r="A1"></row></sheetData></worksheet>',
        '<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>',
        '<worksheet><sheetData><row r="1"/><row r="1"/></sheetData></worksheet>',
        '<worksheet><sheetData><row r="x"/></sheetData></worksheet>',
        '<worksheet><sheetData><row r="1"><c r="B1"/><c r="A1"/></row></sheetData></worksheet>',
        '<worksheet><sheetData><row r="1"><c r="A2"/></row></sheetData></worksheet>',
        '<worksheet><sheetData><row r="1"><c r="$A$1"/></row></sheetData></worksheet>',
    ],
)
def test_damaged_sheet_is_refused(sheet: str) -> None:
    book = handmade(sheet=sheet)
    with pytest.raises(DamagedPart):
        book.set("表一", 1, 1, 1)
        book.add_list_validation("表一", 1, 1, ["是"])
        book.to_bytes()


@pytest.mark.parametrize(
    ("dimension", "after"), [("A1", "A1:C4"), ("B2:D9", "B2:D9"), ("D1:E2", "C1:E4")]
)
def test_dimension_grows_to_new_cells(dimension: str, after: str) -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData/></worksheet>'
    book = handmade(sheet=sheet)
    book.set("表一", 4, 3, 1)
    assert f'<dimension ref="{after}"/>' in sheet_xml(book)


def test_new_cell_has_the_style_of_its_row_or_column() -> None:
    data = (
        '<cols><col min="2" max="3" width="9" style="1"/></cols><sheetData>'
        '<row r="1" s="2" customFormat="1"/><row r="2" s="2"/></sheetData>'
    )
    book = handmade(data)
    for row in (1, 2, 3):
        for col in (1, 2):
            book.set("表一", row, col, "甲")
    styles = [cell.get("s") for cell in tree(sheet_xml(book).encode()).iter(f"{{{MAIN}}}c")]
    assert styles == ["2", "2", None, "1", None, "1"]


def test_empty_value_makes_no_cell() -> None:
    book = handmade()
    book.set("表一", 5, 5, None)
    assert book.to_bytes() == handmade().to_bytes()


@pytest.mark.parametrize("seed", range(150))
def test_broken_sheet_is_refused_or_edited_never_worse(seed: int) -> None:
    """Random damage ends in an OoxmlError or in a file, not in another exception."""
    rnd = random.Random(seed)  # noqa: S311 - damage for a test
    whole = (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:B2"/><cols><col min="1" max="1" style="1"/>'
        '</cols><sheetData><row r="1" spans="1:2" s="1" customFormat="1"><c r="A1" t="s"><v>0</v>'
        '</c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1&gt;1</f><v>1</v></c></row><row r="2">'
        '<c r="B2"><f t="shared" si="0"/></c></row></sheetData><mergeCells count="1"><mergeCell '
        'ref="D1:E1"/></mergeCells><dataValidations count="1"><dataValidation sqref="A1:A9"/>'
        "</dataValidations></worksheet>"
    )
    sheet = bytearray(whole.encode())
    for _ in range(rnd.randint(1, 4)):
        place = rnd.randrange(len(sheet))
        sheet[place : place + rnd.randint(0, 9)] = rnd.choice(
            (b"", b"<", b">", b'"', b"/", b"9999999999", b"<c>", b"\xff", b"<!--", b"</row>")
        )
    try:
        book = handmade(sheet=bytes(sheet))
        for row, col in ((1, 1), (1, 2), (2, 1), (3, 3)):
            book.cell_value("表一", row, col)
            book.set("表一", row, col, 1, over_formula=row == 2)
        book.add_list_validation("表一", 1, 1, ["是"])
        calamine(zipped({**handmade_parts(), SHEET_PART: whole}))
        book.to_bytes()
    except OoxmlError as error:
        assert str(error)
