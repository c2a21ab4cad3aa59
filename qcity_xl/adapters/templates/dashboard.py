"""看板 on one page: scores, units, gains, deadlines, sections; charts and a heat map beside them.

The sections stand last, so that their table can grow. What the lists reckon with stands in hidden
columns beside the page.
"""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style, words
from qcity_xl.adapters.templates.cards import (
    FIRST_ROW,
    GAP_HEIGHT,
    name_cells,
    place_cards,
    trend_cells,
)
from qcity_xl.adapters.templates.chart import place_chart, place_course
from qcity_xl.adapters.templates.grid import Placed, Row, place_table, set_print
from qcity_xl.adapters.templates.lists import (
    GAIN_SPOTS,
    SOON_SPOTS,
    UNIT_SPOTS,
    mark_lights,
    mark_states,
    place_aside,
    place_heat,
    place_list,
    write_title,
)
from qcity_xl.core.schema import SECTIONS
from qcity_xl.core.schema.board import (
    FACTS,
    GAINS_AT,
    GAINS_LIST,
    INDICATORS_SHOWN,
    SOON_AT,
    SOON_LIST,
    TREND,
    UNITS_AT,
    UNITS_LIST,
)

# The page: B to M on the left, N to W on the right, O hidden; the heat map takes P to W.
_LAST_LEFT, _RIGHT, _HEAT, _LAST = "M", "N", "P", "W"
_AT, _FACTS, _TREND, _SHARES = "Y", "Z", "AA", "AF"  # hidden
_LAST_HIDDEN = get_column_letter(column_index_from_string(_SHARES) + INDICATORS_SHOWN - 1)
_HEAT_WIDTH = 4.4
_ZOOM = 90  # percent, at which it fits 1366 pixels in LibreOffice too, whose columns are wider
_ROOM = 0.7  # characters beside the text of a cell
_SECTION_HEIGHT, _HEADER_HEIGHT = 25, 30
_ON_PAGE = ("qc_heading", "qc_returns", "qc_soon_title")  # facts that people see
_PART_OF_CARDS = "_change"


def build_dashboard(book: Workbook, sheet: Worksheet, rows: Sequence[Row]) -> Placed:
    """The whole sheet but for the course of the scores."""
    sheet.sheet_view.zoomScale = _ZOOM
    _write_heads(book, sheet)
    units = place_cards(book, sheet) + 1
    sheet.row_dimensions[units - 1].height = GAP_HEIGHT
    cell = write_title(sheet, units, "B", _LAST_LEFT, f"={FACTS['qc_returns']}")
    name_cells(book, sheet, "qc_returns", cell.coordinate)
    place_aside(book, sheet, units + 2, _AT, UNITS_AT)
    gains = place_list(book, sheet, units + 1, UNITS_LIST, UNIT_SPOTS) + 1
    mark_states(sheet, f"B{units + 2}:F{gains - 2}", f"$D{units + 2}")
    sheet.row_dimensions[gains - 1].height = GAP_HEIGHT
    write_title(sheet, gains, "B", _LAST_LEFT, words.GAINS_TITLE)
    cell = write_title(sheet, gains, _RIGHT, _LAST, f"={FACTS['qc_soon_title']}")
    name_cells(book, sheet, "qc_soon_title", cell.coordinate)
    place_aside(book, sheet, gains + 2, _AT, GAINS_AT)
    place_aside(book, sheet, gains + 2, _FACTS, SOON_AT)
    place_list(book, sheet, gains + 1, SOON_LIST, SOON_SPOTS)
    sections = place_list(book, sheet, gains + 1, GAINS_LIST, GAIN_SPOTS) + 1
    mark_lights(sheet, f"U{gains + 2}:W{sections - 2}", f"$U{gains + 2}")
    sheet.row_dimensions[sections - 1].height = GAP_HEIGHT
    write_title(sheet, sections, "B", _LAST_LEFT, SECTIONS.title)
    write_title(sheet, sections, _HEAT, _LAST, words.HEAT_TITLE)
    placed = place_table(sheet, SECTIONS, rows, sections + 1, _SECTION_HEIGHT)
    sheet.row_dimensions[placed.header].height = _HEADER_HEIGHT
    _loosen(sheet, placed)
    place_heat(book, sheet, placed.first, _HEAT, _SHARES)
    _place_facts(book, sheet, placed.first)
    place_aside(book, sheet, placed.first, _TREND, TREND)
    write_title(sheet, units, _RIGHT, _LAST, words.CHART_TITLE)
    place_chart(sheet, placed, f"{_RIGHT}{units + 1}", f"{_LAST}{gains - 2}")
    _set_columns(sheet)
    set_print(sheet, "A3", None)
    sheet.page_setup.fitToHeight = 1
    sheet.print_area = f"A1:{_LAST}{placed.last}"
    return placed


