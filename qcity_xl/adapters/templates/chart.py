"""The charts: each section's scores beside its points, and the scores run by run."""

from dataclasses import replace
from typing import Literal

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines, DateAxis
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
)
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style
from qcity_xl.adapters.templates.grid import Placed

_SERIES = (
    ("ceiling", "D5DCE5"),
    ("claimed", "A9C4E3"),
    ("evidenced", "4A7FB8"),
    ("reviewed", style.ACCENT),
)


def place_chart(sheet: Worksheet, placed: Placed, first: str, last: str) -> None:
    """Horizontal bars, sections from top to bottom, from one cell to another."""
    chart = BarChart()
    chart.type, chart.grouping = "bar", "clustered"
    chart.gapWidth, chart.overlap = 40, 50
    sections = AxDataSource(strRef=StrRef(f=_range(sheet, placed, "title")))
    for field, color in _SERIES:
        look = GraphicalProperties(solidFill=color)
        look.line.noFill = True
        series = _series(sheet, placed, field, sections, look)
        series.invertIfNegative = False
        chart.series.append(series)
    set_axes(chart)
    _place(sheet, chart, (first, last), (0.44, 0.52), 0.74)


def _place(
    sheet: Worksheet,
    chart: BarChart | LineChart,
    cells: tuple[str, str],
    across: tuple[float, float],
    height: float,
) -> None:
    """The chart between two cells; its axes from here `across`, as parts of its size."""
    chart.title = None
    chart.legend = Legend(legendPos="b", txPr=small_text(style.SIZE))
    left, width = across
    chart.layout = Layout(
        manualLayout=ManualLayout(
            layoutTarget="inner", xMode="edge", yMode="edge", x=left, y=0.04, w=width, h=height
        )
    )
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=style.LINE))
    chart.anchor = _between(*cells)  # type: ignore[assignment]  # the stubs know names alone
    sheet.add_chart(chart)


def _between(first: str, last: str) -> TwoCellAnchor:
    """From the top left of one cell to the bottom right of the other."""
    top, left = coordinate_to_tuple(first)
    bottom, right = coordinate_to_tuple(last)
    return TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=left - 1, row=top - 1),
        to=AnchorMarker(col=right, row=bottom),
    )


def _series(
    sheet: Worksheet,
    placed: Placed,
    field: str,
    categories: AxDataSource,
    look: GraphicalProperties,
) -> Series:
    header = f"'{sheet.title}'!${placed.letter(field)}${placed.header}"
    return Series(
        tx=SeriesLabel(strRef=StrRef(f=header)),
        val=NumDataSource(numRef=NumRef(f=_range(sheet, placed, field))),
        cat=categories,
        spPr=look,
    )


def _range(sheet: Worksheet, placed: Placed, field: str) -> str:
    column = placed.table.fields.index(field) + 1
    return str(
        Reference(sheet, min_col=column, min_row=placed.first, max_col=column, max_row=placed.last)
    )


def set_axes(chart: BarChart) -> None:
    """Bars from top to bottom over a quiet grid, the scale at the bottom from 0."""
    sections, points = chart.x_axis, chart.y_axis
    sections.delete = points.delete = False
    sections.scaling.orientation = "maxMin"  # the first section on top
    points.crosses = "max"  # with the order turned round, the scale stays at the bottom
    points.scaling.min = 0
    points.number_format = "0"
    points.majorTickMark = sections.majorTickMark = "none"
    quiet = GraphicalProperties(ln=LineProperties(solidFill="E6EAEF"))
    points.majorGridlines = ChartLines(spPr=quiet)
    points.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    sections.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=style.LINE))
    sections.txPr = points.txPr = small_text(style.SIZE)


def _characters(size: float, *, bold: bool = False) -> CharacterProperties:
    typeface = Font(typeface=style.FAMILY)
    return CharacterProperties(
        sz=int(size * 100), b=bold, solidFill=style.INK, latin=typeface, ea=typeface
    )


def small_text(size: float) -> RichText:
    """The words of axes and legends, in points."""
    look = ParagraphProperties(defRPr=_characters(size))
    return RichText(p=[Paragraph(pPr=look, endParaRPr=_characters(size))])


# The best that is possible stands behind the rest; dashes tell lines apart on a copy in grey.
_Dash = Literal["solid", "dash", "sysDot"]
_LINES: tuple[tuple[str, str, _Dash], ...] = (
    ("ceiling", "9AA7B5", "sysDot"),
    ("claimed", "6F9BCB", "solid"),
    ("evidenced", "3F6796", "dash"),
    ("reviewed", style.ACCENT, "solid"),
)
_RUNS = 1000  # lines of the table that the chart shows; ranges of charts don't grow with a table


def place_course(board: Worksheet, first: str, last: str, sheet: Worksheet, placed: Placed) -> None:
    """Lines over the days of the runs of a sheet, on another one from one cell to another.

    Its ranges reach far below the table. An axis of days passes over the blank cells there.
    """
    chart = LineChart()
    far = replace(placed, rows=[{}] * _RUNS)
    dates = AxDataSource(numRef=NumRef(f=_range(sheet, far, "date")))
    for field, color, dash in _LINES:
        line = LineProperties(solidFill=color, w=28_575, cap="rnd", prstDash=dash)
        look = GraphicalProperties(ln=line)
        series = _series(sheet, far, field, dates, look)
        series.marker = Marker(symbol="circle", size=6, spPr=GraphicalProperties(solidFill=color))
        series.smooth = False
        chart.series.append(series)
    days = DateAxis(crossAx=100, majorTickMark="none")
    days.number_format = style.DATE_FORMAT
    days.baseTimeUnit, days.delete, days.txPr = "days", False, small_text(style.SIZE)
    chart.x_axis = days
    chart.y_axis.delete, chart.y_axis.crossAx = False, days.axId
    chart.y_axis.scaling.min, chart.y_axis.number_format = 0, "0"
    chart.y_axis.txPr = small_text(style.SIZE)
    chart.y_axis.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill="E6EAEF"))
    )
    _place(board, chart, (first, last), (0.1, 0.86), 0.7)
