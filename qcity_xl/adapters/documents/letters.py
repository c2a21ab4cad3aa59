"""Letters and the list of late units as Word documents, set as official letters are."""

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence

from docx import Document
from docx.document import Document as Page
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Footer as Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from qcity_xl.core.mail.chasing import Late
from qcity_xl.core.mail.letters import Letter

# GB/T 9704: margins, 22 lines of 28 characters of size 3 (16 pt) in 仿宋, heading size 2 (22 pt).
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_GRID = {"type": "linesAndChars", "linePitch": "579", "charSpace": "-850"}
# Twentieths of a point: else LibreOffice gives a character that is as wide as its field of the grid
# two of them.
_TIGHT = -5
_BODY, _HEADING, _ANNEX, _NUMBERS = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
_ELSE = {_BODY: "仿宋", _HEADING: "华文中宋"}  # on computers that lack them
_SIZE = Pt(16)
_OFF_THE_GRID = f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'
_INSIDE = 0.3  # millimetres that a table stays inside of the edges of the text
_KINDS = ("函", "通知", "通报")  # the last word of an official title
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_BEFORE = 4  # paragraphs that stay with the signature: the last of the letter, the annex
_STAMP = dt.datetime(2024, 1, 1)


def letter_bytes(letter: Letter) -> bytes:
    """A letter; its list is 附件1 on a page of its own."""
    page = _page()
    _heading(page, _title(letter))
    _paragraph(page, "")
    annex = bool(letter.items) and None in letter.body
    lines = [line for line in letter.body if line]
    for number, line in enumerate(lines):
        listed = annex and line.endswith(("：", ":"))
        if listed and number:  # the list stood behind this line
            line = f"{line[:-1]}，清单见附件1。"
        _paragraph(page, line, indent=number > 0)  # the first line says to whom
    if annex:
        _paragraph(page, "")
        _paragraph(page, "附件：1. 未报送事项清单", indent=True)
    _paragraph(page, "")
    _sign(page, letter.signature)
    if annex:
        _annex(page, letter)
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
    widths = {"序号": 16, "单位": 50, "情况": 34, "逾期天数": 28, "未报事项": 28}
    _table(page, widths, rows, centred=("序号",), numbers=("逾期天数", "未报事项"))
    return _bytes(page)


def _title(letter: Letter) -> str:
    """The title of a letter, without what names the mail and its addressee, who stand elsewhere:
    of one that does not end in its kind, the usual one.
    """
    said = re.split("[：:]", letter.subject.rpartition("】")[2])[0].strip()
    return said if said.endswith(_KINDS) or not letter.title else letter.title


