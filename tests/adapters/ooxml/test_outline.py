"""Rows that are folded away under the row above them."""

import pytest

from qcity_xl.adapters.ooxml.markup import Xml, attributes
from qcity_xl.adapters.ooxml.outline import folded_rows

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
