"""A table gains a column at its right edge and loses it again, to the last byte."""

import pytest

from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.table_columns import (
    col_tag,
    narrowed,
    recalculated,
    widened,
    with_col,
)

from .build import TABLE_PART, parts, tree, with_table

TABLE = Xml(TABLE_PART, parts(with_table())[TABLE_PART])
COLS = '<worksheet><cols><col min="2" max="5" width="9" style="3"/></cols><sheetData/></worksheet>'


def sheet(text: str) -> Xml:
    return Xml("表", text.encode())


def headers(data: bytes) -> list[str | None]:
    return [column.get("name") for column in tree(data).findall(".//{*}tableColumn")]


def test_a_new_column_stands_last() -> None:
    made = widened(TABLE, "备注（选填）", b"")
    assert headers(made) == ["编号", "名称", "分值", "两倍", "备注（选填）"]
    assert tree(made).get("ref") == "A1:E4"
    assert b'<autoFilter ref="A1:E4"' in made
    assert b'tableColumns count="5"' in made


def test_a_calculated_column_has_its_formula() -> None:
    made = Xml(TABLE_PART, widened(TABLE, "三倍", "任务表[[#This Row],[分值]]*3".encode()))
    assert "<calculatedColumnFormula>任务表[[#This Row],[分值]]*3<".encode() in made.body
    assert "[分值]]*4<".encode() in recalculated(made, 4, "任务表[[#This Row],[分值]]*4".encode())


def test_a_column_without_a_formula_gets_one() -> None:
    made = recalculated(TABLE, 1, b"1+1")
    (name,) = (c for c in tree(made).findall(".//{*}tableColumn") if c.get("name") == "名称")
    assert [child.text for child in name] == ["1+1"]
    assert headers(made) == headers(TABLE.body)


def test_losing_a_column_is_the_reverse() -> None:
    assert narrowed(Xml(TABLE_PART, widened(TABLE, "备注", b""))) == TABLE.body


def test_a_column_gets_its_width_and_keeps_its_format() -> None:
    made = with_col(sheet(COLS), 3, b'<col min="7" max="7" width="30" style="8"/>')
    assert made.decode() == COLS.replace(
        '<col min="2" max="5" width="9" style="3"/>',
        '<col min="2" max="2" width="9" style="3"/><col min="3" max="3" width="30" style="3"/>'
        '<col min="4" max="5" width="9" style="3"/>',
    )


@pytest.mark.parametrize(("col", "place"), [(1, "before"), (9, "after")])
def test_a_width_beside_the_others(col: int, place: str) -> None:
    tag = f'<col min="{col}" max="{col}" width="30"/>'
    old = '<col min="2" max="5" width="9" style="3"/>'
    made = with_col(sheet(COLS), col, b'<col min="7" max="7" width="30"/>').decode()
    assert made == COLS.replace(old, tag + old if place == "before" else old + tag)


def test_a_sheet_without_widths_gets_its_first() -> None:
    plain = sheet("<worksheet><sheetData/></worksheet>")
    assert col_tag(plain, 2) == b""
    assert with_col(plain, 2, b"") == plain.body
    made = sheet(with_col(plain, 2, b'<col min="1" max="1" width="12"/>').decode())
    assert col_tag(made, 2) == b'<col min="2" max="2" width="12"/>'
    assert col_tag(made, 3) == b""
