"""The committed templates are what the code gives, and official papers by their measures."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm

from qcity_xl.adapters.templates.papers import build_papers

FOLDER = Path(__file__).parents[3] / "workbook" / "papers"
PAPERS = build_papers()


def test_the_committed_ones_agree() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(PAPERS)
    for name, data in PAPERS.items():
        ours, theirs = (
            zipfile.ZipFile(io.BytesIO(d)) for d in (data, (FOLDER / name).read_bytes())
        )
        assert {n: ours.read(n) for n in ours.namelist()} == {
            n: theirs.read(n) for n in theirs.namelist()
        }, f"{name}: make template"


@pytest.mark.parametrize("name", PAPERS)
def test_page_faces_and_numbers_are_those_of_the_standard(name: str) -> None:
    data = PAPERS[name]
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
