"""What a returned file's cells show is what is read, and what Excel lost is told."""

import datetime as dt
import io

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from qcity_xl.adapters.packs.contents import load_contents
from qcity_xl.adapters.packs.tables import TableReading, find_header, read_table
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_EVIDENCE, PackTable
from qcity_xl.core.values import Value

Cell = tuple[Value, str, str]  # value, number format, target of a link


def read(pack_table: PackTable, *, late: bool = False, **cells: Cell) -> TableReading:
    """One row of a pack's table as a file brings it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = pack_table.table.sheet
    if late:
        book.epoch = CALENDAR_MAC_1904
    for col, column in enumerate(pack_table.table.columns, 1):
        sheet.cell(1, col, column.header)
        value, code, target = cells.get(column.field, (None, "General", ""))
        cell = sheet.cell(2, col, value)
        cell.number_format = code
        if target:
            cell.hyperlink = target
    file = io.BytesIO()
    book.save(file)
    (contents,) = load_contents(file.getvalue(), Limits()).sheets
    header = find_header(pack_table.table, contents)
    assert header is not None
    return read_table(pack_table.table, header, pack_table.editable)


def value_of(found: TableReading, field: str) -> Value:
    (row,) = found.rows
    return row.values[field]


def test_a_percentage_and_words_in_the_format_are_read() -> None:
    rate = read(PACK_CRITERIA, answer=(0.985, "0.0%", ""))
    assert value_of(rate, "answer") == "98.5%"
    number = read(PACK_EVIDENCE, number=(23, '"农发〔2017〕"0"号"', ""), page=(7, "000", ""))
    assert value_of(number, "number") == "农发〔2017〕23号"
    assert value_of(number, "page") == "007"


def test_digits_that_excel_lost_are_told() -> None:
    found = read(PACK_EVIDENCE, title=("登记证", "@", ""), number=(912345678901234567, "0", ""))
    (finding,) = found.findings
    assert (finding.field, finding.cell) == ("number", "E2")
    assert "15位" in finding.found
    assert "number" not in found.rows[0].values


def test_a_page_that_became_a_date_is_told() -> None:
    found = read(PACK_EVIDENCE, title=("简报", "@", ""), page=(dt.date(2026, 3, 5), "m-d", ""))
    (finding,) = found.findings
    assert "2026-03-05" in finding.found
    assert "page" not in found.rows[0].values


def test_the_link_behind_words_is_the_place() -> None:
    link = "%E7%85%A7%E7%89%87/%E7%8E%B0%E5%9C%BA.jpg"
    found = read(PACK_EVIDENCE, location=("点这里", "@", link))
    assert value_of(found, "location") == "照片/现场.jpg"
    assert any("照片/现场.jpg" in note for note in found.notes)
    named = read(PACK_EVIDENCE, location=("照片/会场.jpg", "@", link))
    assert value_of(named, "location") == "照片/会场.jpg"


def test_days_that_count_from_1904_are_the_days_meant() -> None:
    shown = read(PACK_EVIDENCE, late=True, dated=(dt.date(2017, 6, 1), "yyyy-mm-dd", ""))
    assert value_of(shown, "dated") == dt.date(2017, 6, 1)
    day = (dt.date(2017, 6, 1) - dt.date(1904, 1, 1)).days
    bare = read(PACK_EVIDENCE, late=True, dated=(day, "General", ""))
    assert value_of(bare, "dated") == (dt.date(2017, 6, 1) - dt.date(1899, 12, 30)).days
