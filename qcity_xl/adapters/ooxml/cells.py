"""One cell: its XML taken apart and put together, values to XML and back."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree as ET

from qcity_xl.adapters.ooxml.errors import (
    DamagedPart,
    DateOutOfRange,
    NotFinite,
    NumberTooLong,
    TextTooLong,
)
from qcity_xl.adapters.ooxml.markup import Xml, attributes, escape
from qcity_xl.adapters.ooxml.refs import column_letters

Scalar = str | int | float | bool | dt.date | None

_MAX_TEXT = 32_767  # UTF-16 units in a cell
_MAX_EXACT = 2**53
# ECMA-376 part 1, 22.9.2.19 (ST_Xstring): what XML can't hold is written _xHHHH_, and text that
# looks like that has its underscore written so. A bare CR would come back as a line feed.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


# A cell as most are: address, style, type; a plain formula; a value or a text.
_USUAL = re.compile(
    rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?'
    rb"(?:/>|>(<f>[^<>]*</f>)?"
    rb"(<v>[^<>]*</v>|<is><t(?: xml:space=\"preserve\")?>[^<>]*</t></is>)?</c>)"
)


class Where(NamedTuple):
    """A cell, for errors."""

    sheet: str
    row: int
    col: int


@dataclass(slots=True)
class RawCell:
    """A `<c>` element (ECMA-376 part 1, 18.3.1.4) in raw pieces.

    `kind` is the t attribute, `formula` the whole `<f>`, `content` the whole `<v>` or `<is>`,
    `tail` what follows; `extra` holds the other attributes as they go into the tag.
    """

    style: int = 0
    kind: bytes = b""
    formula: bytes = b""
    content: bytes = b""
    extra: bytes = b""
    tail: bytes = b""

    def copy(self) -> "RawCell":
        """Another one of the same pieces."""
        return RawCell(self.style, self.kind, self.formula, self.content, self.extra, self.tail)

    def put(self, kind: bytes, content: bytes) -> None:
        """Give the cell another value; what the metadata (vm) said of the old one is void.

        `ph` stays: it says how to show the cell, not what is in it.
        """
        self.kind, self.content = kind, content
        self.extra = _without(self.extra, b"vm")

    def drop_formula(self) -> None:
        """Make it a plain cell; cm tells what kind of array formula it was."""
        self.formula = b""
        self.extra = _without(self.extra, b"cm")

    def to_bytes(self, prefix: bytes, row: int, col: int) -> bytes:
        """The element."""
        inner = self.formula + self.content + self.tail
        tag = b'%sc r="%s%d"' % (prefix, column_letters(col).encode(), row)
        if self.style:
            tag += b' s="%d"' % self.style
        if self.kind:
            tag += b' t="%s"' % self.kind
        tag += self.extra
        return b"<%s>%s</%sc>" % (tag, inner, prefix) if inner else b"<%s/>" % tag


def parse_cell(xml: Xml, start: int, end: int) -> RawCell:
    """The cell element that stands there."""
    if usual := _USUAL.fullmatch(xml.body, start, end):
        style, kind, formula, content = usual.groups(b"")
        return RawCell(int(style or 0), kind, formula, content)
    element = xml.element(start)
    found = attributes(xml.tag(element))
    cell = RawCell(xml.integer(found, b"s"), found.pop(b"t", b""))
    found.pop(b"s", None)
    found.pop(b"r", None)
    cell.extra = b"".join(
        b' %s="%s"' % (name, value.replace(b'"', b"&quot;")) for name, value in found.items()
    )
    for child in xml.children(element.inner, end):
        raw = xml.body[child.start : child.end]
        if child.name == b"f":
            cell.formula = raw
        elif child.name in (b"v", b"is"):
            cell.content = raw
        else:
            cell.tail += raw
    return cell


def value_xml(prefix: bytes, value: Scalar, date1904: bool, where: Where) -> tuple[bytes, bytes]:
    """The t attribute and the content for a value: text stays text, whatever it begins with.

    Raises TextTooLong, NotFinite, NumberTooLong, DateOutOfRange.
    """
    if value is None:
        return b"", b""
    if not isinstance(value, str):
        kind, number = _number(value, date1904, where)
        return kind, b"<%sv>%s</%sv>" % (prefix, number, prefix)
    inner = _text_xml(prefix, b"t", value, where)
    return b"inlineStr", b"<%sis>%s</%sis>" % (prefix, inner, prefix)


def cached_xml(prefix: bytes, value: Scalar, date1904: bool, where: Where) -> tuple[bytes, bytes]:
    """The t attribute and the content for the result of a formula."""
    if not isinstance(value, str):
        return value_xml(prefix, value, date1904, where)
    return b"str", _text_xml(prefix, b"v", value, where)


def xstring(text: str) -> str:
    """Text as ST_Xstring."""
    if text.isprintable() and "_x" not in text:  # most texts, and fast to see
        return text
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def from_xstring(text: str) -> str:
    """The text that an ST_Xstring stands for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def read_value(
    xml: Xml, cell: RawCell, shared: Callable[[int], str]
) -> str | int | float | bool | None:
    """What the cell shows: text, number (dates are day numbers), truth, error as text.

    `shared` gives the shared string of an index.
    """
    if not cell.content:
        return None
    text = element_text(xml.tree(cell.content)[0])
    if cell.kind == b"s":
        return shared(int(text) if text.isdecimal() else -1)
    if cell.kind == b"b":
        return text.strip() in ("1", "true")
    if cell.kind not in (b"", b"n"):
        return text
    if not text.strip():
        return None
    try:
        return int(text) if _WHOLE.fullmatch(text.strip()) else float(text)
    except ValueError as error:
        raise DamagedPart(xml.part, "数值不是数字") from error


