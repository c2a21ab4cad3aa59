"""A worksheet in place of one of the same name: with its table, its charts and its names."""

import posixpath
import re
from collections.abc import Iterator
from html import unescape

from qcity_xl.adapters.ooxml.adopt import Adopter
from qcity_xl.adapters.ooxml.markup import Splice, attributes, quote, with_attribute
from qcity_xl.adapters.ooxml.new_sheets import free_part, in_their_format, named
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.workbook import Relationship, WorkbookPart, relationships, rels_name

_TYPES = {
    "drawing": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
}
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_NAMED_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!")


def swap_sheet(package: Package, name: str, model: Package, adopter: Adopter) -> None:
    """Put the model's sheet of this name in the place of ours; `adopter` takes its formats over.

    Both have one table; ours keeps its part and its number, and the sheet its place among the tabs.
    Names that stand for cells of the sheet give way to the model's.
    """
    workbook, other = WorkbookPart(package), WorkbookPart(model)
    part, theirs = workbook.worksheet_part(name), other.worksheet_part(name)
    table = next(link.part for link in relationships(package, part).values() if _is_table(link))
    number = attributes(package.xml(table).tag(package.xml(table).root)).get(b"id", b"1")
    for link in relationships(package, part).values():
        if not _is_table(link):
            _remove(package, link.part)
    if rels_name(part) in package:
        package.remove(rels_name(part))
    _take_links(package, part, model, theirs, table)
    new = model.xml(next(k.part for k in relationships(model, theirs).values() if _is_table(k)))
    tag = with_attribute(new.tag(new.root), b"id", number)
    package.replace(table, tag + new.body[new.root.inner :])
    package.replace(part, in_their_format(model.xml(theirs), adopter))
    _swap_names(package, workbook, other, name)


def _is_table(link: Relationship) -> bool:
    return link.kind == "table"


def _remove(package: Package, part: str) -> None:
    """Take a part away with all that it alone is related to."""
    for link in relationships(package, part).values():
        if link.part in package and link.kind != "image":  # pictures may be shared
            _remove(package, link.part)
    for gone in (rels_name(part), part):
        if gone in package:
            package.remove(gone)


def _take_links(package: Package, part: str, model: Package, theirs: str, table: str) -> None:
    """Copy what the model's part is related to, and relate ours to it."""
    lines = []
    for number, link in relationships(model, theirs).items():
        target = table
        if not _is_table(link):
            stem = posixpath.splitext(link.part)[0].rstrip("0123456789")
            target = free_part(package, stem)
            package.add(target, model.part(link.part), _TYPES[link.kind])
            _take_links(package, target, model, link.part, table)
        tag = f'<Relationship Id="{number}" Type="{_LINKS}/{link.kind}" Target="/{target}"/>'
        lines.append(tag.encode())
    if lines:
        package.add_untyped(rels_name(part), _HEAD + b"".join(lines) + b"</Relationships>")


def _swap_names(package: Package, workbook: WorkbookPart, other: WorkbookPart, name: str) -> None:
    xml, prefix = workbook.xml, workbook.xml.prefix
    index = [entry.name for entry in workbook.sheets].index(name)
    there = [entry.name for entry in other.sheets].index(name)
    splices: list[Splice] = [(start, end, b"") for _, start, end in names_on(workbook, name, index)]
    added = [_defined(prefix, key, text) for key, text in _texts_on(other, name)]
    own = other.names_of(there).items()
    added += [_defined(prefix, key, text, b' localSheetId="%d"' % index) for key, text in own]
    package.replace(xml.part, xml.rewritten(splices))
    if added:
        now = package.xml(xml.part)
        package.replace(xml.part, now.rewritten([named(now, b"".join(added))]))


def _defined(prefix: bytes, name: str, text: str, scope: bytes = b"") -> bytes:
    inner = quote(name), scope, quote(text)
    return b'<%sdefinedName name="%s"%s>%s</%sdefinedName>' % (prefix, *inner, prefix)


def _texts_on(workbook: WorkbookPart, sheet: str) -> Iterator[tuple[str, str]]:
    for name, start, _ in names_on(workbook, sheet):
        element = workbook.xml.element(start)
        text = workbook.xml.body[element.inner : workbook.xml.close(element)]
        yield name, unescape(text.decode())


def names_on(workbook: WorkbookPart, sheet: str, index: int = -1) -> Iterator[tuple[str, int, int]]:
    """The names of the workbook that stand for cells of a sheet, and those that are the own ones
    of the sheet `index`: each with where it begins and ends in the workbook part.
    """
    xml = workbook.xml
    found = xml.child(xml.root, b"definedNames")
    for element in xml.children(found.inner, found.end) if found else ():
        given = attributes(xml.tag(element))
        scope = given.get(b"localSheetId")
        text = unescape(xml.body[element.inner : xml.close(element)].decode())
        sheets = {(a or b).replace("''", "'") for a, b in _NAMED_SHEET.findall(text)}
        mine = sheets == {sheet} if scope is None else scope == b"%d" % index
        if mine:
            yield unescape(given.get(b"name", b"").decode()), element.start, element.end


def own_parts(package: Package, part: str) -> Iterator[str]:
    """A part and all that it is related to, such as a sheet with its table and charts."""
    yield part
    for link in relationships(package, part).values():
        yield from own_parts(package, link.part)


def only_sheet(package: Package, sheet: str) -> Package:
    """The workbook with this sheet as the only one in its list, and no names."""
    copy, workbook = package.copy(), WorkbookPart(package)
    xml, prefix = workbook.xml, workbook.xml.prefix
    listed = xml.child(xml.root, b"sheets")
    tags = list(xml.children(listed.inner, listed.end)) if listed else []
    index = [entry.name for entry in workbook.sheets].index(sheet)
    one = xml.body[tags[index].start : tags[index].end]
    head = xml.body[: xml.root.inner]
    inner = prefix, one, prefix, prefix
    copy.replace(xml.part, head + b"<%ssheets>%s</%ssheets></%sworkbook>" % inner)
    return copy
