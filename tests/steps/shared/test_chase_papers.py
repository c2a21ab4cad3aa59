"""Letters and the list of late units, opened again as Word documents, and on paper."""

import io
import re
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from qcity_xl.adapters.reports.paper import PaperTemplate
from qcity_xl.adapters.resources import paper_template
from qcity_xl.core.mail.letters import Item, Letter
from qcity_xl.core.reports.letter_values import letter_values
from qcity_xl.steps.shared.chase_papers import LETTER
from tests.core.reports.test_letter_values import LETTER as SAID
from tests.printed import printed


def shipped(name: str) -> bytes:
    return paper_template(name).read_bytes()


def written(letter: Letter) -> bytes:
    return PaperTemplate(shipped(LETTER), LETTER).filled(letter_values(letter))


def opened(letter: Letter) -> Document:
    return docx.Document(io.BytesIO(written(letter)))


def rows(page: Document) -> list[list[str]]:
    (table,) = page.tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_letter_has_its_lines_its_table_and_its_signature() -> None:
    page = opened(SAID)
    assert [paragraph.text for paragraph in page.paragraphs] == [
        "关于报送材料的函",
        "",
        "市交通局：",
        "请于6月30日前报送下列事项，清单见附件1。",
        "逾期的予以通报。",
        "",
        "附件：1. 未报送和需更正事项清单",
        "",
        "市质强办",
        "2027年6月1日",
        "（联系人：林静 0519-87654321）",
        "附件1",
        "未报送和需更正事项清单",
        "",
    ]
    assert rows(page) == [
        ["编号", "事项", "情况"],
        ["3.2", "公布线网图", "缺照片"],
        ["3.4", "调整班次", ""],
    ]


def test_a_letter_is_set_as_official_letters_are() -> None:
    heading, _, to, line, *rest = opened(SAID).paragraphs
    day = next(paragraph for paragraph in rest if paragraph.text == "2027年6月1日")
    annex = next(paragraph for paragraph in rest if paragraph.text == "附件1")
    assert (heading.alignment, day.alignment) == (
        WD_ALIGN_PARAGRAPH.CENTER,
        WD_ALIGN_PARAGRAPH.RIGHT,
    )
    assert day.paragraph_format.right_indent == Pt(64)
    assert (to.paragraph_format.first_line_indent, line.paragraph_format.first_line_indent) == (
        None,
        Pt(32),
    )
    assert annex.paragraph_format.page_break_before


def test_a_letter_without_a_list_has_no_table_and_an_empty_line_is_left_out() -> None:
    page = opened(Letter("提醒", ("市交通局：", "", "请报送。"), ("市质强办", "2027年6月1日")))
    assert page.tables == []
    assert [p.text for p in page.paragraphs] == [
        *("提醒", "", "市交通局：", "请报送。", "", "市质强办", "2027年6月1日"),
    ]


def test_who_signs_is_never_alone_on_a_page() -> None:
    kept = [p.text for p in opened(SAID).paragraphs if p.paragraph_format.keep_with_next]
    assert kept == ["逾期的予以通报。", "", "附件：1. 未报送和需更正事项清单", "", "市质强办"]


@pytest.mark.parametrize("count", [0, 1, 28])
def test_a_letter_is_one_page_and_its_list_another(
    count: int, soffice: Path, tmp_path: Path
) -> None:
    items = tuple(Item(f"任务{n}.1", "公布本年度的线网图", "未填完成情况") for n in range(count))
    letter = Letter(SAID.subject, SAID.body if count else ("市交通局：",), SAID.signature, items)
    source = tmp_path / "函.docx"
    source.write_bytes(written(letter))
    assert soffice.exists()
    pages = [re.sub(r"\s", "", page) for page in printed(source, tmp_path)]
    assert len(pages) == (2 if count else 1)
    assert "林静" in pages[0]
    assert "—1—" in pages[0]
    assert sum(page.count("公布本年度的线网图") for page in pages[1:]) == count
