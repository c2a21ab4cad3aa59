"""What the reader of values would not tell of a worksheet, and how far its cells reach.

It allocates the whole block that the cells span and shows an error as an empty cell, so cells
beyond the bounds are cut out before it sees the part, and odd cells are listed here.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from qcity_xl.adapters.ooxml.markup import Splice, Xml, splice
from qcity_xl.adapters.ooxml.refs import Rect, cell_name, column_number, parse_rect
from qcity_xl.adapters.packs.kinds import NotAPack
from qcity_xl.adapters.packs.sheets import ROWS, Oddity

_NAME = rb"<(?:[\w.-]++:)?"
# In a plain part every cell says where it is, within 702 columns and 9,999 rows.
_ANY = re.compile(rb"<(?:c|row)[\s/>]")
_PLAIN = re.compile(rb"<(?:c r=\"[A-Z]{1,2}|row r=\")[0-9]{1,4}\"")
_PREFIXED = re.compile(rb":(?:c|row|f)[\s/>]")
_ODD = re.compile(rb"<f[\s/>]|t\s*=\s*[\"']e[\"']")
_TAG = re.compile(rb"<(/?)(?:[\w.-]++:)?(row|c)((?=[\s/>])[^<>]*)>")
_REF = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_CELL = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_MERGE = re.compile(_NAME + rb"mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Z0-9:$]{2,30})[\"']")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_RICH = re.compile(rb"\svm\s*=")  # the value is a picture or the like, kept elsewhere
_FORMULA = re.compile(_NAME + rb"f(?:\s[^<>]*)?(/?)>([^<]*)")
_VALUE = re.compile(_NAME + rb"v(?:\s[^<>]*)?>([^<]*)")
_PICTURE = re.compile(r"DISPIMG\(\"?([\w.-]{1,80})", re.IGNORECASE)
_MOST_MERGED = 200_000  # cells hidden under merged ones


class Place(NamedTuple):
    """A cell element that has content: where it stands in the grid and in the part."""

    row: int
    col: int
    start: int
    inner: int
    end: int


@dataclass(frozen=True, slots=True)
class Scan:
    """The part from its root on, cut to the bounds; odd cells; a cell that was cut out."""

    body: bytes
    odd: Mapping[tuple[int, int], tuple[Oddity, str]]
    clipped: str = ""


def scan(xml: Xml, columns: int, pictures: Mapping[str, str]) -> Scan:
    """Look through a worksheet part; `pictures` are the names of in-cell pictures by id.

    Raises NotAPack where cells can't be placed.
    """
    start, mask = xml.root.start, xml.mask
    prefixed = _PREFIXED.search(mask)
    if (
        not prefixed
        and not _ODD.search(mask)
        and len(_ANY.findall(mask)) == len(_PLAIN.findall(mask))
    ):
        return Scan(xml.body[start:], {})
    cuts: list[Splice] = []
    found: dict[tuple[int, int], tuple[Oddity, str]] = {}
    clipped = ""
    for place in _cells(xml):
        if place.row > ROWS or place.col > columns:
            cuts.append((place.start, place.end, b""))
            clipped = clipped or cell_name(place.row, place.col)
        elif oddity := _oddity(xml.body, place):
            kind, what = oddity
            if kind == "picture":
                oddity = kind, pictures.get(what, what)
            found[place.row, place.col] = oddity
    return Scan(splice(xml.body, cuts)[start:], found, clipped)


def merged_cells(xml: Xml, height: int, width: int) -> Iterator[tuple[tuple[int, int], str]]:
    """The cells under merged blocks, the one that shows left out, each with its block."""
    left = _MOST_MERGED
    if b"mergeCell" not in xml.mask:
        return
    for match in _MERGE.finditer(xml.mask, xml.root.start):
        rect = parse_rect(match[1].decode())
        if rect is None:
            continue
        inside = Rect(rect.top, rect.left, min(rect.bottom, height), min(rect.right, width))
        for row in range(inside.top, inside.bottom + 1):
            for col in range(inside.left, inside.right + 1):
                left -= 1
                if left < 0:
                    raise NotAPack("合并单元格过多，读不了；请取消合并后再寄")
                if (row, col) != (rect.top, rect.left):
                    yield (row, col), str(rect)


def _cells(xml: Xml) -> Iterator[Place]:
    """The cells with content; one without an address follows its neighbour."""
    row = col = 0
    opened: tuple[int, int] | None = None
    for tag in _TAG.finditer(xml.mask, xml.root.start):
        closing, name, rest = tag.groups()
        if closing:
            if name == b"c" and opened:
                yield Place(row, col, *opened, tag.end())
            opened = None
        elif name == b"row":
            row, col = _row_number(xml, rest, row), 0
        else:
            col = _column_number(xml, rest, row, col)
            opened = None if rest.endswith(b"/") else (tag.start(), tag.end())


def _row_number(xml: Xml, rest: bytes, last: int) -> int:
    given = _REF.search(rest)
    if given is None:
        return last + 1
    if not given[1].isdigit() or len(given[1]) > 7 or int(given[1]) < 1:
        raise _misplaced(xml)
    return int(given[1])


def _column_number(xml: Xml, rest: bytes, row: int, last: int) -> int:
    given = _REF.search(rest)
    if given is None:
        return last + 1
    ref = _CELL.fullmatch(given[1])
    if ref is None or int(ref[2]) != row:
        raise _misplaced(xml)
    return column_number(ref[1].decode().upper())


def _misplaced(xml: Xml) -> NotAPack:
    return NotAPack(
        f"工作簿读不了：部件“{xml.part}”里有单元格的地址不对；请用 Excel 或 WPS 打开，另存后再寄"
    )


def _oddity(body: bytes, place: Place) -> tuple[Oddity, str] | None:
    """What is special about a cell, and the text that goes with it."""
    tag, inner = body[place.start : place.inner], body[place.inner : place.end]
    formula, value = _FORMULA.search(inner), _VALUE.search(inner)
    written = _text(formula[2]) if formula else ""
    shown = _text(value[1]) if value else ""
    if picture := _PICTURE.search(written) or _PICTURE.search(shown):
        return "picture", picture[1]
    if _ERROR.search(tag):
        return ("picture", "") if _RICH.search(tag) else ("error", shown.strip())
    if formula is None:
        return None
    return ("formula", written) if value and shown else ("uncalculated", written)


def _text(raw: bytes) -> str:
    return html.unescape(raw.decode(errors="replace"))
