"""What stands behind the cells of a sheet: data validations and conditional formats."""

import copy
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, Self

from qcity_xl.adapters.ooxml.errors import ValidationsOverlap
from qcity_xl.adapters.ooxml.markup import (
    Element,
    Splice,
    Xml,
    attributes,
    opened,
    with_attribute,
)
from qcity_xl.adapters.ooxml.moved_rules import LineMove, shifted
from qcity_xl.adapters.ooxml.moves import LastRowMove, without
from qcity_xl.adapters.ooxml.refs import Rect, parse_rects

# What may stand between sheetData and dataValidations (ECMA-376 part 1, 18.3.1.99).
_BEFORE = frozenset(
    b"sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState"
    b" dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting".split()
)
_RELATIVE = re.compile(rb"(?<![\w.$])(?!\$[A-Za-z]{1,3}\$\d)\$?[A-Za-z]{1,3}\$?\d+(?![\w.(])")
# In extLst the block is the text of xm:sqref; a sparkline has one as well.
_EXTENDED = re.compile(
    rb"<(?:[\w.-]++:)?(conditionalFormatting|dataValidation|sparkline)(?=[\s/>])"
    rb"|<(?:[\w.-]++:)?sqref\s*>([^<>]*)<"
)


class _Rule(NamedTuple):
    element: Element
    rects: list[Rect]


