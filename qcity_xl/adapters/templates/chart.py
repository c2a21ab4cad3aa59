"""The chart on 看板: each section's scores beside its points."""

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style
from qcity_xl.adapters.templates.grid import Placed

_SERIES = (
    ("points", "C9D2DE"),
    ("claimed", "5B87B8"),
    ("evidenced", "2A9D8F"),
    ("reviewed", style.ACCENT),
)
_TITLE = "各部分得分与分值"


def place_chart(sheet: Worksheet, placed: Placed, first: str, last: str) -> None:
    """Horizontal bars, sections from top to bottom, from one cell to another."""
    chart = BarChart()
    chart.type, chart.grouping = "bar", "clustered"
    chart.gapWidth, chart.overlap = 45, 0
    chart.title = Title(tx=Text(rich=_titled(_TITLE)), overlay=False)
    for field, color in _SERIES:
        chart.series.append(_series(sheet, placed, field, color))
    chart.legend.position = "b"
    chart.legend.txPr = _text(9)
    _set_axes(chart)
    chart.layout = Layout(
        manualLayout=ManualLayout(
            layoutTarget="inner", xMode="edge", yMode="edge", x=0.27, y=0.09, w=0.69, h=0.79
        )
    )
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=style.LINE))
    chart.anchor = _between(first, last)  # type: ignore[assignment]  # the stubs know names alone
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


def _series(sheet: Worksheet, placed: Placed, field: str, color: str) -> Series:
    header = f"'{sheet.title}'!${placed.letter(field)}${placed.header}"
    look = GraphicalProperties(solidFill=color)
    look.line.noFill = True
    return Series(
        tx=SeriesLabel(strRef=StrRef(f=header)),
        val=NumDataSource(numRef=NumRef(f=_range(sheet, placed, field))),
        cat=AxDataSource(strRef=StrRef(f=_range(sheet, placed, "title"))),
        spPr=look,
        invertIfNegative=False,
    )


def _range(sheet: Worksheet, placed: Placed, field: str) -> str:
    column = placed.table.fields.index(field) + 1
    return str(
        Reference(sheet, min_col=column, min_row=placed.first, max_col=column, max_row=placed.last)
    )


def _set_axes(chart: BarChart) -> None:
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
    sections.txPr = points.txPr = _text(9)


def _characters(size: float, *, bold: bool = False) -> CharacterProperties:
    typeface = Font(typeface=style.FAMILY)
    return CharacterProperties(
        sz=int(size * 100), b=bold, solidFill=style.INK, latin=typeface, ea=typeface
    )


def _text(size: float) -> RichText:
    look = ParagraphProperties(defRPr=_characters(size))
    return RichText(p=[Paragraph(pPr=look, endParaRPr=_characters(size))])


def _titled(words: str) -> RichText:
    look = _characters(12, bold=True)
    run = RegularTextRun(t=words, rPr=look)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])])
