"""A unit's workbook: an in-place edit of workbook/pack.xlsx."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.ooxml import Book, Package
from qcity_xl.adapters.ooxml.choices import Prompts
from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.adapters.ooxml.workbook import WorkbookPart
from qcity_xl.adapters.packs.years import (
    answer_fields,
    column_of,
    lock_others,
    named_after_years,
    under_years,
)
from qcity_xl.adapters.resources import pack_template
from qcity_xl.core.changes import KEY
from qcity_xl.core.master.row_heights import heights_of
from qcity_xl.core.rounds.pack import Base, PackContent, base_lines
from qcity_xl.core.schema.base import Table
from qcity_xl.core.schema.pack import (
    IDENTITY_SHEET,
    PACK,
    PACK_CRITERIA,
    PACK_TASKS,
    WHOSE,
    PackTable,
)
from qcity_xl.core.values import Value

_LEVEL = 1  # of zlib: parts are a ninth larger than at its usual one, in six tenths of the time
_PAPER = "FFFFFF"
_WORKBOOK = "xl/workbook.xml"
_AREA = (
    rb'<definedName name="_xlnm.Print_(?:Area|Titles)" localSheetId="%d"[^>]*>[^<]*</definedName>'
)


def make_pack(content: PackContent) -> bytes:
    """One unit's workbook, of the blank pack that ships, which a process reads once."""
    return _maker().pack(content)


@cache
def _maker() -> "PackMaker":
    return PackMaker(load_bytes(pack_template()))


class PackMaker:
    """Makes packs of one template, which is read once."""

    def __init__(self, template: bytes) -> None:
        """Raises an OoxmlError that says what is wrong with the template."""
        self._book = Book.read(template)
        self._book.recalculate_on_load = False  # a pack has values alone

    def pack(self, content: PackContent) -> bytes:
        """One unit's workbook. The same content gives the same bytes."""
        book = self._book.fresh()
        fill_pack(book, content, content.base)
        return pack_file(book, content, _LEVEL)


def pack_file(book: Book, content: PackContent, level: int = 6) -> bytes:
    """The pack as a file, with its owner in the footers of its pages."""
    whose = f"{content.identity.unit} {content.identity.round}".replace("&", "&&")
    data = book.to_bytes(level, (WHOSE, whose))
    empty = [p.table.sheet for p in PACK[1:] if not content.rows[p.table.name]]
    if not (empty or content.all_years):
        return data
    package = Package.read(data)
    _not_printed(package, [book.sheets.index(sheet) for sheet in empty])
    if content.all_years:
        info = book.tables[PACK_CRITERIA.table.name]
        named_after_years(
            package,
            (WorkbookPart(package).worksheet_part(info.sheet), info.part),
            content.all_years,
        )
    return package.to_bytes(level)


def _not_printed(package: Package, sheets: Sequence[int]) -> None:
    """Take away the areas to print of these sheets, hidden as they are: LibreOffice would print
    them.
    """
    said = package.part(_WORKBOOK)
    for index in sheets:
        said = re.sub(_AREA % index, b"", said)
    package.replace(_WORKBOOK, said)


def fill_pack(book: Book, content: PackContent, base: Base) -> dict[tuple[str, int], int]:
    """Write the pack into its template; the line of each row by table and index."""
    places: dict[tuple[str, int], int] = {}
    for name, value in content.headline.items():
        place = book.name_ref(name)
        if place:
            book.set(*place, value)
    for pack_table in PACK:
        table = pack_table.table
        rows: Sequence[Mapping[str, Value]] = content.rows[table.name]
        if pack_table is PACK_CRITERIA:
            table, rows = pack_table.laid_out, under_years(content)
        if not rows:
            _nothing_asked(book, pack_table)
        for index, (line, row) in enumerate(zip(fill(book, table, rows), rows, strict=True)):
            places[table.name, index] = line
            if pack_table is PACK_CRITERIA:
                _offer(book, content, line, str(row[KEY]))
    book.fill_blank(IDENTITY_SHEET, base_lines(content.identity, base))
    return places


def _nothing_asked(book: Book, pack_table: PackTable) -> None:
    """A table without rows: its sheet is hidden; on the first one, its row looks like no answer."""
    if pack_table is not PACK_TASKS:
        book.set_sheet_state(pack_table.table.sheet, "hidden")
        return
    info = book.tables[pack_table.table.name]
    for col in range(info.first_col, info.last_col + 1):
        book.flag(info.sheet, info.first_row + 1, col, _PAPER)


def fill(book: Book, table: Table, rows: Sequence[Mapping[str, Value]]) -> range:
    """Write the rows of a table, the first one into the template's prototype; their lines."""
    info = book.tables[table.name]
    columns = {c.field: info.first_col + info.columns.index(c.header) for c in table.columns}
    placed = [
        {col: value for field, col in columns.items() if (value := row.get(field)) is not None}
        for row in rows
    ]
    first = book.fill_table(table.name, placed)
    for line, points in enumerate(heights_of(table, rows), first):
        book.fit_row(info.sheet, line, points)
    return range(first, first + len(rows))


def _offer(book: Book, content: PackContent, line: int, key: str) -> None:
    """What may be answered, in the cells where the answer belongs; the others are locked."""
    if content.all_years:
        lock_others(book, content, line, key)
    if (question := content.answering.get(key)) is None:
        return
    sheet, said = PACK_CRITERIA.table.sheet, question.allowed[:200]
    for col in map(column_of, answer_fields(content, key)):
        if question.choices:
            prompts = Prompts("请从列表选择", said)
            book.add_list_validation(sheet, line, col, question.choices, prompts)
        elif entry := question.entry(cell_name(line, col)):
            prompts = Prompts("这个数不可能", said)
            book.add_formula_validation(sheet, line, col, entry, prompts)
