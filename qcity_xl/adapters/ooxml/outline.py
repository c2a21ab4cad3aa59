"""Rows of a sheet folded away under the row above them (ECMA-376 part 1, 18.3.1.73)."""

from collections.abc import Iterable, Iterator

from qcity_xl.adapters.ooxml.markup import Element, Splice, Xml, attributes, with_attribute
from qcity_xl.adapters.ooxml.rows import RowTags

_HEAD, _BELOW = (b"collapsed",), (b"hidden", b"outlineLevel")


def folded_rows(xml: Xml, groups: Iterable[range]) -> bytes:
    """The sheet with each group of rows closed: its first row stays, with a + to open the others.

    A group of one row has nothing to fold.
    """
    rows = RowTags(xml)
    splices: list[Splice] = []
    for group in groups:
        for number, start, end in rows.tags(group) if len(group) > 1 else ():
            tag = xml.body[start:end]
            for mark in _HEAD if number == group.start else _BELOW:
                tag = with_attribute(tag, mark, b"1")
            splices.append((start, end, tag))
    return xml.rewritten([*splices, *shown_groups(xml, rows.start)] if splices else [])


def fold_marks(groups: Iterable[range]) -> dict[int, bytes]:
    """The same for rows that are yet to be written: what goes into the tag of each."""
    head, below = (b"".join(b' %s="1"' % mark for mark in marks) for marks in (_HEAD, _BELOW))
    found: dict[int, bytes] = {}
    for group in groups:
        if len(group) > 1:
            found |= dict.fromkeys(group, below) | {group.start: head}
    return found


def shown_groups(xml: Xml, data: int) -> Iterator[Splice]:
    """What makes programs draw the +, and that beside the row above (18.3.1.61, 18.3.1.81), where
    `data` begins.
    """
    children = {child.name: child for child in xml.children(xml.root.inner, data)}
    if form := children.get(b"sheetFormatPr"):
        yield _marked(xml, form, b"outlineLevelRow", b"1")
    properties = children.get(b"sheetPr")
    if properties and (outline := xml.child(properties, b"outlinePr")):
        yield _marked(xml, outline, b"summaryBelow", b"0")
        return
    tag = b'<%soutlinePr summaryBelow="0"/>' % xml.prefix
    if properties is None:
        whole = b"<%ssheetPr>%s</%ssheetPr>" % (xml.prefix, tag, xml.prefix)
        yield xml.root.inner, xml.root.inner, whole
        return
    old = xml.tag(properties)
    if old.endswith(b"/>"):
        open_tag = old[:-2].rstrip() + b">" + tag + b"</%ssheetPr>" % xml.prefix
        yield properties.start, properties.inner, open_tag
        return
    colour = xml.child(properties, b"tabColor")  # the one element that stands before it
    place = colour.end if colour else properties.inner
    yield place, place, tag


def _marked(xml: Xml, element: Element, name: bytes, value: bytes) -> Splice:
    tag = xml.tag(element)
    same = attributes(tag).get(name) == value
    return element.start, element.inner, tag if same else with_attribute(tag, name, value)
