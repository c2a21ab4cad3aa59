"""A native chart in a Word document: its part, with the workbook that Word edits its data in."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docxtpl import DocxTemplate
from markupsafe import Markup, escape
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.xml.constants import CHART_NS, REL_NS
from openpyxl.xml.functions import SubElement, tostring

from qcity_xl.adapters.templates.chart import set_axes, small_text

_MM = 36_000  # English metric units
_SHEET = "数据"
_INLINE = (
    '</w:t></w:r><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="图{number}"'
    ' descr="{words}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{link}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    '</a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars by category, laid over each other, the widest figure first; None draws no bar.

    `words` say what is seen, for those who can't see it. Sizes are in millimetres.
    """

    words: str
    categories: Sequence[str]
    series: Sequence[tuple[str, str, Sequence[float | None]]]  # name, colour, values
    width: int = 156
    height: int = 95


def put_chart(paper: DocxTemplate, bars: Bars, number: int = 1) -> Markup:
    """Put a chart into an opened template; what stands for it where it is to be seen."""
    package = paper.docx.part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), CT.SML_SHEET, _book(bars), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CT.DML_CHART, b"", package)
    part._blob = _chart_xml(bars, part.relate_to(book, RT.PACKAGE))
    link = paper.docx.part.relate_to(part, RT.CHART)
    return Markup(  # noqa: S704 - our own markup, the words in it escaped
        _INLINE.format(
            width=bars.width * _MM,
            height=bars.height * _MM,
            number=1000 + number,
            words=escape(bars.words),
            link=link,
        )
    )


def _book(bars: Bars) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET
    sheet.append(["", *(name for name, _, _ in bars.series)])
    for place, category in enumerate(bars.categories):
        sheet.append([category, *(values[place] for *_, values in bars.series)])
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _chart_xml(bars: Bars, link: str) -> bytes:
    chart = BarChart()
    chart.type, chart.grouping = "bar", "clustered"
    chart.gapWidth, chart.overlap = 40, 100
    last = len(bars.categories) + 1
    names = StrData(ptCount=last - 1, pt=[StrVal(i, v=c) for i, c in enumerate(bars.categories)])
    for place, (name, colour, values) in enumerate(bars.series):
        letter = "BCDEFGH"[place]
        look = GraphicalProperties(solidFill=colour)
        look.line.noFill = True
        points = [NumVal(i, v=str(v)) for i, v in enumerate(values) if v is not None]
        series = Series(
            idx=place,
            order=place,
            tx=SeriesLabel(
                strRef=StrRef(f"{_SHEET}!${letter}$1", StrData(ptCount=1, pt=[StrVal(0, v=name)]))
            ),
            cat=AxDataSource(strRef=StrRef(f"{_SHEET}!$A$2:$A${last}", names)),
            val=NumDataSource(
                numRef=NumRef(
                    f=f"{_SHEET}!${letter}$2:${letter}${last}",
                    numCache=NumData(formatCode="General", ptCount=last - 1, pt=points),
                )
            ),
            spPr=look,
        )
        series.invertIfNegative = False
        chart.series.append(series)
    set_axes(chart)
    chart.legend = Legend(legendPos="b", txPr=small_text(9))
    tree = chart._write()  # type: ignore[attr-defined]  # of openpyxl, for itself
    SubElement(tree, f"{{{CHART_NS}}}externalData", {f"{{{REL_NS}}}id": link})
    data: bytes = tostring(tree)  # in ASCII, with references: any parser takes it
    return data
