"""A sheet of another workbook appended with its table, and taken away again."""

import posixpath
import re
from typing import NamedTuple

from qcity_xl.adapters.ooxml.adopt import Adopter, with_prefix
from qcity_xl.adapters.ooxml.errors import SheetThere
from qcity_xl.adapters.ooxml.markup import Splice, Xml, attributes, quote, with_attribute
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.workbook import WorkbookPart, relationships, rels_name

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_LINKS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLE = re.compile(rb'(<(?:c|row|col)\s[^>]*?\s(?:s|style)=")(\d+)(")')
_DIFFERENTIAL = re.compile(rb'(\sdxfId=")(\d+)(")')
_REFERRING = re.compile(rb"<(?:drawing|legacyDrawing|picture|oleObjects|controls)\b[^>]*/>")
_BEFORE_NAMES = frozenset(
    b"fileVersion fileSharing workbookPr AlternateContent workbookProtection bookViews sheets"
    b" functionGroups externalReferences".split()
)


class NewSheet(NamedTuple):
    """A sheet to be appended: its parts, and its print titles and the like by their names."""

    name: str
    sheet: Xml
    table: Xml
    names: dict[str, str]


def add_sheet(package: Package, new: NewSheet, adopter: Adopter) -> None:
    """Append the sheet as the last one. Raises SheetThere."""
    workbook = WorkbookPart(package)
    if new.name in (entry.name for entry in workbook.sheets):
        raise SheetThere(new.name)
    part, table = free_part(package, "xl/worksheets/sheet"), free_part(package, "xl/tables/table")
    known = (package.xml(table.info.part) for table in workbook.tables(package))
    last = max((xml.integer(attributes(xml.tag(xml.root)), b"id") for xml in known), default=0)
    tag = with_attribute(new.table.tag(new.table.root), b"id", b"%d" % (last + 1))
    body = tag + new.table.body[new.table.root.inner :]
    package.add(table, body, _MAIN + "table+xml")
    package.add(part, _adopted(new.sheet, adopter), _MAIN + "worksheet+xml")
    relation = b'<Relationship Id="rId1" Type="%s/table" Target="/%s"/>' % (_LINKS, table.encode())
    head = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    package.add_untyped(rels_name(part), head + relation + b"</Relationships>")
    _list(package, workbook, part, new)


def free_part(package: Package, stem: str) -> str:
    """The first name of a part that is not taken: the stem and a number."""
    taken = {name.lower() for name in package.names}
    return next(n for i in range(1, 9999) if (n := f"{stem}{i}.xml") not in taken)


def _adopted(sheet: Xml, adopter: Adopter) -> bytes:
    body = _REFERRING.sub(b"", in_their_format(sheet, adopter))
    return re.sub(rb'(<tablePart\b[^>]*:id=")[^"]*"', rb'\1rId1"', body)


def in_their_format(sheet: Xml, adopter: Adopter) -> bytes:
    """A sheet of the other workbook with the numbers that its formats have in this one."""
    body = sheet.body[sheet.root.start :]
    body = _STYLE.sub(lambda m: m[1] + b"%d" % adopter.format(int(m[2])) + m[3], body)
    return _DIFFERENTIAL.sub(lambda m: m[1] + b"%d" % adopter.differential(int(m[2])) + m[3], body)


