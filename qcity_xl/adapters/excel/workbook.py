"""The master as the workbook open in Excel: what is on screen counts, saved or not.

Through xlwings alone and the small part of it that every engine has: tables, blocks of values,
names of sheets, selection, screen updating, calculation, status bar, save. Each call crosses to
Excel, so a table is read in one, when a step first asks for it.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.excel.folding import fold, unfolded
from qcity_xl.adapters.excel.found import FoundTable, all_shown, find, look_again
from qcity_xl.adapters.excel.reopening import Closed
from qcity_xl.adapters.excel.session import app_of, asking, quiet
from qcity_xl.adapters.excel.table import LiveTable, Undo
from qcity_xl.adapters.master_file.master_tables import (
    as_master,
    check_header,
    check_plan,
    expect,
    preview,
    read_table,
    typed_columns,
)
from qcity_xl.adapters.master_file.room import check_room
from qcity_xl.adapters.ooxml.limits import DEFAULT_LIMITS
from qcity_xl.core.changes import KEY, Change
from qcity_xl.core.errors import CannotEdit, CannotWrite, ChangedMeanwhile, NotReopened, QcityError
from qcity_xl.core.history.folded import operation_lines
from qcity_xl.core.master.lazy import Lazy
from qcity_xl.core.master.model import Layout, Master, Row
from qcity_xl.core.master.table_lines import plan_lines
from qcity_xl.core.master.typed_rows import Typed
from qcity_xl.core.master.upgrade import check_version, schema_layout, version_of
from qcity_xl.core.rounds.own_columns import sent_along
from qcity_xl.core.schema import BY_NAME, LOG, MASTER, SCHEMA_VERSION, Table
from qcity_xl.core.values import Value, same_meaning

if TYPE_CHECKING:
    import xlwings as xw

    from qcity_xl.adapters.master_file.workbook import WorkbookFile

_REFUSED = (
    "Excel 不接受对「{0}」的写入。请先撤销这张表的工作表保护、清除筛选、结束正在编辑的格子，"
    "再点一次；内容没有改动。"
)
_DIFFERENT = (
    "「{0}」第{1}行写入后与要写的不一致，已恢复原样。请清除筛选、取消合并单元格，再点一次。"
)
_HALF = (
    "Excel 中途不接受写入，也没能恢复原样。请不要保存，关闭总表再重新打开，就是这一步之前的内容；"
    "然后再点一次。"
)
_FILTERED = (
    "「{0}」正在筛选，或有手工隐藏的行，加不了行，也减不了行。请先在「{0}」清除筛选、取消隐藏，"
    "再点一次；内容没有改动。"
)
# On a Mac a click runs beside Excel, in which people may type on; Windows' Excel waits for it.
_TYPES_ON = sys.platform == "darwin"
_NOT_STORED = "Excel 没有存成（可能是只读打开的，或别人正开着它；请另存一份，或等对方关闭）"


class LiveWorkbook:
    """The open master; `apply` gathers changes, `save` writes them into the sheets all or none."""

    master: Master
    limits = DEFAULT_LIMITS  # of what the next step can read
    signed = False  # Excel itself warns before it breaks a signature
    reopens = True
    app: "xw.App"  # the Excel that has it open

    def __init__(self, book: "xw.Book", path: Path, *, keeps: bool = False) -> None:
        """The tables of `book`, which is saved at `path`. Raises NotAMaster, ExcelBusy, also later,
        then HeaderLost as well.

        With `keeps` the workbook is saved to disk after each write: for steps that hand things out.
        """
        self.path = path
        self._keeps = keeps
        self._stored = False
        self._staged: list[Change] = []
        self._lenient = False
        self._writing = ""  # the sheet that is being written
        self.stuck: set[str] = set()  # settings of Excel that could not be put back
        self._see(book)

    @property
    def book(self) -> "xw.Book":
        """The workbook in Excel: another one once this was closed and opened again."""
        return self._book

    def _see(self, book: "xw.Book") -> None:
        """The tables are those of this open workbook."""
        self._book, name = book, self.path.name
        with asking(name):
            self.app = app_of(book)
            found, seen = find(book)
        check_plan(name, found, seen)
        self._found = found
        self._take(Lazy(found, lambda name: self._whole(name, found[name])))

    def _whole(self, name: str, found: FoundTable) -> LiveTable:
        table = LiveTable(self.path.name, BY_NAME[name], found)
        if not self._lenient:
            # Right of all others stand the users' own columns, as far as can be told here.
            check_header(self.path.name, BY_NAME[name], table, had_all=False)
        return table

    def check(self, *, lenient: bool = False) -> None:
        """Raises NewerMaster if a step can't work on this; a `lenient` one needs 日志 alone."""
        self._lenient = lenient
        if not lenient:
            check_version(self.path.name, self.master)

    @property
    def typed(self) -> list[Typed]:
        """The rows that people typed, of the tables that were read."""
        return [typed for read in self._read.made.values() for typed in read.typed]

    def sent_along(self, table: str) -> Mapping[str, str]:
        """What the office's own columns of a table tell units, by row id."""
        live = self._tables[table]
        return sent_along(live.texts, live.columns.values(), self._read[table].lines, live.at)

    def layout(self, *, exact: bool = False) -> Layout:
        """What the tables consist of beside their rows: as saved, if `exact` or of an older master.

        Else of a table that no step asked for the columns are taken as there, and of what Excel
        does not tell what the schema declares.
        """
        if exact or version_of(self.master) < SCHEMA_VERSION:
            # Only then a click pays for the reader of files.
            from qcity_xl.adapters.master_file.layout import read_layout
            from qcity_xl.adapters.master_file.reading import MasterTables

            saved = MasterTables.read(self.path.name, load_bytes(self.path))
            return read_layout(saved)
        made = {name: table.columns for name, table in self._tables.made.items()}
        found = {name: made.get(name, BY_NAME[name].fields) for name in self._tables}
        return schema_layout({name: frozenset(fields) for name, fields in found.items()})

    def board(self, *, today: bool = False) -> Layout:
        """Of which version 看板 is, as saved: one with today's lists only if asked for `today`."""
        from qcity_xl.adapters.master_file.boards import read_board
        from qcity_xl.adapters.master_file.reading import MasterTables

        saved = MasterTables.read(self.path.name, load_bytes(self.path))
        return read_board(saved, today=today)

    def saved(self, *, first: bool) -> "WorkbookFile":
        """The file on disk, which takes changes of the layout that an open workbook can't.

        With `first` what is on screen is saved to it before. Raises CannotWrite, FileUnreadable.
        """
        from qcity_xl.adapters.master_file.workbook import WorkbookFile  # the editor: rarely needed

        if first:
            self._store()
        return WorkbookFile.open(self.path, lenient=self._lenient)

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """The workbook is closed while its file is replaced, then opened again, as also after a
        failure. All of it is on disk. Raises CannotEdit if it can't be closed, NotReopened.
        """
        closed = Closed(self._book, self.path)
        try:
            yield
        except BaseException as error:
            try:
                self._see(closed.open_again())
            except Exception:
                raise NotReopened(self.path.name, str(error)) from error
            raise
        try:
            self._see(closed.open_again())
        except Exception as error:  # each engine has its own
            raise NotReopened(self.path.name) from error

    def preview(self, changes: Iterable[Change]) -> Master:
        """The master as it would be after these changes, its live scores included."""
        return preview(self.master, changes)

    def chosen_row(self, table: Table) -> Row | None:
        """The row of this table that the chosen cell stands in."""
        selection, read = self._selection(), self._read[table.name]
        if selection is None or selection.sheet.name != self._tables[table.name].sheet:
            return None
        return next((read.rows[key] for key, at in read.lines.items() if at == selection.row), None)

    def show_sheet(self, name: str) -> None:
        """Bring a sheet to the front, if it can be: what was done stands without it."""
        with suppress(Exception):  # Windows' Excel knows the sheet of what was read
            made = self._tables.made.values()
            area = next(table.area for table in made if table.sheet == name)
            area.api.Worksheet.Activate()
            return
        with suppress(Exception):
            # That of xlwings brings Excel before other programs.
            self._book.sheets[name].impl.activate()

    def _selection(self) -> "xw.Range | None":
        with asking(self.path.name):
            try:
                return self.app.selection
            except AttributeError:  # with a chart in front nothing is chosen
                return None

    def check_free(self) -> None:
        """Raises CannotWrite before things are handed out that could not be recorded on disk."""
        if self._keeps and not self._stored:
            self._store()

    def current(self) -> bytes:
        """The file as last saved. Raises ChangedMeanwhile if what was read was edited since."""
        before = self.master
        made = self._tables.made
        with asking(self.path.name):
            look_again(self._found[name] for name in {*made, LOG.name})  # each step writes it
        again = {name: table.again() for name, table in made.items()}
        self._take(self._tables.updated(again))
        for name in again:
            if _typed_rows(before, name) != _typed_rows(self.master, name):
                raise ChangedMeanwhile(self.path.name)
        return load_bytes(self.path)

    def apply(self, changes: Iterable[Change]) -> None:
        """Take these changes; `save` writes them. Raises StaleCell."""
        listed = list(changes)
        expect(self.master, listed)
        self._staged += listed
        self.master = self.master.with_changes(listed)

    def save(self) -> None:
        """Write what was applied; if one cell can't be written, all is as before. CannotEdit.

        Raises GrownTooLarge if no step could read the file then.
        """
        staged, self._staged = self._staged, []
        check_room(self.path.name, load_bytes(self.path), staged, self.limits)
        before, begun, self._writing = self._tables, False, "总表"
        try:
            with _taken_back(self.app, self.stuck) as undo:
                undo.callback(self._take, before)
                with quiet(self.app, self.stuck):
                    names = dict.fromkeys(change.table for change in staged)
                    if _TYPES_ON and not all(before[name].untouched() for name in names):
                        raise ChangedMeanwhile(self.path.name)
                    outline = unfolded(before[LOG.name].area) if LOG.name in names else None
                    written = self._to_write({name: before[name] for name in names})
                    under_way = False
                    for step in self._write(staged, written):
                        begun = under_way  # what is refused as a whole has changed nothing
                        under_way = True
                        undo.callback(_suppressed, step)
                    begun = under_way
                    for table in written.values():
                        table.see_written()
                    self._take(before.updated(written))
                    self._check(staged)
                    if LOG.name in names:
                        fold(outline, operation_lines(self.master, staged))
                if self._keeps:  # calculating again: Excel stores the mode with the workbook
                    self._store()
        except Exception as error:
            if begun and not all(map(self._is_as_read, {change.table for change in staged})):
                raise CannotEdit(self.path.name, _HALF) from error
            if isinstance(error, QcityError):
                raise
            # Of the rest, whatever the engine raises: Excel says little of why.
            raise CannotEdit(self.path.name, _REFUSED.format(self._writing)) from error

    def _known(self, table: str) -> dict[str, dict[str, Value]]:
        """The rows of a table as steps left them last: asked for where rows were pasted."""
        from qcity_xl.adapters.master_file.last_known import last_known

        return last_known(self.path, table, self._read[LOG.name].rows)

    def _is_as_read(self, name: str) -> bool:
        """Whether a table holds what was read of it."""
        with suppress(Exception):
            self._found[name].forget()
            now = as_master({name: read_table(BY_NAME[name], self._tables[name].again().cells)})
            return _typed_rows(now, name) == _typed_rows(self.master, name)
        return False

    def _take(self, tables: Lazy[LiveTable]) -> None:
        """These are the tables now."""
        self._tables = tables
        self._read = Lazy(
            tables, lambda name: read_table(BY_NAME[name], tables[name].cells, self._known)
        )
        self.master = as_master(self._read)

    # -- writing

    def _to_write(self, tables: Mapping[str, LiveTable]) -> dict[str, LiveTable]:
        """These tables for writing. Raises ChangedMeanwhile, ExcelBusy."""
        with asking(self.path.name):
            shown = all_shown([self._found[name] for name in tables])
        return {name: table.to_write(shown=shown) for name, table in tables.items()}

    def _write(self, changes: list[Change], tables: Mapping[str, LiveTable]) -> Iterator[Undo]:
        """Write into these tables. CannotEdit, with nothing written, where lines are in the way."""
        by_table = {
            table.name: mine
            for table in MASTER
            if (mine := [change for change in changes if change.table == table.name])
        }
        for name, mine in by_table.items():
            self._check_filter(tables[name], name, mine)
        for name, mine in by_table.items():
            self._writing = tables[name].sheet
            yield from self._write_table(tables[name], name, mine)

    def _check_filter(self, table: LiveTable, name: str, changes: list[Change]) -> None:
        if not table.filtered:
            return
        plan = plan_lines(table.lines(self._read[name].lines), changes)
        if plan.grow or plan.shrink or self._typed_below(name, changes) > table.last:
            raise CannotEdit(self.path.name, _FILTERED.format(table.sheet))

    def _typed_below(self, name: str, changes: list[Change]) -> int:
        """The last line of those that get their ids only now; 0 without any."""
        named = {change.row for change in changes if change.field == KEY}
        lines = self._read[name].lines.items()
        return max((line for row, line in lines if row in named), default=0)

    def _write_table(self, table: LiveTable, name: str, changes: list[Change]) -> Iterator[Undo]:
        yield from table.take_in(self._typed_below(name, changes))
        plan, old_last = plan_lines(table.lines(self._read[name].lines), changes), table.last
        if plan.grow:
            yield from table.grow(plan.grow)
        # New rows are written whole, so that they make one block.
        whole = typed_columns(BY_NAME[name], table.columns)
        cells: dict[tuple[int, int], Value] = {
            (plan.rows[row], col): None for row in plan.added for col in whole
        }
        cells |= {
            (plan.rows[c.row], table.columns[c.field]): c.new if c.field != KEY else c.new or None
            for c in changes
        }
        yield from table.write(cells, old_last)
        if plan.shrink:
            yield from table.shrink(plan.shrink)

    def _store(self) -> None:
        try:
            self._book.save()
        except Exception as error:
            raise CannotWrite(self.path.name, _NOT_STORED) from error
        self._stored = True

    def _check(self, changes: list[Change]) -> None:
        """Excel holds what was written: a merged or filtered range may swallow a value."""
        wanted: dict[tuple[str, str, str], Value] = {}
        for change in changes:
            wanted[change.table, change.row, change.field] = change.new
        for (name, key, field), value in wanted.items():
            found = self.master.tables[name].get(key, {}).get(field)
            if not same_meaning(found, value, BY_NAME[name].column(field).type):
                line = self.master.lines.get((name, key), 0)
                raise CannotEdit(self.path.name, _DIFFERENT.format(self._tables[name].sheet, line))


def _typed_rows(master: Master, table: str) -> dict[str, Row]:
    """What was typed or written, without the results of formulas."""
    stored = [c.field for c in BY_NAME[table].columns if c.editor != "formula"]
    return {key: {f: row.get(f) for f in stored} for key, row in master.tables[table].items()}


@contextmanager
def _taken_back(app: "xw.App", stuck: set[str]) -> Iterator[ExitStack]:
    """What takes back each thing that is done inside; it is, last first, if that fails."""
    undo = ExitStack()
    try:
        yield undo
    except BaseException:
        with ExitStack() as stack:
            with suppress(Exception):
                stack.enter_context(quiet(app, stuck))
            undo.close()
        raise


def _suppressed(undo: Undo) -> None:
    # Taking back goes on whatever happens: each step restores cells of its own.
    with suppress(Exception):
        undo()
