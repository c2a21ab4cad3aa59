"""看板: cards, table and chart, each with room of its own."""

import re

from openpyxl.utils import range_boundaries

from qcity_xl.core.schema import SECTIONS

from .build import (
    master_bytes,
    part,
    sheet_of,
    table_of,
)


def test_nothing_stands_below_the_sections() -> None:
    sheet = sheet_of(SECTIONS)
    bottom = range_boundaries(table_of(sheet).ref)[3] or 0
    assert sheet.max_row == bottom
    drawing = part(master_bytes(), "xl/drawings/drawing1.xml")
    columns = [int(n) for n in re.findall(r"<(?:\w+:)?col>(\d+)<", drawing)]
    assert min(columns) > len(SECTIONS.columns)


def test_a_card_is_as_wide_as_the_columns_below_it() -> None:
    sheet = sheet_of(SECTIONS)
    merged = [str(area) for area in sheet.merged_cells.ranges]
    assert merged
    assert all(range_boundaries(area)[2] <= len(SECTIONS.columns) for area in merged)  # type: ignore[operator]


def test_rows_stay_as_tall_as_the_chart_beside_them() -> None:
    sheet = sheet_of(SECTIONS)
    _, top, _, bottom = range_boundaries(table_of(sheet).ref)
    heights = {sheet.row_dimensions[row].height for row in range((top or 0) + 1, (bottom or 0) + 1)}
    assert heights == {26}
