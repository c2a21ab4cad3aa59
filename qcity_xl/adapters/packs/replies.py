"""Replies as files: the pack with its findings on top and the cells marked, or a short text."""

import re
from collections.abc import Mapping

from qcity_xl.adapters.ooxml import Book, Package
from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.adapters.packs.contents import load_contents
from qcity_xl.adapters.packs.tables import find_header, read_table
from qcity_xl.adapters.packs.writing import fill, fill_pack, pack_file
from qcity_xl.adapters.packs.years import answer_fields, column_of
from qcity_xl.core.changes import KEY
from qcity_xl.core.master.settings import Limits as Bounds
from qcity_xl.core.merge.replies import Remark, Reply
from qcity_xl.core.rounds.beside import reply_key
from qcity_xl.core.schema.pack import PACK, PACK_CRITERIA, REPLY
from qcity_xl.core.values import Value

MARK = "FFC78A"  # orange: neither the yellow of own cells nor the red and green of states
_WORKBOOK, _ACTIVE = "xl/workbook.xml", re.compile(rb'activeTab="\d+"')
_TABLES = {pack_table.table.name: pack_table.table for pack_table in PACK}


def reply_bytes(template: bytes, reply: Reply) -> bytes:
    """The unit's workbook with 退回说明 as its first sheet; it can be mended and sent again."""
    book = Book.read(template)
    book.recalculate_on_load = False
    lines = fill_pack(book, reply.content, reply.base)
    rows = []
    for number, remark in enumerate(reply.remarks, 1):
        at = lines.get((remark.table, remark.index), 0)
        columns = _columns(book, reply, remark) if at else []
        rows.append(_remark_row(number, remark, [cell_name(at, column) for column in columns]))
        for column in columns:
            book.flag(remark.sheet, at, column, MARK)
    fill(book, REPLY, rows)
    book.set_sheet_state(REPLY.sheet, "visible")
    return _opening_on_first(pack_file(book, reply.content))


def _opening_on_first(data: bytes) -> bytes:
    """The workbook with its first sheet in front; our template selects no sheet itself."""
    package = Package.read(data)
    part = package.part(_WORKBOOK)
    package.replace(_WORKBOOK, _ACTIVE.sub(b'activeTab="0"', part, count=1))
    return package.to_bytes()


def reply_remarks(data: bytes, bounds: Bounds) -> list[tuple[str, str, str, str]]:
    """What the lines of 退回说明 in a reply say: sheet, cell, found, allowed. Raises NotAPack."""
    for sheet in load_contents(data, bounds).sheets:
        if sheet.name == REPLY.sheet and (header := find_header(REPLY, sheet)):
            rows = (row.values for row in read_table(REPLY, header, ()).rows)
            return [_told(row) for row in rows if row.get("found")]
    return []


def _told(row: Mapping[str, Value]) -> tuple[str, str, str, str]:
    sheet, cell, found, allowed = (
        str(row.get(name) or "") for name in ("sheet", "cell", "found", "allowed")
    )
    return sheet, cell, found, allowed


def refusal_text(name: str, reason: str) -> bytes:
    """What goes back for a file that could not be used, for Notepad as well."""
    lines = (
        f"您报送的文件：{' '.join(name.split())}",
        "这份文件没有采用。",
        f"原因和办法：{reason}。".replace("。。", "。"),
        "有疑问请与办公室联系。",
    )
    return "\r\n".join(lines).encode("utf-8-sig")


def _remark_row(number: int, remark: Remark, cells: list[str]) -> dict[str, Value]:
    table = _TABLES.get(remark.table)
    shown: dict[str, Value] = {
        "sheet": remark.sheet,
        "found": remark.found,
        "allowed": remark.allowed,
        "fix": remark.fix,
    }
    if table and remark.field in table.fields:
        shown["column"] = "整行" if remark.field == KEY else table.column(remark.field).header
        if cells:
            shown["cell"] = cells[0]
    return {**shown, KEY: reply_key(str(number), shown)}


def _columns(book: Book, reply: Reply, remark: Remark) -> list[int]:
    """The columns that a remark speaks of: those of the years, where the answer is given there."""
    table = _TABLES[remark.table]
    if remark.field not in table.fields:
        return []
    if table is PACK_CRITERIA.table and remark.field == "answer":
        key = str(reply.content.rows[table.name][remark.index][KEY])
        return [column_of(name) for name in answer_fields(reply.content, key)]
    info = book.tables[table.name]
    field = table.fields[1] if remark.field == KEY else remark.field
    return [info.first_col + info.columns.index(table.column(field).header)]
