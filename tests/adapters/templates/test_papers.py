"""The committed templates are what the code gives, and official papers by their measures."""

import io
import re
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Mm

from qcity_xl.adapters.office import convert
from qcity_xl.adapters.reports.paper import PaperTemplate
from qcity_xl.adapters.templates.official import LoopTable, Paper
from qcity_xl.adapters.templates.papers import build_papers

_built = cache(build_papers)
FOLDER = Path(__file__).parents[3] / "workbook" / "papers"
PAPERS = sorted(path.name for path in FOLDER.iterdir())


def test_the_committed_ones_agree() -> None:
    assert sorted(_built()) == PAPERS
    for name, data in _built().items():
        ours, theirs = (
            zipfile.ZipFile(io.BytesIO(d)) for d in (data, (FOLDER / name).read_bytes())
        )
        assert {n: ours.read(n) for n in ours.namelist()} == {
            n: theirs.read(n) for n in theirs.namelist()
        }, f"{name}: make template"


@pytest.mark.parametrize("name", PAPERS)
def test_page_faces_and_numbers_are_those_of_the_standard(name: str) -> None:
    data = _built()[name]
    section = Document(io.BytesIO(data)).sections[0]
    if section.page_width == Mm(210):
        margins = (section.top_margin, section.bottom_margin, section.left_margin)
        assert margins == (Mm(37), Mm(35), Mm(28))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        fonts = package.read("word/fontTable.xml").decode()
        assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋"' in fonts
        assert "MS 明朝" not in fonts
        assert "docProps/thumbnail.jpeg" not in package.namelist()
        styles = package.read("word/styles.xml").decode()
        assert 'w:eastAsia="en-US"' not in styles
        body = package.read("word/document.xml").decode()
        assert 'w:linePitch="579"' in body
        footers = [n for n in package.namelist() if n.startswith("word/footer")]
        assert sum("PAGE" in package.read(n).decode() for n in footers) == 2


@pytest.mark.parametrize("name", PAPERS)
def test_a_table_reaches_from_edge_to_edge_of_the_text(name: str) -> None:
    page = Document(io.BytesIO(_built()[name]))
    section = page.sections[0]
    wide, left, right = section.page_width, section.left_margin, section.right_margin
    assert wide is not None and left is not None and right is not None
    text = wide - left - right
    for table in page.tables:
        assert table.alignment == WD_TABLE_ALIGNMENT.CENTER
        assert sum(column.width for column in table.columns) == pytest.approx(text, abs=Mm(1))
        places = {cell.vertical_alignment for row in table.rows for cell in row.cells}
        assert places == {WD_CELL_VERTICAL_ALIGNMENT.CENTER}


@pytest.mark.parametrize("name", ["通报", "月报", "自查报告"])
def test_who_signs_stands_on_the_page_of_the_date(name: str) -> None:
    page = Document(io.BytesIO(_built()[f"{name}.docx"]))
    *_, blank, office, date = page.paragraphs
    assert office.text.endswith("办公室") and date.text == "{{日期}}"
    assert blank.paragraph_format.keep_with_next and office.paragraph_format.keep_with_next


def test_who_signs_is_never_alone_on_a_page(soffice: Path, tmp_path: Path) -> None:
    """Tables that fill the page so far that the office or the date no longer fits below."""
    paper = Paper()
    paper.table(LoopTable("行行", (("内容", 156, "{{行}}"),)))
    for words, kept in (("", True), ("办公室", True), ("某日", False)):
        paper.text(words, right=2, kept=kept)
    template, ends = PaperTemplate(paper.data(), "表"), []
    assert soffice.exists()
    for count in range(32, 42, 2):
        source = tmp_path / f"{count}.docx"
        source.write_bytes(template.filled({"行行": [f"第{n}行" for n in range(count)]}))
        with pdfplumber.open(convert(source, "pdf", tmp_path)) as pdf:
            ends.append((len(pdf.pages), pdf.pages[-1].extract_text()))
    assert {pages for pages, _ in ends} == {1, 2}
    for _, end in ends:
        assert "办公室" in end and "某日" in end and re.search("第.+行", end)


def test_no_number_is_broken_over_lines_nor_set_in_a_chinese_face(
    soffice: Path, tmp_path: Path
) -> None:
    """Numbers that stand at each place of a line once, in the text and in a cell."""
    paper = Paper()
    for before in range(30):
        paper.text("一" * before + "满分1000.75分，占98.6%，共12345678件。")
    paper.table(LoopTable("行行", (("内容", 20, "{{行}}"),)))
    source = tmp_path / "数.docx"
    cells = ["一" * before + "大于80%的有1000家" for before in range(12)]
    source.write_bytes(PaperTemplate(paper.data(), "数").filled({"行行": cells}))
    assert soffice.exists()
    with pdfplumber.open(convert(source, "pdf", tmp_path)) as pdf:
        signs = [sign for page in pdf.pages for sign in page.chars]
        lines = [line["text"] for page in pdf.pages for line in page.extract_text_lines()]
    digits = [sign for sign in signs if sign["text"].isdigit()]
    assert len(digits) > 30 * 16
    assert not [sign["fontname"] for sign in digits if "CJK" in sign["fontname"]]
    broken = [
        (end, begin)
        for end, begin in pairwise(lines)
        if re.search(r"[\d.]$", end) and re.match(r"[\d.%]", begin)
    ]
    assert broken == []
