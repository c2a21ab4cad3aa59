"""Letters and the list of late units as Word documents, set as official letters are."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from docx import Document
from docx.document import Document as Page
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from qcity_xl.core.mail.chasing import Late
from qcity_xl.core.mail.letters import Letter

# GB/T 9704: margins, size 3 (16 pt) in 仿宋, 28 pt from line to line, heading size 2 (22 pt).
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_BODY, _HEADING = "仿宋_GB2312", "方正小标宋简体"
_SIZE, _LINE = Pt(16), Pt(28)
_STAMP = dt.datetime(2024, 1, 1)


def letter_bytes(letter: Letter) -> bytes:
    """A letter; the part of the subject that names the mail (【…】) is left out of its heading."""
    page = _page()
    _heading(page, letter.subject.rpartition("】")[2])
    for number, line in enumerate(letter.body):
        if line is None:
            items = [(i.no, i.text, i.note) for i in letter.items]
            _table(page, {"编号": 30, "事项": 94, "情况": 32}, items)
        elif line:
            _paragraph(page, line, indent=number > 0)  # the first line says to whom
    _paragraph(page, "")
    for line in letter.signature:
        _paragraph(page, line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return _bytes(page)


def list_bytes(name: str, late: Sequence[Late], today: dt.date) -> bytes:
    """未报送名单 of a round."""
    page = _page()
    _heading(page, f"{name}填报未报送名单")
    _paragraph(
        page, f"（截至{today.year}年{today.month}月{today.day}日）"
    ).alignment = WD_ALIGN_PARAGRAPH.CENTER
    rows = [
        (str(n), one.unit, one.state, str(max(one.days, 0)), str(len(one.items)))
        for n, one in enumerate(late, 1)
    ]
    _table(page, {"序号": 16, "单位": 50, "情况": 34, "逾期天数": 28, "未报事项": 28}, rows)
    return _bytes(page)


def _page() -> Page:
    page = Document()
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    style = page.styles["Normal"]
    _set_font(style, _BODY)
    style.font.size = _SIZE
    properties = page.core_properties
    properties.author, properties.title = "qcity_xl", ""
    properties.created = properties.modified = _STAMP
    return page


def _set_font(owner: object, name: str) -> None:
    """The font of a style or a run, for Chinese characters as well."""
    owner.font.name = name  # type: ignore[attr-defined]  # python-docx has no common class
    owner.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), name)  # type: ignore[attr-defined]  # as above


def _heading(page: Page, words: str) -> None:
    paragraph = page.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(words)
    _set_font(run, _HEADING)
    run.font.size = Pt(22)


def _paragraph(page: Page, words: str, *, indent: bool = False) -> Paragraph:
    paragraph = page.add_paragraph(words)
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_after = _LINE, Pt(0)
    if indent:
        shape.first_line_indent = 2 * _SIZE
    return paragraph


def _table(page: Page, header: Mapping[str, int], rows: Sequence[tuple[str, ...]]) -> None:
    """A grid under these headings, each with the width of its column in millimetres."""
    table = page.add_table(rows=0, cols=len(header), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, header.values(), strict=True):
        column.width = Mm(width)
    for row in (tuple(header), *rows):
        cells = zip(table.add_row().cells, row, header.values(), strict=True)
        for cell, words, width in cells:
            cell.text, cell.width = words, Mm(width)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(12)


def _bytes(page: Page) -> bytes:
    raw = io.BytesIO()
    page.save(raw)
    return raw.getvalue()