def element_text(element: ET.Element) -> str:
    """The text of `<v>`, `<is>` or `<si>`: rich text joined, phonetic runs left out."""
    return from_xstring("".join(_texts(element)) if len(element) else element.text or "")


def _texts(element: ET.Element) -> Iterator[str]:
    for child in element:
        if child.tag.endswith("}t"):
            yield child.text or ""
        elif child.tag.endswith("}r"):
            yield from (text.text or "" for text in child if text.tag.endswith("}t"))


def _number(value: float | bool | dt.date, date1904: bool, where: Where) -> tuple[bytes, bytes]:
    if isinstance(value, bool):
        return b"b", b"1" if value else b"0"
    if isinstance(value, dt.date):
        value = _serial(value, date1904, where)
    if isinstance(value, int):
        if abs(value) > _MAX_EXACT:
            raise NumberTooLong(*where)
        return b"", int.__repr__(value).encode()
    if not math.isfinite(value):
        raise NotFinite(*where)
    return b"", float.__repr__(value).removesuffix(".0").encode()


def _serial(value: dt.date, date1904: bool, where: Where) -> float | int:
    """The day number (ECMA-376 part 1, 18.17.4.1); before March 1900 Excel is a day behind."""
    first = dt.date(1904, 1, 1) if date1904 else dt.date(1900, 1, 1)
    day = value.date() if isinstance(value, dt.datetime) else value
    time = value if isinstance(value, dt.datetime) else None
    if day < first or (time is not None and time.tzinfo is not None):
        raise DateOutOfRange(*where, first.isoformat())
    days = (day - first).days
    if not date1904:
        days += 1 if day < dt.date(1900, 3, 1) else 2
    if time is None:
        return days
    past = dt.timedelta(
        hours=time.hour, minutes=time.minute, seconds=time.second, microseconds=time.microsecond
    )
    return days + past / dt.timedelta(days=1)


def _text_xml(prefix: bytes, name: bytes, text: str, where: Where) -> bytes:
    """A text element; outer blanks and line breaks are marked to be kept."""
    if 2 * len(text) > _MAX_TEXT and len(text) + sum(char > "\uffff" for char in text) > _MAX_TEXT:
        raise TextTooLong(*where, len(text))
    space = b' xml:space="preserve"' if text != text.strip() or "\n" in text else b""
    return b"<%s%s%s>%s</%s%s>" % (prefix, name, space, escape(xstring(text)), prefix, name)


def _without(extra: bytes, name: bytes) -> bytes:
    return re.sub(rb'\s%s="[^"]*"' % name, b"", extra) if name in extra else extra
