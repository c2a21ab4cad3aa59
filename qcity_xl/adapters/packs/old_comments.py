"""Comments of old and foreign formats, of which the reader of their cells says nothing."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from qcity_xl.adapters.biff import comments_in, workbook_stream
from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.adapters.packs.remarks import Comment

if TYPE_CHECKING:
    from lxml.etree import _Element

_OLE, _CELLS = b"\xd0\xcf\x11\xe0", "content.xml"
_MOST, _LARGEST = 10_000, 16 << 20  # comments; bytes of the part that they stand in
_BINARY = re.compile(r"xl/(?:threaded)?comments[^/]*\.bin", re.IGNORECASE)  # of .xlsb
_UNREAD = ("批注", "", "（文件里有批注，读不出内容）")


def old_comments(data: bytes) -> list[Comment]:
    """The comments of such a file, at most 10,000. Damaged ones raise anything."""
    found = _of_xls(data) if data.startswith(_OLE) else _of_zip(data)
    return list(islice(found, _MOST))


def _of_xls(data: bytes) -> Iterator[Comment]:
    for sheet, line, column, words in comments_in(workbook_stream(data)):
        yield sheet, cell_name(line, column), words


def _of_zip(data: bytes) -> Iterator[Comment]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        if any(map(_BINARY.fullmatch, names)):
            yield _UNREAD
        body = package.read(_CELLS) if _CELLS in names else b""
        if b":annotation" in body:
            yield from _of_ods(body) if len(body) <= _LARGEST else [_UNREAD]


def _of_ods(body: bytes) -> Iterator[Comment]:
    """[ODF 1.3] 14.1: an annotation stands in the cell that it is of."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for sheet in etree.fromstring(body, parser).iter("{*}table"):
        line = 0
        for row in sheet.iter("{*}table-row"):
            column = 0
            for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
                for said in cell.iterchildren("{*}annotation"):
                    words = "\n".join("".join(p.itertext()) for p in said.iter("{*}p"))
                    yield _told(sheet, "name"), cell_name(line + 1, column + 1), words
                column += int(_told(cell, "number-columns-repeated") or 1)
            line += int(_told(row, "number-rows-repeated") or 1)


def _told(element: "_Element", name: str) -> str:
    """An attribute of a table, row or cell."""
    return str(element.get(f"{{{element.nsmap[element.prefix]}}}{name}", ""))
