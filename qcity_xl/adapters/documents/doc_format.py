"""The binary format of Word 97 to 2003: letters in order, each with what its properties say.

Source: [MS-DOC], Word (.doc) Binary File Format: FIB 2.5, pieces 2.8.35, PAPX and CHPX pages
2.9.174 and 2.9.33, Sprm 2.2.5.1, TDefTableOperand 2.9.321.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

_WORD97 = 0xC1  # nFib of the oldest file that is built like this
_STORIES = ("ccpText", "ccpFtn", "ccpHdd", "ccpMcr", "ccpAtn", "ccpEdn", "ccpTxbx")
_FIRST_COUNT = 0x4C
_CHPX, _PAPX, _CLX = 0xFA, 0x102, 0x1A2
_PAGE = 512
_TDEF = 0xD608
_TABS = 0xC615
_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL = 0x2416, 0x2417, 0x6649, 0x244B
_DELETED, _INSERTED, _HIDDEN, _STRUCK, _STRUCK_TWICE = 0x0800, 0x0801, 0x083C, 0x0837, 0x2A53
_HUGE = (0x6645, 0x6646)  # the properties stand in the stream Data instead
_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)  # of an operand, by the three highest bits of its sprm


class NotReadable(Exception):
    """The bytes are no such file, or not whole."""


class Locked(NotReadable):
    """The file is encrypted."""


@dataclass(frozen=True, slots=True)
class RowEdges:
    """The edges of a row's cells from left to right, and which cells go on from the row above."""

    edges: tuple[int, ...]
    goes_on: tuple[bool, ...]
    joined: tuple[bool, ...]  # cells that the one to their left covers


@dataclass(slots=True)
class Paragraph:
    """The properties of a paragraph that tables need. `depth` is 0 outside of tables."""

    depth: int = 0
    ends_row: bool = False
    ends_inner_cell: bool = False
    row: RowEdges | None = None


@dataclass(slots=True)
class Story:
    """One text of the file, unit by unit, and where each stands: the body, its footnotes, …"""

    letters: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


