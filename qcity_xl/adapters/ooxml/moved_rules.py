"""Rules of single lines, where these lines have changed their places."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from qcity_xl.adapters.ooxml.markup import escape
from qcity_xl.adapters.ooxml.moves import LastRowMove, without
from qcity_xl.adapters.ooxml.refs import Rect

Lines = Mapping[int, int]  # where each line goes that moves

_RELATIVE = re.compile(r"(\"[^\"]*\")|(?<![\w.$])(\$?[A-Za-z]{1,3})(\d+)(?![\w.(])")


class LineMove(NamedTuple):
    """Lines of a table changed places within `block`; `old` was the last one of it before."""

    old: int
    block: Rect
    lines: Lines

    def applied(self, rects: list[Rect], new: int) -> list[Rect]:
        """The blocks of a rule after the table grew, lines changed places, and it shrank to `new`.

        A rule of all lines stays one; one of single lines goes with them.
        """
        top, left, bottom, right = self.block
        if bottom != self.old:
            rects = LastRowMove(top, left, right, self.old, bottom).applied(rects)
        rects = list(self._moved(rects, new))
        return rects if new == bottom else LastRowMove(top, left, right, bottom, new).applied(rects)

    def _moved(self, rects: Sequence[Rect], new: int) -> Iterator[Rect]:
        block, cells = self.block, dict[tuple[int, int], list[int]]()
        for rect in rects:
            if not rect.meets(block) or (rect.top <= block.top and rect.bottom >= block.bottom):
                yield rect
                continue
            yield from without([rect], block)
            found = range(max(rect.top, block.top), min(rect.bottom, block.bottom) + 1)
            cols = max(rect.left, block.left), min(rect.right, block.right)
            went = (self.lines.get(line, line) for line in found)
            cells.setdefault(cols, []).extend(line for line in went if line <= new)
        for (left, right), lines in cells.items():
            for first, last in _stretches(sorted(lines)):
                yield Rect(first, left, last, right)


def _stretches(lines: Sequence[int]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for line in lines:
        if made and line == made[-1][1] + 1:
            made[-1] = (made[-1][0], line)
        else:
            made.append((line, line))
    return made


def shifted(formula: bytes, by: int) -> bytes:
    """The XML text of a formula that counts from a line `by` further down."""

    def later(match: re.Match[str]) -> str:
        return match[0] if match[1] else f"{match[2]}{int(match[3]) + by}"

    return escape(_RELATIVE.sub(later, unescape(formula.decode())))
