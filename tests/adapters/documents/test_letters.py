"""Letters and the list of late units, opened again as Word documents."""

import datetime as dt
import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from qcity_xl.adapters.documents.letters import letter_bytes, list_bytes
from qcity_xl.core.mail.chasing import Late
from qcity_xl.core.mail.letters import Item, Letter

LETTER = Letter(
    "【质量强市·2027年6月】关于报送材料的函",
    ("市交通局：", "请于6月30日前报送下列事项：", None, "逾期的予以通报。"),
    ("市质强办", "联系人：林静 0519-87654321", "2027年6月1日"),
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
        "",
        "市交通局：",
        "请于6月30日前报送下列事项，清单见附件1。",
        "逾期的予以通报。",
        "",
        "附件：1. 未报送事项清单",
        "",
        "市质强办",
        "2027年6月1日",
        "（联系人：林静 0519-87654321）",
        "附件1",
        "未报送事项清单",
    ]
    assert rows(page) == [
        ["编号", "事项", "情况"],
        ["3.2", "公布线网图", "缺照片"],
        ["3.4", "调整班次", ""],
    ]


def test_a_letter_is_set_as_official_letters_are() -> None:
    page = opened(letter_bytes(LETTER))
    section, (heading, _, to, line, *rest) = page.sections[0], page.paragraphs
    day = next(paragraph for paragraph in rest if paragraph.text == "2027年6月1日")
    sizes = (section.page_width, section.top_margin, section.left_margin)
    assert [size and round(size.mm) for size in sizes] == [210, 37, 28]
    assert (heading.alignment, day.alignment) == (
        WD_ALIGN_PARAGRAPH.CENTER,
        WD_ALIGN_PARAGRAPH.RIGHT,
    )
    assert day.paragraph_format.right_indent == Pt(64)
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
    assert [p.text for p in page.paragraphs] == [
        *("提醒", "", "市交通局：", "请报送。", "", "市质强办"),
    ]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("【质量强市】关于第2轮填报工作的督办函：市交通局", "关于第2轮填报工作的督办函"),
        ("【质量强市·提醒】第2轮填报表请尽快报送：市交通局", "关于请尽快报送第2轮填报表的函"),
    ],
)
def test_a_title_ends_in_its_kind_and_names_no_addressee(subject: str, title: str) -> None:
    letter = Letter(subject, ("市交通局：",), (), title="关于请尽快报送第2轮填报表的函")
    assert opened(letter_bytes(letter)).paragraphs[0].text == title


def parts(data: bytes) -> dict[str, str]:
    """The XML of a document, by part; pictures are blank."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            name: package.read(name).decode() if name.endswith((".xml", ".rels")) else ""
            for name in package.namelist()
        }


def test_the_page_has_22_lines_of_28_characters_and_numbers_on_its_outer_side() -> None:
    xml = parts(letter_bytes(LETTER))
    grid = 'w:type="linesAndChars" w:linePitch="579" w:charSpace="-850"'
    assert grid in xml["word/document.xml"]
    assert "w:evenAndOddHeaders" in xml["word/settings.xml"]
    feet = {name: said for name, said in xml.items() if name.startswith("word/footer")}
    assert len(feet) == 2
    assert all('w:instr="PAGE"' in said and "— " in said for said in feet.values())
    assert sorted("right" in said.partition("w:jc")[2][:20] for said in feet.values()) == [
        False,
        True,
    ]


def test_a_letter_is_in_chinese_and_knows_fonts_that_every_computer_has() -> None:
    xml = parts(letter_bytes(LETTER))
    assert 'w:eastAsia="zh-CN"' in xml["word/styles.xml"]
    assert 'w:eastAsia="en-US"' not in xml["word/styles.xml"]
    assert '<w:altName w:val="仿宋"/>' in xml["word/fontTable.xml"]
    assert '<w:altName w:val="华文中宋"/>' in xml["word/fontTable.xml"]
    assert not [name for name in xml if "thumbnail" in name]


def test_the_list_begins_a_page_repeats_its_header_and_breaks_no_row() -> None:
    xml = parts(letter_bytes(LETTER))["word/document.xml"]
    assert xml.index('w:br w:type="page"') < xml.index("<w:tbl>")
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == 3


def test_who_signs_is_never_alone_on_a_page() -> None:
    page = opened(letter_bytes(LETTER))
    kept = [p.text for p in page.paragraphs if p.paragraph_format.keep_with_next]
    assert kept == [
        "逾期的予以通报。",
        "",
        "附件：1. 未报送事项清单",
        "",
        "市质强办",
        "2027年6月1日",
    ]


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
