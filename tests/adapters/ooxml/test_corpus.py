"""Promise 4 on real files: one edited cell, every other byte as it was."""

import contextlib
import datetime as dt
import random
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.errors import CellError, NotAWorksheet

from .build import parts, tree

CORPUS = Path(__file__).parents[3].parent / "shared" / "corpus"
FILES = sorted(CORPUS.glob("*.xls[xm]"))
NEW = "=改动 <一> & 二"

needs_corpus = pytest.mark.skipif(
    not FILES, reason=f"no workbooks in {CORPUS.name}/ beside the checkout (shared/corpus)"
)


def _part(book: Book, sheet: str) -> str:
    return book._workbook.worksheet_part(sheet)


def cell_refs(sheet: bytes) -> list[tuple[int, int]]:
    """Row and column of the cells that the part holds, in order."""
    refs = [cell.get("r", "") for cell in tree(sheet).iter() if cell.tag.endswith("}c")]
    found = map(coordinate_from_string, filter(None, refs))
    return [(row, column_index_from_string(letters)) for letters, row in found]


def edit_one_cell(book: Book, before: dict[str, bytes]) -> tuple[str, int, int]:
    """Set the first cell that may be set, else A1 of an empty sheet; its part, row, column."""
    worksheets = {}
    for name in book.sheets:
        with contextlib.suppress(NotAWorksheet):
            worksheets[name] = before[_part(book, name)]
    for name, sheet in worksheets.items():
        for row, col in cell_refs(sheet):
            with contextlib.suppress(CellError):
                book.set(name, row, col, NEW)
                return _part(book, name), row, col
    empty = next(name for name, sheet in worksheets.items() if b"<sheetData/>" in sheet)
    book.set(empty, 1, 1, NEW)
    return _part(book, empty), 1, 1


def without_cell(sheet: bytes, row: int, col: int) -> bytes:
    """The part without that cell; a row that held nothing else goes with it."""
    ref = f"{get_column_letter(col)}{row}".encode()
    cell = rb"<((?:\w+:)?)c\s[^>]*?\br=[\"']%s[\"'](?:[^>]*/>|[^>]*>.*?</\1c>)" % ref
    cut = re.sub(cell, b"", sheet, flags=re.DOTALL)
    return re.sub(rb'<sheetData>(<row r="1"></row>)?</sheetData>', b"<sheetData/>", cut)


def without_calc(workbook: bytes) -> bytes:
    return re.sub(rb"<(\w+:)?calcPr\b[^>]*/>", b"", workbook)


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:2])
def test_one_cell_changes_one_cell(path: Path) -> None:
    data = path.read_bytes()
    before, book = parts(data), Book.read(data)
    part, row, col = edit_one_cell(book, before)
    after = parts(book.to_bytes())
    assert list(after) == list(before)
    assert without_cell(after[part], row, col) == without_cell(before[part], row, col)
    assert tree(after[part]) is not None
    for name, content in before.items():
        if name == "xl/workbook.xml":
            assert without_calc(after[name]) == without_calc(content)
        elif name != part:
            assert after[name] == content, name


def cells(sheet: bytes) -> dict[str, bytes]:
    """Each cell's element as canonical XML, by name."""
    found = (cell for cell in tree(sheet).iter() if cell.tag.endswith("}c"))
    return {cell.get("r", ""): ET.tostring(cell) for cell in found}


def edit_at_random(book: Book, sheet: str, rnd: random.Random) -> set[str]:
    """Try every kind of edit on random cells; the names of those that were edited."""
    touched = set()
    for _ in range(25):
        row, col = rnd.randint(1, 40), rnd.randint(1, 15)
        edits: list[Callable[[], None]] = [
            partial(book.flag, sheet, row, col, "FFEB9C"),
            partial(book.set, sheet, row, col, dt.date(2024, 1, 2)),
            partial(book.add_list_validation, sheet, row, col, ["是", "否"]),
            partial(book.set, sheet, row, col, None, over_formula=True),
            partial(book.set, sheet, row, col, NEW, over_formula=True),
        ]
        with contextlib.suppress(CellError):
            rnd.choice(edits)()
            touched.add(f"{get_column_letter(col)}{row}")
    return touched


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:2])
def test_many_edits_change_those_cells_only(path: Path) -> None:
    data, rnd = path.read_bytes(), random.Random(path.name)  # noqa: S311 - choice of test edits
    before, book = parts(data), Book.read(data)
    touched = {}
    for sheet in book.sheets:
        with contextlib.suppress(NotAWorksheet):
            touched[_part(book, sheet)] = edit_at_random(book, sheet, rnd)
    after = parts(book.to_bytes())
    may_go = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/calcChain.xml"}
    may_change = {"xl/workbook.xml", "xl/styles.xml", *touched, *may_go}
    assert before.keys() - after.keys() <= {"xl/calcChain.xml"}
    assert {name for name in after if after[name] != before[name]} <= may_change
    for part, names in touched.items():
        old, new = cells(before[part]), cells(after[part])
        kept = (old.keys() | new.keys()) - names
        assert [name for name in kept if old.get(name) != new.get(name)] == []


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:2])
def test_nothing_changed_gives_the_same_bytes(path: Path) -> None:
    data = path.read_bytes()
    book = Book.read(data)
    for sheet in book.sheets:
        try:
            book.cell_value(sheet, 1, 1)
        except NotAWorksheet:
            continue
    assert book.to_bytes() == data


@needs_corpus
def test_signatures_are_told() -> None:
    assert [path.name[:2] for path in FILES if Book.open(path).signed] == ["29", "30"]
