import datetime as dt
import math

import pytest

from qcity_xl.adapters.ooxml import OoxmlError, Scalar
from qcity_xl.adapters.ooxml.errors import (
    DateOutOfRange,
    NoFormula,
    NotFinite,
    NumberTooLong,
    TextTooLong,
)

from .build import by_openpyxl, handmade, parts, sheet_xml

ROW = '<sheetData><row r="1"><c r="A1" s="2"><v>5</v></c>{}</row></sheetData>'


def element(value: Scalar, cell: str = '<c r="A1"/>') -> str:
    """The cell element that a value makes."""
    book = handmade(f'<sheetData><row r="1">{cell}</row></sheetData>')
    book.set("表一", 1, 1, value, over_formula=True)
    return sheet_xml(book).partition('<row r="1">')[2].partition("</row>")[0]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("是", '<c r="A1" t="inlineStr"><is><t>是</t></is></c>'),
        ("", '<c r="A1" t="inlineStr"><is><t></t></is></c>'),
        ("=1+1", '<c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>'),
        ("+a", '<c r="A1" t="inlineStr"><is><t>+a</t></is></c>'),
        ("-a", '<c r="A1" t="inlineStr"><is><t>-a</t></is></c>'),
        ("@a", '<c r="A1" t="inlineStr"><is><t>@a</t></is></c>'),
        ("<&>", '<c r="A1" t="inlineStr"><is><t>&lt;&amp;&gt;</t></is></c>'),
        (" a ", '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>'),
        ("a\rb\x01", '<c r="A1" t="inlineStr"><is><t>a_x000D_b_x0001_</t></is></c>'),
        ("_x0041_", '<c r="A1" t="inlineStr"><is><t>_x005F_x0041_</t></is></c>'),
        ("\ud800", '<c r="A1" t="inlineStr"><is><t>_xD800_</t></is></c>'),
        (13, '<c r="A1"><v>13</v></c>'),
        (13.1, '<c r="A1"><v>13.1</v></c>'),
        (1e16, '<c r="A1"><v>1e+16</v></c>'),
        (2.0, '<c r="A1"><v>2</v></c>'),
        (True, '<c r="A1" t="b"><v>1</v></c>'),
        (False, '<c r="A1" t="b"><v>0</v></c>'),
        (None, '<c r="A1"/>'),
        (dt.date(2024, 2, 29), '<c r="A1" s="4"><v>45351</v></c>'),
        (dt.datetime(2024, 2, 29, 12), '<c r="A1" s="4"><v>45351.5</v></c>'),
        (dt.date(1900, 1, 1), '<c r="A1" s="4"><v>1</v></c>'),
        (dt.date(1900, 2, 28), '<c r="A1" s="4"><v>59</v></c>'),
        (dt.date(1900, 3, 1), '<c r="A1" s="4"><v>61</v></c>'),
    ],
)
def test_value(value: Scalar, cell: str) -> None:
    assert element(value) == cell


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (math.nan, NotFinite),
        (-math.inf, NotFinite),
        (2**53 + 1, NumberTooLong),
        ("字" * 32_768, TextTooLong),
        ("😀" * 16_384, TextTooLong),
        (dt.date(1899, 12, 31), DateOutOfRange),
        (dt.datetime(2024, 1, 1, tzinfo=dt.UTC), DateOutOfRange),
    ],
)
def test_value_that_no_cell_can_hold(value: Scalar, error: type[OoxmlError]) -> None:
    with pytest.raises(error, match="「表一」A1"):
        element(value)


def test_longest_text() -> None:
    assert "字" * 32_767 in element("字" * 32_767)


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    book = handmade(ROW.format(""), properties='<workbookPr date1904="true"/>')
    book.set("表一", 1, 1, dt.date(1904, 1, 2))
    assert book.cell_value("表一", 1, 1) == 1


@pytest.mark.parametrize(("style", "dated"), [("1", "1"), ("3", "3"), ("2", "4"), ("0", "4")])
def test_date_format_is_kept_or_cloned(style: str, dated: str) -> None:
    assert f' s="{dated}"' in element(dt.date(2024, 1, 1), f'<c r="A1" s="{style}"/>')


@pytest.mark.parametrize(("style", "plain"), [("1", "4"), ("3", "4"), ("2", "2")])
def test_a_number_is_not_shown_as_a_date(style: str, plain: str) -> None:
    assert f' s="{plain}"' in element(10, f'<c r="A1" s="{style}"/>')


def test_a_number_after_a_date_reads_as_a_number() -> None:
    book = handmade()
    book.set("表一", 1, 1, dt.date(2024, 1, 1))
    book.set("表一", 1, 1, 10)
    assert by_openpyxl(book.to_bytes()).worksheets[0]["A1"].value == 10


