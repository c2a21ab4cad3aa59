"""The open workbook closed for a moment, so that its file can be replaced, and opened again."""

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qcity_xl.adapters.disk import check_free
from qcity_xl.core.errors import CannotEdit, FileInUse

if TYPE_CHECKING:
    import xlwings as xw

_NOT_CLOSED = (
    "Excel 没有让它关闭。请结束正在编辑的格子、关掉对话框，再点一次；内容没有改动，已经保存"
)
_TRIES = 20  # for the lock file of a program on a slow disk to go
_SECONDS_BETWEEN = 0.25


class Closed:
    """A workbook that was saved and then closed, with what was in view."""

    def __init__(self, book: "xw.Book", path: Path) -> None:
        """Close it. Raises CannotEdit if Excel refuses; then it is open as before."""
        self._app, self._path = book.app, path
        self._sheet, self._cells = _in_view(book)
        try:
            book.close()
        except Exception as error:  # each engine has its own
            raise CannotEdit(path.name, _NOT_CLOSED) from error
        self._wait()

    def _wait(self) -> None:
        for _ in range(_TRIES):
            try:
                check_free(self._path)
            except FileInUse:
                time.sleep(_SECONDS_BETWEEN)
            else:
                return

    def open_again(self) -> "xw.Book":
        """The workbook, opened and with the same cells in view; raises what the engine raises."""
        book = self._app.books.open(str(self._path))
        with suppress(Exception):  # the sheet may have gone, as by an undo
            sheet = book.sheets[self._sheet]
            sheet.activate()
            if self._cells:
                sheet.range(*self._cells).select()
        return book


def _in_view(book: "xw.Book") -> tuple[str, tuple[tuple[int, int], tuple[int, int]] | None]:
    """The sheet in front, and first and last of the cells that are chosen on it."""
    sheet, cells = "", None
    with suppress(Exception):  # a chart or a picture may be chosen
        sheet = str(book.sheets.active.name)
        area = book.app.selection
        if area is not None and area.sheet.name == sheet:
            (row, col), (rows, cols) = (int(area.row), int(area.column)), area.shape
            cells = (row, col), (row + rows - 1, col + cols - 1)
    return sheet, cells
