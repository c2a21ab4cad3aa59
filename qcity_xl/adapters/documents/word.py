"""A Word document: paragraphs and tables in order, merged cells resolved."""

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from qcity_xl.adapters.documents.errors import DocumentDamaged
from qcity_xl.adapters.documents.source import Source
from qcity_xl.core.reading import Cell, Grid, Square
from qcity_xl.core.text import one_line, shorten

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
_GONE = (f"{_W}moveFrom", f"{_W}del", f"{_W}rt", _FALLBACK, _BOX)  # or the same said twice
_WRAPS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml")
_SIGNS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
_CHANGES = tuple(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_PICTURES = (f"{_W}drawing", f"{_W}pict", f"{_W}object")
_HIDDEN = {"vanish": "隐藏文字", "strike": "删除线文字", "dstrike": "删除线文字"}
_NOTES = {"footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
_NOT_WORD = (
    *(PackageNotFoundError, zipfile.BadZipFile, zlib.error, SyntaxError),
    *(AttributeError, KeyError, ValueError, EOFError, NotImplementedError, OSError),
)
_SHOWN = 40


def docx_source(name: str, data: bytes) -> Source:
    """The text of a Word file in document order; DocumentDamaged if it is none."""
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
    except _NOT_WORD as error:
        raise DocumentDamaged(name, "不是完好的 Word 文件") from error
    source = Source()
    reader = _Reader(source)
    reader.read(body)
    for kind, said in _NOTES.items():
        for rel in document.part.rels.values():
            if rel.reltype.endswith(f"/{kind}") and not rel.is_external:
                source.aside += reader.notes(rel.target_part.blob, said)
    reader.tell(body)
    return source


def has_pictures(data: bytes) -> bool:
    """Whether a Word file shows pictures: without any text it is a scan."""
    body = docx.Document(io.BytesIO(data)).element.body
    return any(next(body.iter(tag), None) is not None for tag in _PICTURES)


class _Reader:
    """Collects blocks, and the texts that count for nothing: hidden or struck through."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.hidden: dict[str, list[str]] = {}
        self.paragraphs = self.tables = 0

    def read(self, body: BaseOxmlElement) -> None:
        """Take in the paragraphs and tables of the body, or of a frame that holds tables."""
        for block in _inside(body):
            if block.tag == f"{_W}p":
                self.paragraphs += 1
                where = f"第{self.paragraphs}段"
                if text := self._text(block):
                    self.source.blocks.append(Cell(text, where, free=True))
            elif block.tag == f"{_W}tbl":
                self.tables += 1
                where = f"表{self.tables}"
                self.source.blocks.append(Grid(where, tuple(self._squares(block))))
            else:
                continue
            for box in block.iter(_BOX):
                if any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                    continue
                if box.find(f"{_W}tbl") is not None:
                    self.read(box)
                elif text := "\n".join(filter(None, map(self._text, box))):
                    self.source.aside.append(Cell(text, f"{where}旁的文本框"))

    def notes(self, blob: bytes, said: str) -> Iterator[Cell]:
        """Footnotes, endnotes and comments with text, in order."""
        number = 0
        for note in parse_xml(blob):
            text = "\n".join(filter(None, (self._text(p) for p in note.iter(f"{_W}p"))))
            if text.strip() and note.get(f"{_W}type") in (None, "normal"):
                number += 1
                yield Cell(text.strip(), f"{said}{number}")

    def tell(self, body: BaseOxmlElement) -> None:
        """Say what was left out, and that changes are still open."""
        if any(next(body.iter(tag), None) is not None for tag in _CHANGES):
            found = "文件里有未接受的修订，按全部接受后的样子读"
            fix = "请在 Word 的“审阅”里接受或拒绝修订，再核对读到的内容"
            self.source.tell("tracked-changes", "全文", found, fix)
        for what, texts in self.hidden.items():
            said = shorten("、".join(dict.fromkeys(map(one_line, texts))), _SHOWN)
            found = f"有{what}“{said}”（{len(texts)}处），没有读入"
            self.source.tell("hidden-text", "全文", found, "要用的，请在原文件里恢复成正常文字")

    def _squares(self, table: BaseOxmlElement) -> Iterator[Square]:
        """The cells of a table; one that continues another downwards makes it higher."""
        open_squares: dict[int, Square] = {}
        for number, row in enumerate(_rows(table), 1):
            reached: dict[int, Square] = {}
            for column, width, tc in row:
                above = open_squares.get(column)
                text = self._text(tc)
                if _goes_on(tc) and above and not text:
                    reached[column] = Square(
                        above.text, above.row, column, number - above.row + 1, above.width
                    )
                else:
                    reached[column] = Square(text, number, column, 1, width)
            for column, square in open_squares.items():
                if column not in reached or reached[column].row != square.row:
                    yield square
            open_squares = reached
        yield from open_squares.values()

    def _text(self, element: BaseOxmlElement) -> str:
        """The text of a cell or paragraph, one line for each paragraph and line break."""
        return "".join(self._pieces(element)).strip("\n")

    def _pieces(self, element: BaseOxmlElement) -> Iterator[str]:
        for child in element:
            if child.tag == f"{_W}t":
                yield child.text or ""
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            elif child.tag == f"{_W}r" and (why := _hidden(child)):
                if text := "".join(self._pieces(child)).strip():
                    self.hidden.setdefault(why, []).append(text)
            elif child.tag not in _GONE:
                yield from self._pieces(child)
        if element.tag == f"{_W}p":
            yield "\n"


def _hidden(run: BaseOxmlElement) -> str:
    """Why a run is not read, "" if it is."""
    look = run.find(f"{_W}rPr")
    for name, why in _HIDDEN.items() if look is not None else ():
        mark = look.find(f"{_W}{name}")
        if mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off"):
            return why
    return ""


def _rows(table: BaseOxmlElement) -> Iterator[list[tuple[int, int, BaseOxmlElement]]]:
    """The rows that are not deleted: cells with their first grid column, from 1, and width."""
    for tr in _inside(table):
        if tr.tag != f"{_W}tr" or tr.find(f"{_W}trPr/{_W}del") is not None:
            continue
        column = 1 + _number(tr, "trPr", "gridBefore", 0)
        row = []
        for tc in _inside(tr):
            if tc.tag == f"{_W}tc":
                width = max(1, _number(tc, "tcPr", "gridSpan", 1))
                row.append((column, width, tc))
                column += width
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
    return min(int(value), 64) if value and value.isdigit() else default


def _goes_on(tc: BaseOxmlElement) -> bool:
    """Whether a cell only continues the one above it."""
    merge = tc.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"
