"""The rows of a sheet's `<sheetData>`, found without parsing more than is asked for."""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from qcity_xl.adapters.ooxml.errors import DamagedPart
from qcity_xl.adapters.ooxml.markup import Xml, attributes, is_true
from qcity_xl.adapters.ooxml.refs import MAX_COL, MAX_ROW, column_number

_R = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_CELL_REF = re.compile(rb"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ROW_REF = re.compile(rb"[1-9][0-9]{0,6}")


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


class RowTags:
    """The rows by number. Raises DamagedPart where rows or cells are out of order."""

    def __init__(self, xml: Xml) -> None:
        """Find every row tag; cells are looked for when a row is asked for."""
        self._xml = xml
        name = xml.prefix + b"sheetData"
        data = re.compile(rb"<%s(?=[\s/>])" % re.escape(name)).search(xml.mask)
        if data is None:
            raise DamagedPart(xml.part, "没有 sheetData")
        self.start = data.start()
        self.inner = xml.find(b">", self.start) + 1
        self.empty = xml.mask[self.inner - 2 : self.inner] == b"/>"
        self.close = self.inner if self.empty else xml.find(b"</" + name, self.inner)
        self.end = self.inner if self.empty else xml.find(b">", self.close) + 1
        self.numbers: list[int] = []
        self._tags: list[tuple[int, int]] = []
        self._known: dict[int, RowTag] = {}
        self._find_rows()

    def _find_rows(self) -> None:
        mask, last = self._xml.mask, 0
        tag = re.compile(rb"<%srow(?=[\s/>])([^<>]*)>" % re.escape(self._xml.prefix))
        for found in tag.finditer(mask, self.inner, self.close):
            given = _R.search(found[1])
            if given and not _ROW_REF.fullmatch(given[1]):
                raise DamagedPart(self._xml.part, "行号不是数字")
            number = int(given[1]) if given else last + 1
            if not last < number <= MAX_ROW:
                raise DamagedPart(self._xml.part, f"行号 {number} 次序不对")
            self.numbers.append(number)
            self._tags.append(found.span())
            last = number

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

    def place_for(self, number: int) -> int:
        """Where a new row of that number goes."""
        index = bisect_left(self.numbers, number)
        return self._tags[index][0] if index < len(self._tags) else self.close

    def _read(self, index: int) -> RowTag:
        number, (start, inner) = self.numbers[index], self._tags[index]
        mask = self._xml.mask
        places: dict[int, CellTag] = {}
        implicit, last, position = False, 0, inner
        if mask[inner - 2 : inner] != b"/>":
            limit = self._tags[index + 1][0] if index + 1 < len(self._tags) else self.close
            limit = self._xml.find(b"</%srow" % self._xml.prefix, inner, limit)
            tag = re.compile(rb"<%sc(?=[\s/>])[^<>]*>" % re.escape(self._xml.prefix))
            while found := tag.search(mask, position, limit):
                col, given = self._column(found[0], number, last)
                implicit, last = implicit or not given, col
                position = self._cell_end(found, limit)
                places[col] = CellTag(col, found.start(), position)
        return RowTag(number, start, inner, places, implicit)

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
