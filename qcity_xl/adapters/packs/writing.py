"""A unit's workbook: an in-place edit of workbook/pack.xlsx."""

from collections.abc import Mapping

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.core.changes import KEY
from qcity_xl.core.master.row_heights import points_for
from qcity_xl.core.rounds.pack import Base, PackContent, base_lines
from qcity_xl.core.rules import Question
from qcity_xl.core.schema.base import Table
from qcity_xl.core.schema.pack import IDENTITY_SHEET, PACK, PACK_CRITERIA
from qcity_xl.core.values import Value


def pack_bytes(template: bytes, content: PackContent) -> bytes:
    """One unit's workbook. The same content gives the same bytes."""
    book = Book.read(template)
    book.recalculate_on_load = False  # a pack has values alone
    fill_pack(book, content, content.base)
    return book.to_bytes()


def fill_pack(book: Book, content: PackContent, base: Base) -> dict[tuple[str, int], int]:
    """Write the pack into its template; the line of each row by table and index."""
    places: dict[tuple[str, int], int] = {}
    for name, value in content.headline.items():
        place = book.name_ref(name)
        if place:
            book.set(*place, value)
    for pack_table in PACK:
        table = pack_table.table
        rows = content.rows[table.name]
        for index, (line, row) in enumerate(
            zip(lines_for(book, table, len(rows)), rows, strict=True)
        ):
            places[table.name, index] = line
            fill(book, table, line, row)
            answering = content.answering.get(str(row[KEY]))
            if pack_table is PACK_CRITERIA and answering:
                _offer(book, table, line, answering)
    book.fill_blank(IDENTITY_SHEET, base_lines(content.identity, base))
    return places


def lines_for(book: Book, table: Table, count: int) -> list[int]:
    """The template's prototype row, then as many new ones as are needed."""
    first = book.tables[table.name].first_row + 1
    if count > 1:
        book.append_rows(table.name, count - 1)
    return list(range(first, first + count))


def fill(book: Book, table: Table, line: int, row: Mapping[str, Value]) -> None:
    """Write a row of a table; blank cells are left alone."""
    info = book.tables[table.name]
    for column in table.columns:
        value = row.get(column.field)
        if value is not None:
            col = info.first_col + info.columns.index(column.header)
            book.set(info.sheet, line, col, value)
    book.fit_row(info.sheet, line, points_for(table, row))


def _offer(book: Book, table: Table, line: int, question: Question) -> None:
    info = book.tables[table.name]
    col = info.first_col + info.columns.index(table.column("answer").header)
    said = question.allowed[:200]
    if question.choices:
        book.add_list_validation(
            info.sheet, line, col, question.choices, error_title="请从列表选择", error=said
        )
    elif entry := question.entry(cell_name(line, col)):
        book.add_formula_validation(
            info.sheet, line, col, entry, error_title="这个数不可能", error=said
        )
