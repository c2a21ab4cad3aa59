"""What the reader of values leaves out of a worksheet, and the cells that it is given.

It allocates the whole block that the cells of a sheet span and shows an error as an empty cell.
So it gets the cells in bands of few rows, each as a sheet of its own, where nothing is left that
was not looked at; odd cells are listed here.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.refs import Rect, cell_name, column_number, parse_block
from qcity_xl.adapters.packs.kinds import NotAPack
from qcity_xl.adapters.packs.parts import well_formed
from qcity_xl.adapters.packs.sheets import Oddity

_NAME = rb"<(?:[\w.-]++:)?"
_PREFIXED = re.compile(rb":f[\s/>]")
_ODD = re.compile(rb"<f[\s/>]|t\s*=\s*[\"']e[\"']")
_TAG = re.compile(rb"<(/?)(?:[\w.-]++:)?(row|c)((?=[\s/>])[^<>]*)>")
_REF = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_CELL = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_MERGE = re.compile(_NAME + rb"mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Z0-9:$]{2,30})[\"']")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d{1,6})[\"']")
_TEXT = re.compile(rb"\st\s*=\s*[\"'][^n]")
_RICH = re.compile(rb"\svm\s*=")  # the value is a picture or the like, kept elsewhere
_FORMULA = re.compile(_NAME + rb"f(?:\s[^<>]*)?(/?)>([^<]*)")
_VALUE = re.compile(_NAME + rb"v(?:\s[^<>]*)?>([^<]*)")
_PICTURE = re.compile(r"DISPIMG\(\"?([\w.-]{1,80})", re.IGNORECASE)
_START = re.compile(rb"<(?:[\w.-]++:)?c")
_TEXTS = (
    rb"(?:[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]++"
    rb"|&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)*+"
)
_CONTENT = (
    rb"(?:<v>" + _TEXTS + rb"</v>|<is><t(?: xml:space=\"preserve\")?>" + _TEXTS + rb"</t></is>)?"
)
_ROWS = re.compile(  # of cells that are texts, shared texts and numbers, each with its row's number
    rb"(?:<row r=\"([1-9]\d{0,6})\"(?: [\w:]{1,30}=\"[^<>\"&]{0,40}\"){0,12}(?:/>|>"
    rb"(?:<c r=\"[A-Z]{1,3}\1\"(?: s=\"\d{1,6}\")?"
    rb"(?:/>|(?: t=\"(?:s|n|inlineStr)\")?>" + _CONTENT + rb"</c>))*+</row>))*+"
)
# What may stand for no character of XML: a reference, and the two in the last places.
_DOUBTFUL = (b"&#", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_ROW_NUMBERS = re.compile(rb"<row r=\"(\d+)")
_LETTERS = re.compile(rb"<c r=\"([A-Z]+)")
_STYLED = re.compile(rb"<c r=\"([A-Z]+)(\d+)\" s=\"(\d+)\"(?:>| t=\"n\")")  # may be a number
_MOST_CLIPPED = 1_000
_BAND = 4_096  # rows
_MOST_MERGED = 200_000  # cells hidden under merged ones
_MOST_ODD = 200_000


class CellElement(NamedTuple):
    """A cell element that has content: where it stands in the grid and in the part.

    `bare` is where its address must be put in, 0 where it has one.
    """

    row: int
    col: int
    start: int
    inner: int
    end: int
    bare: int


@dataclass(slots=True)
class Scan:
    """A part's cells within the bounds as worksheet parts; odd cells; number formats of cells;
    `clipped`, the addresses of cells outside the bounds, which stand one under another in a part of
    their own, `beyond`.
    """

    bands: list[bytes] = field(default_factory=list)
    odd: dict[tuple[int, int], tuple[Oddity, str]] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    clipped: list[str] = field(default_factory=list)
    beyond: list[bytes] = field(default_factory=list)
    known: tuple[int, int] = (0, 0)  # the stretch whose every byte was looked at


def scan(
    xml: Xml,
    rows: int,
    columns: int,
    pictures: Mapping[str, str],
    formats: Mapping[int, str] = MappingProxyType({}),
) -> Scan:
    """Look through a worksheet part; `pictures` are the names of in-cell pictures by id, `formats`
    the number formats that matter, by cell format.

    Raises NotAPack where the part is damaged or cells can't be placed.
    """
    found = _plain(xml, rows, columns, formats)
    well_formed(xml, found.known if found else (0, 0))
    return found or _closely(xml, rows, columns, pictures, formats)


def _closely(
    xml: Xml, rows: int, columns: int, pictures: Mapping[str, str], formats: Mapping[int, str]
) -> Scan:
    """Cell by cell."""
    found = Scan()
    may_be_odd = bool(_PREFIXED.search(xml.mask) or _ODD.search(xml.mask))
    band, row, outside = bytearray(), 0, bytearray()
    for place in _cells(xml):
        if place.row > rows or place.col > columns:
            if len(found.clipped) < _MOST_CLIPPED:
                found.clipped.append(cell_name(place.row, place.col))
                outside += _moved(xml.body, place, len(found.clipped))
            continue
        if may_be_odd and (oddity := _oddity(xml.body, place, pictures)):
            found.odd[place.row, place.col] = oddity
            if len(found.odd) > _MOST_ODD:
                raise NotAPack("公式或错误值过多，读不了；请只保留填报的内容再寄")
        if formats and (code := formats.get(_style(xml.body[place.start : place.inner]))):
            found.formats[place.row, place.col] = code
            if len(found.formats) > _MOST_ODD:
                raise NotAPack("设了数字格式的格子过多，读不了；请只保留填报的内容再寄")
        if row and (place.row - 1) // _BAND != (row - 1) // _BAND:
            found.bands.append(_sheet(band))
            band, row = bytearray(), 0
        if place.row != row:
            band += b'%s<row r="%d">' % (b"</row>" if row else b"", place.row)
            row = place.row
        band += _addressed(xml.body, place)
    if row:
        found.bands.append(_sheet(band))
    if outside:
        found.beyond.append(b"<worksheet><sheetData>%s</sheetData></worksheet>" % outside)
    return found


def _plain(xml: Xml, rows: int, columns: int, formats: Mapping[int, str]) -> Scan | None:
    """The part as one band; None where it needs a closer look.

    Most parts are as Excel and we write them: nothing but rows of plain cells with addresses. One
    pattern says so of every byte that is handed on, and that each cell is in the row it names.
    """
    start, end = xml.mask.find(b"<sheetData>"), xml.mask.rfind(b"</sheetData>")
    if start < 0 or end < 0 or _TAG.search(xml.mask, xml.root.start, start):
        return None
    data = xml.body[start + len(b"<sheetData>") : end]
    if not _ROWS.fullmatch(data) or _TAG.search(xml.mask, end):
        return None
    found = Scan()
    if not any(doubtful in data for doubtful in _DOUBTFUL):
        found.known = start + len(b"<sheetData>"), end
    numbers = [int(number) for number in _ROW_NUMBERS.findall(data)]
    if any(below <= above for above, below in pairwise(numbers)):
        return None
    letters = set(_LETTERS.findall(data))
    last = numbers[-1] if numbers else 0
    if last > min(rows, _BAND) or any(column_number(c.decode()) > columns for c in letters):
        return None
    for col, row, style in _STYLED.findall(data) if formats else ():
        if code := formats.get(int(style)):
            found.formats[int(row), column_number(col.decode())] = code
    if letters:
        found.bands.append(b"<worksheet><sheetData>%s</sheetData></worksheet>" % data)
    return found


def _sheet(rows: bytes | bytearray) -> bytes:
    return b"<worksheet><sheetData>%s</row></sheetData></worksheet>" % rows


def _style(tag: bytes) -> int:
    """The cell format of a number; -1 for text and the like, which looks the same in any."""
    match = _STYLE.search(tag)
    return int(match[1]) if match and not _TEXT.search(tag) else -1


def _moved(body: bytes, place: CellElement, row: int) -> bytes:
    """The cell as the only one of a row."""
    tag = body[place.start : place.inner]
    address = _REF.search(tag)
    bare = tag[: address.start()] + tag[address.end() :] if address else tag
    moved = _START.sub(rb'\g<0> r="A%d"' % row, bare, count=1)
    return b'<row r="%d">%s%s</row>' % (row, moved, body[place.inner : place.end])


def _addressed(body: bytes, place: CellElement) -> bytes:
    if not place.bare:
        return body[place.start : place.end]
    address = cell_name(place.row, place.col).encode()
    return b'%s r="%s"%s' % (
        body[place.start : place.bare],
        address,
        body[place.bare : place.end],
    )


def merged_cells(
    xml: Xml, numbers: Sequence[int], width: int
) -> Iterator[tuple[tuple[int, int], str]]:
    """The cells under merged blocks in rows of these numbers, the one that shows left out, each
    with its block.
    """
    left = _MOST_MERGED
    if b"mergeCell" not in xml.mask:
        return
    for match in _MERGE.finditer(xml.mask, xml.root.start):
        rect = parse_block(match[1].decode())
        if rect is None:
            continue
        first, last = bisect_left(numbers, rect.top), bisect_right(numbers, rect.bottom)
        for row, col in _places(rect, numbers[first:last], width):
            left -= 1
            if left < 0:
                raise NotAPack("合并单元格过多，读不了；请取消合并后再寄")
            yield (row, col), str(rect)


def _places(rect: Rect, numbers: Sequence[int], width: int) -> Iterator[tuple[int, int]]:
    for row in numbers:
        for col in range(rect.left, min(rect.right, width) + 1):
            if (row, col) != (rect.top, rect.left):
                yield row, col


def _cells(xml: Xml) -> Iterator[CellElement]:
    """The cells with content, from top to bottom; one without an address follows its neighbour."""
    row = col = 0
    opened: tuple[int, int, int] | None = None  # start, inner, bare
    for tag in _TAG.finditer(xml.mask, xml.root.start):
        closing, name, rest = tag.groups()
        if closing:
            if name == b"c" and opened:
                start, inner, bare = opened
                yield CellElement(row, col, start, inner, tag.end(), bare)
            opened = None
        elif name == b"row":
            row, col = _row_number(xml, rest, row), 0
        else:
            given = _REF.search(rest)
            col = _column_number(xml, given[1], row) if given else col + 1
            bare = 0 if given else tag.start(3)
            opened = None if rest.endswith(b"/") else (tag.start(), tag.end(), bare)


def _row_number(xml: Xml, rest: bytes, last: int) -> int:
    given = _REF.search(rest)
    if given is None:
        return last + 1
    if not given[1].isdigit() or len(given[1]) > 7 or int(given[1]) < max(last, 1):
        raise _misplaced(xml)
    return int(given[1])


def _column_number(xml: Xml, given: bytes, row: int) -> int:
    ref = _CELL.fullmatch(given)
    if ref is None or int(ref[2]) != row:
        raise _misplaced(xml)
    return column_number(ref[1].decode().upper())


def _misplaced(xml: Xml) -> NotAPack:
    return NotAPack(
        f"工作簿读不了：部件“{xml.part}”里有单元格的地址不对；请用 Excel 或 WPS 打开，另存后再寄"
    )


def _oddity(
    body: bytes, place: CellElement, pictures: Mapping[str, str]
) -> tuple[Oddity, str] | None:
    """What is special about a cell, and the text that goes with it."""
    tag, inner = body[place.start : place.inner], body[place.inner : place.end]
    formula, value = _FORMULA.search(inner), _VALUE.search(inner)
    written = _text(formula[2]) if formula else ""
    shown = _text(value[1]) if value else ""
    if picture := _PICTURE.search(written) or _PICTURE.search(shown):
        return "picture", pictures.get(picture[1], picture[1])
    if _ERROR.search(tag):
        return ("picture", "") if _RICH.search(tag) else ("error", shown.strip())
    if formula is None:
        return None
    return ("formula", written) if value and shown else ("uncalculated", written)


def _text(raw: bytes) -> str:
    return html.unescape(raw.decode(errors="replace"))
