"""Packs as files: an in-place edit of workbook/pack.xlsx out, hostile bytes in."""

import io
from collections.abc import Sequence

from python_calamine import CalamineError, CalamineWorkbook

from qcity_xl.adapters.ooxml import Book, Limits
from qcity_xl.adapters.ooxml.errors import OoxmlError
from qcity_xl.core.changes import KEY
from qcity_xl.core.packs import (
    Answering,
    PackContent,
    PackRow,
    ReturnedPack,
    base_lines,
    parse_base,
)
from qcity_xl.core.schema.base import Table
from qcity_xl.core.schema.pack import IDENTITY_SHEET, PACK, PACK_CRITERIA
from qcity_xl.core.settings import Limits as Bounds
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value, tidy

_HEADER_SEARCH = 40  # a header row further down than this was not sent by us
_MEGABYTE = 1024 * 1024
Grid = Sequence[Sequence[Value]]


class NotAPack(Exception):
    """A file that is no pack; the text says what it is instead, in Chinese."""


# -- writing


def pack_bytes(template: bytes, content: PackContent) -> bytes:
    """One unit's workbook. The same content gives the same bytes."""
    book = Book.read(template)
    book.recalculate_on_load = False  # a pack has values alone
    for name, value in content.headline.items():
        place = book.name_ref(name)
        if place:
            book.set(*place, value)
    for pack_table in PACK:
        rows = content.rows[pack_table.table.name]
        lines = _lines_for(book, pack_table.table, len(rows))
        for line, row in zip(lines, rows, strict=True):
            _fill(book, pack_table.table, line, row)
            answering = content.answering.get(str(row[KEY]))
            if pack_table is PACK_CRITERIA and answering:
                _offer(book, pack_table.table, line, answering)
    for line, cells in enumerate(base_lines(content.identity, content.base), 1):
        for col, value in enumerate(cells, 1):
            if value:
                book.set(IDENTITY_SHEET, line, col, value)
    return book.to_bytes()


def _lines_for(book: Book, table: Table, count: int) -> list[int]:
    """The template's prototype row, then as many new ones as are needed."""
    first = book.tables[table.name].first_row + 1
    if count > 1:
        book.append_rows(table.name, count - 1)
    return list(range(first, first + count))


def _fill(book: Book, table: Table, line: int, row: dict[str, Value]) -> None:
    info = book.tables[table.name]
    for column in table.columns:
        value = row.get(column.field)
        if value is not None:
            col = info.first_col + info.columns.index(column.header)
            book.set(info.sheet, line, col, value)


def _offer(book: Book, table: Table, line: int, answering: Answering) -> None:
    info = book.tables[table.name]
    col = info.first_col + info.columns.index(table.column("answer").header)
    if answering.choices:
        book.add_list_validation(
            info.sheet,
            line,
            col,
            answering.choices,
            error_title="请从列表选择",
            error=answering.allowed[:200],
        )


# -- reading


def read_pack(data: bytes, bounds: Bounds) -> ReturnedPack:
    """A returned pack as values; NotAPack with the reason for anything else.

    Nothing of the file is executed or opened by an application; limits are checked first.
    """
    _check_kind(data)
    try:
        Book.read(data, _limits(bounds))
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = {name: _grid(workbook, name, bounds) for name in workbook.sheet_names}
    except (OoxmlError, CalamineError, ValueError) as error:
        raise NotAPack(f"工作簿读不了：{error}") from error
    found = parse_base(_hidden_lines(grids.get(IDENTITY_SHEET, ())))
    if found is None:
        raise NotAPack(
            "不是本工具下发的填报表（没有内部标识，可能是另存的副本或别的表）；请把下发的原件填好寄回"
        )
    identity, base = found
    notes: list[str] = []
    rows: dict[str, tuple[PackRow, ...]] = {}
    for pack_table in PACK:
        table = pack_table.table
        read = _table_rows(table, grids)
        if isinstance(read, str):
            notes.append(read)
            continue
        rows[table.name] = read
    if not rows:
        raise NotAPack("；".join(notes))
    return ReturnedPack(identity, base, rows, tuple(notes))


def _check_kind(data: bytes) -> None:
    if data[:4] == b"PK\x03\x04":
        return
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise NotAPack("是旧格式（.xls）或加了密码的文件；请去掉密码，另存为 .xlsx 后重报")
    if data[:5] == b"%PDF-":
        raise NotAPack("是 PDF，不是工作簿；请寄回 .xlsx 填报表")
    raise NotAPack("不是 Excel 工作簿；请寄回 .xlsx 填报表" if data else "是空文件；请重新发送")


def _limits(bounds: Bounds) -> Limits:
    return Limits(
        file_bytes=int(bounds.file_mb * _MEGABYTE),
        unpacked_bytes=int(bounds.unpacked_mb * _MEGABYTE),
        ratio=int(bounds.ratio),
        parts=int(bounds.parts),
    )


def _grid(workbook: CalamineWorkbook, name: str, bounds: Bounds) -> Grid:
    grid = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[tidy(cell) for cell in line[: int(bounds.columns)]] for line in grid]


def _hidden_lines(grid: Grid) -> list[tuple[str, str, str, str, str]]:
    lines = []
    for line in grid:
        cells = ["" if cell is None else str(cell) for cell in (*line, *[None] * 5)[:5]]
        lines.append((cells[0], cells[1], cells[2], cells[3], cells[4]))
    return lines


def _table_rows(table: Table, grids: dict[str, Grid]) -> tuple[PackRow, ...] | str:
    """The rows under the table's header wherever it stands, or why there are none."""
    names = sorted(grids, key=lambda name: name != table.sheet)
    headed = ((name, _header(table, grids[name])) for name in names if name != IDENTITY_SHEET)
    name, found = next(((n, h) for n, h in headed if h), ("", None))
    if found is None:
        return f"找不到工作表「{table.sheet}」或它的表头，这一页没有读"
    line, columns = found
    if KEY not in columns:
        return f"「{name}」的隐藏列“行键”被删，认不出行，这一页没有读"
    rows = []
    for number, cells in enumerate(grids[name][line:], line + 1):
        values = {f: cells[c] if c < len(cells) else None for f, c in columns.items()}
        key = values.pop(KEY)
        if key is not None or any(value is not None for value in values.values()):
            rows.append(PackRow("" if key is None else str(key), values, number))
    return tuple(rows)


def _header(table: Table, grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Line count down to the header and the place of each column, by header text."""
    wanted = {fold(column.header): column.field for column in table.columns}
    for number, cells in enumerate(grid[:_HEADER_SEARCH], 1):
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            field = wanted.get(fold(str(cell))) if cell is not None else None
            if field:
                columns.setdefault(field, index)
        if len(columns) * 2 > len(wanted):
            return number, columns
    return None
