"""The workbook part: sheets, defined names, when to calculate."""

import copy
import posixpath
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache, partial
from typing import Literal, NamedTuple, Self
from xml.etree import ElementTree as ET

from qcity_xl.adapters.ooxml.cells import element_text
from qcity_xl.adapters.ooxml.errors import (
    BinaryWorkbook,
    LastVisibleSheet,
    MissingPart,
    NotAWorksheet,
    UnknownSheet,
)
from qcity_xl.adapters.ooxml.markup import (
    Element,
    Splice,
    Xml,
    attributes,
    escape,
    is_true,
    with_attribute,
)
from qcity_xl.adapters.ooxml.moves import LastRowMove, LastRowMoves
from qcity_xl.adapters.ooxml.package import CONTENT_TYPES, Package
from qcity_xl.adapters.ooxml.refs import Rect, column_letters, parse_rect
from qcity_xl.adapters.ooxml.tables import TablePart

_SMALL = 4_096  # bytes
SheetState = Literal["visible", "hidden", "veryHidden"]

# What may stand before calcPr (ECMA-376 part 1, 18.2.27).
_BEFORE_CALC = frozenset(
    b"fileVersion fileSharing workbookPr AlternateContent workbookProtection bookViews sheets"
    b" functionGroups externalReferences definedNames".split()
)
_AREA_NAME = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)", re.ASCII
)
_AREA = re.compile(rb"\$([A-Z]{1,3})\$(\d+):\$([A-Z]{1,3})\$(\d+)")
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_STYLES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="%s">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    b"</styleSheet>"
)
# Names that hold an area: they follow a table wherever they begin.
GROWING = (b"_xlnm.Print_Area", b"_xlnm._FilterDatabase")


class Relationship(NamedTuple):
    """A relationship to another part: the end of its type, the part's name."""

    kind: str
    part: str


class SheetEntry(NamedTuple):
    """A sheet in the workbook's list."""

    name: str
    relationship: str


def relationships(package: Package, part: str) -> dict[str, Relationship]:
    """The relationships of a part by id, external ones left out; "" is the package itself."""
    name = rels_name(part)
    if name not in package:
        return {}
    data = package.part(name)
    # Those of most workbooks are small, and the same in each.
    return dict((_links if len(data) <= _SMALL else _links.__wrapped__)(part, data))


@lru_cache(maxsize=1 << 8)
def _links(part: str, data: bytes) -> dict[str, Relationship]:
    xml = Xml(rels_name(part), data)
    found = {}
    for element in xml.children(xml.root.inner, xml.root.end):
        given = xml.tree(xml.body[element.start : element.end])[0].attrib
        if given.get("TargetMode") != "External":
            target = posixpath.join("/", posixpath.dirname(part), given.get("Target", ""))
            kind = given.get("Type", "").rpartition("/")[2]
            path = posixpath.normpath(target).lstrip("/")
            found[given.get("Id", "")] = Relationship(kind, path)
    return found


