"""Worksheet parts packed again, for the reader of values.

It gets no byte of the file's own zip, workbook list or relationships: what is handed on was looked
at before, and stands under the names that it looks for.
"""

from collections.abc import Sequence

from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.package import stored

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def repacked(
    sheets: Sequence[bytes], strings: Xml | None, styles: Xml | None, date1904: bool
) -> bytes:
    """A plain workbook of these worksheet parts, for the reader of values."""
    entries, links = [], []
    for number in range(1, len(sheets) + 1):
        entries.append(b'<sheet name="%d" sheetId="%d" r:id="r%d"/>' % ((number,) * 3))
        links.append(_link(f"r{number}", "worksheet", f"worksheets/sheet{number}.xml"))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": _relationships([_link("r0", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": b'<workbook xmlns="%s" xmlns:r="%s"><workbookPr date1904="%d"/>'
        b"<sheets>%s</sheets></workbook>"
        % (_MAIN.encode(), _LINKS.encode(), date1904, b"".join(entries)),
        "xl/_rels/workbook.xml.rels": _relationships(
            [
                *links,
                _link("rs", "sharedStrings", "sharedStrings.xml"),
                _link("rt", "styles", "styles.xml"),
            ]
        ),
        **{f"xl/worksheets/sheet{n}.xml": body for n, body in enumerate(sheets, 1)},
    }
    for name, xml in (("xl/sharedStrings.xml", strings), ("xl/styles.xml", styles)):
        if xml is not None:
            parts[name] = xml.body[xml.root.start :]
    return stored(parts)


def _link(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{_LINKS}/{kind}" Target="{target}"/>'


def _relationships(links: list[str]) -> bytes:
    inner = "".join(links)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'.encode()
