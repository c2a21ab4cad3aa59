"""The rows of a sheet's `<sheetData>`, found without parsing more than is asked for."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from weakref import WeakKeyDictionary

from qcity_xl.adapters.ooxml.errors import DamagedPart
from qcity_xl.adapters.ooxml.markup import Xml, attributes, is_true, with_attribute
from qcity_xl.adapters.ooxml.refs import MAX_COL, MAX_ROW, column_number

_R = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_CELL_REF = re.compile(rb"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_BEGIN = b'<c r="'
_ROW_REF = re.compile(rb"[1-9][0-9]{0,6}")


class _Columns(dict[bytes, int]):
    """The numbers of columns by their letters, 0 for what is none; each found once."""

    def __missing__(self, letters: bytes) -> int:
        found = re.fullmatch(rb"[A-Z]{1,3}", letters)
        number = column_number(letters.decode()) if found else 0
        if found:
            self[letters] = number
        return number


_COLUMNS = _Columns()


class CellTag(NamedTuple):
    """Where a cell stands."""

    col: int
    start: int
    end: int


class RowTag(NamedTuple):
    """A row: its tag and its cells. `implicit`: some cell is placed by its neighbour alone."""

    number: int
    start: int
    inner: int
    places: dict[int, CellTag]
    implicit: bool


class WholeRow(NamedTuple):
    """The cells of a row that the part does not have, as XML: first and last column, the bytes."""

    left: int
    right: int
    cells: bytes


class _Data(NamedTuple):
    """Where `<sheetData>` begins, its content, its end tag, and what comes after it."""

    start: int
    inner: int
    close: int
    end: int


# Who looks for the rules of a sheet needs the end of its cells, and large sheets take long.
_DATA: WeakKeyDictionary[Xml, _Data] = WeakKeyDictionary()


def _find_data(xml: Xml) -> _Data:
    name = xml.prefix + b"sheetData"
    data = re.compile(rb"<%s(?=[\s/>])" % re.escape(name)).search(xml.mask)
    if data is None:
        raise DamagedPart(xml.part, "没有 sheetData")
    inner = xml.find(b">", data.start()) + 1
    if xml.mask[inner - 2 : inner] == b"/>":
        return _Data(data.start(), inner, inner, inner)
    close = xml.find(b"</" + name, inner)
    return _Data(data.start(), inner, close, xml.find(b">", close) + 1)


class RowTags:
    """The rows by number. Raises DamagedPart where rows or cells are out of order."""

    def __init__(self, xml: Xml) -> None:
        """Find where rows stand; their tags and cells are looked for when asked for."""
        self._xml = xml
        if (found := _DATA.get(xml)) is None:
            found = _DATA[xml] = _find_data(xml)
        self.start, self.inner, self.close, self.end = found
        self.empty = self.close == self.inner == self.end
        self._known: dict[int, RowTag] = {}

    @property
    def numbers(self) -> list[int]:
        """The numbers of all rows."""
        return self._rows[0]

    @cached_property
    def _rows(self) -> tuple[list[int], list[tuple[int, int]]]:
        """The number of each row, and where its tag stands."""
        mask, last = self._xml.mask, 0
        numbers: list[int] = []
        tags: list[tuple[int, int]] = []
        tag = re.compile(rb"<%srow(?=[\s/>])([^<>]*)>" % re.escape(self._xml.prefix))
        for found in tag.finditer(mask, self.inner, self.close):
            given = _R.search(found[1])
            if given and not _ROW_REF.fullmatch(given[1]):
                raise DamagedPart(self._xml.part, "行号不是数字")
            number = int(given[1]) if given else last + 1
            if not last < number <= MAX_ROW:
                raise DamagedPart(self._xml.part, f"行号 {number} 次序不对")
            numbers.append(number)
            tags.append(found.span())
            last = number
        return numbers, tags

    def get(self, number: int) -> RowTag | None:
        """A row, or None where the sheet has none."""
        if number not in self._known:
            index = bisect_left(self.numbers, number)
            if index == len(self.numbers) or self.numbers[index] != number:
                return None
            self._known[number] = self._read(index)
        return self._known[number]

    def between(self, first: int, last: int) -> list[int]:
        """The numbers of the rows that exist from `first` to `last`."""
        low, high = bisect_left(self.numbers, first), bisect_right(self.numbers, last)
        return self.numbers[low:high]

    def tags(self, rows: range) -> Iterator[tuple[int, int, int]]:
        """Number, start and end of the tag of each row that exists among these."""
        low, high = bisect_left(self.numbers, rows.start), bisect_left(self.numbers, rows.stop)
        numbers, tags = self._rows
        return ((numbers[index], *tags[index]) for index in range(low, high))

    def place_for(self, number: int) -> int:
        """Where a new row of that number goes."""
        index, tags = bisect_left(self.numbers, number), self._rows[1]
        return tags[index][0] if index < len(tags) else self.close

    def _read(self, index: int) -> RowTag:
        number, (start, inner) = self.numbers[index], self._rows[1][index]
        mask = self._xml.mask
        places: dict[int, CellTag] = {}
        implicit, last, position = False, 0, inner
        if mask[inner - 2 : inner] != b"/>":
            following = self._rows[1][index + 1 : index + 2]
            limit = following[0][0] if following else self.close
            limit = self._xml.find(b"</%srow" % self._xml.prefix, inner, limit)
            if usual := self._usual(number, inner, limit):
                return RowTag(number, start, inner, usual, implicit=False)
            tag = re.compile(rb"<%sc(?=[\s/>])[^<>]*>" % re.escape(self._xml.prefix))
            while found := tag.search(mask, position, limit):
                col, given = self._column(found[0], number, last)
                implicit, last = implicit or not given, col
                position = self._cell_end(found, limit)
                places[col] = CellTag(col, found.start(), position)
        return RowTag(number, start, inner, places, implicit)

    def _usual(self, number: int, start: int, limit: int) -> dict[int, CellTag] | None:
        """The cells where each begins with its address and ends where the next one begins, as all
        known programs write them; None elsewhere.
        """
        row, at = b"%d" % number, start
        cells = self._xml.mask[start:limit]
        before, *pieces = cells.split(_BEGIN)
        if before or not pieces or len(pieces) != cells.count(b"<c"):
            return None
        places: dict[int, CellTag] = {}
        last = 0
        for piece in pieces:
            address = piece[: piece.find(b'"')]
            col = _COLUMNS[address[: -len(row)]] if address.endswith(row) else 0
            alone = piece.endswith(b"</c>") or piece.find(b"/>") == len(piece) - 2
            if not last < col <= MAX_COL or not alone:
                return None
            end = at + len(_BEGIN) + len(piece)
            places[col] = CellTag(col, at, end)
            last, at = col, end
        return places

    def _column(self, tag: bytes, number: int, last: int) -> tuple[int, bool]:
        """The column of a cell, and whether the cell says it itself."""
        given = _R.search(tag)
        ref = _CELL_REF.fullmatch(given[1]) if given else None
        col = column_number(ref[1].decode()) if ref else last + 1
        lost = given and (ref is None or int(ref[2]) != number)
        if lost or not last < col <= MAX_COL:
            raise DamagedPart(self._xml.part, f"第 {number} 行的单元格次序不对")
        return col, given is not None

    def _cell_end(self, tag: re.Match[bytes], limit: int) -> int:
        if tag[0].endswith(b"/>"):
            return tag.end()
        name = b"</%sc" % self._xml.prefix
        close = self._xml.find(name, tag.end(), limit)
        while self._xml.mask[close + len(name)] not in b"> \t\r\n":
            close = self._xml.find(name, close + len(name), limit)
        return self._xml.find(b">", close) + 1

    def style(self, row: RowTag) -> int | None:
        """The style that a row gives new cells (ECMA-376 part 1, 18.3.1.73: customFormat)."""
        found = attributes(self._xml.body[row.start : row.inner])
        return self._xml.integer(found, b"s") if is_true(found.get(b"customFormat")) else None


def with_spans(tag: bytes, left: int, right: int) -> bytes:
    """The row tag with its spans (18.3.1.73: an optimisation hint) grown to these columns."""
    spans = attributes(tag).get(b"spans", b"").split()
    pairs = [tuple(map(int, span.split(b":"))) for span in spans if b":" in span]
    if not pairs or any(low <= left and right <= high for low, high in pairs):
        return tag
    low, high = min(left, *(p[0] for p in pairs)), max(right, *(p[1] for p in pairs))
    return with_attribute(tag, b"spans", b"%d:%d" % (low, high))
