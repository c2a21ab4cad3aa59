"""What of a damaged master is still whole, put together with the parts of an older state of it."""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from python_calamine import CalamineError

from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml.errors import OoxmlError
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.salvage import whole_parts
from qcity_xl.adapters.ooxml.workbook import relationships
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.model import Rows
from qcity_xl.core.schema import LOG

_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRUCTURE = ("[Content_Types].xml", "_rels/.rels", _WORKBOOK, _LINKS)
_SHARED, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br=\"(\d{1,7})\"")
_STYLE = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\bs=\"(\d{1,6})\"")
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\s[^<>]*?\bcount=\"(\d{1,6})\"")
_REF = re.compile(rb"(\sref=\"[A-Z]{1,3}\d+:[A-Z]{1,3})(\d+)(\")")


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was found: the tables read whole, and the parts that are broken, with why.

    `carrier` is the workbook to go on with: the damaged one with its broken parts from before,
    where both were written by the same program, else the one from before.
    """

    carrier: bytes
    found: Mapping[str, Rows] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    mixed: bool = False


def salvaged(name: str, data: bytes, before: bytes) -> Salvaged:
    """What a damaged file still has, beside an older state that can be read."""
    whole, broken = whole_parts(data)
    older, _ = whole_parts(before)
    broken |= dict.fromkeys(lost_parts(whole, older), "不见了")
    lent = {part: body for part, body in older.items() if part in broken}
    related = _related(whole, older, lent)
    for part in [part for part in lent if part.startswith("xl/tables/")]:
        lent[part] = _grown(part, lent[part], older, whole)
    mixed = _zipped({**lent, **whole})
    tables = _tables(name, mixed)
    if tables is None or not related:
        return Salvaged(before, _trusted(tables, lent) if related else {}, broken)
    found = _trusted(tables, lent)
    if LOG.name in tables.tables and _works(mixed):  # else nothing could be written down in it
        return Salvaged(mixed, found, broken, True)
    return Salvaged(before, found, broken)


def lost_parts(whole: Mapping[str, bytes], older: Mapping[str, bytes]) -> list[str]:
    """The parts of an older state that are gone and still needed: something leads to them."""
    gone = [part for part in older if part not in whole]
    needed = [part for part in gone if part in _STRUCTURE or _leads(part, whole)]
    links = [body for name, body in whole.items() if name.endswith(".rels")]
    links += [older[part] for part in needed if part.endswith(".rels")]
    led = b"".join(links)
    return [
        part
        for part in gone
        if part in needed or posixpath.basename(part).encode() + b'"' in led.replace(b"'", b'"')
    ]


def _leads(part: str, whole: Mapping[str, bytes]) -> bool:
    """Whether these are relationships of a part that is there and goes by them."""
    folder, name = posixpath.split(part)
    owner = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
    return part.endswith(".rels") and b":id=" in whole.get(owner, b"")


def _related(
    whole: Mapping[str, bytes], older: Mapping[str, bytes], lent: Mapping[str, bytes]
) -> bool:
    """Whether parts of one may stand beside those of the other: no other program saved between."""
    shared = [part for part in (_WORKBOOK, _LINKS) if part not in lent]
    same = bool(shared) and all(whole.get(part) == older.get(part) for part in shared)
    if _STYLES in lent and not _styled(whole, lent[_STYLES]):
        return False
    if _SHARED in lent or _STYLES in lent:
        return same
    return same or not lent or not ({_WORKBOOK, _LINKS} & lent.keys())


def _styled(whole: Mapping[str, bytes], styles: bytes) -> bool:
    """Whether these styles have every format that the sheets ask for."""
    sheets = [body for name, body in whole.items() if name.startswith("xl/worksheets/")]
    most = max((int(n) for body in sheets for n in _STYLE.findall(body)), default=0)
    count = _FORMATS.search(styles)
    return count is not None and most < int(count[1])


def _trusted(tables: MasterTables | None, lent: Mapping[str, bytes]) -> dict[str, Rows]:
    """The tables whose sheet is the damaged file's own, and whose header stands where it should."""
    if tables is None:
        return {}
    found: dict[str, Rows] = {}
    for name, table in tables.tables.items():
        area = tables.area(name)
        at = {f: area.at(table.info.first_row, col) for f, col in table.columns.items()}
        heads = {f: str(v) for f, v in at.items() if v is not None}
        fits = all(heads.get(f) == table.texts[col] for f, col in table.columns.items())
        if (
            tables.sheet_part(name) not in lent
            and fits
            and len(table.columns) == len(table.schema.columns)
        ):
            found[name] = dict(tables.master.tables[name])
    return found


def _tables(name: str, data: bytes) -> MasterTables | None:
    try:
        tables = MasterTables(name, Package.read(data))
        _ = [dict(rows) for rows in tables.master.tables.values()]
    except (OoxmlError, CalamineError, QcityError, ValueError, KeyError):
        return None
    return tables


def _works(data: bytes) -> bool:
    from pathlib import Path

    try:
        file = WorkbookFile(Path("总表.xlsx"), data)
        file.apply([])
        WorkbookFile(Path("总表.xlsx"), file.to_bytes())
    except (QcityError, OoxmlError, CalamineError, ValueError, KeyError):
        return False
    return True


def _grown(part: str, body: bytes, older: Mapping[str, bytes], whole: Mapping[str, bytes]) -> bytes:
    """The part of a table from before, down to the last row that its sheet has by now."""
    package = Package.read(_zipped(older))
    sheets = [name for name in whole if name.startswith("xl/worksheets/") and name in package]
    owner = next((s for s in sheets if _has_table(package, s, part)), "")
    last = max(map(int, _ROW.findall(whole.get(owner, b""))), default=0)
    return _REF.sub(lambda m: m[1] + str(max(int(m[2]), last)).encode() + m[3], body)


def _has_table(package: Package, sheet: str, part: str) -> bool:
    return any(rel.part == part for rel in relationships(package, sheet).values())


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return raw.getvalue()
