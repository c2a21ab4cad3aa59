"""Where the figures of 看板 stand: each alone under its name, or in a column that has one."""

from collections.abc import Callable

from qcity_xl.adapters.ooxml.refs import Rect
from qcity_xl.core.schema.board import HEIGHTS

Areas = Callable[[str], tuple[str, Rect] | None]  # what a defined name stands for


def figure_place(area_of: Areas, figure: str) -> tuple[str, int, int] | None:
    """Sheet, row and column of a figure; None where its name is gone or has another size."""
    name, _, row = figure.partition(".")
    sheet, area = area_of(name) or ("", Rect(0, 0, 0, 0))
    if not sheet or area.bottom - area.top + 1 != HEIGHTS.get(name, 1):
        return None  # rows were inserted into it: which formula stands where is not known
    return sheet, area.top + int(row or 0), area.left
