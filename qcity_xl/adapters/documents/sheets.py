"""Workbooks and rows of text as tables: .xlsx, .xls, .ods, .csv and text copied from Excel."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence

from qcity_xl.adapters.biff import Hidden, hidden_of
from qcity_xl.adapters.documents.errors import DocumentDamaged, DocumentTooLarge
from qcity_xl.adapters.documents.opendocument import hidden_of_ods
from qcity_xl.adapters.documents.source import Source
from qcity_xl.core.reading import Cell, Grid, Square, grid_of
from qcity_xl.core.text import number_text

_ROWS, _COLUMNS = 20_000, 64  # of one sheet
_TABS = 2  # so many TABs in a line make it a row


def xlsx_source(name: str, data: bytes) -> Source:
    """The visible cells of a workbook as they show; DocumentDamaged if it can't be read."""
    import openpyxl
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise DocumentDamaged(name, "文件损坏或不完整，不是完好的 Excel 工作簿") from error
    source = Source()
    for sheet in book.worksheets:
        title = f"工作表“{sheet.title}”"
        if sheet.sheet_state != "visible":
            _tell_hidden(source, title, "是隐藏的工作表")
            continue
        _check(name, sheet.max_row, min(sheet.max_column, _COLUMNS))
        assert isinstance(sheet, Worksheet)  # noqa: S101
        rows = {n for n, d in sheet.row_dimensions.items() if d.hidden}
        columns = {
            n
            for d in sheet.column_dimensions.values()
            if d.hidden and d.min and d.max
            for n in range(d.min, min(d.max, _COLUMNS) + 1)
        }
        spans = {
            (r.min_row, r.min_col): (r.size["rows"], r.size["columns"])
            for r in sheet.merged_cells.ranges
        }
        squares, struck = [], []
        for line in sheet.iter_rows(max_col=min(sheet.max_column, _COLUMNS)):
            for cell in line:
                if isinstance(cell, MergedCell) or cell.row in rows or cell.column in columns:
                    continue
                if cell.comment and (said := cell.comment.text.strip()):
                    source.aside.append(Cell(said, f"{title}{cell.coordinate}的批注"))
                text = _shown(cell.value, cell.number_format)
                if text and cell.font.strike:
                    struck.append(text)
                    text = ""
                height, width = spans.get((cell.row, cell.column), (1, 1))
                squares.append(Square(text, cell.row, cell.column, height, width))
        if rows or columns:
            _tell_hidden_lines(source, title, Hidden(rows, columns))
        if struck:
            found = f"{title}有删除线文字“{'、'.join(struck)[:40]}”（{len(struck)}处），没有读入"
            source.tell("hidden-text", title, found, "要用的，请在原文件里恢复成正常文字")
        _add(source, Grid(title, tuple(squares), letters=True, caption=sheet.title))
    return source


def calamine_source(name: str, data: bytes) -> Source:
    """The visible sheets of an .xls or .ods file."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        source, unseen = Source(), hidden_of(data) or hidden_of_ods(data)
        for meta in book.sheets_metadata:
            title = f"工作表“{meta.name}”"
            if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                _tell_hidden(source, title, "是隐藏的工作表")
                continue
            sheet = book.get_sheet_by_name(meta.name)
            values = sheet.to_python(skip_empty_area=False)
            _check(name, len(values), 1)
            spans = {
                (top + 1, left + 1): (bottom - top + 1, right - left + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
            }
            hidden = unseen.get(meta.name, Hidden())
            squares = tuple(
                square
                for square in _spread(values, spans)
                if square.row not in hidden.rows and square.column not in hidden.columns
            )
            if hidden.rows or hidden.columns:
                _tell_hidden_lines(source, title, hidden)
            _add(source, Grid(title, squares, bool(spans), letters=True, caption=meta.name))
    except DocumentTooLarge:
        raise
    except BaseException as error:  # a damaged file makes its reader in Rust panic
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise DocumentDamaged(name, "文件损坏或不完整，不是完好的 Excel 工作簿") from error
    return source


def _spread(
    values: Sequence[Sequence[object]], spans: dict[tuple[int, int], tuple[int, int]]
) -> Iterator[Square]:
    covered = {
        (row + down, column + right)
        for (row, column), (height, width) in spans.items()
        for down in range(min(height, _ROWS))
        for right in range(min(width, _COLUMNS))
        if down or right
    }
    for row, line in enumerate(values, 1):
        for column, value in enumerate(line[:_COLUMNS], 1):
            if (row, column) not in covered:
                yield Square(_shown(value, ""), row, column, *spans.get((row, column), (1, 1)))


def rows_of(text: str) -> list[list[str]] | None:
    """The rows of a text that Excel made with TABs or commas; None for other texts."""
    lines = [line for line in text.splitlines() if line.strip()]
    for mark, least in (("\t", _TABS), (",", _TABS)):
        many = [
            line for line in lines if line.count(mark) >= least and not line.startswith(mark * 9)
        ]
        first = [
            line for line in lines if line.split(mark)[0].strip() and line.count(mark) >= least
        ]
        if len(many) >= 2 and first and (mark == "\t" or 2 * len(many) > len(lines)):
            reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=mark)
            try:
                return [row[:_COLUMNS] for row in reader]
            except csv.Error:
                return None
    return None


def text_grid(rows: Sequence[Sequence[str]]) -> Grid:
    """Rows of text as a table."""
    return grid_of("表格", rows)


def _add(source: Source, grid: Grid) -> None:
    if any(square.text.strip() for square in grid.squares):
        source.blocks.append(grid)


def _check(name: str, rows: int, columns: int) -> None:
    del columns
    if rows > _ROWS:
        raise DocumentTooLarge(name, "一张工作表的行数", rows, _ROWS)


def _tell_hidden(source: Source, title: str, why: str) -> None:
    fix = "要用的，请在 Excel 里取消隐藏后重新读入"
    source.tell("hidden-sheet", title, f"{title}{why}，隐藏的内容没有读入", fix)


def _tell_hidden_lines(source: Source, title: str, hidden: Hidden) -> None:
    _tell_hidden(source, title, f"有{len(hidden.rows)}行、{len(hidden.columns)}列隐藏")


def _shown(value: object, form: str) -> str:
    """A value as its cell shows it."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, int | float):
        if "%" in form:
            decimals = re.search(r"\.(0+)%", form)
            return f"{value * 100:.{len(decimals[1]) if decimals else 0}f}%"
        return number_text(value) if abs(value - round(value, 2)) < 1e-9 else f"{value:.10g}"
    if isinstance(value, dt.datetime | dt.date):
        if "d" not in form.lower() and form not in ("", "General"):
            return f"{value.year}年{value.month}月"
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).strip()
