"""Cell formats of another workbook, copied into this one."""

import re
from functools import cached_property

from qcity_xl.adapters.ooxml.markup import (
    Element,
    Splice,
    Xml,
    attributes,
    opened,
    with_attribute,
)
from qcity_xl.adapters.ooxml.package import Package

_TAG = re.compile(rb"<(/?)(?=[A-Za-z])")
_SIZE = re.compile(rb'(<(?:[\w.-]+:)?sz\s+val=")[^"]*(")')
_IN_FONT = re.compile(rb"<(?:[\w.-]+:)?(\w+)[^<>]*/>")
# CT_Font, in the order that strict readers want (ECMA-376 part 1, 18.8.22).
_FONT_ORDER = (
    *(b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign"),
    *(b"sz", b"color", b"name", b"family", b"charset", b"scheme"),
)
_FIRST_OWN_FORMAT = 164  # ECMA-376 part 1, 18.8.30: ids below are built in
_LISTS = {b"fontId": b"fonts", b"fillId": b"fills", b"borderId": b"borders"}
# The order of a style sheet's lists (18.8.39).
_ORDER = (
    *(b"numFmts", b"fonts", b"fills", b"borders", b"cellStyleXfs", b"cellXfs"),
    *(b"cellStyles", b"dxfs", b"tableStyles", b"colors", b"extLst"),
)


class _Lists:
    """A style sheet's lists as raw elements, with those that wait to be appended."""

    def __init__(self, xml: Xml) -> None:
        self.xml = xml
        self._new: dict[bytes, list[bytes]] = {}

    @cached_property
    def _sections(self) -> dict[bytes, Element]:
        root = self.xml.root
        return {child.name: child for child in self.xml.children(root.inner, root.end)}

    def items(self, name: bytes) -> list[bytes]:
        """The elements of a list."""
        section = self._sections.get(name)
        old = [] if section is None else self.xml.children(section.inner, section.end)
        return [self.xml.body[e.start : e.end] for e in old] + self._new.get(name, [])

    def index(self, name: bytes, item: bytes, *, again: bool = True) -> int:
        """Where the list has this element; appended if it has not, or if it is not to be used
        `again`.
        """
        items = self.items(name)
        if again and item in items:
            return items.index(item)
        self._new.setdefault(name, []).append(item)
        return len(items)

    def rewritten(self) -> bytes:
        """The part with what was appended."""
        splices: list[Splice] = []
        for name, new in self._new.items():
            count = b"%d" % len(self.items(name))
            section = self._sections.get(name)
            if section is None:
                tag = b'<%s%s count="%s">' % (self.xml.prefix, name, count)
                place, end_tag = self._place(name), b"</%s%s>" % (self.xml.prefix, name)
                splices.append((place, place, tag + b"".join(new) + end_tag))
                continue
            ending = b"</%s%s>" % (self.xml.prefix, name) if section.end == section.inner else b""
            changed = with_attribute(opened(self.xml.tag(section)), b"count", count)
            splices.append((section.start, section.inner, changed))
            end = self.xml.close(section)
            splices.append((end, end, b"".join(new) + ending))
        return self.xml.rewritten(splices)

    def _place(self, name: bytes) -> int:
        earlier = _ORDER[: _ORDER.index(name)]
        ends = [s.end for kind, s in self._sections.items() if kind in earlier]
        return max(ends, default=self.xml.root.inner)


class Adopter:
    """Takes over cell formats; `save` puts them into the package."""

    def __init__(self, package: Package, part: str, source: Xml) -> None:
        """`part` is the style sheet of `package`, `source` that of the other workbook."""
        self._package, self._part = package, part
        self._ours, self._theirs = _Lists(package.xml(part)), _Lists(source)
        self._known: dict[int, int] = {}

    def format(self, index: int) -> int:
        """The cell format that looks like theirs."""
        if index not in self._known:
            xf = self._theirs.items(b"cellXfs")[index]
            end = xf.index(b">") + 1
            tag, found = xf[:end], attributes(xf[:end])
            for name, items in _LISTS.items():
                raw = self._raw(self._theirs.items(items)[int(found.get(name, b"0"))])
                tag = with_attribute(tag, name, b"%d" % self._ours.index(items, raw))
            number = self._number_format(int(found.get(b"numFmtId", b"0")))
            tag = with_attribute(with_attribute(tag, b"numFmtId", number), b"xfId", b"0")
            self._known[index] = self._ours.index(b"cellXfs", self._raw(tag + xf[end:]))
        return self._known[index]

    def resized(self, index: int, points: bytes) -> int:
        """The cell format that looks like ours of this index, in a font of that many points."""
        xf = self._ours.items(b"cellXfs")[index]
        end = xf.index(b">") + 1
        tag = xf[:end]
        font = self._ours.items(b"fonts")[int(attributes(tag).get(b"fontId", b"0"))]
        font = _in_order(_SIZE.sub(rb"\g<1>%s\g<2>" % points, font))
        number = self._ours.index(b"fonts", font)
        tag = with_attribute(tag, b"fontId", b"%d" % number)
        return self._ours.index(b"cellXfs", tag + xf[end:])

    def differential(self, index: int) -> int:
        """The format of a conditional format that looks like theirs."""
        return self._ours.index(b"dxfs", self._raw(self._theirs.items(b"dxfs")[index]))

    def save(self) -> None:
        """Put what was taken over into the package."""
        self._package.replace(self._part, self._ours.rewritten())

    def _number_format(self, number: int) -> bytes:
        if number < _FIRST_OWN_FORMAT:
            return b"%d" % number
        codes = {self._id(raw): self._code(raw) for raw in self._theirs.items(b"numFmts")}
        ours = {self._code(raw): self._id(raw) for raw in self._ours.items(b"numFmts")}
        code = codes[number]
        if code not in ours:
            ours[code] = max((*ours.values(), _FIRST_OWN_FORMAT - 1)) + 1
            raw = b'<numFmt numFmtId="%d" formatCode="%s"/>' % (ours[code], code)
            self._ours.index(b"numFmts", self._raw(raw))
        return b"%d" % ours[code]

    def _id(self, raw: bytes) -> int:
        return int(attributes(raw).get(b"numFmtId", b"0"))

    def _code(self, raw: bytes) -> bytes:
        return attributes(raw).get(b"formatCode", b"").replace(b'"', b"&quot;")

    def _raw(self, raw: bytes) -> bytes:
        """The element with our prefix."""
        return with_prefix(raw, self._ours.xml.prefix)


def with_prefix(raw: bytes, prefix: bytes) -> bytes:
    """Elements without a prefix as a part with one has them."""
    return _TAG.sub(rb"<\1" + prefix, raw) if prefix else raw


def _in_order(font: bytes) -> bytes:
    """A font with its parts in the order of the schema; one with parts unknown to it as it is."""
    found = list(_IN_FONT.finditer(font))
    if not found or any(part[1] not in _FONT_ORDER for part in found):
        return font
    found.sort(key=lambda part: _FONT_ORDER.index(part[1]))
    first, last = min(part.start() for part in found), max(part.end() for part in found)
    return font[:first] + b"".join(part[0] for part in found) + font[last:]
