"""The rows of a table as bytes, in the look of the one that openpyxl wrote."""

import datetime as dt

from qcity_xl.adapters.templates.rows import Body

SHEET = (
    b'<worksheet><dimension ref="A1:C5"/><sheetData><row r="4"><c r="A4" s="1"/></row>'
    b'<row r="5" ht="20.5" customHeight="1"><c r="A5" s="3" t="n"></c><c r="B5" s="4" t="n"></c>'
    b'<c r="C5" s="5"><f>SUM(A:A)&amp;"\xe9\x95\x87"</f><v></v></c></row></sheetData></worksheet>'
)


def test_each_row_looks_like_the_first_and_holds_its_own() -> None:
    made = Body(
        "任务", 5, [["南浦镇", 3, 7], [None, dt.date(2025, 3, 1), None]], [20.5, 36]
    ).put_into(SHEET)
    formula = '<f>SUM(A:A)&amp;"镇"</f>'
    assert made.decode() == (
        '<worksheet><dimension ref="A1:C6"/><sheetData><row r="4"><c r="A4" s="1"/></row>'
        '<row r="5" ht="20.5" customHeight="1">'
        '<c r="A5" s="3" t="inlineStr"><is><t>南浦镇</t></is></c>'
        f'<c r="B5" s="4"><v>3</v></c><c r="C5" s="5">{formula}<v>7</v></c></row>'
        '<row r="6" ht="36" customHeight="1"><c r="A6" s="3"/><c r="B6" s="4"><v>45717</v></c>'
        f'<c r="C6" s="5">{formula}</c></row></sheetData></worksheet>'
    )


def test_text_stays_text_and_no_markup() -> None:
    made = Body("任务", 5, [["=1+1", "<牵头> & 配合", "甲\n乙"]], [15]).put_into(SHEET).decode()
    assert "<is><t>=1+1</t></is>" in made
    assert "<is><t>&lt;牵头&gt; &amp; 配合</t></is>" in made
    assert '<v xml:space="preserve">甲\n乙</v>' in made


def test_a_row_without_a_height_leaves_it_to_the_program() -> None:
    plain = SHEET.replace(b' ht="20.5" customHeight="1"', b"")
    made = Body("任务", 5, [["南浦镇", 3, 7]], [99]).put_into(plain)
    assert b'<row r="5"><c' in made