class Binary:
    """The parts of a .doc, from its streams by name: WordDocument, 0Table or 1Table, Data."""

    def __init__(self, streams: Mapping[str, bytes]) -> None:
        """NotReadable where they are no Word 97 file, or not whole; Locked where encrypted."""
        try:
            self._open(streams)
        except (struct.error, IndexError, KeyError, UnicodeDecodeError) as error:
            raise NotReadable from error

    def _open(self, streams: Mapping[str, bytes]) -> None:
        main = streams["WordDocument"]
        magic, version = struct.unpack_from("<HH", main, 0)
        flags = struct.unpack_from("<H", main, 0x0A)[0]
        if magic != 0xA5EC or version < _WORD97:
            raise NotReadable
        if flags & 0x100:
            raise Locked
        self._main = main
        self._table = streams["1Table" if flags & 0x200 else "0Table"]
        self._data = streams.get("Data", b"")
        lengths = struct.unpack_from(f"<{len(_STORIES)}I", main, _FIRST_COUNT)
        letters = list(self._letters())
        self.stories: dict[str, Story] = {}
        start = 0
        for name, length in zip(_STORIES, lengths, strict=True):
            part = letters[start : start + length]
            if len(part) < length:
                raise NotReadable
            self.stories[name] = Story([c for c, _ in part], [at for _, at in part])
            start += length
        self._paragraphs = self._runs(_PAPX, 13)
        self._characters = self._runs(_CHPX, 1)
        self._marks: dict[int, str] = {}

    def _entry(self, at: int) -> bytes:
        start, length = struct.unpack_from("<II", self._main, at)
        found = self._table[start : start + length]
        if len(found) < length:
            raise NotReadable
        return found

    def _letters(self) -> Iterator[tuple[str, int]]:
        """Every letter with its place in the stream; the pieces tell their order."""
        clx, at = self._entry(_CLX), 0
        while clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if clx[at] != 2:
            raise NotReadable
        plc = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
        count = (len(plc) - 4) // 12
        ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
        for n, (first, last) in enumerate(pairwise(ends)):
            place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * n + 2)[0]
            narrow = bool(place & 0x40000000)
            start = (place & 0x3FFFFFFF) // 2 if narrow else place
            size = 1 if narrow else 2
            raw = self._main[start : start + (last - first) * size]
            text = raw.decode("cp1252", "replace") if narrow else raw.decode("utf-16-le", "replace")
            wide = list(_units(text))
            if len(wide) != last - first:
                raise NotReadable
            yield from ((c, start + size * i) for i, c in enumerate(wide))

    def _runs(self, entry: int, stride: int) -> tuple[list[int], list[bytes]]:
        """Where each run of properties begins in the stream, and its properties."""
        plc = self._entry(entry)
        count = (len(plc) - 4) // 8
        pages = struct.unpack_from(f"<{count}I", plc, 4 * (count + 1))
        begins: list[int] = []
        found: list[bytes] = []
        for number in pages:
            page = self._main[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
            runs = page[_PAGE - 1]
            begins += struct.unpack_from(f"<{runs}I", page, 0)
            for n in range(runs):
                offset = page[4 * (runs + 1) + stride * n] * 2
                found.append(_properties(page, offset, paragraph=stride > 1))
        order = sorted(range(len(begins)), key=begins.__getitem__)
        return [begins[n] for n in order], [found[n] for n in order]

    def paragraph(self, place: int) -> Paragraph:
        """The properties of the paragraph whose mark stands at a place."""
        begins, found = self._paragraphs
        at = bisect_right(begins, place) - 1
        made = Paragraph()
        for sprm, operand in self._resolved(found[at] if at >= 0 else b""):
            if sprm == _IN_TABLE:
                made.depth = max(made.depth, operand[0])
            elif sprm == _DEPTH:
                made.depth = struct.unpack("<i", operand)[0]
            elif sprm == _ROW_END:
                made.ends_row = bool(operand[0])
            elif sprm == _INNER_CELL:
                made.ends_inner_cell = bool(operand[0])
            elif sprm == _TDEF:
                made.row = _row(operand)
        return made

    def _resolved(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The properties, with those that stand in the stream Data."""
        for sprm, operand in _sprms(data):
            if sprm in _HUGE:
                start = struct.unpack("<I", operand)[0]
                if start + 2 > len(self._data):
                    raise NotReadable
                size = struct.unpack_from("<H", self._data, start)[0]
                yield from _sprms(self._data[start + 2 : start + 2 + size])
            else:
                yield sprm, operand

    def marks(self, place: int) -> str:
        """What a letter is: 修订 (deleted), 修订+ (inserted), 隐藏文字, 删除线文字, or ""."""
        at = bisect_right(self._characters[0], place) - 1
        if at not in self._marks:
            self._marks[at] = self._mark(at)
        return self._marks[at]

    def _mark(self, at: int) -> str:
        found = self._characters[1][at] if at >= 0 else b""
        on = {sprm: operand[0] == 1 for sprm, operand in _sprms(found)}
        if on.get(_DELETED):
            return "修订"
        if on.get(_HIDDEN):
            return "隐藏文字"
        if on.get(_STRUCK) or on.get(_STRUCK_TWICE):
            return "删除线文字"
        return "修订+" if on.get(_INSERTED) else ""


def _units(text: str) -> Iterator[str]:
    """One entry for each unit of two bytes: a letter beyond them fills two, the second empty."""
    for letter in text:
        yield letter
        if ord(letter) > 0xFFFF:
            yield ""


def _properties(page: bytes, offset: int, *, paragraph: bool) -> bytes:
    if not offset:
        return b""
    size = page[offset]
    if not paragraph:
        return page[offset + 1 : offset + 1 + size]
    if size:
        return page[offset + 3 : offset + 2 * size]  # without the style
    return page[offset + 4 : offset + 2 + 2 * page[offset + 1]]


def _sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each property with its operand."""
    at = 0
    while at + 2 <= len(data):
        sprm = struct.unpack_from("<H", data, at)[0]
        at += 2
        size = _SIZES[sprm >> 13]
        if sprm == _TDEF:
            size = struct.unpack_from("<H", data, at)[0] + 1
        elif size < 0:
            if at >= len(data) or (sprm == _TABS and data[at] == 255):
                return
            size = data[at] + 1
        if at + size > len(data):
            return
        yield sprm, data[at : at + size]
        at += size


def _row(operand: bytes) -> RowEdges:
    """The cells of a row, by the operand of its definition."""
    cells = operand[2]
    edges = struct.unpack_from(f"<{cells + 1}h", operand, 3)
    flags = [
        struct.unpack_from("<H", operand, at)[0] if at + 2 <= len(operand) else 0
        for at in (5 + 2 * cells + 20 * n for n in range(cells))
    ]
    goes_on = tuple(flag >> 5 & 3 == 1 for flag in flags)
    return RowEdges(edges, goes_on, tuple(flag & 3 == 2 for flag in flags))