def _sign(page: Page, lines: Sequence[str]) -> None:
    """Who writes and when, on the right, then the contact: all on the page of the last line."""
    contacts = [line for line in lines if line.startswith("联系人")]
    signed = [line for line in lines if line and line not in contacts]
    made = []
    for line in signed:
        paragraph = _paragraph(page, line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = (4 if _DAY.fullmatch(line) else 2) * _SIZE
        made.append(paragraph)
    made += [_paragraph(page, f"（{line}）", indent=True) for line in contacts]
    before = len(made) + _BEFORE
    for paragraph in page.paragraphs[-before:-1] if made else ():
        paragraph.paragraph_format.keep_with_next = True


def _annex(page: Page, letter: Letter) -> None:
    paragraph = page.add_paragraph()
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    run = paragraph.add_run("附件1")
    _set_font(run, _ANNEX)
    _heading(page, "未报送事项清单")
    items = [(i.no, i.text, i.note) for i in letter.items]
    _table(page, {"编号": 30, "事项": 92, "情况": 34}, items)


def _page() -> Page:
    page = Document()
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    said = " ".join(f'w:{name}="{value}"' for name, value in _GRID.items())
    section._sectPr.append(parse_xml(f"<w:docGrid {nsdecls('w')} {said}/>"))
    section.footer_distance = Mm(28)
    page.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    style = page.styles["Normal"]
    _set_font(style, _BODY)
    style.font.size = _SIZE
    tight = parse_xml(f'<w:spacing {nsdecls("w")} w:val="{_TIGHT}"/>')
    style.element.rPr.find(qn("w:sz")).addprevious(tight)
    _speak_chinese(page)
    properties = page.core_properties
    properties.author, properties.title = "qcity_xl", ""
    properties.created = properties.modified = _STAMP
    return page


def _number(footer: Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, one character in from the edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Pt(14)
    field = ('<w:fldSimple {} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>').format(
        nsdecls("w")
    )
    paragraph.add_run("— ")
    paragraph._p.append(parse_xml(field))
    paragraph.add_run(" —")
    for run in paragraph._p.iter(qn("w:r")):
        fonts = f'<w:rFonts w:ascii="{_NUMBERS}" w:hAnsi="{_NUMBERS}" w:eastAsia="{_NUMBERS}"/>'
        run.insert(0, parse_xml(f'<w:rPr {nsdecls("w")}>{fonts}<w:sz w:val="28"/></w:rPr>'))


def _speak_chinese(page: Page) -> None:
    """The language of the text, the fonts in place of those that a computer lacks; no picture of
    another document.
    """
    for language in page.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    part = next(p for p in page.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _ELSE.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())
    package = page.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _set_font(owner: object, name: str) -> None:
    """The font of a style or a run, for Chinese characters as well."""
    owner.font.name = name  # type: ignore[attr-defined]  # python-docx has no common class
    owner.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), name)  # type: ignore[attr-defined]  # as above


def _heading(page: Page, words: str) -> None:
    paragraph = page.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph._p.get_or_add_pPr().insert(0, parse_xml(_OFF_THE_GRID))
    run = paragraph.add_run(words)
    _set_font(run, _HEADING)
    run.font.size = Pt(22)


def _paragraph(page: Page, words: str, *, indent: bool = False) -> Paragraph:
    paragraph = page.add_paragraph(words)
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_after = 1, Pt(0)  # a line of the grid
    if indent:
        shape.first_line_indent = 2 * _SIZE
    return paragraph


def _table(
    page: Page,
    header: Mapping[str, int],
    rows: Sequence[tuple[str, ...]],
    centred: Sequence[str] = (),
    numbers: Sequence[str] = (),
) -> None:
    """A grid under these headings, each with the width of its column in millimetres; its header
    again on each page, no row on two of them.
    """
    table = page.add_table(rows=0, cols=len(header), style="Table Grid")
    table.autofit = False
    edge = f'<w:tblInd {nsdecls("w")} w:w="{int(_INSIDE * 56.7)}" w:type="dxa"/>'
    table._tblPr.find(qn("w:tblW")).addnext(parse_xml(edge))
    for column, width in zip(table.columns, header.values(), strict=True):
        column.width = Mm(width)
    for number, row in enumerate((tuple(header), *rows)):
        line = table.add_row()
        rules = "<w:cantSplit/>" + ("" if number else "<w:tblHeader/>")
        line._tr.insert(0, parse_xml(f"<w:trPr {nsdecls('w')}>{rules}</w:trPr>"))
        for cell, words, (name, width) in zip(line.cells, row, header.items(), strict=True):
            cell.text, cell.width = words, Mm(width - 2 * _INSIDE / len(header))
            paragraph = cell.paragraphs[0]
            shape = paragraph.paragraph_format
            shape.space_after, shape.line_spacing = Pt(0), Pt(16)
            paragraph._p.get_or_add_pPr().insert(0, parse_xml(_OFF_THE_GRID))
            if not number or name in centred:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif name in numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph.runs:
                run.font.size, run.font.bold = Pt(12), not number


def _bytes(page: Page) -> bytes:
    raw = io.BytesIO()
    page.save(raw)
    return raw.getvalue()
