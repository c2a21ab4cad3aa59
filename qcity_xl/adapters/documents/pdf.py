"""A PDF with a text layer: its lines and ruled tables, in order."""

import io
import re
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.documents.errors import DocumentDamaged, DocumentEncrypted, DocumentScanned
from qcity_xl.adapters.documents.source import Source
from qcity_xl.core.reading import Cell, Grid, Square
from qcity_xl.core.reading.floor import UNRULED

if TYPE_CHECKING:
    from pdfplumber.page import Page

_PAGES = 300
_ALIGNED = 3  # so many lines of so many pieces far apart are a table without rules
_APART = 1.5  # letters, that two pieces of a line stand apart at least
# A line break beside a number or a mark only wraps the line: （10¶分）.
_WRAP = re.compile(r"(?<=[\d%‰（])\n|\n(?=[\d%‰）分、，；。])")
_NUMBER = re.compile(r"[\s—·第-]*\d+\s*页?[\s,，/共]*(?:\d+\s*页)?[\s—·-]*")  # — 3 —, 第3页 共9页
PdfRow = list[str | None]  # None where a cell above or to the left goes on


def pdf_source(name: str, data: bytes) -> Source:
    """The text of a PDF; DocumentScanned where its pages are pictures."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    source = Source()
    letters = aligned = 0
    tables: list[list[PdfRow]] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as book:
            for number, page in enumerate(book.pages[:_PAGES], 1):
                letters += len(page.chars)
                found = sorted(page.find_tables(), key=lambda table: table.bbox[1])
                aligned += 0 if found else _aligned(page)
                edges = [0, *(y for table in found for y in table.bbox[1::2]), page.height]
                count = 0
                for top, bottom, table in zip_longest(edges[::2], edges[1::2], found):
                    for line in _lines(page, top, bottom):
                        count += 1
                        source.blocks.append(Cell(line, f"第{number}页第{count}行", free=True))
                    if table is not None:
                        _add(tables, table.extract(), source)
                page.close()
    except PDFPasswordIncorrect as error:
        raise DocumentEncrypted(name) from error
    except Exception as error:  # whatever its parsers raise
        raise DocumentDamaged(name, "文件损坏或不完整，不是完好的 PDF") from error
    if not letters:
        raise DocumentScanned(name)
    for at, rows in enumerate(tables, 1):
        placed = next(n for n, block in enumerate(source.blocks) if block == Cell("", f"表{at}"))
        source.blocks[placed] = Grid(f"表{at}", tuple(_squares(rows)))
    if not tables and aligned >= _ALIGNED:
        said = "PDF 里的表格没有画线，各栏只靠空白对齐，分不清哪些字属于哪一栏"
        fix = "请向来文单位要 Word 或 Excel 原件，或在 Excel 里录成表再读入"
        source.tell(UNRULED, "全文", said, fix)
    said = "PDF 的文字按版面读出，换行处可能把一个词断开"
    source.tell("pdf", "全文", said, "请逐项核对读到的内容，或向来文单位要 Word 原件")
    return source


def _aligned(page: "Page") -> int:
    """How many lines of a page are several pieces far apart, as the rows of a table are."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for word in page.extract_words():
        rows.setdefault(round(word["bottom"] / 3), []).append(word)
    count = 0
    for words in rows.values():
        words.sort(key=lambda word: word["x0"])
        gaps = (b["x0"] - a["x1"] > _APART * (a["bottom"] - a["top"]) for a, b in pairwise(words))
        count += sum(gaps) + 1 >= _ALIGNED
    return count


def _lines(page: "Page", top: float, bottom: float) -> list[str]:
    """The lines of a page between two heights, but for its number."""

    def within(drawn: dict[str, Any]) -> bool:
        """By the middle of a letter, whose box reaches over the rule beside it."""
        middle = (drawn["top"] + drawn["bottom"]) / 2
        return drawn["object_type"] == "char" and bool(top <= middle < bottom)

    strip = page.filter(within)
    lines = (strip.extract_text() or "").splitlines()
    return [line for line in lines if not _NUMBER.fullmatch(line)]


def _add(tables: list[list[PdfRow]], rows: list[PdfRow], source: Source) -> None:
    """Put a page's table after the last one, which it goes on where it is as wide."""
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    last = source.blocks[-1] if source.blocks else None
    if tables and last == Cell("", f"表{len(tables)}") and len(tables[-1][0]) == len(rows[0]):
        if _goes_on(rows[0]):
            ends = zip(tables[-1][-1], rows[0], strict=True)
            tables[-1][-1] = [f"{one or ''}\n{two}" if two else one for one, two in ends]
            rows = rows[1:]
        tables[-1] += rows
        return
    tables.append(rows)
    source.blocks.append(Cell("", f"表{len(tables)}"))


def _goes_on(row: PdfRow) -> bool:
    """Whether the first row of a page only ends the last row of the page before."""
    return not row[0] and sum(bool(text) for text in row) <= len(row) // 3


def _squares(rows: list[PdfRow]) -> list[Square]:
    """Cells with what they cover: None stands where another cell reaches."""
    squares: dict[tuple[int, int], Square] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            here = (number, column)
            left, above = owner.get((number, column - 1)), owner.get((number - 1, column))
            if text is None and left and left[0] == number:
                owner[here] = left
                one = squares[left]
                squares[left] = Square(one.text, *left, one.height, column - left[1] + 1)
            elif text is None and above:
                owner[here] = above
                one = squares[above]
                squares[above] = Square(one.text, *above, number - above[0] + 1, one.width)
            else:
                owner[here] = here
                squares[here] = Square(_WRAP.sub("", text or ""), number, column)
    return list(squares.values())
