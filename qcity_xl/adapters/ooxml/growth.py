"""The cells of a table's new rows and of those it loses."""

import re

from qcity_xl.adapters.ooxml.cells import Where
from qcity_xl.adapters.ooxml.guards import check_cell
from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.ooxml.tables import TablePart

# What is no address though it may look like one: text, names of columns, names of sheets.
_QUOTED = re.compile(rb"\"[^\"]*\"|&quot;.*?&quot;|\[[^\[\]]*\]|'[^']*'")
_ADDRESS = re.compile(rb"\$?\b[A-Za-z]{1,3}\$?\d+\b(?!\()|\bR\d*C\d*\b")


def calculated(table: TablePart, sheet: Sheet) -> dict[int, tuple[bytes, bool]]:
    """The formulas of calculated columns: sheet column to XML text and whether an array.

    LibreOffice keeps none for the column; there a formula without addresses of cells counts as
    such that stands in all rows alike.
    """
    found = table.formulas()
    info = table.info
    for col in range(info.first_col, info.last_col + 1):
        model = sheet.cell(info.last_row, col)
        if col in found or model is None or not (text := _plain(model.formula)):
            continue
        rows = range(info.first_row + 1, info.last_row)
        cells = (sheet.cell(row, col) for row in rows)
        if all(cell is not None and _plain(cell.formula) == text for cell in cells):
            found[col] = text, False
    return found


def _plain(formula: bytes) -> bytes:
    """The XML text of a formula of the cell's own that names no cell by its address."""
    tag, _, rest = formula.partition(b">")
    text = rest.rpartition(b"</")[0]
    if b" t=" in tag or _ADDRESS.search(_QUOTED.sub(b"", text)):
        return b""
    return text


def fill_rows(table: TablePart, sheet: Sheet, last_row: int) -> bool:
    """Make the cells down to `last_row`: style of the last row, formulas of calculated columns.

    Cells that hold something already, as a person typed it there, keep it, and any style of theirs.
    Whether a formula was written.
    """
    info, formulas, prefix = table.info, calculated(table, sheet), sheet.xml.prefix
    rows = range(info.last_row + 1, last_row + 1)
    sheet.copy_height(info.last_row, rows)
    for col in range(info.first_col, info.last_col + 1):
        model = sheet.cell(info.last_row, col)
        if model is None and col not in formulas:
            continue
        style = model.style if model else sheet.style_at(info.last_row, col)
        text, array = formulas.get(col, (b"", False))
        for row in rows:
            there = sheet.cell(row, col)
            if there and (there.content or there.formula):
                if not there.style:
                    sheet.touch(row, col).style = style
                continue
            if not text and sheet.style_at(row, col) == style:
                continue  # it looks right without a cell
            cell = sheet.touch(row, col)
            cell.style = style
            if text:
                kind = b' t="array" ref="%s"' % cell_name(row, col).encode() if array else b""
                cell.formula = b"<%sf%s>%s</%sf>" % (prefix, kind, text, prefix)
    return bool(formulas)


def empty_rows(table: TablePart, sheet: Sheet, keep: int) -> bool:
    """Take the cells below row `keep` away; whether there was a formula.

    If `keep` is above the first data row, that one stays and is emptied, but for the formulas of
    calculated columns: the next row grows from it.
    Raises SharedFormula, ArrayFormula, InMergedCell before anything is changed.
    """
    info = table.info
    cells = [
        (Where(info.sheet, row, col), cell)
        for row in range(keep + 1, info.last_row + 1)
        for col in range(info.first_col, info.last_col + 1)
        if (cell := sheet.cell(row, col))
    ]
    for where, cell in cells:
        check_cell(sheet, where, cell, over_formula=True)
    formulas, ours = any(cell.formula for _, cell in cells), calculated(table, sheet)
    for where, _ in cells:
        if where.row > info.first_row + 1:
            sheet.remove(where.row, where.col)
        else:
            kept = sheet.touch(where.row, where.col)
            if where.col not in ours:
                kept.drop_formula()
            kept.put(b"", b"")
    return formulas
