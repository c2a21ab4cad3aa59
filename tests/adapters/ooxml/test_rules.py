"""Dropdowns and conditional formats of a column: found, added, changed, taken away."""

from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.refs import Rect
from qcity_xl.adapters.ooxml.rules import (
    FORMATS,
    VALIDATIONS,
    added_format,
    added_validation,
    edited_rules,
    find_rules,
    placed,
    without_column,
)

LIST = (
    '<dataValidation type="list" sqref="C5:C9"><formula1>"是"</formula1></dataValidation>'
).encode()
FORMAT = (
    '<conditionalFormatting sqref="B5:D9"><cfRule type="expression" priority="3">'
    "<formula>$B5=1</formula></cfRule></conditionalFormatting>"
)


def sheet(tail: str = "") -> Xml:
    return Xml("表", f"<worksheet><sheetData/>{tail}</worksheet>".encode())


def again(data: bytes) -> Xml:
    return Xml("表", data)


def test_a_first_validation_stands_where_the_schema_wants_it() -> None:
    made = added_validation(sheet(f"{FORMAT}<pageMargins/>"), LIST)
    end = b"</conditionalFormatting>"
    assert made.split(end)[1].startswith(b'<dataValidations count="1">' + LIST)
    assert made.endswith(b"</dataValidations><pageMargins/></worksheet>")


def test_a_second_validation_is_counted() -> None:
    made = again(added_validation(again(added_validation(sheet(), LIST)), LIST))
    assert b'<dataValidations count="2">' in made.body
    assert [rule.rects for rule in find_rules(made, VALIDATIONS)] == [[Rect(5, 3, 9, 3)]] * 2


def test_a_new_format_comes_after_those_that_are_there() -> None:
    made = again(added_format(sheet(FORMAT), FORMAT.encode()))
    assert made.body.count(b'priority="3"') == made.body.count(b'priority="4"') == 1
    assert len(list(find_rules(made, FORMATS))) == 2


def test_of_a_column_alone_a_rule_is_taken_away() -> None:
    made = without_column(sheet(FORMAT), FORMATS, Rect(5, 3, 9, 3))
    (rule,) = find_rules(again(made), FORMATS)
    assert rule.rects == [Rect(5, 2, 9, 2), Rect(5, 4, 9, 4)]


def test_with_the_last_validation_its_container_goes() -> None:
    before = sheet()
    made = again(added_validation(before, LIST))
    assert without_column(made, VALIDATIONS, Rect(1, 3, 99, 3)) == before.body
    assert without_column(made, VALIDATIONS, Rect(1, 8, 99, 8)) == made.body


def test_a_rule_is_changed_in_its_place() -> None:
    made = edited_rules(again(added_validation(sheet(), LIST)), VALIDATIONS, lambda _: b"<x/>")
    inside = b'<dataValidations count="1"><x/></dataValidations>'
    assert made == b"<worksheet><sheetData/>%s</worksheet>" % inside


def test_an_element_is_given_other_blocks() -> None:
    moved = placed(LIST, [Rect(5, 3, 20, 3), Rect(30, 1, 30, 1)])
    assert moved == LIST.replace(b"C5:C9", b"C5:C20 A30")