class Validations:
    """The rules of one sheet, with new validations and moves that wait to be written."""

    def __init__(self, sheet: str, xml: Xml, start: int) -> None:
        """`start` is where sheetData ends: rules stand behind it."""
        self._sheet, self._xml, self._start = sheet, xml, start
        self.moves: dict[str, LastRowMove] = {}  # by table
        self.orders: dict[str, LineMove] = {}  # the same
        self._new: dict[tuple[int, int], bytes] = {}  # a validation without its sqref, by cell
        self._standing: dict[tuple[object, ...], list[_Rule]] = {}  # the old ones moved

    def fresh(self) -> Self:
        """The rules as read; what was found in the part stays known."""
        self._old, self._formats, self._extended  # noqa: B018 - found once for all
        other = copy.copy(self)
        other.moves, other.orders, other._new, other._standing = {}, {}, {}, {}
        return other

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return bool(self._new or self.moves or self.orders)

    def add(self, row: int, col: int, validation: bytes) -> None:
        """Set the validation of a cell: an element without sqref.

        Raises ValidationsOverlap where the cell can't be taken out of the one it has.
        """
        for rule in self._moved_rules():
            if self._is_bound(rule, row, col):
                raise ValidationsOverlap(self._sheet, row, col)
        for _, _, rects, name in self._extended:
            if name == b"dataValidation" and any(r.holds(row, col) for r in self._moved(rects)):
                raise ValidationsOverlap(self._sheet, row, col)
        self._new[row, col] = validation

    def splices(self) -> Iterator[Splice]:
        """The changes of the part."""
        if self.moves:
            yield from self._move_formats()
        if self._container:
            yield from self._edit_container(self._container)
        elif self._new:
            new = self._new_elements()
            data = b'<%sdataValidations count="%d">%s</%sdataValidations>'
            prefix = self._xml.prefix
            place = self._place
            yield place, place, data % (prefix, len(new), b"".join(new), prefix)

    @cached_property
    def _tail(self) -> list[Element]:
        return list(self._xml.children(self._start, len(self._xml.mask)))

    @property
    def _container(self) -> Element | None:
        return next((child for child in self._tail if child.name == b"dataValidations"), None)

    @property
    def _place(self) -> int:
        """Where the schema wants dataValidations."""
        before = [child.end for child in self._tail if child.name in _BEFORE]
        return before[-1] if before else self._start

    @cached_property
    def _old(self) -> list[_Rule]:
        if self._container is None:
            return []
        children = self._xml.children(self._container.inner, self._container.end)
        return [_Rule(child, self._rects(child)) for child in children]

    @cached_property
    def _formats(self) -> list[_Rule]:
        found = (child for child in self._tail if child.name == b"conditionalFormatting")
        return [_Rule(child, self._rects(child)) for child in found]

    def _rects(self, element: Element) -> list[Rect]:
        found = attributes(self._xml.tag(element))
        return parse_rects(found.get(b"sqref", b"").decode())

    @cached_property
    def _extended(self) -> list[tuple[int, int, list[Rect], bytes]]:
        """Start, end, blocks and owner of each xm:sqref that belongs to a rule."""
        found, owner = [], b""
        for match in _EXTENDED.finditer(self._xml.mask, self._start):
            if match[1]:
                owner = match[1]
            elif owner in (b"conditionalFormatting", b"dataValidation"):
                found.append((*match.span(2), parse_rects(match[2].decode()), owner))
        return found

    def _moved(self, rects: list[Rect]) -> list[Rect]:
        for move in self.moves.values():
            rects = move.applied(rects)
        return rects

    def _settled(self, rects: list[Rect]) -> list[Rect]:
        """The blocks of a validation, which goes with single lines too."""
        for name in dict.fromkeys((*self.moves, *self.orders)):
            move, order = self.moves.get(name), self.orders.get(name)
            if order:
                rects = order.applied(rects, move.new if move else order.old)
            elif move:
                rects = move.applied(rects)
        return rects

    def _moved_rules(self) -> list[_Rule]:
        """The rules of the part with the blocks that they have after the moves."""
        orders = [order.block for order in self.orders.values()]
        moves: tuple[object, ...] = (*self.moves.values(), *orders)
        if moves not in self._standing:
            self._standing = {
                moves: [_Rule(rule.element, self._settled(rule.rects)) for rule in self._old]
            }
        return self._standing[moves]

    def _is_bound(self, rule: _Rule, row: int, col: int) -> bool:
        """Whether the rule counts from the column of this cell, and no other of it stands there."""
        rects = rule.rects
        if not any(rect.holds(row, col) for rect in rects):
            return False
        left = without(rects, Rect(row, col, row, col))
        if not left or min(r.left for r in left) == min(r.left for r in rects):
            return False
        text = self._xml.body[rule.element.inner : rule.element.end]
        return bool(_RELATIVE.search(re.sub(rb'"[^"]*"', b"", text)))

    def _move_formats(self) -> Iterator[Splice]:
        for rule in self._formats:
            yield from self._with_rects(rule, self._moved(rule.rects))
        for start, end, rects, _ in self._extended:
            if (moved := self._moved(rects)) != rects:
                yield start, end, _sqref(moved)

    def _edit_container(self, container: Element) -> Iterator[Splice]:
        """The splices inside of dataValidations."""
        kept = 0
        cut = _blocks(self._new)
        for rule in self._old:
            rects = self._settled(rule.rects)
            for block in cut:
                rects = without(rects, block)
            kept += bool(rects) or not rule.rects
            if rects:
                yield from self._with_rects(rule, rects)
                yield from self._counted_from(rule, rects)
            elif rule.rects:
                yield rule.element.start, rule.element.end, b""
        if new := self._new_elements():
            tag = self._xml.tag(container)
            counted = with_attribute(opened(tag), b"count", b"%d" % (kept + len(new)))
            yield container.start, container.inner, counted
            close = self._xml.close(container)
            ending = b"</%sdataValidations>" % self._xml.prefix if tag.endswith(b"/>") else b""
            yield close, close, b"".join(new) + ending

    def _with_rects(self, rule: _Rule, rects: list[Rect]) -> Iterator[Splice]:
        if rects != rule.rects:
            tag = with_attribute(self._xml.tag(rule.element), b"sqref", _sqref(rects))
            yield rule.element.start, rule.element.inner, tag

    def _counted_from(self, rule: _Rule, rects: list[Rect]) -> Iterator[Splice]:
        """The formulas of a rule whose first cell is another one: they count from that."""
        by = min(rect.top for rect in rects) - min(rect.top for rect in rule.rects)
        for part in self._xml.children(rule.element.inner, rule.element.end) if by else ():
            end = self._xml.close(part)
            yield part.inner, end, shifted(self._xml.body[part.inner : end], by)

    def _new_elements(self) -> list[bytes]:
        """The new validations, equal ones joined."""
        cells: dict[bytes, list[Rect]] = {}
        for (row, col), validation in sorted(self._new.items()):
            cells.setdefault(validation, []).append(Rect(row, col, row, col))
        elements = []
        for validation, rects in cells.items():
            end = validation.index(b">") + 1
            tag = with_attribute(validation[:end], b"sqref", _sqref(rects))
            elements.append(tag + validation[end:])
        return elements


def _blocks(cells: Iterable[tuple[int, int]]) -> list[Rect]:
    """These cells, those that stand one below the other as one block."""
    blocks: list[Rect] = []
    for col, row in sorted((col, row) for row, col in cells):
        last = blocks[-1] if blocks else None
        if last and (last.left, last.bottom + 1) == (col, row):
            blocks[-1] = last._replace(bottom=row)
        else:
            blocks.append(Rect(row, col, row, col))
    return blocks


def _sqref(rects: list[Rect]) -> bytes:
    return " ".join(map(str, rects)).encode()
