"""Rows that are folded away under the row above them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.ooxml import Book, Package
from qcity_xl.adapters.ooxml.markup import Xml, attributes
from qcity_xl.adapters.ooxml.outline import folded_rows
from tests.adapters.ooxml.build import SHEET_PART, with_table

SHEET = """<worksheet>%s<sheetFormatPr defaultRowHeight="18"/><sheetData>\
<row r="4"><c r="A4"/></row><row r="5" ht="20"><c r="A5"/></row><row r="6"/>\
<row r="8" hidden="0"><c r="A8"/></row><row r="9"/></sheetData></worksheet>"""


def folded(before: str, *groups: range) -> Xml:
    data = folded_rows(Xml("sheet.xml", (SHEET % before).encode()), groups)
    assert folded_rows(Xml("sheet.xml", data), groups) == data  # done twice it stays
    return Xml("sheet.xml", data)


def rows(xml: Xml) -> dict[str, dict[str, str]]:
    data = xml.child(xml.root, b"sheetData")
    assert data
    tags = [attributes(xml.tag(row)) for row in xml.children(data.inner, data.end)]
    texts = [{name.decode(): value.decode() for name, value in tag.items()} for tag in tags]
    return {tag.pop("r"): tag for tag in texts}


def test_the_first_row_of_a_group_stays_and_the_others_are_folded_away() -> None:
    closed = {"hidden": "1", "outlineLevel": "1"}
    assert rows(folded("", range(4, 7), range(8, 10))) == {
        "4": {"collapsed": "1"},
        "5": {"ht": "20", **closed},
        "6": closed,
        "8": {"hidden": "0", "collapsed": "1"},
        "9": closed,
    }


@pytest.mark.parametrize(
    "before",
    [
        "",
        "<sheetPr/>",
        '<sheetPr><tabColor rgb="FF1F3A5F"/></sheetPr>',
        '<sheetPr><tabColor rgb="FF1F3A5F"/><pageSetUpPr fitToPage="1"/></sheetPr>',
        '<sheetPr><outlinePr summaryBelow="1" summaryRight="1"/></sheetPr>',
    ],
)
def test_the_plus_is_shown_and_stands_above(before: str) -> None:
    xml = folded(before, range(4, 6))
    form, properties = (xml.child(xml.root, name) for name in (b"sheetFormatPr", b"sheetPr"))
    assert form and properties
    assert attributes(xml.tag(form))[b"outlineLevelRow"] == b"1"
    inner = [child.name for child in xml.children(properties.inner, properties.end)]
    assert inner == [n for n in (b"tabColor", b"outlinePr", b"pageSetUpPr") if n in inner]
    outline = xml.child(properties, b"outlinePr")
    assert outline and attributes(xml.tag(outline))[b"summaryBelow"] == b"0"


def test_one_row_alone_changes_nothing() -> None:
    assert folded("", range(4, 5)).body == (SHEET % "").encode()


@given(st.lists(st.integers(1, 4), max_size=4), st.integers(0, 2))
def test_new_rows_are_folded_away_as_those_that_stand(sizes: list[int], before: int) -> None:
    """`before`: so many rows that stand already belong to the first group."""
    plain, at_once = Book.read(with_table()), Book.read(with_table())
    values = [{1: f"14.{n}", 2: "疏浚河道"} for n in range(sum(sizes))]
    first = plain.append_filled("任务表", values)
    at_once.append_filled("任务表", values)
    groups: list[range] = []
    for size in sizes:
        start = groups[-1].stop if groups else first - before
        groups.append(range(start, start + size + (0 if groups else before)))
    for group in groups:
        at_once.fold("任务", group)
    made, data = Package.read(at_once.to_bytes()), Package.read(plain.to_bytes())
    wanted = folded_rows(Xml(SHEET_PART, data.part(SHEET_PART)), groups)
    assert made.part(SHEET_PART) == (wanted if values else data.part(SHEET_PART))
