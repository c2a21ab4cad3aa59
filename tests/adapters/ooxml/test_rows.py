"""Rows and cells of a sheet are found where they stand."""

import pytest

from qcity_xl.adapters.ooxml.errors import DamagedPart
from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.rows import RowTags

DATA = (
    '<row r="2" s="5" customFormat="1"><c r="B2"><v>1</v></c><c r="D2"/></row>'
    '<row r="5" s="5"><c><v>1</v></c><c r="C5"><is><t>甲</t></is></c></row><row r="9"/>'
)


def rows(data: str) -> tuple[Xml, RowTags]:
    xml = Xml("表", f"<worksheet><sheetData>{data}</sheetData></worksheet>".encode())
    return xml, RowTags(xml)


def test_rows_are_known_by_their_numbers() -> None:
    _, found = rows(DATA)
    assert found.numbers == [2, 5, 9]
    assert found.between(3, 9) == [5, 9]
    assert found.get(3) is None


def test_cells_stand_where_they_say_or_beside_their_neighbour() -> None:
    xml, found = rows(DATA)
    second, fifth = found.get(2), found.get(5)
    assert second
    assert fifth
    assert (list(second.places), second.implicit) == ([2, 4], False)
    assert (list(fifth.places), fifth.implicit) == ([1, 3], True)
    place = fifth.places[3]
    assert xml.body[place.start : place.end].decode() == '<c r="C5"><is><t>甲</t></is></c>'


def test_a_row_gives_its_style_where_it_says_so() -> None:
    _, found = rows(DATA)
    second, fifth = found.get(2), found.get(5)
    assert second
    assert fifth
    assert (found.style(second), found.style(fifth)) == (5, None)


def test_a_new_row_goes_between_its_neighbours() -> None:
    xml, found = rows(DATA)
    assert xml.body[found.place_for(3) :].startswith(b'<row r="5"')
    assert xml.body[found.place_for(10) :].startswith(b"</sheetData>")


def test_rows_that_do_not_say_their_number_are_counted() -> None:
    assert rows('<row/><row r="4"/><row/>')[1].numbers == [1, 4, 5]


@pytest.mark.parametrize("data", ['<row r="3"/><row r="2"/>', '<row r="0"/>', '<row r="1048577"/>'])
def test_rows_out_of_order_are_refused(data: str) -> None:
    _, found = rows(data)
    with pytest.raises(DamagedPart):
        _ = found.numbers


@pytest.mark.parametrize("cells", ['<c r="B1"/><c r="A1"/>', '<c r="A2"/>', '<c r="XFE1"/>'])
def test_cells_out_of_order_are_refused(cells: str) -> None:
    _, found = rows(f'<row r="1">{cells}</row>')
    with pytest.raises(DamagedPart):
        found.get(1)