def rels_name(part: str) -> str:
    """The part that holds the relationships of a part (ECMA-376 part 2)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class WorkbookPart:
    """The workbook part, with changes that wait to be written."""

    def __init__(self, package: Package) -> None:
        """Find and read the part. Raises MissingPart, BinaryWorkbook, HoldsDtd, DamagedPart."""
        kinds = {rel.kind: rel.part for rel in relationships(package, "").values()}
        if "officeDocument" not in kinds:
            raise MissingPart("xl/workbook.xml")
        if kinds["officeDocument"].lower().endswith(".bin"):
            raise BinaryWorkbook
        self.xml = package.xml(kinds["officeDocument"])
        self.relationships = relationships(package, self.xml.part)
        self._tags = list(self._children(b"sheets"))
        self.sheets = [self._entry(tag) for tag in self._tags]
        self._states: dict[int, SheetState] = {}

    def fresh(self) -> Self:
        """The part as read; what was found in it stays known."""
        self._named_areas, self.date1904  # noqa: B018 - found once for all
        other = copy.copy(self)
        other.relationships, other._states = dict(self.relationships), {}
        return other

    @property
    def part(self) -> str:
        """The part's name."""
        return self.xml.part

    def part_of(self, kind: str) -> str | None:
        """The part that the workbook is related to in that way."""
        return next((rel.part for rel in self.relationships.values() if rel.kind == kind), None)

    @cached_property
    def date1904(self) -> bool:
        """Whether days count from 1904."""
        found = self.xml.child(self.xml.root, b"workbookPr")
        given = attributes(self.xml.tag(found)).get(b"date1904") if found else None
        return is_true(given)

    def cell_of(self, defined_name: str) -> tuple[str, int, int] | None:
        """Sheet, row and column that a name stands for; None if it is not one cell."""
        found = self.area_of(defined_name)
        if found is None or (found[1].top, found[1].left) != (found[1].bottom, found[1].right):
            return None
        return found[0], found[1].top, found[1].left

    def area_of(self, defined_name: str) -> tuple[str, Rect] | None:
        """Sheet and cells that a name stands for; None if they are not one rectangle."""
        return self._named_areas.get(defined_name.casefold())

    def sheet_part(self, name: str) -> str | None:
        """The part of the worksheet of this name; None if there is none."""
        for entry in self.sheets:
            link = self.relationships.get(entry.relationship)
            if entry.name == name and link is not None and link.kind == "worksheet":
                return link.part
        return None

    def worksheet_part(self, name: str) -> str:
        """The same; raises UnknownSheet, NotAWorksheet where there is none."""
        if part := self.sheet_part(name):
            return part
        names = [entry.name for entry in self.sheets]
        raise NotAWorksheet(name) if name in names else UnknownSheet(name, "、".join(names))

    def tables(self, package: Package) -> Iterator[TablePart]:
        """The tables of all sheets, in the order of the tabs."""
        for entry in self.sheets:
            link = self.relationships.get(entry.relationship)
            links = relationships(package, link.part) if link else {}
            for rel in links.values():
                if rel.kind == "table":
                    yield TablePart(entry.name, package.xml(rel.part))

    def names_of(self, index: int) -> dict[str, str]:
        """The names that are a sheet's own, such as its print titles, with what they stand for."""
        own = (self._parsed(element) for element in self._names)
        mine = [name for name in own if name.get("localSheetId") == str(index)]
        return {name.get("name", ""): name.text or "" for name in mine}

    def set_state(self, index: int, state: SheetState) -> None:
        """Show or hide a sheet. Raises LastVisibleSheet."""
        states = {**{i: self._state(i) for i in range(len(self.sheets))}, index: state}
        if "visible" not in states.values():
            raise LastVisibleSheet(self.sheets[index].name)
        self._states[index] = state

    def splices(self, moves: LastRowMoves, recalculate: bool) -> list[Splice]:
        """The changes of the part; print areas follow `moves`."""
        changes: list[Splice] = []
        for index, state in self._states.items():
            element = self._tags[index]
            tag = with_attribute(self.xml.tag(element), b"state", state.encode())
            changes.append((element.start, element.inner, tag))
        if moves:
            changes += self._moved_names(moves)
        if recalculate:
            changes.append(self._recalculating())
        return changes

    @cached_property
    def _named_areas(self) -> dict[str, tuple[str, Rect]]:
        areas: dict[str, tuple[str, Rect]] = {}
        for element in self._names:
            given = self._parsed(element)
            match = _AREA_NAME.fullmatch((given.text or "").strip())
            rect = parse_rect(match[3]) if match else None
            if match and rect:
                sheet = match[1].replace("''", "'") if match[1] else match[2]
                name = given.get("name", "").casefold()
                areas.setdefault(name, (sheet, rect))
        return areas

    @cached_property
    def _names(self) -> list[Element]:
        """The defined names, those of the whole workbook first."""
        names = self._children(b"definedNames")
        return sorted(names, key=lambda name: b"localSheetId" in self.xml.tag(name))

    def _children(self, container: bytes) -> Iterator[Element]:
        found = self.xml.child(self.xml.root, container)
        return self.xml.children(found.inner, found.end) if found else iter(())

    def _parsed(self, element: Element) -> ET.Element:
        raw = self.xml.body[element.start : element.end]
        return self.xml.tree(raw)[0]

    def _entry(self, element: Element) -> SheetEntry:
        given = self._parsed(element).attrib
        link = next((v for key, v in given.items() if key.endswith("relationships}id")), "")
        return SheetEntry(given.get("name", ""), link)

    def _state(self, index: int) -> str:
        given = attributes(self.xml.tag(self._tags[index])).get(b"state", b"visible")
        return self._states.get(index) or given.decode()

    def _recalculating(self) -> Splice:
        """calcPr with fullCalcOnLoad (18.2.2), made where the schema wants it."""
        found = self.xml.child(self.xml.root, b"calcPr")
        if found:
            tag = with_attribute(self.xml.tag(found), b"fullCalcOnLoad", b"1")
            return found.start, found.inner, tag
        root = self.xml.root
        before = [c.end for c in self.xml.children(root.inner, root.end) if c.name in _BEFORE_CALC]
        place = before[-1] if before else root.inner
        return place, place, b'<%scalcPr fullCalcOnLoad="1"/>' % self.xml.prefix

    def _moved_names(self, moves: LastRowMoves) -> Iterator[Splice]:
        """Print areas and filter ranges that end with a table follow it."""
        sheets = {b"%d" % index: entry.name for index, entry in enumerate(self.sheets)}
        for element in self._names:
            given = attributes(self.xml.tag(element))
            if given.get(b"name") in GROWING and element.end > element.inner:
                sheet = sheets.get(given.get(b"localSheetId", b""), "")
                start, end = element.inner, self.xml.close(element)
                text = old = self.xml.body[start:end]
                for move in moves.get(sheet, ()):
                    text = _AREA.sub(partial(_moved_area, move), text)
                if text != old:
                    yield start, end, text


