"""What a grown or shrunk table does to the blocks that end with it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qcity_xl.adapters.ooxml.refs import Rect


class LastRowMove(NamedTuple):
    """The last data row of a table went from `old` to `new`; its first one is `top`."""

    top: int
    left: int
    right: int
    old: int
    new: int

    @property
    def block(self) -> Rect:
        """The table's data as it was."""
        return Rect(self.top, self.left, self.old, self.right)

    def covered_by(self, rect: Rect) -> bool:
        """Whether a range ends with the table and has all rows of it, in columns of it alone."""
        return (
            rect.top <= self.top
            and rect.bottom == self.old
            and self.left <= rect.left
            and rect.right <= self.right
        )

    def applied(self, rects: list[Rect]) -> list[Rect]:
        """The blocks of one rule after the move: those that covered the last row follow it."""
        moved: list[Rect] = []
        for rect in rects:
            moved += self._one(rect, rects)
        return moved

    def _one(self, rect: Rect, rects: list[Rect]) -> tuple[Rect, ...]:
        left, right = max(rect.left, self.left), min(rect.right, self.right)
        if left > right or not rect.top <= self.old <= rect.bottom:
            return (rect,)
        inside = (left, right) == (rect.left, rect.right)
        if self.new < self.old:
            ends_here = inside and rect.bottom == self.old and rect.top <= self.new
            return (rect._replace(bottom=self.new),) if ends_here else (rect,)
        if rect.bottom >= self.new or any(other.holds(rect.bottom + 1, left) for other in rects):
            return (rect,)
        if inside:
            return (rect._replace(bottom=self.new),)
        return rect, Rect(rect.bottom + 1, left, self.new, right)


LastRowMoves = Mapping[str, Sequence[LastRowMove]]  # those of the tables of each sheet


def without(rects: list[Rect], cut: Rect) -> list[Rect]:
    """The blocks with one block cut out."""
    left: list[Rect] = []
    for rect in rects:
        if not rect.meets(cut):
            left.append(rect)
            continue
        top, bottom = max(rect.top, cut.top), min(rect.bottom, cut.bottom)
        pieces = (
            Rect(rect.top, rect.left, top - 1, rect.right),
            Rect(top, rect.left, bottom, cut.left - 1),
            Rect(top, cut.right + 1, bottom, rect.right),
            Rect(bottom + 1, rect.left, rect.bottom, rect.right),
        )
        left += (
            piece for piece in pieces if piece.top <= piece.bottom and piece.left <= piece.right
        )
    return left
