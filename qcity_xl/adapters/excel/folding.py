"""Lines of 日志 folded away in Excel, as the file has them: one line an operation is in view.

Looks alone: an engine that can't do it leaves them open.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xlwings as xw

_ALL, _FIRST, _ABOVE = 8, 1, 0  # levels of an outline; xlSummaryAbove


def unfolded(area: "xw.Range") -> "tuple[Any, Any] | None":
    """The sheet of this area and its outline, as Excel has them; None if there is none.

    All its lines are shown: over hidden ones nothing can be filled in as a block.
    """
    with suppress(Exception):  # each engine has its own
        sheet = area.api.Worksheet
        outline = sheet.Outline
        outline.ShowLevels(_ALL)
        return sheet, outline
    return None


def fold(shown: "tuple[Any, Any] | None", groups: Iterable[range]) -> None:
    """Fold each group of lines away under its first one, on the sheet that `unfolded` gave."""
    if shown is None:
        return
    sheet, outline = shown
    with suppress(Exception):
        outline.SummaryRow = _ABOVE
        for group in groups:
            if len(group) > 1:
                sheet.Range(f"{group.start + 1}:{group.stop - 1}").Group()
        outline.ShowLevels(_FIRST)
