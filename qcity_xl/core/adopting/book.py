"""The tables of a working book as rows of pieces: headers anywhere, merged cells resolved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from qcity_xl.core.adopting.columns import Slot, lists_contacts, lists_evidence, slot_of
from qcity_xl.core.adopting.ledger import BookCell, Ledger
from qcity_xl.core.reading.grids import Grid, Line, Square, column_letters
from qcity_xl.core.reading.headers import Words
from qcity_xl.core.reading.headings import is_note, is_total, section_heading
from qcity_xl.core.reading.model import Cell
from qcity_xl.core.text import clean, fold, one_line

BookTableKind = Literal["work", "evidence", "contacts"]
_LONGEST = 40  # characters of a header
_FEW = 2  # so many known headers make a row a header row
# What holds for the rows below as well, where these leave it blank.
_CARRIED: tuple[Slot, ...] = ("section", "indicator", "criterion", "serves", "task")


@dataclass(frozen=True, slots=True)
class Piece:
    """One filled cell of a row; one that is merged over several rows is a piece of each."""

    slot: Slot | None
    header: str
    cell: BookCell

    @property
    def text(self) -> str:
        """What it says, its line breaks kept."""
        return clean(self.cell.text).strip()


@dataclass(slots=True)
class BookRow:
    """One row: its own pieces, and those above that hold for it too."""

    pieces: list[Piece]
    carried: dict[Slot, list[Piece]]

    def of(self, *slots: Slot) -> list[Piece]:
        """Its pieces of these kinds, in order."""
        return [piece for piece in self.pieces if piece.slot in slots]

    def context(self, slot: Slot) -> list[Piece]:
        """Its pieces of a kind, else those of the rows above."""
        return self.of(slot) or self.carried.get(slot, [])


@dataclass(slots=True)
class BookTable:
    """One table of the book and what it is about."""

    kind: BookTableKind
    slots: set[Slot | None]
    rows: list[BookRow] = field(default_factory=list)


def read_book(blocks: Iterable[Cell | Grid], ledger: Ledger, own: Words = ()) -> list[BookTable]:
    """The tables with known headers; what stands outside of them is settled in the ledger.

    A text before the first table is a heading; one behind it, or a table whose headers nobody
    knows, is left. `own` are header words as the office has explained them.
    """
    tables: list[BookTable] = []
    for block in blocks:
        if isinstance(block, Grid):
            tables += _Reader(block, ledger, own).tables()
        elif block.text.strip():
            cell = BookCell("", block.where, block.text)
            ledger.enter(cell)
            if tables:
                ledger.leave([cell], "是表外的文字")
            else:
                ledger.mark([cell], "heading")
    return tables


class _Reader:
    """One grid: header rows, and the tables below each."""

    def __init__(self, grid: Grid, ledger: Ledger, own: Words) -> None:
        self._grid, self._ledger, self._own = grid, ledger, own
        self._lines = grid.lines()
        for line in self._lines:
            for square in line.own():
                ledger.enter(self._cell(square))

    def tables(self) -> Iterator[BookTable]:
        heads = list(self._heads())
        if not heads:
            cells = [self._cell(square) for line in self._lines for square in line.own()]
            reason = "这张表没有认出表头（如工作任务、进展情况、材料名称、联系人）"
            self._ledger.leave(cells, reason)
        for place, (start, height) in enumerate(heads):
            above = (
                self._lines[: start + height] if not place else self._lines[start : start + height]
            )
            self._mark_headings(above)
            end = heads[place + 1][0] if place + 1 < len(heads) else len(self._lines)
            headers = self._headers(start, height)
            yield self._table(headers, self._lines[start + height : end])

    def _mark_headings(self, lines: Iterable[Line]) -> None:
        self._ledger.mark((self._cell(s) for line in lines for s in line.own()), "heading")

    def _cell(self, square: Square) -> BookCell:
        place = f"{column_letters(square.column)}{square.row}"
        if not self._grid.letters:
            place = f"第{square.row}行第{square.column}列"
        return BookCell(self._grid.name, place, square.text)

    # -- headers

    def _heads(self) -> Iterator[tuple[int, int]]:
        """Where header rows begin, and how many there are; a repeated one begins nothing new."""
        seen: set[frozenset[str]] = set()
        at = 0
        while at < len(self._lines):
            texts = frozenset(fold(square.text) for square in self._lines[at].own())
            height = 1
            if texts not in seen and _is_head(list(self._lines[at].own()), self._own):
                seen.add(texts)
                height = 2 if self._branches(at) else 1
                yield at, height
            at += height

    def _branches(self, at: int) -> bool:
        """Whether the row below divides some of these headers."""
        if at + 1 >= len(self._lines):
            return False
        line, below = self._lines[at], list(self._lines[at + 1].own())
        wide = any(square.width > 1 for square in line.own())
        high = any(square.height > 1 for square in line.own())
        divided = all(
            s.column not in line.at
            or line.at[s.column].width > 1
            or not line.at[s.column].text.strip()
            for s in below
        )
        short = all(len(square.flat) <= _LONGEST for square in below)
        return bool(below) and (wide or high) and divided and short

    def _headers(self, start: int, height: int) -> dict[int, str]:
        """The header of each column: that of the last row which has one there."""
        found: dict[int, str] = {}
        for line in self._lines[start : start + height]:
            for column, square in sorted(line.at.items()):
                text = one_line(square.text)
                if text and square.row == line.row:
                    found[column] = self._under(found.get(column, ""), text)
        return found

    def _under(self, above: str, text: str) -> str:
        """The header of a column below another one: 一季度 below 完成率 is a rate."""
        slot, held = slot_of(text, own=self._own), slot_of(above, own=self._own)
        if above and slot == "stage" and held not in (None, "progress", "stage"):
            return f"{above}（{text}）"
        return text if slot is not None or not above else above

    # -- rows

    def _table(self, headers: dict[int, str], lines: Sequence[Line]) -> BookTable:
        in_list = lists_evidence(list(headers.values()), self._own)
        slots = {c: slot_of(text, in_list=in_list, own=self._own) for c, text in headers.items()}
        kind: BookTableKind = "evidence" if in_list else "work"
        if not in_list and lists_contacts(set(slots.values())):
            kind = "contacts"
            slots = {c: slot_of(t, in_list=True, own=self._own) for c, t in headers.items()}
        table = BookTable(kind, set(slots.values()))
        said = {fold(text) for text in headers.values()}
        carried: dict[Slot, list[Piece]] = {}
        for line in lines:
            own = list(line.own())
            if {fold(square.text) for square in own} <= said:
                self._mark_headings([line])  # blank, or the headers once more, as on each page
                continue
            if self._aside(line, own):
                carried = {}
                continue
            row = BookRow(list(self._pieces(line, headers, slots)), {})
            carried = row.carried = _carried(carried, row)
            table.rows.append(row)
        return table

    def _aside(self, line: Line, own: list[Square]) -> bool:
        """Whether a row is no row of the table: a sum, a section's heading, a note."""
        cells = [self._cell(square) for square in own]
        if any(is_total(square.text) for square in own[:3]):
            self._ledger.mark(cells, "heading")
            return True
        if len(own) > 1:
            return False
        (square,) = own
        wide = square.width > 1 and 2 * square.width > len(line.at)
        if is_note(square.text) or (wide and section_heading(square.text, 1) is None):
            self._ledger.leave(cells, "是表里的说明，不是一行内容")
            return True
        if wide:
            self._ledger.mark(cells, "heading")
        return wide

    def _pieces(
        self, line: Line, headers: dict[int, str], slots: dict[int, Slot | None]
    ) -> Iterator[Piece]:
        seen: set[int] = set()
        for column in sorted(line.at):
            square = line.at[column]
            if id(square) in seen or not square.text.strip():
                continue
            seen.add(id(square))
            yield Piece(slots.get(column), headers.get(column, ""), self._cell(square))


def _carried(before: dict[Slot, list[Piece]], row: BookRow) -> dict[Slot, list[Piece]]:
    """What holds from a row on; a new indicator ends the task above, a section both."""
    held = dict(before)
    for place, slot in enumerate(_CARRIED):
        if own := row.of(slot):
            if [p.text for p in held.get(slot, own)] != [p.text for p in own]:
                for inner in _CARRIED[place + 1 :]:
                    held.pop(inner, None)
            held[slot] = own
    return held


def _is_head(squares: list[Square], own: Words) -> bool:
    """Whether a row holds headers: short texts, and half of them known."""
    if len(squares) < _FEW or any(len(square.flat) > _LONGEST for square in squares):
        return False
    texts = [square.flat for square in squares]
    in_list = lists_evidence(texts, own)
    known = [slot for text in texts if (slot := slot_of(text, in_list=in_list, own=own))]
    return len(set(known)) >= _FEW and 2 * len(known) >= len(texts)