def add_course(board: Worksheet, sheet: Worksheet, lines: Placed) -> None:
    """The course of the scores beside the cards, by the lines of their own sheet."""
    write_title(board, FIRST_ROW, _RIGHT, _LAST, words.COURSE_TITLE)
    place_course(board, f"{_RIGHT}{FIRST_ROW + 1}", f"{_LAST}{FIRST_ROW + 12}", sheet, lines)


def sparklines(sheet: Worksheet, placed: Placed) -> dict[str, str]:
    """The cells that the small charts of the tiles draw, by the cells that they stand in."""
    first = column_index_from_string(_TREND)
    last = placed.first + len(TREND.rows) - 1
    columns = map(get_column_letter, range(first, first + TREND.size[1]))
    return {
        cell: f"'{sheet.title}'!{letter}{placed.first}:{letter}{last}"
        for cell, letter in zip(trend_cells(), columns, strict=True)
    }


def _write_heads(book: Workbook, sheet: Worksheet) -> None:
    for address, value, font in (
        ("B1", words.DASHBOARD_TITLE, style.font(16, style.ACCENT, bold=True)),
        ("F1", f"={FACTS['qc_heading']}", style.font(11, style.INK, bold=True)),
        ("B2", words.LEGEND, style.font()),
    ):
        sheet[address].value, sheet[address].font = value, font
        sheet[address].alignment = style.aligned("right" if address == "F1" else "left")
    name_cells(book, sheet, "qc_heading", "F1")
    sheet.merge_cells("B1:E1")
    sheet.merge_cells(f"F1:{_LAST}1")
    sheet.merge_cells(f"B2:{_LAST}2")
    for row, height in ((1, 28), (2, 18), (3, GAP_HEIGHT)):
        sheet.row_dimensions[row].height = height


def _place_facts(book: Workbook, sheet: Worksheet, row: int) -> None:
    aside = [n for n in FACTS if n not in _ON_PAGE and not n.endswith(_PART_OF_CARDS)]
    for line, name in enumerate(aside, row):
        sheet[f"{_FACTS}{line}"].value = f"={FACTS[name]}"
        name_cells(book, sheet, name, f"{_FACTS}{line}")


def _set_columns(sheet: Worksheet) -> None:
    for number, column in enumerate(SECTIONS.columns, 1):  # headers here have two lines
        sheet.column_dimensions[get_column_letter(number)].width = column.width + _ROOM
    first = column_index_from_string(_HEAT)
    for number in range(first, column_index_from_string(_LAST) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _HEAT_WIDTH
    for number in range(column_index_from_string(_AT), column_index_from_string(_LAST_HIDDEN) + 1):
        sheet.column_dimensions[get_column_letter(number)].hidden = True


def _loosen(sheet: Worksheet, placed: Placed) -> None:
    for cell, column in zip(sheet[placed.first], placed.table.columns, strict=False):
        wrap = column.wrap and bool(column.formula)
        cell.alignment = style.aligned("right" if style.is_number(column) else "left", wrap=wrap)
