"""An old Word or WPS document (.doc, .wps): paragraphs and tables in order, without any office.

Deleted, hidden and struck-through text is left out and told, as with .docx.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qcity_xl.adapters.documents.doc_format import (
    Binary,
    Locked,
    NotReadable,
    Paragraph,
    RowEdges,
    Story,
)
from qcity_xl.adapters.documents.source import Source
from qcity_xl.core.reading import Cell, Grid, Square
from qcity_xl.core.text import one_line, shorten

_ASIDE = {"ccpFtn": "脚注", "ccpAtn": "批注", "ccpEdn": "尾注", "ccpTxbx": "文本框"}
_SIGNS = {"\x0b": "\n", "\x1e": "-", "\xa0": " ", "\t": " "}
_PICTURES = {"\x01", "\x08"}  # in the text, or drawn beside it
_BREAKS = "\r\x07\x0c"
_NEAR = 30  # twentieths of a point between two edges that are one column's
_SHOWN = 40


def doc_source(streams: Mapping[str, bytes]) -> Source:
    """The text of a binary Word file in document order; NotReadable where it is not understood.

    `streams` are those of the file by name: WordDocument, 0Table, 1Table, Data.
    """
    binary = Binary(streams)
    source = Source()
    reader = _Reader(binary, source)
    body = binary.stories["ccpText"]
    reader.read(body)
    source.pictures = bool(_PICTURES & set(body.letters))
    for name, said in _ASIDE.items():
        source.aside += reader.aside(binary.stories[name], said)
    reader.tell()
    return source


@dataclass(slots=True)
class _Line:
    """A row of a table that was read: its cells, and where they stand."""

    cells: list[str]
    row: RowEdges


@dataclass(slots=True)
class _Reader:
    binary: Binary
    source: Source
    left_out: dict[str, list[str]] = field(default_factory=dict)
    changed: bool = False
    before: str = ""  # what the last letter was
    paragraphs: int = 0
    tables: int = 0

    def read(self, story: Story) -> None:
        """Take in a story's paragraphs and tables."""
        lines: list[_Line] = []
        cells: list[str] = []
        text = ""
        for words, mark, place in self._paragraphs(story):
            kind = self.binary.paragraph(place)
            if not kind.depth:
                self._table(lines)
                lines, cells, text = [], [], ""
                self._free(words)
                continue
            if mark != "\x07" or kind.depth > 1:
                text += words + "\n"
                continue
            if kind.ends_row:
                lines.append(self._row(cells, kind, text + words))
                cells = []
            else:
                cells.append((text + words).strip())
            text = ""
        if cells or text:
            raise NotReadable  # a row without its end
        self._table(lines)

    def aside(self, story: Story, said: str) -> list[Cell]:
        """The paragraphs of a story that stands beside the body."""
        texts = [words.strip() for words, _, _ in self._paragraphs(story)]
        return [Cell(text, f"{said}{n}") for n, text in enumerate(filter(None, texts), 1)]

    def tell(self) -> None:
        """Say what of the document was not read as it stands."""
        if self.changed:
            said = "文件有未接受的修订"
            self.source.tell("revisions", "全文", said, "已按接受修订后的内容读，请核对")
        for kind, texts in self.left_out.items():
            found = f"{kind}：{shorten(one_line('、'.join(texts)), _SHOWN)}"
            self.source.tell("hidden", "全文", found, f"{kind}没有读入，需要的请改成普通文字")

    def _row(self, cells: list[str], kind: Paragraph, rest: str) -> _Line:
        if kind.row is None or len(kind.row.goes_on) != len(cells) or rest.strip():
            raise NotReadable
        return _Line(cells, kind.row)

    def _free(self, words: str) -> None:
        self.paragraphs += 1
        if words.strip():
            self.source.blocks.append(Cell(words.strip(), f"第{self.paragraphs}段", free=True))

    def _table(self, lines: list[_Line]) -> None:
        if lines:
            self.tables += 1
            self.source.blocks.append(Grid(f"表{self.tables}", tuple(_squares(lines))))

    def _paragraphs(self, story: Story) -> list[tuple[str, str, int]]:
        """Each paragraph: its words, the mark that ends it, and the place of that mark."""
        found: list[tuple[str, str, int]] = []
        words: list[str] = []
        fields: list[bool] = []  # whether each open field is still in its instruction
        for letter, place in zip(story.letters, story.places, strict=True):
            if not letter:
                continue
            if letter in _BREAKS:
                found.append(("".join(words), letter, place))
                words = []
            elif letter == "\x13":
                fields.append(True)
            elif letter in "\x14\x15":
                if fields:
                    fields[-1:] = [False] if letter == "\x14" else []
            elif (
                not any(fields)
                and (letter in _SIGNS or letter >= " ")
                and self._stays(letter, place)
            ):
                words.append(_SIGNS.get(letter, letter))
        if words:
            found.append(("".join(words), "\r", story.places[-1]))
        return found

    def _stays(self, letter: str, place: int) -> bool:
        kind, before = self.binary.marks(place), self.before
        self.before = kind
        self.changed = self.changed or kind.startswith("修订")
        if kind in ("", "修订+"):
            return True
        if kind != "修订":
            texts = self.left_out.setdefault(kind, [])
            texts[-1:] = [texts[-1] + letter] if kind == before else [*texts[-1:], letter]
        return False


def _squares(lines: list[_Line]) -> list[Square]:
    """The cells of a table by their edges; a cell that goes on from above only grows that one."""
    edges: list[int] = []
    for edge in sorted({edge for line in lines for edge in line.row.edges}):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    column = {
        e: sum(e - other > _NEAR for other in edges) for line in lines for e in line.row.edges
    }
    found: dict[tuple[int, int], Square] = {}
    above: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines, 1):
        here: dict[int, tuple[int, int]] = {}
        left: tuple[int, int] | None = None
        ends = zip(line.row.edges, line.row.edges[1:], strict=False)
        for text, (start, end), goes_on, joined in zip(
            line.cells, ends, line.row.goes_on, line.row.joined, strict=True
        ):
            first, width = column[start] + 1, max(column[end] - column[start], 1)
            if joined and left:
                old = found[left]
                found[left] = Square(old.text, old.row, old.column, old.height, old.width + width)
                continue
            key = above.get(first) if goes_on else None
            if key is None:
                key = (number, first)
                found[key] = Square(text, number, first, 1, width)
            else:
                old = found[key]
                words = "\n".join(filter(None, (old.text, text)))
                found[key] = Square(words, old.row, old.column, number - old.row + 1, old.width)
            here[first] = left = key
        above = here
    return list(found.values())


__all__ = ["Locked", "NotReadable", "doc_source"]
