"""What a returned workbook holds beside the rows of its tables, cell by cell with its words."""

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache

from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.adapters.packs.contents import load_contents
from qcity_xl.adapters.packs.sheets import Contents, PackSheet, cells_of, said_in
from qcity_xl.adapters.packs.tables import Header, find_header, read_table
from qcity_xl.core.changes import KEY
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.rounds.beside import Beside, Text, reply_key
from qcity_xl.core.rounds.pack import Base, PackRow
from qcity_xl.core.schema.pack import GUIDE_SHEET, IDENTITY_SHEET, PACK, REPLY
from qcity_xl.core.values import tidy

_OTHER = "不是填报的工作表"
_WIDTH = 5  # columns of the sheet of identity


def written_above(contents: Contents, tables: Sequence[Header]) -> Iterator[Text]:
    """What stands above our tables, on 填写说明 and above the remarks of 退回说明."""
    for header in tables:
        yield from _texts(header.table.sheet, header.sheet, header.line)
    for sheet in contents.sheets:
        if sheet.name == GUIDE_SHEET:
            yield from _texts(sheet.name, sheet)
        elif sheet.name == REPLY.sheet and (reply := find_header(REPLY, sheet)):
            yield from _texts(sheet.name, sheet, reply.line)


def _texts(name: str, sheet: PackSheet, below: int = 0) -> Iterator[Text]:
    for line, col, words in cells_of(sheet):
        if below and line >= below:
            return
        yield name, cell_name(line, col), words


@lru_cache(maxsize=2)
def template_texts(template: bytes) -> tuple[Text, ...]:
    """The same of the empty pack, which every pack is made from."""
    contents = load_contents(template, Limits())
    sheets = {sheet.name: sheet for sheet in contents.sheets}
    headers = (find_header(p.table, sheets[p.table.sheet]) for p in PACK)
    return tuple(written_above(contents, [header for header in headers if header]))


def strange_ids(header: Header, rows: Iterable[PackRow], sent: Container[str]) -> Iterator[Beside]:
    """What stands in the column of ids and was not sent there."""
    at = header.columns.get(KEY, 0)
    for row in rows:
        if row.key and row.key not in sent:
            cell = cell_name(row.line, at + 1)
            yield Beside(header.sheet.name, cell, row.key, "不是下发的行键")


def elsewhere(contents: Contents, tables: Sequence[Header], base: Base) -> Iterator[Beside]:
    """Cells of sheets that are not ours, beyond the bounds, and in comments."""
    read = {header.sheet.name for header in tables}
    for sheet in contents.sheets:
        if sheet.name.startswith(IDENTITY_SHEET):
            yield from _unknown_lines(sheet, base)
        elif sheet.name == REPLY.sheet and (header := find_header(REPLY, sheet)):
            yield from _not_in_reply(sheet, header)
        elif sheet.name not in read and sheet.name != GUIDE_SHEET:
            yield from _of_stranger(sheet, tables)
        for cell, raw in sheet.clipped:
            yield Beside(sheet.name, cell, str(tidy(raw) or ""), "在填报范围之外")
    for name, cell, words in contents.comments:
        yield Beside(name, cell, words, "批注")


def _of_stranger(sheet: PackSheet, tables: Sequence[Header]) -> Iterator[Beside]:
    """All of a sheet; of a copy of one of ours what differs from it."""
    likes = (t for t in tables if find_header(t.table, sheet))
    like = next(likes, None)
    same = {(line, col): words for line, col, words in cells_of(like.sheet)} if like else {}
    for line, col, words in cells_of(sheet):
        if same.get((line, col)) != words:
            yield Beside(sheet.name, cell_name(line, col), words, _OTHER)


def _unknown_lines(sheet: PackSheet, base: Base) -> Iterator[Beside]:
    """What was written into the sheet of identity beside its own lines."""
    names = {"@", *base}
    for line, cells in sheet.rows:
        ours = cells[0] in names or said_in(sheet, line, 1, cells[0]) in names
        if ours and len(cells) <= _WIDTH:
            continue
        for col, raw in enumerate(cells, 1):
            words = said_in(sheet, line, col, raw)
            if words and (col > _WIDTH or not ours):
                yield Beside(sheet.name, cell_name(line, col), words, _OTHER)


def _not_in_reply(sheet: PackSheet, header: Header) -> Iterator[Beside]:
    """What a unit wrote on 退回说明: what is not as we wrote it."""
    rows = read_table(REPLY, header, ()).rows
    ours = {row.line for row in rows if row.key == reply_key(row.key, row.values)}
    own = {index + 1 for index in header.columns.values()}
    for line, col, words in cells_of(sheet, header.line - 1):
        if line not in {*ours, header.line} or col not in own:
            yield Beside(sheet.name, cell_name(line, col), words, "写在退回说明里")
