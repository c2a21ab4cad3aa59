"""Tables (ListObjects): where they stand and how they grow."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from qcity_xl.adapters.ooxml.cells import from_xstring
from qcity_xl.adapters.ooxml.errors import DamagedPart
from qcity_xl.adapters.ooxml.markup import (
    Splice,
    Xml,
    attributes,
    is_true,
    with_attribute,
    without_attribute,
)
from qcity_xl.adapters.ooxml.moved_rules import LineMove, Lines
from qcity_xl.adapters.ooxml.moves import LastRowMove, LastRowMoves
from qcity_xl.adapters.ooxml.refs import Rect, parse_rect


@dataclass(frozen=True)
class TableInfo:
    """A table as it will be saved; rows and columns count from 1.

    `first_row` is the header row, `last_row` the last data row (a totals row not counted).
    Without a header row `first_row` is the row above the data.
    """

    name: str
    sheet: str
    part: str
    first_row: int
    last_row: int
    first_col: int
    last_col: int
    columns: tuple[str, ...]
    totals_row: bool

    @property
    def data(self) -> Rect:
        """The table's cells below its header."""
        return self.block(self.first_row + 1, self.last_row)

    def block(self, first: int, last: int) -> Rect:
        """The table's cells in these rows."""
        return Rect(first, self.first_col, last, self.last_col)


class TablePart:
    """One table part, with a new last row that waits to be written."""

    def __init__(self, sheet: str, xml: Xml) -> None:
        """Read the part. Raises DamagedPart."""
        self._xml = xml
        found = attributes(xml.tag(xml.root))
        block = parse_rect(found.get(b"ref", b"").decode())
        if block is None:
            raise DamagedPart(xml.part, "没有区域")
        root = xml.tree(xml.body[xml.root.inner : xml.close(xml.root)])
        names = tuple(
            from_xstring(column.get("name", ""))
            for column in root.iter()
            if column.tag.rpartition("}")[2] == "tableColumn"
        )
        totals = xml.integer(found, b"totalsRowCount")
        self.header = xml.integer(found, b"headerRowCount", 1)
        name = root.get("displayName") or root.get("name") or ""
        self.info = TableInfo(
            name=name,
            sheet=sheet,
            part=xml.part,
            first_row=block.top if self.header else block.top - 1,
            last_row=block.bottom - totals,
            first_col=block.left,
            last_col=block.right,
            columns=names,
            totals_row=totals > 0,
        )
        self._old = self.info
        # Set by Excel when the only data row is a placeholder (ECMA-376 part 1, 18.5.1.2).
        self._placeholder = is_true(found.get(b"insertRow"))
        self._used = False

    def fresh(self) -> Self:
        """The table as read."""
        self._calculated  # noqa: B018 - found once for all
        other = copy.copy(self)
        other.info, other._used = self._old, False
        return other

    @property
    def move(self) -> LastRowMove | None:
        """How the last row moved since reading."""
        old, new = self._old.last_row, self.info.last_row
        if old == new:
            return None
        return LastRowMove(
            self.info.first_row + 1, self.info.first_col, self.info.last_col, old, new
        )

    def line_move(self, lines: Lines) -> LineMove:
        """That lines of it change places, as it stands now."""
        return LineMove(self._old.last_row, self.info.data, lines)

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.move is not None or (self._used and self._placeholder)

    def use(self) -> None:
        """Say that there is data in the table."""
        self._used = True

    def resize(self, last_row: int) -> None:
        """Let the data end at that row."""
        self.info = replace(self.info, last_row=last_row)

    def formulas(self) -> dict[int, tuple[bytes, bool]]:
        """The calculated columns: sheet column to the formula's XML text and whether an array."""
        return dict(self._calculated)

    @cached_property
    def _calculated(self) -> dict[int, tuple[bytes, bool]]:
        container = self._xml.child(self._xml.root, b"tableColumns")
        if container is None:
            return {}
        found = {}
        columns = self._xml.children(container.inner, container.end)
        for col, column in enumerate(columns, self.info.first_col):
            formula = self._xml.child(column, b"calculatedColumnFormula")
            if formula and formula.end > formula.inner:
                text = self._xml.body[formula.inner : self._xml.close(formula)]
                array = is_true(attributes(self._xml.tag(formula)).get(b"array"))
                found[col] = (text, array)
        return found

    def rewritten(self) -> bytes:
        """The part with its new ref and that of its filter."""
        root = self._xml.root
        top = self.info.first_row + (0 if self.header else 1)
        ref = str(self.info.block(top, self.info.last_row)).encode()
        tag = without_attribute(with_attribute(self._xml.tag(root), b"ref", ref), b"insertRow")
        splices: list[Splice] = [(root.start, root.inner, tag)]
        if found := self._xml.child(root, b"autoFilter"):
            changed = with_attribute(self._xml.tag(found), b"ref", ref)
            splices.append((found.start, found.inner, changed))
        return self._xml.rewritten(splices)


def moves_of(tables: Iterable[TablePart]) -> LastRowMoves:
    """How the last rows of these tables moved, by the name of the sheet."""
    moves: dict[str, list[LastRowMove]] = {}
    for table in tables:
        if move := table.move:
            moves.setdefault(table.info.sheet, []).append(move)
    return moves