def test_date_formats_are_cloned_once() -> None:
    book = handmade()
    for row in range(1, 4):
        book.set("表一", row, 1, dt.date(2024, 1, row))
        book.set("表一", row, 2, dt.datetime(2024, 1, row, 8))
    styles = parts(book.to_bytes())["xl/styles.xml"].decode()
    assert 'cellXfs count="6"' in styles
    assert styles.count('applyNumberFormat="1"') == 2
    sheet = by_openpyxl(book.to_bytes()).worksheets[0]
    assert sheet["A1"].value == dt.datetime(2024, 1, 1)
    assert sheet["B3"].value == dt.datetime(2024, 1, 3, 8)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<c r="A1" s="2" t="s"><v>0</v></c>', '<c r="A1" s="2"><v>7</v></c>'),
        ('<c s="2" r="A1" ph="1"/>', '<c r="A1" s="2" ph="1"><v>7</v></c>'),
        ('<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>', '<c r="A1"><v>7</v></c>'),
        ('<c r="A1" cm="1"><f t="array" ref="A1">X()</f><v>1</v></c>', '<c r="A1"><v>7</v></c>'),
        ("<c r='A1' t='str'><f>\"a\"</f><v>a</v></c>", '<c r="A1"><v>7</v></c>'),
        ('<c r="A1"><v>1</v><extLst/></c>', '<c r="A1"><v>7</v><extLst/></c>'),
        ('<c r="A1"><v><![CDATA[</c><c r="B1">]]></v></c>', '<c r="A1"><v>7</v></c>'),
        ('<c r="A1"><!-- <c r="A1"> --><v>1</v></c >', '<c r="A1"><v>7</v></c>'),
        ('<c r="A1" foo=">"><f>A2>1</f></c>', '<c r="A1" foo=">"><v>7</v></c>'),
    ],
)
def test_old_cell_gives_way(old: str, new: str) -> None:
    assert element(7, old) == new


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1" t="s"><v>0</v></c>', "甲"),
        ('<c r="A1" t="s"><v>1</v></c>', "富文本"),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_</t></is></c>', "a\r"),
        ('<c r="A1" t="str"><f>A2</f><v>a&lt;</v></c>', "a<"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1"><v>1</v></c>', 1),
        ('<c r="A1"><v>1.5</v></c>', 1.5),
        ('<c r="A1" t="n"/>', None),
        ('<c r="A1"><v></v></c>', None),
        ("", None),
    ],
)
def test_value_is_read(cell: str, value: Scalar) -> None:
    book = handmade(f'<sheetData><row r="1">{cell}</row></sheetData>')
    assert book.cell_value("表一", 1, 1) == value


FORMULAS = (
    '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c>'
    '<c r="B1"><f t="shared" ref="B1:B2" si="0">A1</f><v>2</v></c>'
    '<c r="C1"><f t="array" ref="C1:C2">A1:A2</f><v>2</v></c>'
    '<c r="D1"><f t="shared" ref="D1" si="1">A1</f></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f t="shared" si="0"/><v>1</v></c>'
    '<c r="C2"><v>1</v></c></row>'
    '<row r="4"><c r="A4"><f t="dataTable" ref="A4:A5" dt2D="0" dtr="0" r1="A1"/><v>1</v></c></row>'
    '<row r="5"><c r="A5"><v>1</v></c></row></sheetData>'
)


def test_calculation_chain_goes_only_with_a_formula() -> None:
    book = handmade(FORMULAS)
    book.set("表一", 2, 1, 9)
    assert "xl/calcChain.xml" in parts(book.to_bytes())
    book.set("表一", 1, 1, 9, over_formula=True)
    after = parts(book.to_bytes())
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["[Content_Types].xml"]
    assert b"calcChain" not in after["xl/_rels/workbook.xml.rels"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("<合格>", '<c r="A1" t="str"><f>1+1</f><v>&lt;合格&gt;</v></c>'),
        ("", '<c r="A1" t="str"><f>1+1</f><v></v></c>'),
        (" a", '<c r="A1" t="str"><f>1+1</f><v xml:space="preserve"> a</v></c>'),
        (1.5, '<c r="A1"><f>1+1</f><v>1.5</v></c>'),
        (True, '<c r="A1" t="b"><f>1+1</f><v>1</v></c>'),
        (None, '<c r="A1"><f>1+1</f></c>'),
    ],
)
def test_cached_result(value: Scalar, cell: str) -> None:
    book = handmade(FORMULAS)
    book.set_cached("表一", 1, 1, value)
    assert cell in sheet_xml(book)
    assert (
        parts(book.to_bytes())["xl/workbook.xml"] == parts(handmade().to_bytes())["xl/workbook.xml"]
    )
    assert "xl/calcChain.xml" in parts(book.to_bytes())


def test_cached_result_keeps_what_kind_of_array_it_is() -> None:
    book = handmade(
        '<sheetData><row r="1"><c r="A1" cm="1" vm="2"><f>X()</f></c></row></sheetData>'
    )
    book.set_cached("表一", 1, 1, 1)
    assert '<c r="A1" cm="1"><f>X()</f><v>1</v></c>' in sheet_xml(book)


def test_cached_result_needs_a_formula() -> None:
    with pytest.raises(NoFormula):
        handmade(FORMULAS).set_cached("表一", 2, 1, 1)


def test_formula_is_read() -> None:
    book = handmade(FORMULAS)
    found = [book.cell_formula("表一", row, col) for row, col in ((1, 1), (2, 2), (2, 1), (9, 9))]
    assert found == ["1+1", "", None, None]
