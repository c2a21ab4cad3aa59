"""Letters and the list of late units, opened again as Word documents."""

import datetime as dt
import io

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from qcity_xl.adapters.documents.letters import letter_bytes, list_bytes
from qcity_xl.core.mail.chasing import Late
from qcity_xl.core.mail.letters import Item, Letter

LETTER = Letter(
    "【质量强市·2027年6月】关于报送材料的函",
    ("市交通局：", "请于6月30日前报送下列事项。", None, "联系人：林静。"),
    ("市质强办", "2027年6月1日"),
    (Item("3.2", "公布线网图", "缺照片"), Item("3.4", "调整班次")),
)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def rows(page: Document) -> list[list[str]]:
    (table,) = page.tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_letter_has_its_lines_its_table_and_its_signature() -> None:
    page = opened(letter_bytes(LETTER))
    assert [paragraph.text for paragraph in page.paragraphs] == [
        "关于报送材料的函",
        "市交通局：",
        "请于6月30日前报送下列事项。",
        "联系人：林静。",
        "",
        "市质强办",
        "2027年6月1日",
    ]
    assert rows(page) == [
        ["编号", "事项", "情况"],
        ["3.2", "公布线网图", "缺照片"],
        ["3.4", "调整班次", ""],
    ]


def test_a_letter_is_set_as_official_letters_are() -> None:
    page = opened(letter_bytes(LETTER))
    section, (heading, to, line, *_, day) = page.sections[0], page.paragraphs
    sizes = (section.page_width, section.top_margin, section.left_margin)
    assert [size and round(size.mm) for size in sizes] == [210, 37, 28]
    assert (heading.alignment, day.alignment) == (
        WD_ALIGN_PARAGRAPH.CENTER,
        WD_ALIGN_PARAGRAPH.RIGHT,
    )
    assert (heading.runs[0].font.size, heading.runs[0].font.name) == (Pt(22), "方正小标宋简体")
    assert (to.paragraph_format.first_line_indent, line.paragraph_format.first_line_indent) == (
        None,
        Pt(32),
    )
    fonts = page.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_a_letter_without_a_list_has_no_table_and_an_empty_line_is_left_out() -> None:
    page = opened(letter_bytes(Letter("提醒", ("市交通局：", "", "请报送。"), ("市质强办",))))
    assert page.tables == []
    assert [p.text for p in page.paragraphs] == ["提醒", "市交通局：", "请报送。", "", "市质强办"]


def test_the_list_counts_days_from_the_due_date_and_none_before_it() -> None:
    due = dt.date(2027, 6, 30)
    late = (
        Late("5", "市园林局", "未报送", due, -2, "", (Item("1", "补种行道树"),)),
        Late("6", "市水务局", "部分报送", due - dt.timedelta(10), 8, "催办", ()),
    )
    page = opened(list_bytes("2027年6月", late, dt.date(2027, 6, 28)))
    assert [p.text for p in page.paragraphs] == ["2027年6月填报未报送名单", "（截至2027年6月28日）"]
    assert rows(page) == [
        ["序号", "单位", "情况", "逾期天数", "未报事项"],
        ["1", "市园林局", "未报送", "0", "1"],
        ["2", "市水务局", "部分报送", "8", "0"],
    ]
