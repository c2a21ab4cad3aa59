"""What cells of the master show beyond their values: number formats, and links behind words."""

from functools import cached_property
from typing import TYPE_CHECKING

from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.workbook import WorkbookPart
from qcity_xl.core.schema import FieldColumn
from qcity_xl.core.shown import LINKED, is_place, linked_place, may_show_more, shown_value
from qcity_xl.core.values import Value, tidy

if TYPE_CHECKING:
    from qcity_xl.adapters.ooxml.sheet import Sheet


def may_say_more(column: FieldColumn) -> bool:
    """Whether a cell of this column may show more than its value."""
    return column.field in LINKED or may_show_more(column, 0)


class Appearance:
    """One sheet; nothing of it is read before a cell asks for it."""

    def __init__(self, package: Package, workbook: WorkbookPart, sheet: str) -> None:
        """`sheet` is the name on its tab."""
        self._package, self._workbook, self._sheet = package, workbook, sheet

    def of(self, column: FieldColumn, value: Value, line: int, col: int) -> Value:
        """What the cell means: a number as its format shows it, a link where it leads."""
        if may_show_more(column, value):
            code = self._amounts.get(self._cells.style_at(line, col), "")
            return shown_value(value, code)  # type: ignore[arg-type]  # it is a number
        if column.field in LINKED and isinstance(value, str) and not is_place(value):
            return tidy(linked_place(value, self._links.get((line, col), value)))
        return value

    @cached_property
    def _cells(self) -> "Sheet":
        from qcity_xl.adapters.ooxml.sheet import Sheet  # the editor: few masters need it here

        part = self._workbook.sheet_part(self._sheet) or ""
        return Sheet(self._sheet, self._package.xml(part))

    @cached_property
    def _amounts(self) -> dict[int, str]:
        from qcity_xl.adapters.ooxml.styles import Styles

        part = self._workbook.part_of("styles")
        return Styles(self._package.xml(part)).amounts() if part else {}

    @cached_property
    def _links(self) -> dict[tuple[int, int], str]:
        from qcity_xl.adapters.ooxml.links import link_targets

        return link_targets(self._package, self._cells.xml)
