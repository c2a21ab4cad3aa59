"""看板: figure cards, then the sections; the charts stand beside them, out of their way."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style, words
from qcity_xl.adapters.templates.cards import FIRST_ROW, place_cards
from qcity_xl.adapters.templates.chart import place_chart, place_course
from qcity_xl.adapters.templates.grid import Placed, Row, place_table, set_print, write_title
from qcity_xl.core.schema import SECTIONS

# Right of the table a narrow column, then those below the charts.
_BESIDE, *_CHART_COLUMNS = (get_column_letter(len(SECTIONS.columns) + n) for n in range(1, 10))
_ROW_HEIGHT = 26
_COURSE_ROWS = 22  # of usual height


def build_dashboard(book: Workbook, sheet: Worksheet, rows: Sequence[Row]) -> Placed:
    """The sheet with cards, table and chart; below the table it stays empty."""
    write_title(sheet, words.DASHBOARD_TITLE, SECTIONS.about)
    sheet.row_dimensions[3].height = 6
    header = place_cards(book, sheet) + 1
    sheet[f"B{header - 1}"].value = SECTIONS.title
    sheet[f"B{header - 1}"].font = style.font(12, style.ACCENT, bold=True)
    sheet.row_dimensions[header - 1].height = 24
    placed = place_table(sheet, SECTIONS, rows, header, _ROW_HEIGHT)
    _loosen(sheet, placed)
    sheet.column_dimensions[_BESIDE].width = 3
    for column in _CHART_COLUMNS:
        sheet.column_dimensions[column].width = 13
    first, last = f"{_CHART_COLUMNS[0]}{FIRST_ROW}", f"{_CHART_COLUMNS[-1]}{placed.last}"
    place_chart(sheet, placed, first, last)
    set_print(sheet, "A3", None)
    return placed


def add_course(board: Worksheet, above: Placed, sheet: Worksheet, lines: Placed) -> None:
    """The course of the scores below the other chart, by the lines of their own sheet."""
    top = above.last + 2
    first, last = f"{_CHART_COLUMNS[0]}{top}", f"{_CHART_COLUMNS[-1]}{top + _COURSE_ROWS}"
    place_course(board, first, last, sheet, lines)


def _loosen(sheet: Worksheet, placed: Placed) -> None:
    for cell, column in zip(sheet[placed.first], placed.table.columns, strict=False):
        wrap = column.wrap and bool(column.formula)
        cell.alignment = style.aligned("right" if style.is_number(column) else "left", wrap=wrap)
