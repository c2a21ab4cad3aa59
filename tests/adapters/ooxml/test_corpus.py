"""Promise 4 on real files: one edited cell, every other byte as it was."""

import contextlib
import re
from pathlib import Path

import pytest
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.errors import CellError, NotWorksheetError

from .build import parts, tree

CORPUS = Path(__file__).parents[3].parent / "shared" / "corpus"
FILES = sorted(CORPUS.glob("*.xls[xm]"))
NEW = "=改动 <一> & 二"

needs_corpus = pytest.mark.skipif(
    not FILES, reason=f"no workbooks in {CORPUS.name}/ beside the checkout (shared/corpus)"
)


def cell_refs(sheet: bytes) -> list[tuple[int, int]]:
    """Row and column of the cells that the part holds, in order."""
    refs = [cell.get("r", "") for cell in tree(sheet).iter() if cell.tag.endswith("}c")]
    found = map(coordinate_from_string, filter(None, refs))
    return [(row, column_index_from_string(letters)) for letters, row in found]


def edit_one_cell(book: Book, before: dict[str, bytes]) -> tuple[str, int, int]:
    """Set the first cell that may be set, else A1 of an empty sheet; its part, row, column."""
    worksheets = {}
    for name in book.sheets:
        with contextlib.suppress(NotWorksheetError):
            worksheets[name] = before[book._sheet_part(name)]
    for name, sheet in worksheets.items():
        for row, col in cell_refs(sheet):
            with contextlib.suppress(CellError):
                book.set(name, row, col, NEW)
                return book._sheet_part(name), row, col
    empty = next(name for name, sheet in worksheets.items() if b"<sheetData/>" in sheet)
    book.set(empty, 1, 1, NEW)
    return book._sheet_part(empty), 1, 1


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


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:2])
def test_nothing_changed_gives_the_same_bytes(path: Path) -> None:
    data = path.read_bytes()
    book = Book.read(data)
    for sheet in book.sheets:
        try:
            book.cell_value(sheet, 1, 1)
        except NotWorksheetError:
            continue
    assert book.to_bytes() == data


@needs_corpus
def test_signatures_are_told() -> None:
    assert [path.name[:2] for path in FILES if Book.open(path).signed] == ["29", "30"]
