"""What an edit must not do to a sheet: every refusal in one place."""

from collections.abc import Iterable

from qcity_xl.adapters.ooxml.cells import RawCell, Scalar, Where
from qcity_xl.adapters.ooxml.errors import (
    ArrayFormula,
    HoldsFormula,
    InMergedCell,
    InTableHeader,
    SharedFormula,
    TableBlocked,
)
from qcity_xl.adapters.ooxml.refs import Rect, cell_name
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.ooxml.tables import TableInfo, TablePart


def check_cell(sheet: Sheet, where: Where, cell: RawCell | None, over_formula: bool) -> None:
    """Refuse what would break a formula, or write where nobody can see it.

    Raises InMergedCell, ArrayFormula, HoldsFormula, SharedFormula.
    """
    _, row, col = where
    for block in sheet.merged:
        if block.holds(row, col) and (row, col) != (block.top, block.left):
            raise InMergedCell(*where, block, cell_name(block.top, block.left))
    for block in sheet.arrays:
        if block.holds(row, col):
            raise ArrayFormula(*where, block)
    if cell and cell.formula:
        if not over_formula:
            raise HoldsFormula(*where)
        if sheet.shares(cell.formula):
            raise SharedFormula(*where)


def check_headers(tables: Iterable[TablePart], where: Where, value: Scalar) -> None:
    """Refuse a header that would no longer be the column's name: Excel would repair it.

    A table with data in that cell is told so. Raises InTableHeader.
    """
    for table in tables:
        info = table.info
        if info.sheet != where.sheet or not info.first_col <= where.col <= info.last_col:
            continue
        if info.first_row < where.row <= info.last_row:
            table.use()
        elif where.row == info.first_row and table.header:
            index = where.col - info.first_col
            if info.columns[index : index + 1] != (value,):
                raise InTableHeader(*where, info.name)


def check_free(
    sheet: Sheet,
    info: TableInfo,
    last_row: int,
    tables: Iterable[TableInfo],
    *,
    filled: bool = False,
) -> None:
    """Refuse to let a table grow over anything; over cells that hold something only if `filled`.

    `tables` are those of the workbook, this one included. Raises TableBlocked.
    """
    block = info.block(info.last_row + 1, last_row)
    others = (other for other in tables if other.name != info.name and other.sheet == info.sheet)
    what = _in_the_way(sheet, block, others)
    if what is None and not filled and (cell := sheet.first_filled(block)):
        what = f"单元格 {cell} 的内容"
    if what:
        raise TableBlocked(info.name, info.sheet, what)


def _in_the_way(sheet: Sheet, block: Rect, tables: Iterable[TableInfo]) -> str | None:
    for other in tables:
        if other.block(other.first_row, other.last_row + other.totals_row).meets(block):
            return f"表格「{other.name}」"
    if merged := next((rect for rect in sheet.merged if rect.meets(block)), None):
        return f"合并单元格 {merged} "
    if array := next((rect for rect in sheet.arrays if rect.meets(block)), None):
        return f"数组公式 {array} "
    return None