def shared_strings(package: Package, workbook: WorkbookPart) -> list[str]:
    """The texts that cells name by their index."""
    xml = package.xml(workbook.part_of("sharedStrings") or "xl/sharedStrings.xml")
    root = xml.tree(xml.body[xml.root.inner : xml.close(xml.root)])
    return [element_text(item) for item in root if item.tag.endswith("}si")]


def add_styles(package: Package, workbook: WorkbookPart) -> str:
    """A styles part for a workbook without one, with the format of every cell; its name."""
    declared = workbook.part_of("styles")
    part = declared or posixpath.join(posixpath.dirname(workbook.part), "styles.xml")
    root = attributes(workbook.xml.tag(workbook.xml.root))
    main = root.get(b"xmlns:" + workbook.xml.prefix[:-1] if workbook.xml.prefix else b"xmlns", b"")
    if b'"/%s"' % part.encode() in package.part(CONTENT_TYPES):
        package.add_untyped(part, _STYLES % main)
    else:
        package.add(part, _STYLES % main, _STYLES_TYPE)
    if declared:
        return part
    links = package.xml(rels_name(workbook.part))
    first = next(links.children(links.root.inner, links.root.end))
    kind = attributes(links.tag(first)).get(b"Type", b"").rpartition(b"/")[0] + b"/styles"
    place = links.close(links.root)
    relation = b'<%sRelationship Id="qcStyles" Type="%s" Target="styles.xml"/>' % (
        links.prefix,
        kind,
    )
    package.replace(links.part, links.rewritten([(place, place, relation)]))
    workbook.relationships["qcStyles"] = Relationship("styles", part)
    return part


def drop_calc_chain(package: Package, workbook: WorkbookPart) -> None:
    """Excel rebuilds the chain; one that names a cell without a formula it would repair."""
    part = workbook.part_of("calcChain")
    if part is None:
        return
    if part in package:
        package.remove(part)
    links = package.xml(rels_name(workbook.part))
    cuts = [
        (element.start, element.end, b"")
        for element in links.children(links.root.inner, links.root.end)
        if attributes(links.tag(element)).get(b"Type", b"").endswith(b"/calcChain")
    ]
    package.replace(links.part, links.rewritten(cuts))


def _moved_area(move: LastRowMove, match: re.Match[bytes]) -> bytes:
    # The first column may be hidden, so that what a person selects begins at the second.
    area = parse_rect(match[0].decode()) or Rect(0, 0, 0, 0)
    if area.bottom != move.old or area.left > move.right or area.right < move.left:
        return match[0]
    left, right = column_letters(area.left), column_letters(area.right)
    return f"${left}${area.top}:${right}${move.new}".encode()


def replace_words(package: Package, workbook: WorkbookPart, old: str, new: str) -> None:
    """Put other words in place of these in all worksheets, "" for none."""
    for link in workbook.relationships.values() if old else ():
        if link.kind == "worksheet":
            said = package.part(link.part).replace(escape(old), escape(new))
            package.replace(link.part, said)
