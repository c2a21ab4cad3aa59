"""Dropdowns and conditional formats of a sheet as a whole: found, added, changed, taken away.

`validations.py` edits single cells and follows growing tables; here a rule is one of a column.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from qcity_xl.adapters.ooxml.markup import Element, Splice, Xml, attributes, opened, with_attribute
from qcity_xl.adapters.ooxml.refs import Rect, parse_rects
from qcity_xl.adapters.ooxml.rows import RowTags

VALIDATIONS, FORMATS = b"dataValidations", b"conditionalFormatting"
# What may stand between sheetData and these (ECMA-376 part 1, 18.3.1.99).
_BEFORE_FORMATS = frozenset(
    b"sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState"
    b" dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting".split()
)
_PRIORITY = re.compile(rb'(<(?:[\w.-]++:)?cfRule\s[^>]*?priority=")(\d+)(")')


class SheetRule(NamedTuple):
    """A validation, or a conditional format with all its rules: its element, its blocks."""

    element: Element
    rects: list[Rect]


def find_rules(xml: Xml, kind: bytes) -> Iterator[SheetRule]:
    """The validations or the conditional formats of a sheet."""
    for element in _tail(xml):
        if element.name == kind == VALIDATIONS:
            inside = xml.children(element.inner, element.end)
            yield from (SheetRule(child, _rects(xml, child)) for child in inside)
        elif element.name == kind:
            yield SheetRule(element, _rects(xml, element))


def added_validation(xml: Xml, raw: bytes) -> bytes:
    """The part with one more validation, an element with its sqref."""
    container = next((e for e in _tail(xml) if e.name == VALIDATIONS), None)
    prefix = xml.prefix
    if container is None:
        data = b'<%sdataValidations count="1">%s</%sdataValidations>' % (prefix, raw, prefix)
        place = _place(xml, _BEFORE_FORMATS)
        return xml.rewritten([(place, place, data)])
    count = sum(1 for _ in xml.children(container.inner, container.end)) + 1
    tag = with_attribute(opened(xml.tag(container)), b"count", b"%d" % count)
    close = xml.close(container)
    ending = b"</%sdataValidations>" % prefix if container.end == container.inner else b""
    return xml.rewritten([(container.start, container.inner, tag), (close, close, raw + ending)])


def added_format(xml: Xml, raw: bytes) -> bytes:
    """The part with one more conditional format; its rules come after those that are there."""
    found = _PRIORITY.finditer(xml.body)
    last = max((int(match[2]) for match in found), default=0)

    def later(match: re.Match[bytes]) -> bytes:
        nonlocal last
        last += 1
        return match[1] + b"%d" % last + match[3]

    place = _place(xml, _BEFORE_FORMATS)
    return xml.rewritten([(place, place, _PRIORITY.sub(later, raw))])


def edited_rules(xml: Xml, kind: bytes, edit: Callable[[SheetRule], bytes | None]) -> bytes:
    """The part with each rule as `edit` gives it, b"" for none; None: as it is."""
    splices: list[Splice] = []
    gone = 0
    for rule in find_rules(xml, kind):
        new = edit(rule)
        if new is not None:
            splices.append((rule.element.start, rule.element.end, new))
            gone += new == b""
    container = next((e for e in _tail(xml) if e.name == kind == VALIDATIONS), None)
    if container is not None and gone:
        left = sum(1 for _ in find_rules(xml, kind)) - gone
        if not left:
            return xml.rewritten([(container.start, container.end, b"")])
        tag = with_attribute(xml.tag(container), b"count", b"%d" % left)
        splices.append((container.start, container.inner, tag))
    return xml.rewritten(splices)


def without_column(xml: Xml, kind: bytes, block: Rect) -> bytes:
    """The part with no rule of this kind on the cells of a block one column wide."""

    def edit(rule: SheetRule) -> bytes | None:
        left = [piece for rect in rule.rects for piece in _outside(rect, block)]
        if left == rule.rects:
            return None
        if not left:
            return b""
        raw = xml.body[rule.element.start : rule.element.end]
        return placed(raw, left)

    return edited_rules(xml, kind, edit)


def placed(raw: bytes, rects: list[Rect]) -> bytes:
    """The element on these blocks."""
    end = raw.index(b">") + 1
    return with_attribute(raw[:end], b"sqref", " ".join(map(str, rects)).encode()) + raw[end:]


def _outside(rect: Rect, block: Rect) -> list[Rect]:
    if not rect.meets(block):
        return [rect]
    pieces = (
        rect._replace(right=block.left - 1),
        rect._replace(left=block.right + 1),
        Rect(rect.top, block.left, block.top - 1, block.right),
        Rect(block.bottom + 1, block.left, rect.bottom, block.right),
    )
    return [p for p in pieces if p.left <= p.right and p.top <= p.bottom]


def _rects(xml: Xml, element: Element) -> list[Rect]:
    return parse_rects(attributes(xml.tag(element)).get(b"sqref", b"").decode())


def _tail(xml: Xml) -> Iterator[Element]:
    return xml.children(RowTags(xml).end, len(xml.mask))


def _place(xml: Xml, before: frozenset[bytes]) -> int:
    return max((e.end for e in _tail(xml) if e.name in before), default=RowTags(xml).end)
