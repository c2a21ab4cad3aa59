"""The tables of a master file as values, read without the editor."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from python_calamine import CalamineError

from qcity_xl.adapters.master_file.appearance import Appearance, may_say_more
from qcity_xl.adapters.master_file.areas import Area, read_areas
from qcity_xl.adapters.master_file.figures import figure_place
from qcity_xl.adapters.master_file.master_tables import (
    ReadTable,
    TableCells,
    as_master,
    check_header,
    check_plan,
    find_tables,
    read_table,
)
from qcity_xl.adapters.ooxml.errors import OoxmlError
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.refs import Rect
from qcity_xl.adapters.ooxml.tables import TableInfo
from qcity_xl.adapters.ooxml.workbook import WorkbookPart
from qcity_xl.core.errors import FileUnreadable
from qcity_xl.core.master.model import Master, Rows
from qcity_xl.core.master.typed_rows import GROWS, Cells, Typed
from qcity_xl.core.master.upgrade import check_version, version_of
from qcity_xl.core.schema import BY_NAME, LOG, MASTER, SCHEMA_VERSION, SETTINGS, Table
from qcity_xl.core.schema.first_day import FIGURES
from qcity_xl.core.schema.headers import match_headers
from qcity_xl.core.values import Value

_NO_AREA = Area(Rect(0, 0, 0, 0), ())
BELOW = 200  # lines below a table that are looked at
LAST_ROW = re.compile(rb'.*<(?:\w+:)?row (?:[^>]* )?r="(\d+)"', re.DOTALL)

KnownCells = Callable[[str, Rows], dict[str, Cells]]  # what `last_known` says of a table, by 日志


def _nothing_known(_table: str, _log: Rows) -> dict[str, Cells]:
    return {}


@dataclass(frozen=True)
class PlacedTable:
    """Any table of the workbook where it stands."""

    info: TableInfo

    @property
    def name(self) -> str:
        """The name of the table in the workbook."""
        return self.info.name

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.info.sheet

    @cached_property
    def texts(self) -> dict[int, str]:
        """The header over each column of the sheet, columns counted from 1."""
        return dict(enumerate(self.info.columns, self.info.first_col))


@dataclass(frozen=True)
class TableAt(PlacedTable):
    """A table of the schema, under whatever name."""

    schema: Table

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of the sheet of each field that is there."""
        return match_headers(self.schema, self.texts)

    def column_block(self, field: str) -> Rect:
        """The cells of a field below the header."""
        col = self.columns[field]
        return Rect(self.info.first_row + 1, col, self.info.last_row, col)


