"""What people and programs do to a pack, as functions from bytes to bytes."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
from openpyxl.workbook import Workbook

from qcity_xl.adapters.ooxml import Book
from qcity_xl.core.schema.pack import PACK, PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS, PackTable
from qcity_xl.core.values import Value
from tests.adapters.ooxml.build import zipped

TASKS, CRITERIA, EVIDENCE = PACK_TASKS, PACK_CRITERIA, PACK_EVIDENCE
Cells = Mapping[tuple[PackTable, int, str], Value]  # table, row from 0, field
CORE = "docProps/core.xml"
HONEST: Cells = {
    (TASKS, 0, "progress"): "已完成",
    (TASKS, 0, "note"): "已落实",
    (TASKS, 0, "done_on"): dt.date(2016, 5, 1),
    (CRITERIA, 0, "answer"): "达成",
    (EVIDENCE, 0, "title"): "食品安全认证推广通知",
    (EVIDENCE, 0, "number"): "常食药监〔2016〕8号",
    (EVIDENCE, 0, "dated"): dt.date(2016, 3, 15),
    (EVIDENCE, 0, "location"): "佐证/1.pdf",
}


def filled(data: bytes, cells: Cells) -> bytes:
    """The pack with cells filled in place, as Excel would leave it."""
    book = Book.read(data)
    for (table, row, field), value in cells.items():
        info = book.tables[table.table.name]
        col = info.first_col + info.columns.index(table.table.column(field).header)
        book.set(info.sheet, info.first_row + 1 + row, col, value)
    return book.to_bytes()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def edited(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part rewritten; the edit must change it."""
    parts = parts_of(data)
    new = edit(parts[part])
    assert new != parts[part], f"{part} is as it was"
    return zipped({**parts, part: new})


def saved(data: bytes, when: str) -> bytes:
    """The pack as saved at that time, 2016-05-01T08:00:00Z."""
    return edited(
        data, CORE, lambda body: re.sub(rb"(:modified[^>]*>)[^<]*", rb"\g<1>" + when.encode(), body)
    )


def sheet_part(data: bytes, sheet: str) -> str:
    """The part of a sheet of a pack."""
    return f"xl/worksheets/sheet{list(Book.read(data).sheets).index(sheet) + 1}.xml"


def in_sheet(data: bytes, sheet: str, old: str, new: str) -> bytes:
    """The workbook with text of one sheet's part replaced (a regular expression), once."""
    return edited(
        data,
        sheet_part(data, sheet),
        lambda body: re.sub(old.encode(), new.encode(), body, count=1, flags=re.DOTALL),
    )


def cell_xml(data: bytes, sheet: str, cell: str, xml: str) -> bytes:
    """The workbook with one cell's element replaced."""
    return in_sheet(data, sheet, rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', xml)


def by_openpyxl(data: bytes, edit: Callable[[Workbook], object]) -> bytes:
    """The workbook loaded, edited and saved by another program: shared strings, all parts new."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def sheet_names() -> list[str]:
    """The sheets that a unit fills."""
    return [table.table.sheet for table in PACK]
