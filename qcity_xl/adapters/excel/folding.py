"""Lines of 日志 folded away in Excel, as the file has them: one line an operation is in view.

Looks alone: an engine that can't do it leaves them open.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

_ALL, _FIRST, _ABOVE = 8, 1, 0  # levels of an outline; xlSummaryAbove


def unfold(sheet: "xw.Sheet") -> None:
    """Show all lines: over hidden ones nothing can be filled in as a block."""
    with suppress(Exception):  # each engine has its own
        sheet.api.Outline.ShowLevels(_ALL)


def fold(sheet: "xw.Sheet", groups: Iterable[range]) -> None:
    """Fold each group of lines away under its first one, and those folded before."""
    with suppress(Exception):
        outline = sheet.api.Outline
        outline.SummaryRow = _ABOVE
        for group in groups:
            if len(group) > 1:
                lines = f"A{group.start + 1}:A{group.stop - 1}"
                sheet.range(lines).api.EntireRow.Group()
        outline.ShowLevels(_FIRST)
