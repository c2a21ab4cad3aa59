"""On paper: what LibreOffice prints of the largest pack and of the master, measured."""

import datetime as dt
import io
import zipfile
from functools import cache
from pathlib import Path

import pdfplumber
import pytest

from qcity_xl.adapters.packs import PackMaker
from qcity_xl.adapters.resources import master_template, pack_template
from qcity_xl.adapters.templates import style
from qcity_xl.core.rounds.asked import Occasion, packs_for
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.schema import MASTER, SECTIONS, Table
from qcity_xl.core.schema.pack import PACK
from qcity_xl.core.scoring.evidence import assess
from tests.core.builders import embedded
from tests.libreoffice import LibreOffice

SMALLEST = 8  # points: who signs reads it without glasses
THERE = "Noto Sans CJK SC"  # in place of a font that this computer may lack: as wide


@cache
def largest() -> bytes:
    """The pack of the unit with most tasks."""
    master = embedded()
    master = master.with_changes(assignment_changes(master)[0])
    occasion = Occasion("第1轮", dt.date(2016, 12, 9))
    packs = packs_for(master, assess(master, {}), occasion)
    return PackMaker(pack_template().read_bytes()).pack(max(packs, key=lambda pack: pack.tasks))


def in_known_font(data: bytes) -> bytes:
    """The workbook in a font that is there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/styles.xml":
                part = part.replace(style.FAMILY.encode(), THERE.encode())
            new.writestr(name, part)
    return out.getvalue()


@pytest.fixture(scope="module")
def printed(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("纸")
    source, made = folder / "填报表.xlsx", folder / "填报表.pdf"
    source.write_bytes(in_known_font(largest()))
    libreoffice.edit(source, {}, made, filter="calc_pdf_Export")
    return made


def test_nothing_is_printed_smaller_than_can_be_read(printed: Path) -> None:
    with pdfplumber.open(printed) as pdf:
        signs = [sign for page in pdf.pages for sign in page.chars if sign["text"].strip()]
    assert len(signs) > 1_000
    assert min(round(sign["size"], 1) for sign in signs) >= SMALLEST


def test_each_page_says_whose_it_is_and_repeats_the_header(printed: Path) -> None:
    with pdfplumber.open(printed) as pdf:
        said = [page.extract_text().replace(" ", "") for page in pdf.pages[:-1]]
    assert len(said) > 5
    for words in said:
        (table,) = (p.table for p in PACK if f"市质监局第1轮·{p.table.sheet}" in words)
        assert table.columns[3].header in words


@pytest.fixture(scope="module")
def master_pages(
    libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[float]]:
    """The sizes of what stands on the pages of each sheet of a new master, by its name."""
    folder = tmp_path_factory.mktemp("总表")
    source, made = folder / "总表.xlsx", folder / "总表.pdf"
    source.write_bytes(in_known_font(master_template().read_bytes()))
    libreoffice.edit(source, {}, made, filter="calc_pdf_Export")
    found: dict[str, list[float]] = {}
    with pdfplumber.open(made) as pdf:
        for page in pdf.pages:
            foot = page.crop((0, page.height - 40, page.width, page.height)).extract_text()
            signs = [round(sign["size"], 1) for sign in page.chars if sign["text"].strip()]
            found.setdefault(foot.split("第")[0].strip(), []).extend(signs)
    return found


@pytest.mark.parametrize("table", [t for t in MASTER if t is not SECTIONS], ids=lambda t: t.sheet)
def test_no_sheet_of_a_master_is_printed_smaller_than_can_be_read(
    master_pages: dict[str, list[float]], table: Table
) -> None:
    assert min(master_pages[table.sheet]) >= SMALLEST
