"""The finished file: the same bytes for the same content, whenever it is written."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from qcity_xl.adapters.ooxml.cells import Where, cached_xml
from qcity_xl.adapters.templates.rows import Body
from qcity_xl.adapters.templates.style import ACCENT
from qcity_xl.core.values import Value

_SPARKLINES = "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_STAMP = dt.datetime(2024, 1, 1)
_ZIP_STAMP = (1980, 1, 1, 0, 0, 0)
_FIXED_HEIGHT = re.compile(rb'(<row r="(\d+)"[^>]*?) customHeight="1"')
_CHARACTER = re.compile(rb"&#(1[6-9]\d|[2-9]\d\d|\d{4,7});")  # but for those that are no text
_BLANK_RESULT = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*)(><f>[^<]*</f>)<v ?(?:/>|></v>)')
_AFTER_IGNORED = re.compile(rb"<drawing |<legacyDrawing|<tableParts|</worksheet>")
_FONT, _FONT_CHILD = re.compile(rb"(?<=<font>).*?(?=</font>)"), re.compile(rb"<(\w+)[^>]*/>")
# As the schema of fonts has them (ECMA-376 part 1, CT_Font); openpyxl puts the name first.
_FONT_ORDER = (
    b"b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
).split()


@dataclass(frozen=True, slots=True)
class Finish:
    """What openpyxl can't say of a sheet, or not fast enough.

    Rows from `first_row` on keep their height only until someone edits them; no green triangle
    for numbers stored as text in `text_cells`, a list of ranges. `body` holds the table's rows,
    `results` what the formulas beside it give, by cell; `sparklines` the cells that small charts
    draw, by the cell that each stands in.
    """

    first_row: int
    text_cells: str = ""
    body: Body | None = None
    results: Mapping[str, Value] = field(default_factory=dict)
    sparklines: Mapping[str, str] = field(default_factory=dict)


_NO_FINISHES: Mapping[str, Finish] = {}


def packed(book: Workbook, title: str, finishes: Mapping[str, Finish] = _NO_FINISHES) -> bytes:
    """The workbook as a file with fixed times, each sheet with its finish, if it has one."""
    properties = book.properties
    properties.creator, properties.title = "qcity_xl", title
    properties.created = properties.modified = _STAMP
    raw = io.BytesIO()
    # Workbook.save would put the present time into the properties; its writer does not.
    ExcelWriter(book, zipfile.ZipFile(raw, "w")).save()
    parts = {
        f"xl/worksheets/sheet{number}.xml": finishes[sheet.title]
        for number, sheet in enumerate(book.worksheets, 1)
        if sheet.title in finishes
    }

    def part(name: str, data: bytes) -> bytes:
        data = _CHARACTER.sub(_in_utf8, data)
        if name in parts:
            return _finished(data, parts[name])
        return _ordered_fonts(data) if name == "xl/styles.xml" else data

    return rezipped(raw.getvalue(), part)


def rezipped(package: bytes, part: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with each part as `part` makes it of its name and bytes, at a fixed time.

    A part of which it makes None is left out.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = part(name, old.read(name))
            if data is None:
                continue
            info = zipfile.ZipInfo(name, _ZIP_STAMP)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(info, data)
    return out.getvalue()


def _in_utf8(reference: re.Match[bytes]) -> bytes:
    """A character that openpyxl writes by its number, as itself: a third of the bytes to read."""
    return chr(int(reference[1])).encode()


def _finished(sheet: bytes, finish: Finish) -> bytes:
    def loosened(match: re.Match[bytes]) -> bytes:
        return match[1] if int(match[2]) >= finish.first_row else match[0]

    sheet = _with_results(sheet, finish.results) if finish.results else sheet
    filled = finish.body.put_into(sheet) if finish.body else sheet
    sheet = _FIXED_HEIGHT.sub(loosened, filled)
    if finish.sparklines:
        sheet = sheet.replace(b"</worksheet>", _drawn(finish.sparklines) + b"</worksheet>")
    if not finish.text_cells:
        return sheet
    cells = finish.text_cells.encode()
    mark = b'<ignoredErrors><ignoredError sqref="%b" numberStoredAsText="1"/></ignoredErrors>'
    return _AFTER_IGNORED.sub(lambda found: mark % cells + found[0], sheet, count=1)


def _drawn(sparklines: Mapping[str, str]) -> bytes:
    """Columns over a zero line (MS-XLSX 2.6.46); openpyxl has no sparklines."""
    each = "".join(
        f"<x14:sparkline><xm:f>{area}</xm:f><xm:sqref>{cell}</xm:sqref></x14:sparkline>"
        for cell, area in sparklines.items()
    )
    look = f'<x14:colorSeries rgb="FF{ACCENT}"/>'
    group = (
        '<x14:sparklineGroup manualMin="0" type="column" displayEmptyCellsAs="gap"'
        f' displayHidden="1" minAxisType="custom">{look}<x14:sparklines>{each}</x14:sparklines>'
        "</x14:sparklineGroup>"
    )
    return (
        f'<extLst><ext uri="{_SPARKLINES}" xmlns:x14="{_X14}"><x14:sparklineGroups'
        f' xmlns:xm="{_XM}">{group}</x14:sparklineGroups></ext></extLst>'
    ).encode()


def _with_results(sheet: bytes, results: Mapping[str, Value]) -> bytes:
    """The sheet with the results of these formulas, which openpyxl leaves blank."""

    def told(cell: re.Match[bytes]) -> bytes:
        if (name := cell[2].decode()) not in results:
            return cell[0]
        kind, content = cached_xml(b"", results[name], False, Where("", 0, 0))
        typed = b' t="%b"' % kind if kind else b""
        return cell[1] + typed + cell[3] + content

    return _BLANK_RESULT.sub(told, sheet)


def _ordered_fonts(styles: bytes) -> bytes:
    """xl/styles.xml as openpyxl wrote it, its fonts in the order that strict readers ask for."""
    return _FONT.sub(_ordered, styles)


def _ordered(font: re.Match[bytes]) -> bytes:
    """What stands in a font, in the order that strict readers ask for."""
    children = sorted(_FONT_CHILD.finditer(font[0]), key=lambda child: _FONT_ORDER.index(child[1]))
    return b"".join(child[0] for child in children)
