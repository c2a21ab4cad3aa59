"""The templates of the papers in Word, set as official papers are (GB/T 9704-2012).

A4, margins 37, 35, 28 and 26 mm, 22 lines of 28 characters; title in 方正小标宋 size 2, text in
仿宋 size 3, first headings in 黑体, second ones in 楷体, page numbers on the outside.
"""

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qcity_xl.adapters.templates.package import rezipped

BODY, TITLE, FIRST, SECOND, NUMBERS = (
    *("仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"),
)
# What every Windows has where a face of the standard is missing.
FALL_BACKS = {BODY: "仿宋", TITLE: "华文中宋", FIRST: "SimHei", SECOND: "楷体", NUMBERS: "SimSun"}
_SIZE, _SMALL = Pt(16), Pt(10.5)
_STAMP = dt.datetime(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class LoopTable:
    """A table with a row for each of `loop`: header, width in millimetres, placeholder by column.

    A placeholder that begins with ^ is centred.
    """

    loop: str
    columns: Sequence[tuple[str, float, str]]


class Paper:
    """A template in the making."""

    def __init__(self, *, wide: bool = False) -> None:
        """A blank page; a `wide` one lies on its side."""
        self.page = Document()
        self._set_styles()
        self._set_page(wide)

    def _set_styles(self) -> None:
        style = self.page.styles["Normal"]
        style.font.size = _SIZE
        _set_face(style.element.get_or_add_rPr(), BODY)
        # 28 characters in 156 mm by drawing them together: LibreOffice makes two cells of a grid
        # of characters for each that is wider than one.
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), "-5")
        style.element.get_or_add_rPr().find(qn("w:sz")).addprevious(closer)
        # The language of Chinese text alone: with Latin text in Chinese as well, LibreOffice sets
        # digits in a Chinese face and breaks numbers at the end of a line.
        for words in self.page.styles.element.iter(qn("w:lang")):
            words.set(qn("w:eastAsia"), "zh-CN")

    def _set_page(self, wide: bool) -> None:
        section = self.page.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        if wide:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.top_margin, section.bottom_margin = Mm(28), Mm(26)
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), "579")
        self.page.settings.odd_and_even_pages_header_footer = True
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            footer.is_linked_to_previous = False
            _number(footer.paragraphs[0], side)

    def title(self, words: str, *, new_page: bool = False) -> None:
        """The paper's name, with a blank line below; on a `new_page` at its head."""
        paragraph = self.page.add_paragraph()
        paragraph.paragraph_format.page_break_before = new_page or None
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, words, TITLE, Pt(22))
        self.text("", indent=False)

    def heading(self, words: str, face: str = FIRST) -> None:
        """一、…; （一）… with SECOND."""
        paragraph = self._paragraph(indent=True)
        paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, words, face, _SIZE)

    def text(self, words: str, *, indent: bool = True, right: int = 0, kept: bool = False) -> None:
        """A paragraph of the text; on the `right`, so many characters from the edge; `kept` on the
        page of what follows.
        """
        paragraph = self._paragraph(indent=indent)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = right * _SIZE
        if kept:
            paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, words, BODY, _SIZE)

    def annex(self, words: str) -> None:
        """附件1, at the head of a new page."""
        paragraph = self._paragraph(indent=False)
        paragraph.paragraph_format.page_break_before = True
        _run(paragraph, words, FIRST, _SIZE)

    def centred(self, words: str) -> None:
        """A line in the middle, without indent: a chart, a date under a title."""
        paragraph = self._paragraph(indent=False)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, words, BODY, _SIZE)

    def control(self, words: str) -> None:
        """{%p … %}: a line that leaves no trace."""
        self.page.add_paragraph(words)

    def _paragraph(self, *, indent: bool) -> Paragraph:
        paragraph = self.page.add_paragraph()
        shape = paragraph.paragraph_format
        shape.space_after = Pt(0)
        if indent:
            shape.first_line_indent = 2 * _SIZE
        return paragraph

    def table(self, grid: LoopTable) -> None:
        """From edge to edge of the text; the header repeats, rows don't break."""
        """From edge to edge of the text; the header repeats, rows don't break."""
        table = self.page.add_table(rows=0, cols=len(grid.columns), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, (_, width, _) in zip(table.columns, grid.columns, strict=True):
            column.width = Mm(width)
        header = _row(table, grid, [f"^{name}" for name, _, _ in grid.columns], bold=True)
        _mark(header, "w:tblHeader")
        _row(table, grid, [f"{{%tr for 行 in {grid.loop} %}}"])
        _mark(_row(table, grid, [words for *_, words in grid.columns]), "w:cantSplit")
        _row(table, grid, ["{%tr endfor %}"])

    def data(self) -> bytes:
        """The file, the same whenever it is made."""
        properties = self.page.core_properties
        properties.author, properties.title = "qcity_xl", ""
        properties.created = properties.modified = _STAMP
        raw = io.BytesIO()
        self.page.save(raw)
        return rezipped(raw.getvalue(), _finished)


def _row(table: Table, grid: LoopTable, words: Sequence[str], *, bold: bool = False) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx types it not
    for place, (cell, (_, width, _)) in enumerate(zip(row.cells, grid.columns, strict=True)):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        off = OxmlElement("w:snapToGrid")
        off.set(qn("w:val"), "0")
        paragraph._p.get_or_add_pPr().insert(0, off)
        paragraph._p.get_or_add_pPr().append(_mark_of_size(_SMALL))  # a blank cell is no higher
        if place >= len(words):
            continue
        if words[place].startswith("^"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, words[place].removeprefix("^"), BODY, _SMALL).bold = bold
    return row


def _mark_of_size(size: Pt) -> Any:
    """The paragraph's own mark in this size."""
    look, half_points = OxmlElement("w:rPr"), OxmlElement("w:sz")
    half_points.set(qn("w:val"), str(int(size.pt * 2)))
    look.append(half_points)
    return look


def _run(paragraph: Paragraph, words: str, face: str, size: Pt) -> Run:
    run = paragraph.add_run(words)
    run.font.size = size
    _set_face(run._r.get_or_add_rPr(), face)
    return run


def _set_face(properties: Any, face: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), face if name == "eastAsia" else "Times New Roman")
    fonts.set(qn("w:hint"), "eastAsia")


def _number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, in 宋体 size 4, one character from the edge."""
    paragraph.alignment = side
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Pt(14)
    _run(paragraph, "— ", NUMBERS, Pt(14))
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = _run(paragraph, "", NUMBERS, Pt(14))
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)
    _run(paragraph, " —", NUMBERS, Pt(14))


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


_FONT = (
    '<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
    '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
)
_OWN_FONTS = re.compile(rb"(<w:fonts[^>]*>).*(</w:fonts>)", re.DOTALL)


_LISTED = "".join(_FONT.format(name=n, other=o) for n, o in FALL_BACKS.items()).encode()
_PICTURE = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")  # of another document


def _finished(name: str, part: bytes) -> bytes | None:
    """With fall-backs for its faces, without the picture of another document."""
    if name == "docProps/thumbnail.jpeg":
        return None
    if name == "word/fontTable.xml":
        return _OWN_FONTS.sub(lambda m: m[1] + _LISTED + m[2], part)
    return _PICTURE.sub(b"", part) if name == "_rels/.rels" else part
