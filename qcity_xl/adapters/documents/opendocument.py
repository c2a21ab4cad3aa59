"""OpenDocument: the paragraphs and tables of a text, and what a text or a workbook hides."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from qcity_xl.adapters.biff import Hidden
from qcity_xl.adapters.documents.errors import DocumentDamaged
from qcity_xl.adapters.documents.source import Source
from qcity_xl.core.reading import Cell, Grid, Square

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_T, _TABLE, _STYLE = (f"{{{_URN}{name}:1.0}}" for name in ("text", "table", "style"))
_SPAN = 64  # columns that one cell may cover
_REPEATED = 20_000


def odt_source(name: str, data: bytes) -> Source:
    """The text of an OpenDocument text."""
    try:
        root = _content(data)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError) as error:
        raise DocumentDamaged(name, "文件损坏或不完整") from error
    return _Reader(root).read()


def hidden_of_ods(data: bytes) -> dict[str, Hidden]:
    """What each sheet of a workbook hides or filters out; nothing where it can't be read."""
    try:
        root = _content(data)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError):
        return {}
    found: dict[str, Hidden] = {}
    for table in root.iter(f"{_TABLE}table"):
        hidden = Hidden()
        for kind, lines in (("row", hidden.rows), ("column", hidden.columns)):
            at = 1
            for line in table.iter(f"{_TABLE}table-{kind}"):
                many = _span(line.get(f"{_TABLE}number-{kind}s-repeated"), _REPEATED)
                if _is_unseen(line):
                    lines.update(range(at, at + many))
                at += many
        found[table.get(f"{_TABLE}name") or ""] = hidden
    return found


def _content(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = package.read("content.xml")
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _is_unseen(line: etree._Element) -> bool:
    return line.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _span(value: str | None, most: int) -> int:
    return min(int(value), most) if value and value.isdecimal() and int(value) else 1


class _Reader:
    """Collects blocks, and the texts that count for nothing: hidden or struck through."""

    def __init__(self, root: etree._Element) -> None:
        self.root, self.source = root, Source()
        self.hidden: list[str] = []
        self.notes = {"脚注": 0, "批注": 0}
        self.styles = {
            style.get(f"{_STYLE}name")
            for style in root.iter(f"{_STYLE}style")
            for form in style.iter(f"{_STYLE}text-properties")
            if form.get(f"{_T}display") == "none"
            or form.get(f"{_STYLE}text-line-through-style", "none") != "none"
            or form.get(f"{_STYLE}text-line-through-type", "none") != "none"
        }

    def read(self) -> Source:
        counts = {"p": 0, "t": 0}
        source = self.source
        if next(self.root.iter(f"{_T}changed-region"), None) is not None:
            found = "文件里有未接受的修订，按全部接受后的样子读"
            source.tell("tracked-changes", "全文", found, "请接受或拒绝修订，再核对读到的内容")
        for element in self._blocks(self.root):
            if element.tag == f"{_TABLE}table":
                counts["t"] += 1
                squares = tuple(self._squares(element))
                source.blocks.append(Grid(f"表{counts['t']}", squares))
            else:
                counts["p"] += 1
                if text := self._text(element).strip():
                    source.blocks.append(Cell(text, f"第{counts['p']}段", free=True))
        if self.hidden:
            texts = "、".join(self.hidden)[:40]
            what = f"文件里有隐藏或划去的文字“{texts}”（{len(self.hidden)}处），没有读入"
            source.tell("hidden-text", "全文", what, "要用的，请在原文件里恢复成正常文字")
        return source

    def _blocks(self, element: etree._Element) -> Iterator[etree._Element]:
        for child in element:
            if child.tag in (f"{_TABLE}table", f"{_T}p", f"{_T}h"):
                yield child
            elif child.tag != f"{_T}tracked-changes":
                yield from self._blocks(child)

    def _squares(self, table: etree._Element) -> Iterator[Square]:
        for number, row in enumerate(table.iter(f"{_TABLE}table-row"), 1):
            if _is_unseen(row):
                self._leave(row)
                continue
            column = 1
            for cell in row:
                if not isinstance(cell.tag, str) or not cell.tag.endswith("table-cell"):
                    continue
                repeated = _span(cell.get(f"{_TABLE}number-columns-repeated"), _SPAN)
                if not cell.tag.endswith("covered-table-cell"):
                    height = _span(cell.get(f"{_TABLE}number-rows-spanned"), _REPEATED)
                    width = _span(cell.get(f"{_TABLE}number-columns-spanned"), _SPAN)
                    text = "\n".join(self._text(p) for p in cell.iter(f"{_T}p", f"{_T}h"))
                    yield Square(text.strip("\n"), number, column, height, width)
                column += repeated

    def _text(self, element: etree._Element) -> str:
        if element.get(f"{_T}style-name") in self.styles:
            self._leave(element)
            return ""
        pieces = [element.text or ""]
        for child in element:
            if child.tag == f"{_T}line-break":
                pieces.append("\n")
            elif child.tag in (f"{_T}s", f"{_T}tab"):
                pieces.append(" ")
            elif isinstance(child.tag, str):
                said = {"note": "脚注", "annotation": "批注"}.get(child.tag.rpartition("}")[2])
                pieces.append("" if said else self._text(child))
                if said:
                    self._note(child, said)
            pieces.append(child.tail or "")
        return "".join(pieces)

    def _note(self, note: etree._Element, said: str) -> None:
        """A footnote or a comment, which stands beside the text."""
        lines = (self._text(line).strip() for line in note.iter(f"{_T}p"))
        if text := "\n".join(filter(None, lines)):
            self.notes[said] += 1
            self.source.aside.append(Cell(text, f"{said}{self.notes[said]}"))

    def _leave(self, element: etree._Element) -> None:
        if text := "".join("".join(element.itertext()).split()):
            self.hidden.append(text)
