"""The master as the workbook open in Excel: what is on screen counts, saved or not.

Through xlwings alone and the small part of it that every engine has: tables, blocks of values,
names of sheets, selection, screen updating, calculation, status bar, save.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.live_tables import CannotTakeError, LiveTable, Undo
from qcity_xl.adapters.tables import expect, lacks_table, preview, read_master
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import CannotEdit, CannotWrite, ChangedMeanwhile, QcityError
from qcity_xl.core.master import Master, Row
from qcity_xl.core.schema import BY_NAME, MASTER
from qcity_xl.core.values import Value, same_meaning

if TYPE_CHECKING:
    import xlwings as xw

_REFUSED = (
    "Excel 不接受写入（{0}）。请先撤销工作表保护、清除筛选、结束正在编辑的格子，再点一次；"
    "内容没有改动。"
)
_DIFFERENT = (
    "「{0}」第{1}行写入后与要写的不一致，已恢复原样。请清除筛选、取消合并单元格，再点一次。"
)


class LiveWorkbook:
    """The open master; `apply` gathers changes, `save` writes them into the sheets all or none."""

    signed = False  # Excel itself warns before it breaks a signature

    def __init__(self, book: "xw.Book", path: Path, *, keeps: bool = False) -> None:
        """Read all tables of `book`, which is saved at `path`. Raises NotAMaster.

        With `keeps` the workbook is saved to disk after each write: for steps that hand things out.
        """
        self.path = path
        self._book = book
        self._keeps = keeps
        self._staged: list[Change] = []
        self._tables = self._read_tables()
        self.master = self._read_master()

    def preview(self, changes: Iterable[Change]) -> Master:
        """The master as it would be after these changes, live formulas included."""
        return preview(self.master, changes)

    def check_free(self) -> None:
        """An open workbook is ours to write."""

    def current(self) -> bytes:
        """The file as last saved. Raises ChangedMeanwhile if the open workbook was edited since."""
        before = self.master
        self._tables = {name: table.again() for name, table in self._tables.items()}
        self.master = self._read_master()
        if _typed_rows(before) != _typed_rows(self.master):
            raise ChangedMeanwhile(self.path.name)
        return load_bytes(self.path)

    def apply(self, changes: Iterable[Change]) -> None:
        """Take these changes; `save` writes them. Raises StaleCell."""
        listed = list(changes)
        expect(self.master, listed)
        self._staged += listed
        self.master = self.master.with_changes(listed)

    def save(self) -> None:
        """Write what was applied; if one cell can't be written, all is as before. CannotEdit."""
        staged, self._staged = self._staged, []
        with _quiet(self._book.app), ExitStack() as undo:
            try:
                for step in self._write(staged):
                    undo.callback(_suppressed, step)
                for name in {change.table for change in staged}:
                    self._tables[name] = self._tables[name].again()
                self.master = self._read_master()
                self._check(staged)
                self._store()
            except QcityError:
                raise
            except CannotTakeError as error:
                raise CannotEdit(self.path.name, str(error)) from error
            except Exception as error:  # whatever the engine raises; Excel says little of why
                words = _REFUSED.format(type(error).__name__)
                raise CannotEdit(self.path.name, words) from error
            undo.pop_all()

    # -- reading

    def _read_tables(self) -> dict[str, LiveTable]:
        found = {table.name: table for sheet in self._book.sheets for table in sheet.tables}
        for table in MASTER:
            if table.name not in found:
                raise lacks_table(self.path.name, table)
        return {t.name: LiveTable(self.path.name, t, found[t.name]) for t in MASTER}

    def _read_master(self) -> Master:
        return read_master({name: table.cells for name, table in self._tables.items()})

    # -- writing

    def _write(self, changes: list[Change]) -> Iterator[Undo]:
        for table in MASTER:
            mine = [change for change in changes if change.table == table.name]
            if mine:
                yield from self._write_table(self._tables[table.name], table.name, mine)

    def _write_table(self, table: LiveTable, name: str, changes: list[Change]) -> Iterator[Undo]:
        lines = {key: line for (owner, key), line in self.master.lines.items() if owner == name}
        added = list(dict.fromkeys(c.row for c in changes if c.adds_row and c.row not in lines))
        free = table.free_lines(lines.values(), len(added))
        missing = len(added) - len(free)
        if missing:
            yield from table.grow(missing)
        fresh = range(table.last + 1, table.last + 1 + missing)
        lines |= dict(zip(added, [*free, *fresh], strict=True))
        # New rows are written whole, so that they make one block.
        whole = [table.columns[c.field] for c in BY_NAME[name].columns if not c.formula]
        cells: dict[tuple[int, int], Value] = {
            (lines[r], col): None for r in added for col in whole
        }
        cells |= {(lines[c.row], table.columns[c.field]): c.new for c in changes}
        yield from table.write(cells)
        gone = {lines[c.row] for c in changes if c.drops_row} - {
            lines[c.row] for c in changes if c.adds_row
        }
        count = 0
        while table.last - count in gone and not table.has_foreign(table.last - count):
            count += 1
        if count:
            yield from table.shrink(count)

    def _store(self) -> None:
        if self._keeps:
            try:
                self._book.save()
            except Exception as error:
                raise CannotWrite(self.path.name, "Excel 没有存成") from error

    def _check(self, changes: list[Change]) -> None:
        """Excel holds what was written: a merged or filtered range may swallow a value."""
        wanted: dict[tuple[str, str, str], Value] = {}
        for change in changes:
            wanted[change.table, change.row, change.field] = change.new
        for (name, key, field), value in wanted.items():
            found = self.master.tables[name].get(key, {}).get(field)
            if not same_meaning(found, value, BY_NAME[name].column(field).type):
                line = self.master.lines.get((name, key), 0)
                raise CannotTakeError(_DIFFERENT.format(self._tables[name].sheet, line))


def _typed_rows(master: Master) -> dict[str, dict[str, Row]]:
    """What was typed or written, without the results of formulas."""
    stored = {t.name: [c.field for c in t.columns if c.editor != "formula"] for t in MASTER}
    return {
        name: {key: {f: row.get(f) for f in stored[name]} for key, row in rows.items()}
        for name, rows in master.tables.items()
    }


@contextmanager
def _quiet(app: "xw.App") -> Iterator[None]:
    """No repainting, no calculation, no macros of the user's while cells are written."""
    with app.properties(screen_updating=False, calculation="manual", enable_events=False):
        yield


def _suppressed(undo: Undo) -> None:
    # Taking back goes on whatever happens: each step restores cells of its own.
    with suppress(Exception):
        undo()
