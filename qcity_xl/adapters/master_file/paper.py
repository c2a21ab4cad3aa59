"""How a sheet of a master prints: read from its markup and written into it (see `core`'s paper)."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from qcity_xl.adapters.master_file.reading import MasterTables, TableAt
from qcity_xl.adapters.ooxml.adopt import Adopter
from qcity_xl.adapters.ooxml.cells import RawCell
from qcity_xl.adapters.ooxml.markup import (
    Element,
    Xml,
    attributes,
    with_attribute,
    without_attribute,
)
from qcity_xl.adapters.ooxml.rows import RowTags
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.ooxml.table_columns import col_tag, with_col
from qcity_xl.core.changes import GUIDE, Change
from qcity_xl.core.master.paper import (
    BAND,
    FOOT,
    MARGINS,
    PAGE,
    WIDTH,
    paper_of,
    paper_text,
    told_widths,
)
from qcity_xl.core.schema import GUIDE_SHEET

_SIZE = re.compile(rb'<(?:[\w.-]+:)?sz\s+val="([^"]*)"')
_PARTS = ((b"pageMargins", MARGINS), (b"pageSetup", PAGE))
_FOOT_SIZE = re.compile(rb"(?<=&amp;)[0-9]{1,3}(?=\D)")  # ECMA-376 part 1, 18.3.1.46
_HIDDEN = "0"


def read_paper(tables: MasterTables, xml: Xml, table: TableAt | None = None) -> str:
    """How the sheet prints; "" of one that does not say. Without a table that of 使用说明."""
    said: dict[str, str] = {}
    for name, told in _PARTS:
        element = _element(xml, name)
        found = attributes(xml.tag(element)) if element else {}
        said |= {word: found.get(key.encode(), b"").decode() for word, key in told.items()}
    if not any(said.values()):
        return ""
    said[FOOT] = _foot(xml)
    if table is not None:
        said[BAND] = _band(tables, Sheet(table.sheet, xml), table)
        for header in told_widths(table.schema.name):
            if col := table.columns.get(table.schema.by_header[header]):
                found = attributes(col_tag(xml, col))
                hidden = found.get(b"hidden") in (b"1", b"true")
                said[WIDTH + header] = _HIDDEN if hidden else found.get(b"width", b"").decode()
    return paper_text(said)


def put_on_paper(tables: MasterTables, adopter: Adopter, change: Change) -> None:
    """Let a sheet print as the change says; `adopter` is that of the workbook's formats."""
    table = None if change.row == GUIDE else tables.tables[change.table]
    part = tables.workbook.worksheet_part(table.sheet if table else GUIDE_SHEET)
    old, new = paper_of(str(change.old)), paper_of(str(change.new))
    xml = _with_paper(tables.package.xml(part), old, new, table)
    if table and old.get(BAND) != new.get(BAND):
        sheet = Sheet(table.sheet, xml)
        for cell in _band_cells(sheet, table):
            cell.style = adopter.resized(cell.style, new[BAND].encode())
        xml = Xml(part, sheet.rewritten())
    tables.package.replace(part, xml.rewritten([]))


def _with_paper(
    xml: Xml, old: Mapping[str, str], new: Mapping[str, str], table: TableAt | None
) -> Xml:
    """The sheet with the page and the widths that differ between the two."""
    for name, told in _PARTS:
        element = _element(xml, name)
        if element is None:
            continue
        tag = xml.tag(element)
        for word, key in told.items():
            if old.get(word) != new.get(word):
                tag = with_attribute(tag, key.encode(), new[word].encode())
        xml = Xml(xml.part, xml.rewritten([(element.start, element.inner, tag)]))
    if old.get(FOOT) != new.get(FOOT) and (foot := _footer(xml)):
        text = _FOOT_SIZE.sub(new[FOOT].encode(), xml.body[foot.start : foot.end])
        xml = Xml(xml.part, xml.rewritten([(foot.start, foot.end, text)]))
    for word, width in new.items():
        if table is None or not word.startswith(WIDTH) or old.get(word) == width:
            continue
        col = table.columns[table.schema.by_header[word.removeprefix(WIDTH)]]
        tag = col_tag(xml, col)
        if width == _HIDDEN:
            tag = with_attribute(tag, b"hidden", b"1")
        else:
            tag = with_attribute(without_attribute(tag, b"hidden"), b"width", width.encode())
        xml = Xml(xml.part, with_col(xml, col, tag))
    return xml


def _foot(xml: Xml) -> str:
    """The size of what stands at the foot of a page; "" where it has several, or none."""
    foot = _footer(xml)
    sizes = set(_FOOT_SIZE.findall(xml.body[foot.start : foot.end])) if foot else set()
    return sizes.pop().decode() if len(sizes) == 1 else ""


def _footer(xml: Xml) -> Element | None:
    around = _element(xml, b"headerFooter")
    return xml.child(around, b"oddFooter") if around else None


def _band_cells(sheet: Sheet, table: TableAt) -> Iterator[RawCell]:
    """The cells above the header that say who fills its columns."""
    row = table.info.first_row - 1
    for col in range(table.info.first_col, table.info.last_col + 1) if row > 0 else ():
        if sheet.cell(row, col):
            yield sheet.touch(row, col)


def _band(tables: MasterTables, sheet: Sheet, table: TableAt) -> str:
    """The size of the band's font; "" where it has several, or none."""
    part = tables.workbook.part_of("styles")
    row = table.info.first_row - 1
    if part is None or row < 1:
        return ""
    cols = range(table.info.first_col, table.info.last_col + 1)
    found = {sheet.style_at(row, col) for col in cols if sheet.cell(row, col)}
    sizes = _font_sizes(tables.package.xml(part))
    said = {sizes[style] if style < len(sizes) else "" for style in found}
    return said.pop() if len(said) == 1 else ""


@lru_cache(maxsize=1)  # asked for each table of a workbook
def _font_sizes(styles: Xml) -> tuple[str, ...]:
    """The size of the font of each format."""
    fonts = [_SIZE.search(font) for font in _listed(styles, b"fonts")]
    sizes = [size[1].decode() if size else "" for size in fonts]
    numbers = [
        int(attributes(tag[: tag.index(b">") + 1]).get(b"fontId", b"0"))
        for tag in _listed(styles, b"cellXfs")
    ]
    return tuple(sizes[font] if font < len(sizes) else "" for font in numbers)


def _listed(styles: Xml, name: bytes) -> list[bytes]:
    section = styles.child(styles.root, name)
    found = styles.children(section.inner, section.end) if section else ()
    return [styles.body[e.start : e.end] for e in found]


def _element(xml: Xml, name: bytes) -> Element | None:
    after = xml.children(RowTags(xml).end, len(xml.mask))
    return next((child for child in after if child.name == name), None)
