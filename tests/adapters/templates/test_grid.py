"""A table on its sheet: values, widths, print setup."""

import re
from itertools import pairwise

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from qcity_xl.adapters.templates.grid import place_table
from qcity_xl.core.master.row_heights import column_width
from qcity_xl.core.schema import CRITERIA, INDICATORS, MASTER, SECTIONS, TASKS, UNITS, Table

from .build import (
    cell_of,
    master_bytes,
    part,
    sheet_of,
)


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_sheets_print_on_a3_landscape_one_page_wide(table: Table) -> None:
    sheet = sheet_of(table)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    pages = 1 if table is SECTIONS else 0  # however many there are
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, pages)
    assert sheet.HeaderFooter.oddFooter is not None
    assert "&P" in str(sheet.HeaderFooter.oddFooter.right.text)
    if table is not SECTIONS:
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes is not None
        assert sheet.freeze_panes.endswith("5")


def test_text_stays_text() -> None:
    sheet = sheet_of(TASKS)
    cell = sheet[cell_of(TASKS, "text")]
    assert (cell.value, cell.data_type, cell.number_format) == ("=出台规划", "s", "@")
    assert [sheet[cell_of(TASKS, "no", n)].value for n in range(3)] == ["1.1", "2.1", "2.10"]
    assert 'numberStoredAsText="1"' in part(master_bytes(), "xl/worksheets/sheet5.xml")


def test_a_table_is_as_long_as_its_rows_and_never_empty() -> None:
    for count, last in ((0, 5), (1, 5), (3, 7)):
        sheet = Workbook().worksheets[0]
        placed = place_table(sheet, UNITS, [{"name": "市科技局"}] * count)
        assert (placed.first, placed.last) == (5, last)
        assert placed.cells("name") == f"B5:B{last}"
        assert placed.ref.endswith(str(last))


def test_what_is_private_is_not_printed() -> None:
    shown = len([column for column in UNITS.columns if not column.private])
    book = part(master_bytes(), "xl/workbook.xml")
    areas = re.findall(r"Print_Area[^>]*>([^<]+)<", book)
    assert f"'单位'!$A:${get_column_letter(shown)}" in areas
    assert not [area for area in areas if area.startswith("'填报'")]


def test_text_right_after_numbers_stands_off_them_and_wraps_as_ever() -> None:
    sheet = sheet_of(INDICATORS)
    for field, indent in (("title", 1), ("combine", 1), ("reason", 1), ("methods", 0)):
        letter = cell_of(INDICATORS, field)[:-1]
        assert sheet[cell_of(INDICATORS, field)].alignment.indent == indent
        room = sheet.column_dimensions[letter].width - indent * 1.3
        assert room >= column_width(INDICATORS.column(field))


def test_a_band_says_once_who_fills_the_columns_that_follow() -> None:
    said = [cell.value for cell in sheet_of(CRITERIA)[3] if cell.value]
    assert all(one != next_one for one, next_one in pairwise(said))
    assert {"办公室填", "单位填", "自动生成"} >= set(said)
