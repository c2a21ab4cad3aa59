"""One worksheet with the edits that wait to be written into it."""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Self

from qcity_xl.adapters.ooxml.cells import RawCell, parse_cell
from qcity_xl.adapters.ooxml.markup import (
    Element,
    Splice,
    Xml,
    attributes,
    is_true,
    opened,
    with_attribute,
)
from qcity_xl.adapters.ooxml.outline import fold_marks, folded_rows, shown_groups
from qcity_xl.adapters.ooxml.refs import Rect, cell_name, parse_block, parse_rect
from qcity_xl.adapters.ooxml.rows import RowTag, RowTags, WholeRow, with_spans
from qcity_xl.adapters.ooxml.validations import Validations

_HEIGHT = re.compile(rb"\s(?:ht|customHeight)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class Sheet:
    """The cells as they will be; the part's bytes stay as read until `rewritten`."""

    def __init__(self, name: str, xml: Xml, *, made: bool = False) -> None:
        """`name` is what the tab shows; a part that was `made` is not as in the file."""
        self.name, self.xml = name, xml
        self.rows = RowTags(xml)
        self.validations = Validations(name, xml, self.rows.end)
        self._edits: dict[int, dict[int, RawCell | None]] = {}
        self._heights: dict[int, bytes] = {}
        self._fitted: dict[int, float] = {}
        self._whole: dict[int, WholeRow] = {}
        self._over: set[int] = set()  # whole rows that come in place of the part's
        self.folds: list[range] = []  # rows to be folded away, each under its first one
        self._parsed: dict[tuple[int, int], RawCell] | None = None  # of all that are like it
        self._made = made

    def fresh(self) -> Self:
        """The sheet as read, to be edited apart from this; what was found in it stays known."""
        if self._parsed is None:
            self._parsed = {}
            self.merged, self.arrays, self._cols  # noqa: B018 - found once for all
        other = copy.copy(self)
        other.validations = self.validations.fresh()
        other._edits, other._heights, other._fitted, other._whole = {}, {}, {}, {}
        other._over, other.folds = set(), []
        return other

    def filled(self, rows: bytes, block: Rect) -> bytes:
        """The part with these rows, which fill that block; it has none itself."""
        corners = [(block.top, block.left), (block.bottom, block.right)]
        return self.xml.rewritten(
            [*self._with_data([(self.rows.close, rows)]), *self._dimension(corners)]
        )

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self._made or bool(self._edits or self._whole) or self.validations.changed

    # --- cells -----------------------------------------------------------------------------

    def cell(self, row: int, col: int) -> RawCell | None:
        """The cell as it will be; None where there is none. Not to be changed."""
        if row in self._whole:
            self._take_apart(row)
        edited = self._edits.get(row)
        if edited and col in edited:
            return edited[col]
        found = self.rows.get(row)
        if found is None or col not in found.places:
            return None
        place = found.places[col]
        if self._parsed is None:
            return parse_cell(self.xml, place.start, place.end)
        if (row, col) not in self._parsed:
            self._parsed[row, col] = parse_cell(self.xml, place.start, place.end)
        return self._parsed[row, col]

    def touch(self, row: int, col: int) -> RawCell:
        """The cell for changing; made where there is none, in the style of its row or column."""
        cell = self.cell(row, col)
        if cell is None:
            cell = RawCell(self.style_at(row, col))
        elif self._parsed is not None:
            cell = cell.copy()
        self._edits.setdefault(row, {})[col] = cell
        return cell

    def is_free(self, first: int, last: int) -> bool:
        """Whether there are no rows from `first` to `last`, neither in the part nor edited."""
        if self.rows.between(first, last):
            return False
        edited = range(first, last + 1)
        return not any(row in edited for row in (*self._edits, *self._whole))

    def add_rows(self, rows: Mapping[int, WholeRow]) -> None:
        """Put whole rows where there are none (see `is_free`)."""
        self._whole.update(rows)

    def is_edited(self, row: int) -> bool:
        """Whether a row is no longer as the part has it."""
        return row in self._edits or row in self._whole

    def is_blank(self, row: int, left: int, right: int) -> bool:
        """Whether the part has that row, not edited, with cells in these columns alone, and nothing
        in any of them.
        """
        found = self.rows.get(row)
        if found is None or self.is_edited(row):
            return False
        cells = (self.cell(row, col) for col in found.places if left <= col <= right)
        kept = [cell for cell in cells if cell and not (cell.content or cell.formula or cell.tail)]
        return len(kept) == len(found.places)

    def replace_row(self, row: int, cells: WholeRow) -> None:
        """Put these cells in place of those of a row that is blank (see `is_blank`)."""
        self._whole[row] = cells
        self._over.add(row)

    def remove(self, row: int, col: int) -> None:
        """Take the cell away, style and all."""
        if row in self._whole:
            self._take_apart(row)
        self._edits.setdefault(row, {})[col] = None

    def style_at(self, row: int, col: int) -> int:
        """The style of the cell, or that which a new one would have."""
        if cell := self.cell(row, col):
            return cell.style
        found = self.rows.get(row)
        style = self.rows.style(found) if found else None
        if style is not None:
            return style
        return next((style for low, high, style in self._cols if low <= col <= high), 0)

    def copy_height(self, source: int, rows: range) -> None:
        """Give new rows the height of another one; rows that exist keep theirs."""
        found = self.rows.get(source)
        if found is None:
            height = self._heights.get(source, b"")
        else:
            height = b"".join(_HEIGHT.findall(self.xml.body[found.start : found.inner]))
        if height:
            self._heights.update(dict.fromkeys(rows, height))

    def fit_height(self, row: int, points: float) -> None:
        """Give an edited row the height its text wants, unless a person has set one."""
        self._fitted[row] = points

    def first_filled(self, block: Rect) -> str | None:
        """The name of a cell in the block that holds something, or None."""
        every = (*self._edits, *self._whole)
        edited = (row for row in every if block.top <= row <= block.bottom)
        for row in sorted({*self.rows.between(block.top, block.bottom), *edited}):
            found = self.rows.get(row)
            if row in self._whole:
                self._take_apart(row)
            cols = {*self._edits.get(row, ()), *(found.places if found else ())}
            for col in sorted(cols):
                cell = self.cell(row, col) if block.left <= col <= block.right else None
                if cell and (cell.formula or cell.content):
                    return cell_name(row, col)
        return None

    def _take_apart(self, row: int) -> None:
        """Make single cells of a whole row, for whoever asks for one or changes it."""
        cells = self._whole.pop(row).cells
        root = self.xml.root
        document = self.xml.tag(root) + cells + b"</%s>" % (self.xml.prefix + root.name)
        xml = Xml(self.xml.part, document)
        found = self._edits.setdefault(row, {})
        for cell in xml.children(xml.root.inner, xml.root.end):
            name = parse_rect(attributes(xml.tag(cell))[b"r"].decode())
            if name:
                found[name.left] = parse_cell(xml, cell.start, cell.end)

    # --- what the sheet says of blocks ------------------------------------------------------

    @cached_property
    def merged(self) -> list[Rect]:
        """The merged blocks."""
        merges = self._after(b"mergeCells")
        if merges is None:
            return []
        tags = (self.xml.tag(child) for child in self.xml.children(merges.inner, merges.end))
        rects = (parse_block(attributes(tag).get(b"ref", b"").decode()) for tag in tags)
        return [rect for rect in rects if rect]

    @cached_property
    def arrays(self) -> list[Rect]:
        """The blocks of array formulas and data tables, single cells left out."""
        blocks = []
        for tag in self._formula_tags():
            found = attributes(tag)
            if found.get(b"t") in (b"array", b"dataTable"):
                rect = parse_rect(found.get(b"ref", b"").decode())
                if rect and (rect.top, rect.left) != (rect.bottom, rect.right):
                    blocks.append(rect)
        return blocks

    def shares(self, formula: bytes) -> bool:
        """Whether other cells live on the text of this formula element."""
        found = attributes(formula[: formula.index(b">") + 1])
        if found.get(b"t") != b"shared" or b"ref" not in found:
            return False
        return sum(attributes(t).get(b"si") == found.get(b"si") for t in self._formula_tags()) > 1

    def _formula_tags(self) -> Iterator[bytes]:
        tag = re.compile(rb"<%sf\s[^<>]*>" % re.escape(self.xml.prefix))
        return (found[0] for found in tag.finditer(self.xml.mask, self.rows.inner, self.rows.close))

    @cached_property
    def _cols(self) -> list[tuple[int, int, int]]:
        """First column, last column and style of each `<col>`."""
        cols = self._before(b"cols")
        if cols is None:
            return []
        columns = []
        for child in self.xml.children(cols.inner, cols.end):
            found = attributes(self.xml.tag(child))
            low, high, style = (self.xml.integer(found, n) for n in (b"min", b"max", b"style"))
            columns.append((low, high, style))
        return columns

    def _before(self, name: bytes) -> Element | None:
        inner = self.xml.root.inner
        found = self.xml.children(inner, self.rows.start)
        return next((child for child in found if child.name == name), None)

    def _after(self, name: bytes) -> Element | None:
        found = self.xml.children(self.rows.end, len(self.xml.mask))
        return next((child for child in found if child.name == name), None)

    # --- writing ---------------------------------------------------------------------------

    def rewritten(self) -> bytes:
        """The part with every edit made, in one pass."""
        splices = list(self.validations.splices())
        added: list[tuple[int, int]] = []
        new_rows = []
        for number in sorted((*self._edits, *self._whole)):
            row = self.rows.get(number)
            if row is None:
                new_rows.append(number)
                continue
            if number in self._whole and number in self._over:
                splices += self._in_place(row, self._whole[number], added)
                continue
            if number in self._whole:
                self._take_apart(number)
            splices += self._in_row(row, added)
        groups = [group for group in self.folds if len(group) > 1]
        standing = any(self.rows.between(group.start, group.stop - 1) for group in groups)
        marks = {} if standing else fold_marks(groups)
        splices += self._new_rows(new_rows, added, marks)
        splices += self._dimension(added)
        if not marks.keys().isdisjoint(new_rows):
            splices += shown_groups(self.xml, self.rows.start)
        made = self.xml.rewritten(splices)
        return folded_rows(Xml(self.xml.part, made), groups) if standing else made

    def _in_row(self, row: RowTag, added: list[tuple[int, int]]) -> Iterator[Splice]:
        prefix, edits = self.xml.prefix, self._edits[row.number]
        fresh: list[tuple[int, bytes]] = []
        for col in sorted(edits):
            cell = edits[col]
            data = cell.to_bytes(prefix, row.number, col) if cell else b""
            if place := row.places.get(col):
                gap = b"<%sc/>" % prefix if row.implicit else b""
                yield place.start, place.end, data or gap
            elif cell:
                fresh.append((col, data))
        added += ((row.number, col) for col, _ in fresh)
        yield from self._inserted(row, fresh)

    def _in_place(
        self, row: RowTag, made: WholeRow, added: list[tuple[int, int]]
    ) -> Iterator[Splice]:
        """The splices for a row whose cells are all new."""
        added += ((row.number, made.left), (row.number, made.right))
        tag = self.xml.body[row.start : row.inner]
        wider = with_spans(self._with_height(tag, row.number), made.left, made.right)
        if tag.endswith(b"/>"):
            close = b"</%srow>" % self.xml.prefix
            yield row.start, row.inner, opened(wider) + made.cells + close
            return
        end = max((place.end for place in row.places.values()), default=row.inner)
        yield row.start, end, wider + made.cells

    def _inserted(self, row: RowTag, fresh: list[tuple[int, bytes]]) -> Iterator[Splice]:
        """The splices for cells that the row did not have, and for its tag."""
        tag = self.xml.body[row.start : row.inner]
        wider = self._with_height(tag, row.number)
        if fresh:
            wider = with_spans(wider, fresh[0][0], fresh[-1][0])
        if fresh and tag.endswith(b"/>"):
            cells = b"".join(data for _, data in fresh)
            close = b"</%srow>" % self.xml.prefix
            yield row.start, row.inner, opened(wider) + cells + close
            return
        if wider != tag:
            yield row.start, row.inner, wider
        places = list(row.places.values())
        index, last = 0, row.inner
        for col, data in fresh:
            while index < len(places) and places[index].col < col:
                last = places[index].end
                index += 1
            position = places[index].start if index < len(places) else last
            yield position, position, data

    def _new_rows(
        self, numbers: list[int], added: list[tuple[int, int]], marks: Mapping[int, bytes]
    ) -> Iterator[Splice]:
        """The splices for rows that the part does not have, some with `marks` in their tags."""
        prefix = self.xml.prefix
        pieces: list[tuple[int, bytes]] = []
        for number in numbers:
            made = self._whole.get(number) or self._joined(number)
            if made is None:
                continue
            added += ((number, made.left), (number, made.right))
            height = self._heights.get(number, b"")
            if number in self._fitted:
                height = _fitted_height(height, self._fitted[number])
            place, mark = self.rows.place_for(number), marks.get(number, b"")
            tag = b'<%srow r="%d"%s%s>' % (prefix, number, height, mark)
            # Thousands of rows are long together: their cells are copied once, into the part.
            pieces += ((place, tag), (place, made.cells), (place, b"</%srow>" % prefix))
        return self._with_data(pieces)

    def _with_data(self, pieces: Sequence[tuple[int, bytes]]) -> Iterator[Splice]:
        """The splices for new rows at these places, in their order."""
        if not pieces:
            return
        if self.rows.empty:
            tag = opened(self.xml.body[self.rows.start : self.rows.inner])
            close = b"</%ssheetData>" % self.xml.prefix
            data = b"".join(row for _, row in pieces)
            yield self.rows.start, self.rows.inner, tag + data + close
            return
        yield from ((place, place, row) for place, row in pieces)

    def _joined(self, row: int) -> WholeRow | None:
        """The single cells of a new row as a whole one."""
        cells = sorted((col, cell) for col, cell in self._edits[row].items() if cell)
        if not cells:
            return None
        data = b"".join(cell.to_bytes(self.xml.prefix, row, col) for col, cell in cells)
        return WholeRow(cells[0][0], cells[-1][0], data)

    def _with_height(self, tag: bytes, row: int) -> bytes:
        """The row tag with the fitted height (18.3.1.73: customHeight marks a person's own)."""
        return _fitted(tag, self._fitted[row]) if row in self._fitted else tag

    def _dimension(self, added: list[tuple[int, int]]) -> Iterator[Splice]:
        """The used block, grown to the new cells; where the part does not say it, nor do we."""
        element = self._before(b"dimension")
        if element is None or not added:
            return
        tag = self.xml.tag(element)
        old = parse_rect(attributes(tag).get(b"ref", b"").decode())
        if old is None:
            return
        rows, cols = [row for row, _ in added], [col for _, col in added]
        new = Rect(
            min(old.top, *rows),
            min(old.left, *cols),
            max(old.bottom, *rows),
            max(old.right, *cols),
        )
        yield element.start, element.inner, with_attribute(tag, b"ref", str(new).encode())


@lru_cache(maxsize=1000)
def _fitted_height(height: bytes, points: float) -> bytes:
    """The same for the attributes of a new row: few heights for many rows."""
    return _fitted(b"<row%s>" % height, points)[4:-1]


def _fitted(tag: bytes, points: float) -> bytes:
    """A row's tag with that height, unless a person has set one."""
    if is_true(attributes(tag).get(b"customHeight")):
        return tag
    return with_attribute(tag, b"ht", b"%g" % points)
