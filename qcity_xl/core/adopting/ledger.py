"""What became of each filled cell of a book: no cell is without its fate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Fate = Literal["open", "heading", "there", "taken", "left"]
_ORDER: tuple[Fate, ...] = ("open", "heading", "there", "taken", "left")  # the strongest counts


@dataclass(frozen=True, slots=True)
class BookCell:
    """A filled cell of the book: its sheet, its place there (B3, 第3行第2列), what it says."""

    sheet: str
    cell: str
    text: str

    def __str__(self) -> str:
        """工作表“台账”B3."""
        return f"{self.sheet}{self.cell}"


@dataclass(frozen=True, slots=True)
class LeftCell:
    """A cell that has no place in the master, and why."""

    cell: BookCell
    reason: str


@dataclass(slots=True)
class Ledger:
    """The fates of the cells, in the order of the book."""

    _fates: dict[BookCell, Fate] = field(default_factory=dict)
    _reasons: dict[BookCell, list[str]] = field(default_factory=dict)

    def enter(self, cell: BookCell) -> None:
        """A filled cell, whose fate is to be settled."""
        self._fates.setdefault(cell, "open")

    def close(self) -> None:
        """Nothing more is known: what is still open is left."""
        self.leave(list(self.cells("open")), "这一格没有归处")

    def mark(self, cells: Iterable[BookCell], fate: Fate) -> None:
        """Settle what becomes of these cells, as far as nothing stronger is settled."""
        for cell in cells:
            held = self._fates.get(cell, "open")
            self._fates[cell] = max(held, fate, key=_ORDER.index)

    def leave(self, cells: Iterable[BookCell], reason: str) -> None:
        """These cells can't be placed, or not wholly."""
        for cell in cells:
            self._fates[cell] = "left"
            reasons = self._reasons.setdefault(cell, [])
            if reason not in reasons:
                reasons.append(reason)

    def count(self, fate: Fate) -> int:
        """How many cells have this fate."""
        return sum(held == fate for held in self._fates.values())

    def cells(self, fate: Fate) -> Iterator[BookCell]:
        """The cells of a fate, in order."""
        return (cell for cell, held in self._fates.items() if held == fate)

    def left(self) -> tuple[LeftCell, ...]:
        """What could not be placed, in order."""
        return tuple(LeftCell(c, "；".join(self._reasons[c])) for c in self.cells("left"))
