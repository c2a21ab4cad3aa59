"""A master of an earlier version, brought up to date, prints what can be read; undo brings back."""

import shutil
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import GUIDE, KEY, PAPER
from qcity_xl.core.master.paper import BAND, paper_of
from qcity_xl.core.schema import CONFLICTS, GUIDE_SHEET, TASKS
from qcity_xl.steps.history import undo
from qcity_xl.steps.score import score
from tests.adapters.templates.test_paper import SMALLEST, in_known_font
from tests.libreoffice import LibreOffice
from tests.masters.stages import VERSIONS, now

_CASE = Path(__file__).parents[3].parent / "shared/cases/masters/0.1.0-after-a-round.xlsx"
_MADE = [*VERSIONS, *([_CASE] if _CASE.exists() else [])]


@pytest.fixture(params=_MADE, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(request.param, tmp_path / "总表.xlsx"))


def _papers(path: Path) -> dict[tuple[str, str, str], str]:
    found = WorkbookFile.open(path).layout()
    return {place: text for place, text in found.items() if place[1] in (PAPER, GUIDE)}


def _sizes(path: Path, libreoffice: LibreOffice) -> dict[str, float]:
    """The smallest sign on the pages of each sheet, in points."""
    source, made = path.with_name("印.xlsx"), path.with_name("印.pdf")
    source.write_bytes(in_known_font(path.read_bytes()))
    libreoffice.edit(source, {}, made, filter="calc_pdf_Export")
    found: dict[str, float] = {}
    with pdfplumber.open(made) as pdf:
        for page in pdf.pages:
            foot = page.crop((0, page.height - 40, page.width, page.height)).extract_text()
            sheet = foot.split("第")[0].strip()
            sizes = [round(sign["size"], 1) for sign in page.chars if sign["text"].strip()]
            found[sheet] = min([*sizes, found.get(sheet, 99)])
    return found


def test_no_sheet_of_it_is_printed_smaller_than_can_be_read(
    old: Path, libreoffice: LibreOffice
) -> None:
    score(old, now())
    sizes = _sizes(old, libreoffice)
    assert {GUIDE_SHEET, CONFLICTS.sheet, TASKS.sheet} <= set(sizes)
    assert {sheet: size for sheet, size in sizes.items() if size < SMALLEST} == {}


def test_the_undo_brings_its_page_back(old: Path) -> None:
    before, context = _papers(old), now()
    score(old, context)
    assert any("不小于8磅" in line and f"「{GUIDE_SHEET}」" in line for line in context.notes)
    after = _papers(old)
    assert all(after[place] != text for place, text in before.items())
    for _ in range(2):
        undo(old, now())
    assert _papers(old) == before


@pytest.mark.parametrize("what", ["margin", "upright", "band", "size"])
def test_a_sheet_that_the_office_set_for_its_printer_stays_so(old: Path, what: str) -> None:
    book = openpyxl.load_workbook(old)
    sheet = book[TASKS.sheet]
    if what == "margin":
        sheet.page_margins.left = 0.7
    elif what == "upright":
        sheet.page_setup.orientation = "portrait"
    elif what == "band":
        sheet["C3"].font = openpyxl.styles.Font(sz=7)
    else:
        sheet.page_setup.paperSize = 9
    book.save(old)
    place = TASKS.name, PAPER, KEY
    before = _papers(old)[place]
    score(old, now())
    after = _papers(old)[place]
    # New columns have a band of today.
    assert after.rpartition("；")[0] == before.rpartition("；")[0]
    assert openpyxl.load_workbook(old)[TASKS.sheet]["B3"].font.sz == 8
    assert paper_of(_papers(old)[CONFLICTS.name, PAPER, KEY])[BAND] == "10"


def test_a_column_that_the_office_drew_keeps_its_width(old: Path) -> None:
    book = openpyxl.load_workbook(old)
    letter = next(c.column_letter for c in book[CONFLICTS.sheet][4] if c.value == "原因")
    book[CONFLICTS.sheet].column_dimensions[letter].width = 60
    book.save(old)
    score(old, now())
    said = paper_of(_papers(old)[CONFLICTS.name, PAPER, KEY])
    assert float(said["列宽·原因"]) == 60
    assert said["列宽·来源文件"] == "0"
