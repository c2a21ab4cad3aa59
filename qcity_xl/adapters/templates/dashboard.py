"""看板: figure cards, then the sections, with the chart beside them so that nothing is in the way."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style, words
from qcity_xl.adapters.templates.cards import FIRST_ROW, place_cards
from qcity_xl.adapters.templates.chart import place_chart
from qcity_xl.adapters.templates.grid import Placed, Row, place_table, set_print, write_title
from qcity_xl.core.schema import SECTIONS

_CHART_COLUMN, _CHART_WIDTH = "O", 19.0
_CM_A_POINT = 0.03528


def build_dashboard(book: Workbook, sheet: Worksheet, rows: Sequence[Row]) -> Placed:
    """The sheet with cards, table and chart; below the table it stays empty."""
    write_title(sheet, words.DASHBOARD_TITLE, words.ABOUT[sheet.title].line)
    sheet.row_dimensions[3].height = 6
    header = place_cards(book, sheet) + 1
    sheet[f"B{header - 1}"].value = SECTIONS.title
    sheet[f"B{header - 1}"].font = style.font(12, style.ACCENT, bold=True)
    sheet.row_dimensions[header - 1].height = 24
    placed = place_table(sheet, SECTIONS, rows, header)
    sheet.column_dimensions["M"].width = 9
    sheet.column_dimensions["N"].width = 3
    place_chart(sheet, placed, f"{_CHART_COLUMN}{FIRST_ROW}", _chart_size(sheet, placed))
    set_print(sheet, "A3", None)
    return placed


def _chart_size(sheet: Worksheet, placed: Placed) -> tuple[float, float]:
    heights = (sheet.row_dimensions[r].height or 15 for r in range(FIRST_ROW, placed.last + 1))
    return _CHART_WIDTH, max(12.0, sum(heights) * _CM_A_POINT)
