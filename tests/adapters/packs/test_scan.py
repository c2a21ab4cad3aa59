"""Cells within bounds, in an order and under addresses that the reader of values can trust."""

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.packs.kinds import NotAPack
from qcity_xl.adapters.packs.scan import Scan, merged_cells, scan

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def xml(data: str, tail: str = "") -> Xml:
    body = f"{HEAD}<sheetData>{data}</sheetData>{tail}</worksheet>"
    return Xml("xl/worksheets/sheet1.xml", body.encode())


def scanned(data: str, rows: int = 100, columns: int = 10) -> Scan:
    return scan(xml(data), rows, columns, {"ID_7": "盖章.png"})


def test_a_cell_without_an_address_follows_its_neighbour() -> None:
    (band,) = scanned('<row><c r="B1"><v>1</v></c><c><v>2</v></c></row>').bands
    assert b'r="C1"' in band


def test_what_lies_beyond_the_bounds_is_left_out_and_told() -> None:
    found = scanned('<row r="5"><c r="A5"><v>1</v></c><c r="K5"><v>2</v></c></row>')
    assert found.clipped == ["K5"]
    assert b"K5" not in found.bands[0]


def test_cells_far_apart_come_in_bands_of_their_own() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (1, 1_000_000))
    assert len(scanned(rows, rows=1_048_576).bands) == 2


@pytest.mark.parametrize(
    ("cell", "oddity"),
    [
        ('<c r="A1" t="e"><v>#N/A</v></c>', ("error", "#N/A")),
        ('<c r="A1"><f>B1+1</f><v>3</v></c>', ("formula", "B1+1")),
        ('<c r="A1"><f>B1+1</f></c>', ("uncalculated", "B1+1")),
        ('<c r="A1"><f>DISPIMG("ID_7",1)</f><v>x</v></c>', ("picture", "盖章.png")),
    ],
)
def test_what_is_special_about_a_cell(cell: str, oddity: tuple[str, str]) -> None:
    assert scanned(f'<row r="1">{cell}</row>').odd[1, 1] == oddity


@pytest.mark.parametrize("address", ["A2", "1A", "AAAA1", "A0"])
def test_a_cell_that_cannot_be_placed_is_refused(address: str) -> None:
    with pytest.raises(NotAPack):
        scanned(f'<row r="1"><c r="{address}"><v>1</v></c></row>')


def test_cells_under_a_merged_block_but_for_the_one_that_shows() -> None:
    part = xml("", '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>')
    found = dict(dict(merged_cells(part, [1, 2, 3], 10)).items())
    assert set(found) == {(2, 3), (3, 2), (3, 3)}


PIECES = st.lists(
    st.sampled_from(
        [
            *("&amp;", "&#31185;", "&#x79D1;", "&#0;", "&#xFFFE;", "&", "&nbsp;", "<", ">", "]]>"),
            *("\x01", "\x0b", "\t", "\n", "\ufffe", "\uffff", "\x85", "水", "𠮷", "</c>"),
        ]
    ),
    max_size=4,
)


@given(PIECES)
def test_a_cell_is_read_where_the_part_is_xml_and_no_other(pieces: list[str]) -> None:
    """Whether or not its bytes have to be parsed for that."""
    part = xml(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"".join(pieces)}</t></is></c></row>')
    try:
        expat.ParserCreate().Parse(part.body, True)
    except expat.ExpatError:
        with pytest.raises(NotAPack):
            scan(part, 100, 10, {})
    else:
        assert len(scan(part, 100, 10, {}).bands) == 1


@pytest.mark.parametrize("tail", ["<a>", "</a>", "<a b=1/>", "&#0;"])
def test_what_is_broken_behind_plain_cells_is_seen(tail: str) -> None:
    with pytest.raises(NotAPack):
        scan(xml('<row r="1"><c r="A1"><v>1</v></c></row>', tail), 100, 10, {})
