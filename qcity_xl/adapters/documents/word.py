"""A Word document: paragraphs and table cells in order, merged cells resolved."""

import io
import zipfile
import zlib
from collections.abc import Generator, Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.xmlchemy import BaseOxmlElement

from qcity_xl.adapters.documents.errors import DocumentDamaged
from qcity_xl.core.reading import TASK_COLUMNS, Cell, role_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = (f"{_W}moveFrom", f"{_W}del", _FALLBACK)  # struck out, or the same said twice
_WRAPS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml")
_SIGNS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
_NOT_WORD = (
    *(PackageNotFoundError, zipfile.BadZipFile, zlib.error, SyntaxError),
    *(AttributeError, KeyError, ValueError, EOFError, NotImplementedError, OSError),
)
_HEADERS = 3  # so many headers in one row make it a header row

Row = list[tuple[int, BaseOxmlElement]]  # cells with their grid columns, from 1


def docx_cells(name: str, data: bytes) -> list[Cell]:
    """The cells of a Word file in document order; DocumentDamaged if it is none."""
    try:
        body = docx.Document(io.BytesIO(data)).element.body
    except _NOT_WORD as error:
        raise DocumentDamaged(name, "不是完好的 Word 文件") from error
    return list(_cells(body))


def _cells(body: BaseOxmlElement) -> Iterator[Cell]:
    headers: dict[int, str] = {}
    paragraphs = tables = 0
    for block in _inside(body):
        if block.tag == f"{_W}p":
            paragraphs += 1
            if text := _text(block):
                yield Cell(text, f"第{paragraphs}段")
        elif block.tag == f"{_W}tbl":
            tables += 1
            # A table that a page break cut in two may lack headers in its second part.
            headers = yield from _table(block, f"表{tables}", headers)


def _table(
    table: BaseOxmlElement, name: str, headers: dict[int, str]
) -> Generator[Cell, None, dict[int, str]]:
    """The cells row by row; gives back the headers that held last, by grid column."""
    above: dict[int, Cell] = {}
    for number, row in enumerate(_rows(table), 1):
        texts = {column: _text(tc) for column, tc in row}
        is_header = sum(role_of(text) is not None for text in texts.values()) >= _HEADERS
        if is_header:
            headers = headers | texts
        for column, tc in row:
            header = headers.get(column)
            if _goes_on(tc) and not texts[column]:
                # One deadline or unit for several tasks is merged downwards: it holds for each.
                if column in above and role_of(header) in TASK_COLUMNS:
                    yield above[column]
                continue
            where = f"{name}第{number}行第{column}列"
            above[column] = Cell(texts[column], where, None if is_header else header)
            yield above[column]
    return headers


def _rows(table: BaseOxmlElement) -> Iterator[Row]:
    for tr in _inside(table):
        if tr.tag != f"{_W}tr":
            continue
        column = 1 + _number(tr, "trPr", "gridBefore", 0)
        row: Row = []
        for tc in _inside(tr):
            if tc.tag == f"{_W}tc":
                row.append((column, tc))
                column += _number(tc, "tcPr", "gridSpan", 1)
        yield row


def _inside(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """The children, those in content controls and tracked insertions too."""
    for child in element:
        if child.tag in _WRAPS:
            yield from _inside(child)
        else:
            yield child


def _number(element: BaseOxmlElement, group: str, name: str, default: int) -> int:
    found = element.find(f"{_W}{group}/{_W}{name}")
    value = found.get(f"{_W}val") if found is not None else None
    return int(value) if value and value.isdigit() else default


def _goes_on(tc: BaseOxmlElement) -> bool:
    """Whether a cell only continues the one above it."""
    merge = tc.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _text(element: BaseOxmlElement) -> str:
    """The text of a cell or paragraph, one line for each paragraph and line break."""
    return "".join(_pieces(element)).strip("\n")


def _pieces(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _GONE:
            yield from _pieces(child)
    if element.tag == f"{_W}p":
        yield "\n"
