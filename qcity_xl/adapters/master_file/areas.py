"""Blocks of cells as they stand in the file, and nothing beside them.

The reader of values allocates the whole block that the cells of a sheet span, so that one stray
cell in the last corner costs gigabytes: it is given the cells of the wanted blocks alone.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from python_calamine import CalamineSheet, CalamineWorkbook

from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.refs import Rect, cell_name, column_letters, column_number
from qcity_xl.adapters.ooxml.repack import repacked
from qcity_xl.adapters.ooxml.rows import RowTags
from qcity_xl.adapters.ooxml.workbook import WorkbookPart
from qcity_xl.core.values import Value, tidy

_SHEET = b"<worksheet><sheetData>%s</sheetData></worksheet>"
_BETWEEN = 4_096  # cells that are read in vain so that two blocks are read as one, at most
_AT_ONCE = 1 << 22  # bytes of cells that are read together
_TIMES = 4  # as many bytes of cells as of shared texts, which are read each time
_Hull = tuple[str, Rect, list[Rect]]  # a part, a block of it, and the wanted blocks in that
_UNUSUAL = re.compile(rb'<(?:c|row)(?=[\s/>])(?! r="[A-Z0-9])')
_WIDE = re.compile(rb'<c r="([A-Z]{2,3})[0-9]')


@dataclass(frozen=True, slots=True)
class Area:
    """The values of a block; `rows` has its lines from the first on, as far as they hold cells."""

    block: Rect
    rows: Sequence[Sequence[Value]]

    def at(self, line: int, col: int) -> Value:
        """What a cell holds, by line and column of the sheet; None outside the block."""
        row, place = line - self.block.top, col - self.block.left
        if row < 0 or place < 0 or row >= len(self.rows) or place >= len(self.rows[row]):
            return None
        return self.rows[row][place]


def read_areas(
    package: Package, workbook: WorkbookPart, wanted: Sequence[tuple[str, Rect]]
) -> list[Area]:
    """The values of these blocks, each given as the name of a sheet part and a block.

    Raises OoxmlError, CalamineError.
    """
    sheets = {part: _Cells(package.xml(part)) for part in {part for part, _ in wanted}}
    strings, styles = (_part(package, workbook, kind) for kind in ("sharedStrings", "styles"))
    most = max(_AT_ONCE, _TIMES * len(strings.body) if strings else 0)
    known = _Texts()
    found: dict[tuple[str, Rect], Area] = {}
    for group in _groups(_hulls(wanted), lambda part: len(package.xml(part).body), most):
        cut = (sheets[part].within(hull) for part, hull, _ in group)
        plain = repacked(list(cut), strings, styles, workbook.date1904)
        book = CalamineWorkbook.from_filelike(io.BytesIO(plain))
        del plain  # the reader has a copy
        for number, (part, hull, blocks) in enumerate(group):
            rows = _values(book.get_sheet_by_index(number), hull, known)
            found |= {(part, block): _within(rows, hull, block) for block in blocks}
    return [found[place] for place in wanted]


def _groups(hulls: Iterable[_Hull], size: Callable[[str], int], most: int) -> Iterator[list[_Hull]]:
    """Those that are read together: the copies of their cells are not held of all at once."""
    group: list[_Hull] = []
    held = 0
    for hull in hulls:
        if group and held + size(hull[0]) > most:
            yield group
            group, held = [], 0
        group.append(hull)
        held += size(hull[0])
    yield group


def _hulls(wanted: Sequence[tuple[str, Rect]]) -> list[_Hull]:
    """Each part and block to be read, and the wanted blocks in it: neighbours are read as one."""
    made: list[_Hull] = []
    for part, block in wanted:
        for index, (other, hull, blocks) in enumerate(made):
            both = Rect(
                min(hull.top, block.top),
                min(hull.left, block.left),
                max(hull.bottom, block.bottom),
                max(hull.right, block.right),
            )
            if other == part and _size(both) <= _size(hull) + _size(block) + _BETWEEN:
                made[index] = part, both, [*blocks, block]
                break
        else:
            made.append((part, block, [block]))
    return made


def _size(block: Rect) -> int:
    return (block.bottom - block.top + 1) * (block.right - block.left + 1)


def _within(rows: list[list[Value]], hull: Rect, block: Rect) -> Area:
    if hull == block:
        return Area(block, rows)
    lines = rows[block.top - hull.top : block.bottom - hull.top + 1]
    return Area(block, [row[block.left - hull.left : block.right - hull.left + 1] for row in lines])


class _Texts(dict[str, Value]):
    """Texts tidied; each once, since most stand in many cells."""

    def __missing__(self, text: str) -> Value:
        value = self[text] = tidy(text)
        return value


def _part(package: Package, workbook: WorkbookPart, kind: str) -> Xml | None:
    name = workbook.part_of(kind)
    return package.xml(name) if name and name in package else None


def _values(sheet: CalamineSheet, block: Rect, known: _Texts) -> list[list[Value]]:
    if sheet.start is None:
        return []
    first, left = sheet.start[0] + 1, sheet.start[1] + 1
    blank: list[Value] = [None] * max(left - block.left, 0)
    cut = max(block.left - left, 0)
    rows = [
        [*blank, *[known[v] if v.__class__ is str else tidy(v) for v in line[cut:]]]
        for line in sheet.to_python(skip_empty_area=True)
    ]
    return [[] for _ in range(first - block.top)] + rows


# An error is read as the text that it shows, as on screen: calamine would leave the cell empty.
_ERROR = re.compile(rb"(<c\b[^>]*\bt=[\"'])e([\"'])")


class _Cells:
    """The cells of one worksheet part."""

    def __init__(self, xml: Xml) -> None:
        self._xml = xml

    def within(self, block: Rect) -> bytes:
        """A worksheet part with the cells of this block; some to its left may be there too."""
        piece = self._usual(block)
        if piece is None:
            numbers = self._rows.between(block.top, block.bottom)
            piece = b"".join(self._row(number, block) for number in numbers)
        if b'"e"' in piece or b"'e'" in piece:
            piece = _ERROR.sub(rb"\1str\2", piece)
        return _SHEET % piece

    @cached_property
    def _rows(self) -> RowTags:
        return RowTags(self._xml)

    def _usual(self, block: Rect) -> bytes | None:
        """The rows as they stand, where each row and each cell begins with its address, as all
        known programs write them, and no cell stands right of the block; None elsewhere.
        """
        body = self._xml.body
        if b"!" in body and b"<!" in body:  # one byte is looked for ten times as fast
            return None
        start, last = (body.find(b'<row r="%d"' % row) for row in (block.top, block.bottom))
        if not 0 <= start <= last:
            return None
        following, close = body.find(b"<row", last + 1), body.find(b"</sheetData", last)
        piece = body[start : following if following >= 0 else close]
        if close < 0 or _UNUSUAL.search(piece) or _reaches_beyond(piece, block.right):
            return None
        return piece

    def _row(self, number: int, block: Rect) -> bytes:
        return b'<row r="%d">%s</row>' % (number, b"".join(self._cells(number, block)))

    def _cells(self, number: int, block: Rect) -> Iterator[bytes]:
        row = self._rows.get(number)
        for place in row.places.values() if row else ():
            if not block.left <= place.col <= block.right:
                continue
            cell = self._xml.body[place.start : place.end]
            name = cell_name(number, place.col).encode()
            given = cell.find(b' r="', 0, cell.index(b">"))
            yield cell if given >= 0 else re.sub(rb"[\s/>]", rb' r="%s"\g<0>' % name, cell, count=1)


def _reaches_beyond(piece: bytes, right: int) -> bool:
    """Whether a cell stands to the right of this column."""
    letters = column_letters(right)
    if len(letters) == 1:
        following = chr(ord(letters) + 1)
        single = f"|[{following}-Z]" if letters != "Z" else ""
        return re.search(f'<c r="(?:[A-Z]{{2,3}}{single})[0-9]'.encode(), piece) is not None
    return any(column_number(found.decode()) > right for found in set(_WIDE.findall(piece)))
