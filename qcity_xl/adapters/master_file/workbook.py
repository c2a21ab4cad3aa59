"""The master as a file on disk: read its tables, apply changes, save."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from qcity_xl.adapters.disk import check_free, load_bytes, sha256_of, write_file
from qcity_xl.adapters.master_file.figures import figure_place
from qcity_xl.adapters.master_file.last_known import last_known
from qcity_xl.adapters.master_file.layout import read_layout
from qcity_xl.adapters.master_file.master_tables import expect, preview, typed_columns
from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.ooxml import Book, Package, TableInfo
from qcity_xl.adapters.ooxml.errors import NoFormula, OoxmlError, OverLimit
from qcity_xl.adapters.ooxml.limits import DEFAULT_LIMITS
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.core.changes import KEY, Change
from qcity_xl.core.errors import CannotEdit, ChangedMeanwhile, GrownTooLarge
from qcity_xl.core.history.folded import operation_lines
from qcity_xl.core.master.board_values import board_values
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Layout, Master
from qcity_xl.core.master.offers import changes_offers
from qcity_xl.core.master.row_heights import heights_of
from qcity_xl.core.master.table_lines import LinePlan, TableLines, plan_lines
from qcity_xl.core.master.typed_rows import Typed
from qcity_xl.core.rounds.own_columns import sent_along
from qcity_xl.core.schema import BY_NAME, LOG, Table
from qcity_xl.core.values import Value, same_meaning, tidy


class WorkbookFile:
    """One master workbook, read once; `apply` gathers edits, `save` writes them all or none."""

    typed: list[Typed]
    limits = DEFAULT_LIMITS  # of what the next step can read
    reopens = False

    def __init__(self, path: Path, data: bytes, *, lenient: bool = False) -> None:
        """Read tables and values from `data`. Raises FileUnreadable, NotAMaster, APack, and, unless
        `lenient`, NewerMaster, HeaderLost, and NotAMaster where a table of the plan is lacking.
        """
        self.path = path
        self.sha256 = sha256_of(data)
        self._read(data)
        self.check(lenient=lenient)

    @classmethod
    def open(cls, path: Path, *, lenient: bool = False) -> "WorkbookFile":
        """The master at `path`."""
        return cls(path, load_bytes(path), lenient=lenient)

    def _read(self, data: bytes) -> None:
        self._tables = MasterTables.read(self.path.name, data, partial(last_known, self.path))
        self.master = self._tables.master
        self.typed = self._tables.typed

    def check(self, *, lenient: bool = False) -> None:
        """Raises NotAMaster, APack, NewerMaster, HeaderLost; little of it if `lenient`."""
        self._tables.check(lenient=lenient)

    @cached_property
    def _book(self) -> Book:
        return Book(self._tables.package)

    @property
    def signed(self) -> bool:
        """Whether the workbook has a digital signature, which a write breaks."""
        return self._book.signed

    def saved(self, *, first: bool) -> "WorkbookFile":  # noqa: ARG002 - as the open workbook takes
        """What changes of the layout are made in: this."""
        return self

    def set_aside(self) -> AbstractContextManager[None]:
        """Nothing is in the way while the file is replaced."""
        return nullcontext()

    def layout(self, *, exact: bool = True) -> Layout:  # noqa: ARG002 - it always is
        """What the tables consist of beside their rows."""
        return self._layout

    def board(self, *, today: bool = False) -> Layout:
        """Of which version 看板 is: one with today's lists only if asked for `today`."""
        from qcity_xl.adapters.master_file.boards import read_board  # few steps ask

        return read_board(self._tables, today=today)

    def sent_along(self, table: str) -> Mapping[str, str]:
        """What the office's own columns of a table tell units, by row id."""
        at, area = self._tables.tables[table], self._tables.area(table)
        return sent_along(at.texts, at.columns.values(), self._lines_of(table), area.at)

    @cached_property
    def _layout(self) -> Layout:
        return read_layout(self._tables)

    def restructure(self, changes: Iterable[Change]) -> None:
        """Take these changes of the layout, before any others. Raises CannotEdit."""
        from qcity_xl.adapters.master_file.restructure import restructured  # few writes need it
        from qcity_xl.adapters.master_file.template import template

        try:
            data = restructured(self._tables, changes, template())
        except OoxmlError as error:
            raise CannotEdit(self.path.name, str(error)) from error
        for made in ("_book", "_layout"):
            self.__dict__.pop(made, None)
        self._read(data)

    def apply(self, changes: Iterable[Change]) -> None:
        """Write these changes and refresh the cached values of all live formulas.

        StaleCell if a cell holds something else than `old`, CannotEdit if the workbook can't take
        it; then nothing is written.
        """
        listed = list(changes)
        expect(self.master, listed)
        try:
            known = {typed.change for typed in self.typed}.intersection(listed)
            self._take_in({(t.change.table, t.line) for t in self.typed if t.change in known})
            plans = self._plans(listed)
            made = self._grow(plans, listed)
            for change in listed:
                if (change.table, change.row) not in made and not change.places_row:
                    self._write(change)
            moved = self._order(plans)
            self._shrink(plans)
            self.master = self.master.with_changes(listed)
            self._offer(listed)
            self.typed = [typed for typed in self.typed if typed.change not in known]
            for lines in operation_lines(self.master, listed):
                self._book.fold(self._table(LOG).sheet, lines)
            names = dict.fromkeys(change.table for change in listed)
            wraps = {(n, c.field) for n in names for c in BY_NAME[n].columns if c.wrap}
            self._fit({(c.table, c.row) for c in listed if (c.table, c.field) in wraps} | moved)
            if self._tables.whole:  # what is not there can't be added up
                self._refresh()
        except OoxmlError as error:
            raise CannotEdit(self.path.name, str(error)) from error

    def preview(self, changes: Iterable[Change]) -> Master:
        """The master as it would be after these changes, its live scores included."""
        return preview(self.master, changes)

    def to_bytes(self) -> bytes:
        """The workbook with all edits."""
        return self._book.to_bytes()

    def check_free(self) -> None:
        """Raises FileInUse if a spreadsheet program has the file open."""
        check_free(self.path)

    def current(self) -> bytes:
        """The file as it stands. Raises FileInUse, ChangedMeanwhile if it isn't what was read."""
        check_free(self.path)
        data = load_bytes(self.path)
        if sha256_of(data) != self.sha256:
            raise ChangedMeanwhile(self.path.name)
        return data

    def save(self) -> None:
        """Replace the file, all or nothing; refused if it is open somewhere or was changed.

        Raises GrownTooLarge if no step could read it then.
        """
        data = self.to_bytes()
        try:
            Package.read(data, self.limits)
        except OverLimit as error:
            raise GrownTooLarge(self.path.name, error.bound) from error
        write_file(self.path, data, self._check)
        self.sha256 = sha256_of(data)

    def _check(self) -> None:
        self.current()

    # -- writing

    def _place(self, table: str, row: str, field: str) -> tuple[str, int, int]:
        line = self.master.lines[table, row]
        at = self._tables.tables[table]
        return at.info.sheet, line, at.columns[field]

    def _table(self, table: Table) -> TableInfo:
        """The table with the rows that were appended so far."""
        return self._book.tables[self._tables.tables[table.name].name]

    def _columns(self, table: Table) -> dict[str, int]:
        return self._tables.tables[table.name].columns

    def _plans(self, changes: list[Change]) -> dict[str, LinePlan]:
        """What happens to the lines of each table that gains or loses rows."""
        keyed = [
            c for c in changes if c.places_row or (c.field == KEY and (c.adds_row or c.drops_row))
        ]
        return {
            name: plan_lines(self._table_lines(name), [c for c in keyed if c.table == name])
            for name in dict.fromkeys(c.table for c in keyed)
        }

    def _lines_of(self, name: str) -> dict[str, int]:
        return {row: line for (table, row), line in self.master.lines.items() if table == name}

    def _table_lines(self, name: str) -> TableLines:
        info, columns = self._table(BY_NAME[name]), self._columns(BY_NAME[name])
        rows = self._lines_of(name)
        ours = set(columns.values())
        return TableLines(
            info.first_row + 1,
            info.last_row,
            rows,
            typed_columns(BY_NAME[name], columns),
            [col for col in range(info.first_col, info.last_col + 1) if col not in ours],
            lambda line, col: tidy(self._book.cell_value(info.sheet, line, col)),
            lambda line, col: self._book.cell_formula(info.sheet, line, col) is not None,
        )

    def _take_in(self, lines: set[tuple[str, int]]) -> None:
        """Let tables reach down to these lines of theirs, where they do not."""
        for name in dict.fromkeys(name for name, _ in lines):
            last = max(line for table, line in lines if table == name)
            lacking = last - self._table(BY_NAME[name]).last_row
            self._book.append_rows(self._tables.tables[name].name, lacking, filled=True)

    def _grow(
        self, plans: Mapping[str, LinePlan], changes: Iterable[Change]
    ) -> set[tuple[str, str]]:
        """Let the tables grow; the rows (table, row id) that were written whole on new lines."""
        lines, fresh = dict(self.master.lines), dict[tuple[str, str], dict[int, Value]]()
        for name, plan in plans.items():
            lines |= {(name, row): plan.rows[row] for row in plan.added}
            if plan.grow:
                fresh |= {(name, row): {} for row in plan.added[-plan.grow :]}
        columns = {name: self._tables.tables[name].columns for name in plans}
        for change in changes:
            if (cells := fresh.get((change.table, change.row))) is not None:
                cells[columns[change.table][change.field]] = change.new
        for name, plan in plans.items():
            if plan.grow:
                rows = [fresh[name, row] for row in plan.added[-plan.grow :]]
                self._book.append_filled(self._tables.tables[name].name, rows)
        self.master = replace(self.master, lines=lines)
        return set(fresh)

    def _write(self, change: Change) -> None:
        sheet, line, col = self._place(change.table, change.row, change.field)
        self._book.set(sheet, line, col, change.new if change.field != KEY else change.new or None)

    def _order(self, plans: Mapping[str, LinePlan]) -> set[tuple[str, str]]:
        """Let lines change their places; the rows (table, row id) that stand elsewhere then."""
        lines, moved = dict(self.master.lines), set[tuple[str, str]]()
        for name, plan in plans.items():
            if plan.order:
                self._book.move_lines(self._tables.tables[name].name, plan.order)
            for row in plan.rows if plan.order else ():
                old = lines[name, row]
                lines[name, row] = plan.order.get(old, old)
                if lines[name, row] != old:
                    moved.add((name, row))
        self.master = replace(self.master, lines=lines)
        return moved

    def fixed_lines(self, table: str) -> str:
        """Why the lines of a table can't change their places, "" if they can."""
        from qcity_xl.adapters.ooxml.line_moves import why_fixed  # one step asks

        package, info = self._tables.package, self._tables.tables[table].info
        sheet = Sheet(info.sheet, package.xml(self._tables.sheet_part(table)))
        return why_fixed(package, self._tables.workbook, sheet, info.data)

    def _shrink(self, plans: Mapping[str, LinePlan]) -> None:
        lines = dict(self.master.lines)
        for name, plan in plans.items():
            if plan.shrink:
                self._book.drop_last_rows(self._tables.tables[name].name, plan.shrink)
            for row in plan.gone:
                del lines[name, row]
        self.master = replace(self.master, lines=lines)

    def _offer(self, changes: Iterable[Change]) -> None:
        """Rows that are new, or have another rule, offer what that takes, not what others do."""
        rows = dict.fromkeys((c.table, c.row) for c in changes if changes_offers(c))
        if standing := [at for at in rows if at in self.master.lines]:
            from qcity_xl.adapters.master_file.offered import offer  # few steps need it

            offer(self._book, self.master, self._tables.tables, standing)

    def _fit(self, rows: Iterable[tuple[str, str]]) -> None:
        """Rows grow with their text, as they do when a person types."""
        wrapped: dict[str, list[str]] = {}
        for table, row in rows:
            if row in self.master.tables[table]:
                wrapped.setdefault(table, []).append(row)
        for table, keys in wrapped.items():
            sheet, cells = self._tables.tables[table].sheet, self.master.tables[table]
            heights = heights_of(BY_NAME[table], (cells[row] for row in keys))
            for row, points in zip(keys, heights, strict=True):
                self._book.fit_row(sheet, self.master.lines[table, row], points)

    def _refresh(self) -> None:
        rollup = roll_up(self.master)
        changed: list[Change] = []
        for (table, row, field), value in rollup.cells.items():
            if not same_meaning(self.master.tables[table][row].get(field), value):
                sheet, line, col = self._place(table, row, field)
                with suppress(NoFormula):  # somebody typed over it: theirs stays
                    self._book.set_cached(sheet, line, col, value)
                    changed.append(Change(table, row, field, None, value))
        figures = {}
        shown = {**rollup.cards, **board_values(self.master, rollup)}
        for name, value in shown.items():
            place = figure_place(self._tables.workbook.area_of, name)
            if place and not same_meaning(self.master.figures.get(name), value):
                with suppress(NoFormula):
                    self._book.set_cached(*place, value)
                    figures[name] = value
        self.master = replace(
            self.master.with_changes(changed), figures={**self.master.figures, **figures}
        )
