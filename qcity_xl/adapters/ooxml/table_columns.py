"""Columns that a table gains or loses at its right edge, in its part and in its sheet."""

import re
from collections.abc import Iterator

from qcity_xl.adapters.ooxml.cells import xstring
from qcity_xl.adapters.ooxml.errors import DamagedPart
from qcity_xl.adapters.ooxml.markup import (
    Element,
    Splice,
    Xml,
    attributes,
    opened,
    quote,
    with_attribute,
    without_attribute,
)
from qcity_xl.adapters.ooxml.refs import Rect, parse_rect
from qcity_xl.adapters.ooxml.rows import RowTags


def widened(xml: Xml, header: str, formula: bytes) -> bytes:
    """The table part with one more column; `formula` as XML text, b"" for none."""
    columns = _columns(xml)
    known = list(xml.children(columns.inner, columns.end))
    number = max((xml.integer(attributes(xml.tag(c)), b"id") for c in known), default=0) + 1
    prefix = xml.prefix
    tag = b'<%stableColumn id="%d" name="%s"' % (prefix, number, quote(xstring(header)))
    inner = _calculated(xml, formula)
    new = b"%s>%s</%stableColumn>" % (tag, inner, prefix) if formula else tag + b"/>"
    place = xml.close(columns)
    return xml.rewritten([*_resized(xml, columns, 1), (place, place, new)])


def narrowed(xml: Xml) -> bytes:
    """The table part without its last column."""
    columns = _columns(xml)
    *_, last = xml.children(columns.inner, columns.end)
    return xml.rewritten([*_resized(xml, columns, -1), (last.start, last.end, b"")])


def recalculated(xml: Xml, index: int, formula: bytes) -> bytes:
    """The table part with another formula for the column of this index, from 0."""
    columns = _columns(xml)
    column = list(xml.children(columns.inner, columns.end))[index]
    found = xml.child(column, b"calculatedColumnFormula")
    if found is None:  # the first child (ECMA-376 part 1, 18.5.1.3)
        new = _calculated(xml, formula)
        if column.inner == column.end:
            new += b"</%stableColumn>" % xml.prefix
        return xml.rewritten([(column.start, column.inner, opened(xml.tag(column)) + new)])
    return xml.rewritten([(found.inner, xml.close(found), formula)])


def _calculated(xml: Xml, formula: bytes) -> bytes:
    name = b"%scalculatedColumnFormula" % xml.prefix
    return b"<%s>%s</%s>" % (name, formula, name)


def _columns(xml: Xml) -> Element:
    columns = xml.child(xml.root, b"tableColumns")
    if columns is None:
        raise DamagedPart(xml.part, "没有 tableColumns")
    return columns


def _resized(xml: Xml, columns: Element, by: int) -> Iterator[Splice]:
    """The splices for the blocks of the table and of its filter, and the number of columns."""
    root = xml.root
    yield root.start, root.inner, _wider(xml.tag(root), by)
    if (found := xml.child(root, b"autoFilter")) is not None:
        yield found.start, found.inner, _wider(xml.tag(found), by)
    count = sum(1 for _ in xml.children(columns.inner, columns.end)) + by
    tag = with_attribute(opened(xml.tag(columns)), b"count", b"%d" % count)
    yield columns.start, columns.inner, tag


def _wider(tag: bytes, by: int) -> bytes:
    block = parse_rect(attributes(tag).get(b"ref", b"").decode())
    if block is None:
        return tag
    ref = Rect(block.top, block.left, block.bottom, block.right + by)
    return with_attribute(tag, b"ref", str(ref).encode())


def col_tag(xml: Xml, col: int) -> bytes:
    """The element that says how wide a column of the sheet is, b"" for none."""
    cols = _cols(xml)
    for child in xml.children(cols.inner, cols.end) if cols else ():
        found = attributes(xml.tag(child))
        if xml.integer(found, b"min") <= col <= xml.integer(found, b"max"):
            return xml.tag(child)
    return b""


def with_col(xml: Xml, col: int, model: bytes) -> bytes:
    """The sheet with a column as wide as `model` says, which is an element of another sheet.

    The format that the column had for its cells stays.
    """
    if not model:
        return xml.rewritten([])
    model = without_attribute(model, b"style")
    cols, tag = _cols(xml), _spanning(model, col, col)
    if cols is None:
        place = RowTags(xml).start
        data = b"<%scols>%s</%scols>" % (xml.prefix, _prefixed(tag, xml.prefix), xml.prefix)
        return xml.rewritten([(place, place, data)])
    for child in xml.children(cols.inner, cols.end):
        found = attributes(xml.tag(child))
        low, high = xml.integer(found, b"min"), xml.integer(found, b"max")
        if low > col:
            return xml.rewritten([(child.start, child.start, _prefixed(tag, xml.prefix))])
        if high >= col:
            old = xml.tag(child)
            if b"style" in found:
                tag = with_attribute(tag, b"style", found[b"style"])
            pieces = [_spanning(old, low, col - 1)] if low < col else []
            pieces.append(_prefixed(tag, xml.prefix))
            pieces += [_spanning(old, col + 1, high)] if high > col else []
            return xml.rewritten([(child.start, child.end, b"".join(pieces))])
    place = xml.close(cols)
    return xml.rewritten([(place, place, _prefixed(tag, xml.prefix))])


def is_folded(xml: Xml, col: int) -> bool:
    """Whether a column of the sheet is in a group of the outline."""
    return attributes(col_tag(xml, col)).get(b"outlineLevel", b"0") != b"0"


def folded(xml: Xml, col: int, *, fold: bool) -> bytes:
    """The sheet with a column in a group of the outline that is closed, or with it back in view.

    One that people hid, or put into a group, stays as it is.
    """
    tag = col_tag(xml, col) or b'<col width="10" customWidth="1"/>'
    if fold:
        if is_folded(xml, col) or attributes(tag).get(b"hidden") in (b"1", b"true"):
            return xml.rewritten([])
        for name in (b"hidden", b"outlineLevel"):
            tag = with_attribute(tag, name, b"1")
    else:
        tag = without_attribute(without_attribute(tag, b"hidden"), b"outlineLevel")
    part = Xml(xml.part, with_col(xml, col, tag))
    form = part.child(part.root, b"sheetFormatPr")  # without its word no + is shown
    if form is None or not fold:
        return part.rewritten([])
    tag = with_attribute(part.tag(form), b"outlineLevelCol", b"1")
    return part.rewritten([(form.start, form.inner, tag)])


def _cols(xml: Xml) -> Element | None:
    found = xml.children(xml.root.inner, RowTags(xml).start)
    return next((child for child in found if child.name == b"cols"), None)


def _spanning(tag: bytes, low: int, high: int) -> bytes:
    tag = with_attribute(with_attribute(tag, b"min", b"%d" % low), b"max", b"%d" % high)
    return tag if tag.endswith(b"/>") else tag[:-1] + b"/>"


def _prefixed(tag: bytes, prefix: bytes) -> bytes:
    return re.sub(rb"^<(?:[\w.-]+:)?", b"<" + prefix, tag)
