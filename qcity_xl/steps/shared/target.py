"""What a step works on: a file by its path, or a workbook that is already open."""

from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from qcity_xl.core.changes import Change
from qcity_xl.core.errors import RowsMoved
from qcity_xl.core.master.model import Layout, Master
from qcity_xl.core.master.moved import moved_rows
from qcity_xl.core.master.names import row_name
from qcity_xl.core.master.numbers import standing_ids
from qcity_xl.core.master.typed_rows import Typed
from qcity_xl.core.schema import Table

_SHOWN = 3  # rows that are quoted


class Workbook(Protocol):
    """A master that takes changes: the file, or the workbook open in Excel."""

    master: Master

    @property
    def typed(self) -> Sequence[Typed]:
        """The rows that people typed, of the tables that were asked for: `master` has them under
        the ids that the next write gives them.
        """

    @property
    def path(self) -> Path:
        """Where it is saved."""

    @property
    def signed(self) -> bool:
        """Whether it has a digital signature, which a write breaks."""

    def preview(self, changes: Iterable[Change]) -> Master:
        """The master as it would be after these changes."""

    def check(self, *, lenient: bool = False) -> None:
        """Raises QcityError if a step can't work on it; a `lenient` one needs 日志 alone."""

    def layout(self, *, exact: bool = False) -> Layout:
        """What the tables consist of beside their rows.

        Unless `exact` dropdowns, formats and formulas may be those that the schema declares.
        """

    def board(self, *, today: bool = False) -> Layout:
        """Of which version 看板 is, as saved: one with today's lists only if asked for `today`."""

    def sent_along(self, table: str) -> Mapping[str, str]:
        """What the office's own columns of a table tell units, by row id."""

    @property
    def reopens(self) -> bool:
        """Whether it is open in Excel, and closed and opened again for a change of its layout."""

    def saved(self, *, first: bool) -> "FileOnDisk":
        """What changes of the layout are made in: the file as it was last saved.

        With `first` what is on screen is saved to it before. Raises CannotWrite, FileUnreadable.
        """

    def set_aside(self) -> AbstractContextManager[None]:
        """While the file is replaced: closed, if it is open. Raises CannotEdit, NotReopened."""

    def check_free(self) -> None:
        """Raises QcityError if it can't be written now."""

    def current(self) -> bytes:
        """The file as it stands. Raises ChangedMeanwhile if this isn't what was read."""

    def apply(self, changes: Iterable[Change]) -> None:
        """Take these changes. Raises StaleCell, CannotEdit."""

    def save(self) -> None:
        """Write what was applied, all or nothing."""


class FileOnDisk(Workbook, Protocol):
    """The file, which alone takes changes of its layout."""

    def restructure(self, changes: Iterable[Change]) -> None:
        """Take these changes of the layout, before any others. Raises CannotEdit."""

    def fixed_lines(self, table: str) -> str:
        """Why the lines of a table can't change their places, "" if they can."""


Target = Path | Workbook


def open_master(target: Target, *, lenient: bool = False) -> Workbook:
    """The master to work on; with `lenient` also one that is damaged or of another version."""
    if not isinstance(target, Path):
        target.check(lenient=lenient)
        return target
    from qcity_xl.adapters.master_file.workbook import (
        WorkbookFile,  # a click on the open one needs no editor
    )

    return WorkbookFile.open(target, lenient=lenient)


def open_sound(target: Target, *, unasked: Container[Table] = ()) -> Workbook:
    """The same for a step that goes by the ids of rows, but for `unasked` tables. RowsMoved."""
    file = open_master(target)
    moved = list(moved_rows(file.master, unasked=unasked))
    if moved:
        standing = standing_ids(file.master)
        sheet = moved[0].table.sheet
        here = [found for found in moved if found.table.sheet == sheet]
        shown = "；".join(
            f"第{file.master.lines.get((found.table.name, found.row), '?')}行写的是{found.words}，"
            f"行键是{row_name(found.row, standing)}的"
            for found in here[:_SHOWN]
        )
        raise RowsMoved(sheet, len(here), shown + ("等" if len(here) > _SHOWN else ""))
    return file