class MasterTables:
    """The tables of one file; `package` is for whoever edits it."""

    def __init__(self, name: str, package: Package, known: KnownCells = _nothing_known) -> None:
        """Find them. Raises OoxmlError; `name` is for messages."""
        self._name, self.package, self._known = name, package, known
        self._workbook = WorkbookPart(package)
        self.found = [table.info for table in self._workbook.tables(package)]
        ours = find_tables(map(PlacedTable, self.found))
        self.tables = {name: TableAt(t.info, BY_NAME[name]) for name, t in ours.items()}

    @classmethod
    def read(cls, name: str, data: bytes, known: KnownCells = _nothing_known) -> "MasterTables":
        """The tables in these bytes, with all their values. Raises FileUnreadable.

        `known` has the rows of a table as they were last known.
        """
        try:
            tables = cls(name, Package.read(data), known)
            _ = tables.master
        except (OoxmlError, CalamineError) as error:
            raise FileUnreadable(name, str(error)) from error
        return tables

    def over(self, package: Package) -> "MasterTables":
        """The tables of another state of the same file."""
        return MasterTables(self._name, package, self._known)

    def check(self, *, lenient: bool = False) -> None:
        """Raises NotAMaster, APack, NewerMaster, HeaderLost if a step can't work on this.

        A `lenient` step needs 日志 alone, and 设置, which seals it.
        """
        if lenient and {LOG.name, SETTINGS.name} <= set(self.tables):
            return
        check_plan(self._name, self.tables, [table.name for table in self.found])
        check_version(self._name, self.master)
        had_all = version_of(self.master) >= SCHEMA_VERSION
        for table in self.tables.values():
            check_header(self._name, table.schema, table, had_all=had_all)

    @cached_property
    def master(self) -> Master:
        """The rows of all tables, and the figures on 看板."""
        return replace(as_master(self._read), figures=self._figures())

    @property
    def typed(self) -> list[Typed]:
        """The rows that people typed, whose ids are not in the file yet."""
        return [typed for read in self._read.values() for typed in read.typed]

    @property
    def rows_of_log(self) -> Rows:
        """The rows of 日志, without a look at the other tables."""
        table = self.tables.get(LOG.name)
        return read_table(LOG, self._cells(table)).rows if table else {}

    @cached_property
    def _read(self) -> dict[str, ReadTable]:
        return {
            name: read_table(
                table.schema,
                self._cells(table),
                lambda name: self._known(name, self.rows_of_log),
            )
            for name, table in self.tables.items()
        }

    def _cells(self, table: TableAt) -> TableCells:
        lines, count = list(self._lines(table)), table.info.last_row - table.info.first_row
        return TableCells(table.columns, lines[:count], lines[count:])

    @property
    def whole(self) -> bool:
        """Whether all tables of the schema are there with all their columns."""
        found = self.tables
        return all(t.name in found and len(found[t.name].columns) == len(t.columns) for t in MASTER)

    def area(self, table: str) -> Area:
        """The cells of a table as they stand in the file, its header first."""
        return self._areas.get(table, _NO_AREA)

    def sheet_part(self, table: str) -> str:
        """The part of the sheet of a table."""
        return self._workbook.sheet_part(self.tables[table].sheet) or ""

    @property
    def workbook(self) -> WorkbookPart:
        """The workbook part."""
        return self._workbook

    @cached_property
    def _areas(self) -> dict[str, Area]:
        wanted: dict[str, tuple[str, Rect]] = {}
        for name, table in self.tables.items():
            info = table.info
            if part := self._workbook.sheet_part(info.sheet):
                last = info.last_row + self._lines_below(table, part)
                wanted[name] = part, info.block(max(info.first_row, 1), last)
        for name in FIGURES:
            place = figure_place(self._workbook.area_of, name)
            if place and (part := self._workbook.sheet_part(place[0])):
                wanted[name] = part, Rect(place[1], place[2], place[1], place[2])
        found = read_areas(self.package, self._workbook, list(wanted.values()))
        return dict(zip(wanted, found, strict=True))

    def _lines_below(self, table: TableAt, part: str) -> int:
        """How many lines below a table may hold rows of it that people typed there."""
        info = table.info
        last = LAST_ROW.search(self.package.xml(part).body)
        if info.totals_row or table.schema.name not in GROWS or last is None:
            return 0
        tops = [t.first_row for t in self.found if t.sheet == info.sheet]
        ends = [int(last[1]), info.last_row + BELOW, *(t - 1 for t in tops if t > info.last_row)]
        return max(min(ends) - info.last_row, 0)

    def _lines(self, table: TableAt) -> Iterator[tuple[int, dict[str, Value]]]:
        info, area = table.info, self.area(table.schema.name)
        fields, places = list(table.columns), [c - area.block.left for c in table.columns.values()]
        shown = Appearance(self.package, self._workbook, info.sheet)
        columns = [(table.schema.column(f), c) for f, c in table.columns.items()]
        telling = [(column, col) for column, col in columns if may_say_more(column)]
        skipped, width = info.first_row + 1 - area.block.top, max(places, default=0) + 1
        for line, cells in enumerate(area.rows[skipped:], info.first_row + 1):
            whole = cells if len(cells) >= width else [*cells, *[None] * (width - len(cells))]
            row = dict(zip(fields, [whole[place] for place in places], strict=True))
            for column, col in telling:
                if (value := row[column.field]) is not None:
                    row[column.field] = shown.of(column, value, line, col)
            yield line, row
        for line in range(info.first_row + 1 + max(len(area.rows) - skipped, 0), info.last_row + 1):
            yield line, dict.fromkeys(table.columns)

    def _figures(self) -> dict[str, Value]:
        areas = ((name, self._areas.get(name)) for name in FIGURES)
        return {name: area.at(area.block.top, area.block.left) for name, area in areas if area}


def read_master(data: bytes, name: str = "总表.xlsx") -> Master:
    """The master in these bytes, to look at and to hand to other processes.

    `name` is for messages. Raises FileUnreadable, NotAMaster, APack, NewerMaster, HeaderLost.
    """
    tables = MasterTables.read(name, data)
    tables.check()
    return tables.master
