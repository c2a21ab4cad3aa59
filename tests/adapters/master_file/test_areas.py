"""Blocks of cells are read as they stand, and what lies far away costs nothing."""

import pytest

from qcity_xl.adapters.master_file.areas import Area, read_areas
from qcity_xl.adapters.ooxml import Book, Package
from qcity_xl.adapters.ooxml.refs import Rect
from qcity_xl.adapters.ooxml.workbook import WorkbookPart
from tests.adapters.ooxml.build import SHEET_PART, handmade_parts, with_table, zipped

BLOCK = Rect(2, 1, 4, 3)


def area(data: bytes, block: Rect = BLOCK) -> Area:
    package = Package.read(data)
    (found,) = read_areas(package, WorkbookPart(package), [(SHEET_PART, block)])
    return found


def test_the_cells_of_a_block() -> None:
    found = area(with_table())
    assert [list(row)[:3] for row in found.rows] == [
        *(["13.0", "任务0", 0], ["13.1", "任务1", 1], ["13.2", "任务2", 2]),
    ]
    assert (found.at(3, 2), found.at(1, 1), found.at(9, 1), found.at(2, 99)) == (
        *("任务1", None, None, None),
    )


def test_a_cell_in_the_last_corner_changes_nothing() -> None:
    book = Book.read(with_table())
    book.set("任务", 1_048_576, 16_384, "误触")
    book.set("任务", 3, 16_384, "误触")
    after = area(book.to_bytes())
    assert [after.at(3, col) for col in (1, 2, 3)] == ["13.1", "任务1", 1]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="3"><c r="B3"><v>7</v></c></row>',
        "<row/><row/><row><c/><c><v>7</v></c></row>",
        '<!-- 人工改过 --><row r="3"><c t="n" r="B3"><v>7</v></c></row>',
    ],
)
def test_however_the_cells_say_where_they_stand(rows: str) -> None:
    found = area(zipped(handmade_parts(f"<sheetData>{rows}</sheetData>")))
    assert (found.at(3, 2), found.at(3, 1), found.at(2, 2)) == (7, None, None)


def test_a_block_without_cells() -> None:
    assert area(zipped(handmade_parts())).at(2, 1) is None


def test_neighbouring_blocks_are_read_as_one_and_each_has_its_own() -> None:
    package = Package.read(with_table())
    wanted = [(SHEET_PART, BLOCK), (SHEET_PART, Rect(1, 2, 1, 2)), (SHEET_PART, Rect(4, 1, 4, 2))]
    table, header, last = read_areas(package, WorkbookPart(package), wanted)
    assert [list(row) for row in header.rows] == [["名称"]]
    assert (header.at(1, 2), header.at(2, 2), header.at(1, 1)) == ("名称", None, None)
    assert [list(row) for row in last.rows] == [["13.2", "任务2"]]
    assert (table.at(2, 1), table.at(1, 1), table.at(4, 3)) == ("13.0", None, 2)


def test_a_block_in_the_last_corner_is_not_joined_to_the_first() -> None:
    book = Book.read(with_table())
    book.set("任务", 1_048_576, 16_384, "误触")
    package = Package.read(book.to_bytes())
    corner = Rect(1_048_576, 16_384, 1_048_576, 16_384)
    table, far = read_areas(
        package, WorkbookPart(package), [(SHEET_PART, BLOCK), (SHEET_PART, corner)]
    )
    assert (table.at(3, 2), far.at(1_048_576, 16_384)) == ("任务1", "误触")


def test_large_sheets_are_read_one_after_the_other() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="inlineStr"><is><t>{"清淤" * 40}{n}'
        f"</t></is></c></row>"
        for n in range(1, 20_001)
    )
    parts = handmade_parts(f"<sheetData>{rows}</sheetData>")
    parts["xl/worksheets/another.xml"] = parts[SHEET_PART]
    package = Package.read(zipped(parts))
    places = [(name, Rect(1, 1, 20_000, 2)) for name in (SHEET_PART, "xl/worksheets/another.xml")]
    alone = read_areas(package, WorkbookPart(package), places[:1])
    both = read_areas(package, WorkbookPart(package), places)
    assert [area.rows for area in both] == [alone[0].rows] * 2
    assert alone[0].at(20_000, 2) == f"{'清淤' * 40}20000"
