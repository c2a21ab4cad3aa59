"""What both workbook adapters do alike: tables to a master, changes held against it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.core.changes import KEY, Change
from qcity_xl.core.errors import NotAMaster, StaleCell
from qcity_xl.core.master import Master, Row, Rows, Stray
from qcity_xl.core.rollup import roll_up
from qcity_xl.core.schema import BY_NAME, Table
from qcity_xl.core.values import Value, same_meaning


@dataclass(frozen=True, slots=True)
class TableCells:
    """The cells of one table: `columns` has the sheet column of each field, counted from 1.

    `lines` has each line of the table, by its row on the sheet.
    """

    columns: Mapping[str, int]
    lines: Iterable[tuple[int, dict[str, Value]]]


def lacks_table(book: str, table: Table) -> NotAMaster:
    """The error for a table that is gone."""
    return NotAMaster(book, f"「{table.sheet}」的表格 {table.name}")


def find_columns(book: str, table: Table, headers: Sequence[str], first: int) -> dict[str, int]:
    """Sheet column of each field, the first header standing in `first`. Raises NotAMaster."""
    at = {header: first + i for i, header in enumerate(headers)}
    lacking = [column.header for column in table.columns if column.header not in at]
    if lacking:
        raise NotAMaster(book, f"「{table.sheet}」的列“{'、'.join(lacking)}”")
    return {column.field: at[column.header] for column in table.columns}


def read_master(cells: Mapping[str, TableCells]) -> Master:
    """The master; a row without a key, or with one used before, is a stray."""
    tables: dict[str, Rows] = {}
    places: dict[tuple[str, str], int] = {}
    strays: list[Stray] = []
    for name, found in cells.items():
        formulas = {c.field for c in BY_NAME[name].columns if c.editor == "formula"}
        rows: dict[str, Row] = {}
        for line, row in found.lines:
            key = str(row[KEY]) if row[KEY] is not None else ""
            if key and key not in rows:
                rows[key] = row
                places[name, key] = line
            elif any(v is not None for f, v in row.items() if key or f not in formulas):
                strays.append(Stray(name, line, key))
        tables[name] = rows
    letters = {
        (name, field): cell_name(1, col)[:-1]
        for name, found in cells.items()
        for field, col in found.columns.items()
    }
    return Master(tables, places, letters, tuple(strays))


def expect(master: Master, changes: Iterable[Change]) -> None:
    """Each cell holds `old`, or what an earlier change of the list gives it. Raises StaleCell."""
    given: dict[tuple[str, str, str], Value] = {}
    for change in changes:
        place = (change.table, change.row, change.field)
        row = master.tables[change.table].get(change.row, {})
        found = given.get(place, row.get(change.field))
        table = BY_NAME[change.table]
        column = table.column(change.field)
        if not same_meaning(found, change.old, column.type):
            where = f"「{table.sheet}」{change.row} 的“{column.header}”"
            raise StaleCell(where, change.old, found)
        given[place] = change.new


def preview(master: Master, changes: Iterable[Change]) -> Master:
    """The master as it would be after these changes, live formulas included."""
    after = master.with_changes(changes)
    rollup = roll_up(after)
    cells = [Change(*place, None, value) for place, value in rollup.cells.items()]
    return replace(after.with_changes(cells), figures={**after.figures, **rollup.cards})
