"""看板: one page and one screen, its table last, nothing on top of another."""

import re

from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.core.schema import SECTIONS
from qcity_xl.core.schema.board import BLOCKS, FACTS

from .build import PLAN, master_book, master_bytes, part, sheet_of, table_of


def _bounds(area: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(area)
    assert left
    assert top
    assert right
    assert bottom
    return left, top, right, bottom


def page(sheet: Worksheet) -> tuple[float, float]:
    """Its width in characters, hidden columns left out, and its height in points."""
    _, _, right, bottom = _bounds(str(sheet.print_area).split("!")[1].replace("$", ""))
    xml = part(master_bytes(), "xl/worksheets/sheet2.xml")
    columns = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall("<col [^>]*>", xml)]
    width = sum(
        float(column["width"]) * (min(int(column["max"]), right) - int(column["min"]) + 1)
        for column in columns
        if "hidden" not in column and int(column["min"]) <= right
    )
    return width, sum(sheet.row_dimensions[row].height or 18 for row in range(1, bottom + 1))


def test_it_is_as_wide_as_a_laptop_screen_shows() -> None:
    """1366 pixels less Excel's row numbers and scroll bar; 7 a character."""
    width, _ = page(sheet_of(SECTIONS))
    assert 1200 < 7 * width <= 1366 - 56


def test_it_prints_on_one_page_and_no_text_there_is_below_8_points() -> None:
    """A3 across less its margins, for a master of twelve sections."""
    sheet = sheet_of(SECTIONS)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    width, height = page(sheet)
    twelve = height + (12 - len(PLAN.sections)) * 25
    scale = min(1, (1190 - 50) / (5.25 * width), (842 - 80) / twelve)
    sizes = {cell.font.sz for line in sheet.iter_rows() for cell in line if cell.value is not None}
    for chart in ("chart1", "chart2"):
        xml = part(master_bytes(), f"xl/charts/{chart}.xml")
        sizes |= {int(size) / 100 for size in re.findall(r'\bsz="(\d+)"', xml)}
    assert min(sizes) * scale >= 8


def test_nothing_stands_below_the_table_in_its_columns() -> None:
    sheet = sheet_of(SECTIONS)
    _, _, right, bottom = _bounds(table_of(sheet).ref)
    below = [
        cell.coordinate
        for line in sheet.iter_rows(min_row=bottom + 1, max_col=right)
        for cell in line
        if cell.value is not None
    ]
    assert below == []


def test_charts_and_merged_cells_lie_apart() -> None:
    sheet = sheet_of(SECTIONS)
    areas = [_bounds(str(area)) for area in sheet.merged_cells.ranges]
    drawing = part(master_bytes(), "xl/drawings/drawing1.xml")
    numbers = [int(n) for n in re.findall(r"<(?:\w+:)?(?:col|row)>(\d+)<", drawing)]
    charts = [numbers[n : n + 4] for n in range(0, len(numbers), 4)]
    assert len(charts) == 2
    areas += [(left + 1, top + 1, right, bottom) for left, top, right, bottom in charts]
    for n, (left, top, right, bottom) in enumerate(areas):
        for other in areas[:n]:
            assert left > other[2] or right < other[0] or top > other[3] or bottom < other[1]


def test_every_cell_of_the_lists_and_every_fact_has_its_formula_under_its_name() -> None:
    sheet, names = sheet_of(SECTIONS), master_book().defined_names
    for name, formula in FACTS.items():
        (place,) = names[name].destinations
        assert sheet[place[1].replace("$", "")].value == f"={formula}"
    for block in BLOCKS:
        for number in range(1, block.size[1] + 1):
            (place,) = names[block.column(number)].destinations
            left, top, right, bottom = _bounds(place[1].replace("$", ""))
            assert (left, bottom - top + 1) == (right, block.size[0])
            found = [sheet.cell(row, left).value for row in range(top, bottom + 1)]
            assert found == [f"={line[number - 1]}" for line in block.rows]


def test_small_charts_draw_the_last_runs_of_each_score() -> None:
    xml = part(master_bytes(), "xl/worksheets/sheet2.xml")
    found = re.findall(r"<xm:f>'看板'!(\w+:\w+)</xm:f><xm:sqref>(\w+)</xm:sqref>", xml)
    assert len(found) == 4
    names = master_book().defined_names
    wanted = [next(names[f"qc_trend_{n}"].destinations)[1].replace("$", "") for n in range(1, 5)]
    assert [area for area, _ in found] == wanted
    assert xml.endswith("</extLst></worksheet>")
