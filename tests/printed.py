"""A paper as LibreOffice prints it, looked at as a person would: nothing cut, lost or too small."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import openpyxl
import pdfplumber
from docx import Document

from qcity_xl.adapters.office import convert
from tests.referees.validator import all_findings

SMALLEST = 8  # points
MARGIN = 40  # points that stay white on each side


def said(path: Path) -> str:
    """All that a document or a workbook says, in its tables too; of a workbook what it shows."""
    if path.suffix == ".docx":
        page = Document(str(path))
        cells = [c.text for table in page.tables for row in table.rows for c in row.cells]
        return "\n".join([*(p.text for p in page.paragraphs), *cells])
    book = openpyxl.load_workbook(path)
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    return "\n".join(str(cell) for row in rows for cell in row if isinstance(cell, str))


def printed(path: Path, folder: Path) -> list[str]:
    """The text of each page, once all of it is sound.

    Microsoft's validator finds nothing; every sign of the file is on paper, inside the margins, in
    a size that can be read; no digit of a document is in a Chinese face, no number broken.
    """
    assert all_findings([path]) == {}
    with pdfplumber.open(convert(path, "pdf", folder)) as pdf:
        pages = [page.extract_text() or "" for page in pdf.pages]
        signs = [sign for page in pdf.pages for sign in page.chars if sign["text"].strip()]
        lines = [line["text"] for page in pdf.pages for line in page.extract_text_lines()]
        width = max(page.width for page in pdf.pages)
    assert "###" not in "".join(pages)
    assert _signs(said(path)) - _signs("".join(pages)) == Counter()
    assert min(sign["x0"] for sign in signs) >= MARGIN
    assert max(sign["x1"] for sign in signs) <= width - MARGIN
    assert min(sign["size"] for sign in signs) >= SMALLEST
    if path.suffix == ".docx":
        digits = {sign["fontname"] for sign in signs if sign["text"].isdigit()}
        assert not [face for face in digits if "CJK" in face]
        assert not [line for line in lines if re.match(r"[.%]", line)]
    return pages


def _signs(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", text)
    return Counter(sign for sign in plain if unicodedata.category(sign)[0] in "LN")
