"""The cells of a table's new rows and of those it loses."""

from qcity_xl.adapters.ooxml.cells import Where
from qcity_xl.adapters.ooxml.guards import check_cell
from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.ooxml.tables import Table


def fill_rows(table: Table, sheet: Sheet, last_row: int) -> bool:
    """Make the cells down to `last_row`: style of the last row, formulas of calculated columns.

    Whether a formula was written.
    """
    info, formulas, prefix = table.info, table.formulas(), sheet.xml.prefix
    rows = range(info.last_row + 1, last_row + 1)
    sheet.copy_height(info.last_row, rows)
    for col in range(info.first_col, info.last_col + 1):
        model = sheet.cell(info.last_row, col)
        if model is None and col not in formulas:
            continue
        style = model.style if model else sheet.style_at(info.last_row, col)
        text, array = formulas.get(col, (b"", False))
        for row in rows:
            if not text and sheet.style_at(row, col) == style:
                continue  # it looks right without a cell
            cell = sheet.touch(row, col)
            cell.style = style
            if text:
                kind = b' t="array" ref="%s"' % cell_name(row, col).encode() if array else b""
                cell.formula = b"<%sf%s>%s</%sf>" % (prefix, kind, text, prefix)
    return bool(formulas)


def empty_rows(table: Table, sheet: Sheet, keep: int) -> bool:
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
    formulas, calculated = any(cell.formula for _, cell in cells), table.formulas()
    for where, _ in cells:
        if where.row > info.first_row + 1:
            sheet.remove(where.row, where.col)
        else:
            kept = sheet.touch(where.row, where.col)
            if where.col not in calculated:
                kept.drop_formula()
            kept.put(b"", b"")
    return formulas
