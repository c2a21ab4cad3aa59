"""Cells handed to the reader of values: it sees them, their texts and formats, and nothing else."""

import io

import pytest
from python_calamine import CalamineWorkbook

from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.repack import repacked

from .build import MAIN, STRINGS, STYLES, parts

TEXTS, LOOKS = Xml("texts", STRINGS.encode()), Xml("looks", STYLES.encode())


def sheet(row: str) -> bytes:
    return f"<worksheet xmlns='{MAIN}'><sheetData>{row}</sheetData></worksheet>".encode()


def values(data: bytes, number: int = 0) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [list(row) for row in book.get_sheet_by_index(number).to_python()]


def test_each_worksheet_is_read_in_its_order() -> None:
    one = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    two = sheet('<row r="1"><c r="A1"><v>12.5</v></c></row>')
    data = repacked([one, two], TEXTS, LOOKS, date1904=False)
    assert (values(data), values(data, 1)) == ([["甲"]], [[12.5]])


@pytest.mark.parametrize(("date1904", "year"), [(False, 2016), (True, 2020)])
def test_days_count_as_in_the_workbook(date1904: bool, year: int) -> None:
    day = sheet('<row r="1"><c r="A1" s="3"><v>42522</v></c></row>')
    ((found,),) = values(repacked([day], None, LOOKS, date1904))
    assert str(found).startswith(str(year))


def test_what_is_not_given_is_not_there() -> None:
    made = parts(repacked([sheet("")], None, None, date1904=False))
    assert "xl/sharedStrings.xml" not in made
    assert "xl/styles.xml" not in made
