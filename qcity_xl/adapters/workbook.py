"""The master as a file on disk: read its tables, apply changes, save."""

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from qcity_xl.adapters.ooxml import Book, TableInfo
from qcity_xl.adapters.ooxml.errors import OoxmlError
from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.core.changes import KEY, Change
from qcity_xl.core.errors import ChangedMeanwhile, FileInUse, FileUnreadable, NotAMaster, StaleCell
from qcity_xl.core.master import Master, Row, Rows, Stray
from qcity_xl.core.rollup import roll_up
from qcity_xl.core.schema import BY_NAME, MASTER, Table
from qcity_xl.core.schema.cards import CARDS
from qcity_xl.core.values import Value, same_meaning, tidy

_LOCKS = (("~$", "", "Excel 或 WPS"), (".~lock.", "#", "LibreOffice"))


def load_bytes(path: Path) -> bytes:
    """The file's content; FileUnreadable in a Chinese sentence if that fails."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileUnreadable(path.name, "没有这个文件") from error
    except OSError as error:
        raise FileUnreadable(path.name, error.strerror or "系统不允许读取") from error


def sha256_of(data: bytes) -> str:
    """SHA-256 of a file's content as hex digits."""
    return hashlib.sha256(data).hexdigest()


class WorkbookFile:
    """One master workbook, read once; `apply` gathers edits, `save` writes them all or none."""

    def __init__(self, path: Path, data: bytes) -> None:
        """Read tables and values from `data`; NotAMaster if a table or column is lacking."""
        self.path = path
        self.sha256 = sha256_of(data)
        try:
            self._book = Book.read(data)
            self._grids = _grids(data)
        except (OoxmlError, CalamineError) as error:
            raise FileUnreadable(path.name, str(error)) from error
        self._columns = {t.name: self._find_columns(t) for t in MASTER}
        self.master = self._read_master()

    @classmethod
    def open(cls, path: Path) -> "WorkbookFile":
        """The master at `path`."""
        return cls(path, load_bytes(path))

    @property
    def signed(self) -> bool:
        """Whether the workbook has a digital signature, which a write breaks."""
        return self._book.signed

    def apply(self, changes: Iterable[Change]) -> None:
        """Write these changes and refresh the cached values of all live formulas.

        StaleCell if a cell holds something else than `old`; then nothing is written.
        """
        listed = list(changes)
        for change in listed:
            self._expect(change)
        self._grow([c for c in listed if c.adds_row])
        for change in listed:
            self._write(change)
        self._shrink([c for c in listed if c.drops_row])
        self.master = self.master.with_changes(listed)
        self._refresh()

    def preview(self, changes: Iterable[Change]) -> Master:
        """The master as it would be after these changes, live formulas included."""
        after = self.master.with_changes(changes)
        rollup = roll_up(after)
        cells = [Change(*place, None, value) for place, value in rollup.cells.items()]
        return replace(after.with_changes(cells), figures={**after.figures, **rollup.cards})

    def to_bytes(self) -> bytes:
        """The workbook with all edits."""
        return self._book.to_bytes()

    def save(self) -> None:
        """Replace the file, all or nothing; refused if it is open somewhere or was changed."""
        check_free(self.path)
        if sha256_of(load_bytes(self.path)) != self.sha256:
            raise ChangedMeanwhile(self.path.name)
        data = self.to_bytes()
        self._book.save(self.path)
        self.sha256 = sha256_of(data)

    # -- reading

    def _table(self, table: Table) -> TableInfo:
        info = self._book.tables.get(table.name)
        if info is None:
            raise NotAMaster(self.path.name, f"「{table.sheet}」的表格 {table.name}")
        return info

    def _find_columns(self, table: Table) -> dict[str, int]:
        info = self._table(table)
        at = {header: info.first_col + i for i, header in enumerate(info.columns)}
        lacking = [column.header for column in table.columns if column.header not in at]
        if lacking:
            raise NotAMaster(self.path.name, f"「{table.sheet}」的列“{'、'.join(lacking)}”")
        return {column.field: at[column.header] for column in table.columns}

    def _read_master(self) -> Master:
        tables: dict[str, Rows] = {}
        lines: dict[tuple[str, str], int] = {}
        strays: list[Stray] = []
        for table in MASTER:
            rows: dict[str, Row] = {}
            for line, row in self._lines(table):
                key = str(row[KEY]) if row[KEY] is not None else ""
                if key and key not in rows:
                    rows[key] = row
                    lines[table.name, key] = line
                elif any(value is not None for value in row.values()):
                    strays.append(Stray(table.name, line, key))
            tables[table.name] = rows
        letters = {
            (name, field): cell_name(1, col)[:-1]
            for name, columns in self._columns.items()
            for field, col in columns.items()
        }
        return Master(tables, lines, letters, tuple(strays), self._read_figures())

    def _lines(self, table: Table) -> Iterable[tuple[int, dict[str, Value]]]:
        info, columns = self._table(table), self._columns[table.name]
        grid = self._grids[info.sheet]
        formulas = {c.field for c in table.columns if c.editor == "formula"}
        for line in range(info.first_row + 1, info.last_row + 1):
            cells = grid[line - 1] if line <= len(grid) else []
            row = {f: cells[c - 1] if c <= len(cells) else None for f, c in columns.items()}
            if row[KEY] is None:
                row |= dict.fromkeys(formulas)
            yield line, row

    def _read_figures(self) -> dict[str, Value]:
        places = {card.name: self._book.name_ref(card.name) for card in CARDS}
        return {
            name: _at(self._grids[place[0]], place[1], place[2])
            for name, place in places.items()
            if place
        }

    # -- writing

    def _place(self, table: str, row: str, field: str) -> tuple[str, int, int]:
        line = self.master.lines[table, row]
        return self._table(BY_NAME[table]).sheet, line, self._columns[table][field]

    def _expect(self, change: Change) -> None:
        row = self.master.tables[change.table].get(change.row)
        found = row.get(change.field) if row else None
        kind = BY_NAME[change.table].column(change.field).type
        if not same_meaning(found, change.old, kind):
            table = BY_NAME[change.table]
            place = f"「{table.sheet}」{change.row} 的“{table.column(change.field).header}”"
            raise StaleCell(place, change.old, found)

    def _grow(self, added: list[Change]) -> None:
        lines = dict(self.master.lines)
        for table in MASTER:
            keys = [change.row for change in added if change.table == table.name]
            for key, line in zip(keys, self._free_lines(table, len(keys)), strict=True):
                lines[table.name, key] = line
        self.master = replace(self.master, lines=lines)

    def _free_lines(self, table: Table, count: int) -> list[int]:
        """Blank lines of the table first, then new ones at its end."""
        if not count:
            return []
        info = self._table(table)
        width = range(info.first_col - 1, info.last_col)
        grid = self._grids[info.sheet]
        formulas = {self._columns[table.name][c.field] - 1 for c in table.columns if c.formula}
        taken = {line for (name, _), line in self.master.lines.items() if name == table.name}
        blank = [
            line
            for line in range(info.first_row + 1, info.last_row + 1)
            if line not in taken
            and all(_at(grid, line, col + 1) in (None, "") for col in width if col not in formulas)
        ][:count]
        missing = count - len(blank)
        first = self._book.append_rows(table.name, missing) if missing else 0
        return [*blank, *range(first, first + missing)]

    def _write(self, change: Change) -> None:
        sheet, line, col = self._place(change.table, change.row, change.field)
        self._book.set(sheet, line, col, change.new)

    def _shrink(self, dropped: list[Change]) -> None:
        """Give back blank lines at the end of a table; blank lines inside it stay for reuse."""
        lines = dict(self.master.lines)
        for table in MASTER:
            gone = {lines.pop((table.name, c.row)) for c in dropped if c.table == table.name}
            last = self._table(table).last_row
            count = 0
            while last - count in gone:
                count += 1
            if count:
                self._book.drop_last_rows(table.name, count)
        self.master = replace(self.master, lines=lines)

    def _refresh(self) -> None:
        rollup = roll_up(self.master)
        changed: list[Change] = []
        for (table, row, field), value in rollup.cells.items():
            if not same_meaning(self.master.tables[table][row].get(field), value):
                sheet, line, col = self._place(table, row, field)
                self._book.set_cached(sheet, line, col, value)
                changed.append(Change(table, row, field, None, value))
        figures = {}
        for name, value in rollup.cards.items():
            place = self._book.name_ref(name)
            if place and not same_meaning(self.master.figures.get(name), value):
                self._book.set_cached(*place, value)
                figures[name] = value
        self.master = replace(
            self.master.with_changes(changed), figures={**self.master.figures, **figures}
        )


def check_free(path: Path) -> None:
    """FileInUse if a lock file beside it says that a spreadsheet program has it open."""
    for before, after, program in _LOCKS:
        if path.with_name(f"{before}{path.name}{after}").exists():
            raise FileInUse(path.name, program)


def _grids(data: bytes) -> Mapping[str, list[list[Value]]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = {name: workbook.get_sheet_by_name(name) for name in workbook.sheet_names}
    return {
        name: [[tidy(cell) for cell in line] for line in sheet.to_python(skip_empty_area=False)]
        for name, sheet in sheets.items()
    }


def _at(grid: list[list[Value]], line: int, col: int) -> Value:
    return (
        tidy(grid[line - 1][col - 1]) if line <= len(grid) and col <= len(grid[line - 1]) else None
    )