def _list(package: Package, workbook: WorkbookPart, part: str, new: NewSheet) -> None:
    """Name the sheet in the workbook, with its relationship and its own names."""
    links = package.xml(rels_name(workbook.part))
    known = {
        attributes(links.tag(e)).get(b"Id", b"")
        for e in links.children(links.root.inner, links.root.end)
    }
    number = next(n for i in range(1, 9999) if (n := b"rId%d" % i) not in known)
    relation = b'<%sRelationship Id="%s" Type="%s/worksheet" Target="/%s"/>' % (
        links.prefix,
        number,
        _LINKS,
        part.encode(),
    )
    end = links.close(links.root)
    package.replace(links.part, links.rewritten([(end, end, relation)]))
    xml, prefix = workbook.xml, workbook.xml.prefix
    sheets = xml.child(xml.root, b"sheets")
    tags = [xml.tag(e) for e in xml.children(sheets.inner, sheets.end)] if sheets else []
    last = max((int(attributes(tag).get(b"sheetId", b"0")) for tag in tags), default=0)
    tag = b'<%ssheet xmlns:r="%s" name="%s" sheetId="%d" r:id="%s"/>' % (
        prefix,
        _LINKS,
        quote(new.name),
        last + 1,
        number,
    )
    place = xml.close(sheets) if sheets else 0
    splices: list[Splice] = [(place, place, tag)]
    names = b"".join(
        b'<%sdefinedName name="%s" localSheetId="%d">%s</%sdefinedName>'
        % (prefix, name.encode(), len(tags), quote(text), prefix)
        for name, text in new.names.items()
    )
    if names:
        splices.append(named(xml, names))
    package.replace(xml.part, xml.rewritten(splices))


def named(xml: Xml, names: bytes) -> Splice:
    """The splice that adds defined names."""
    found = xml.child(xml.root, b"definedNames")
    if found is not None and found.end > found.inner:
        return xml.close(found), xml.close(found), names
    whole = with_prefix(b"<definedNames>", xml.prefix) + names
    whole += with_prefix(b"</definedNames>", xml.prefix)
    if found is not None:
        return found.start, found.end, whole
    ends = [e.end for e in xml.children(xml.root.inner, xml.root.end) if e.name in _BEFORE_NAMES]
    place = max(ends, default=xml.root.inner)
    return place, place, whole


def drop_sheet(package: Package, name: str) -> None:
    """Take a sheet away with its table and its names; sheets behind it move up."""
    workbook = WorkbookPart(package)
    index = [sheet.name for sheet in workbook.sheets].index(name)
    part = workbook.sheet_part(name) or ""
    for link in relationships(package, part).values():
        package.remove(link.part)
    for own_part in (rels_name(part), part):
        if own_part in package:
            package.remove(own_part)
    links = package.xml(rels_name(workbook.part))
    cuts = [
        (e.start, e.end, b"")
        for e in links.children(links.root.inner, links.root.end)
        if _target(workbook.part, attributes(links.tag(e)).get(b"Target", b"")) == part
    ]
    package.replace(links.part, links.rewritten(cuts))
    xml = workbook.xml
    sheets, names = xml.child(xml.root, b"sheets"), xml.child(xml.root, b"definedNames")
    own = list(xml.children(sheets.inner, sheets.end) if sheets else ())[index]
    splices: list[Splice] = [(own.start, own.end, b"")]
    for defined in xml.children(names.inner, names.end) if names else ():
        tag = xml.tag(defined)
        scope = attributes(tag).get(b"localSheetId", b"")
        if scope == b"%d" % index:
            splices.append((defined.start, defined.end, b""))
        elif scope.isdigit() and int(scope) > index:
            moved = with_attribute(tag, b"localSheetId", b"%d" % (int(scope) - 1))
            splices.append((defined.start, defined.inner, moved))
    splices += _still_in_view(xml, index)
    package.replace(xml.part, xml.rewritten(splices))


def _still_in_view(xml: Xml, gone: int) -> list[Splice]:
    """The splices that keep the sheet in front there, or the first one in its place."""
    views = xml.child(xml.root, b"bookViews")
    splices: list[Splice] = []
    for view in xml.children(views.inner, views.end) if views else ():
        tag = xml.tag(view)
        new, names = tag, (b"activeTab", b"firstSheet")
        for name in names:
            place = xml.integer(attributes(tag), name)
            if place >= gone:
                to = place - 1 if place > gone else 0
                new = with_attribute(new, name, b"%d" % to)
        if new != tag:
            splices.append((view.start, view.inner, new))
    return splices


def _target(part: str, target: bytes) -> str:
    whole = posixpath.join("/", posixpath.dirname(part), target.decode())
    return posixpath.normpath(whole).lstrip("/")
