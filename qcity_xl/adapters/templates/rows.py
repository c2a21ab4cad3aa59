"""The rows of a table as bytes: all of them in the look of the first, which openpyxl wrote.

A cell of openpyxl is an object with a style of its own; a thousand rows of them take seconds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qcity_xl.adapters.ooxml.cells import Where, cached_xml, value_xml
from qcity_xl.core.values import Value

_ROW = re.compile(rb'<row r="(\d+)"(?:\s[^>]*[^/>])?>.*?</row>', re.DOTALL)
_HEIGHT = re.compile(rb'(?<= ht=")[^"]*')
_CELL = re.compile(rb'<c r="([A-Z]+)\d+"( s="\d+")?')
_FORMULA = re.compile(rb"<f>.*?</f>", re.DOTALL)
_DIMENSION = re.compile(rb'(<dimension ref="[A-Z]+\d+:[A-Z]+)(\d+)(?=")')


_WORD = 60  # letters of a text that may well stand in other rows too


@lru_cache(maxsize=1 << 12)
def _word(text: str) -> bytes:
    """What follows a cell's place and style, for a short text."""
    kind, content = value_xml(b"", text, False, Where("", 0, 0))
    return b' t="%b">%b</c>' % (kind, content)


@dataclass(frozen=True, slots=True)
class Body:
    """What the rows of a table hold, from left to right, from the sheet's row `first` on.

    `heights` are their heights in points; a row that openpyxl gave none goes without. A column of
    formulas has their results, None for one that is not known.
    """

    sheet: str
    first: int
    values: Sequence[Sequence[Value]]
    heights: Sequence[float]

    def put_into(self, sheet: bytes) -> bytes:
        """The sheet with these rows in place of its first one; cells beside them stay."""
        numbers = range(self.first, self.first + len(self.values))
        there = {n: m for m in _ROW.finditer(sheet) if (n := int(m[1])) in numbers}
        if self.first not in there:
            return sheet
        head, *cells = _taken_apart(there[self.first][0])
        width = len(self.values[0])
        columns = [_Column.of(cell) for cell in cells[:width]]
        beside = {n: _taken_apart(match[0])[1:] for n, match in there.items()}
        beside[self.first] = cells[width:]
        rows = b"".join(self._row(n, head, columns, beside.get(n, ())) for n in numbers)
        start, end = there[self.first].start(), max(match.end() for match in there.values())
        last = numbers[-1]
        longer = _DIMENSION.sub(
            lambda match: match[1] + str(max(int(match[2]), last)).encode(), sheet, count=1
        )
        moved = len(longer) - len(sheet)
        return longer[: start + moved] + rows + longer[end + moved :]

    def _row(
        self, number: int, head: bytes, columns: Sequence["_Column"], beside: Sequence[bytes]
    ) -> bytes:
        at = number - self.first
        tag = head.replace(b'r="%d"' % self.first, b'r="%d"' % number, 1)
        tag = _HEIGHT.sub(f"{self.heights[at]:g}".encode(), tag)
        digits = b"%d" % number
        cells = [
            column.cell(self.sheet, number, digits, value)
            for column, value in zip(columns, self.values[at], strict=True)
        ]
        return b"".join((tag, *cells, *beside, b"</row>"))


def _taken_apart(row: bytes) -> list[bytes]:
    """The tag of a row, and its cells."""
    head, *cells = row.removesuffix(b"</row>").split(b"<c ")
    return [head, *(b"<c " + cell for cell in cells)]


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells of a column have in common: letters, look, formula."""

    letters: bytes
    style: bytes
    formula: bytes

    @classmethod
    def of(cls, cell: bytes) -> "_Column":
        found, formula = _CELL.match(cell), _FORMULA.search(cell)
        assert found is not None  # noqa: S101  # openpyxl wrote it
        return cls(found[1], found[2] or b"", formula[0] if formula else b"")

    def cell(self, sheet: str, row: int, digits: bytes, value: Value) -> bytes:
        """The cell's element in a row, whose number is written in `digits`."""
        tag = b'<c r="%b%b"%b' % (self.letters, digits, self.style)
        if not self.formula:
            if value is None or value == "":
                return tag + b"/>"
            if type(value) is str and len(value) <= _WORD:
                return tag + _word(value)
        written = cached_xml if self.formula else value_xml
        kind, content = written(b"", value, False, Where(sheet, row, 0))
        typed = b' t="%s"' % kind if kind else b""
        return b"%s%s>%s%s</c>" % (tag, typed, self.formula, content)
