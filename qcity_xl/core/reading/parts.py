"""Cells cut into parts of one meaning each, and what a part is by its content."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qcity_xl.core.reading.columns import Role
from qcity_xl.core.reading.deadlines import is_deadline
from qcity_xl.core.reading.methods import is_methods
from qcity_xl.core.reading.model import Cell
from qcity_xl.core.reading.numbers import (
    halved,
    parse_heading,
    parse_task,
    parse_title,
    parse_worth,
)
from qcity_xl.core.text import clean, one_line

# What earns points says so: （10分）, 得10分, 扣1分, 不得分.
SCORING = re.compile(r"\(\s*\d+(?:\.\d+)?\s*分\s*\)|[得计扣减记]\s*\d+(?:\.\d+)?\s*分|不得分|酌情")
_LOOK_BACK = 30  # lines of a cell that tell what it is
_PROSE = 25  # a text of this length is no name of a unit, no method, no label


@dataclass(eq=False, slots=True)
class Part:
    """A cell, or some lines of it. `placed` once the plan (or the table's frame) holds it."""

    cell: Cell
    text: str  # cleaned, line breaks kept
    placed: bool = False

    @property
    def flat(self) -> str:
        """The text on one line."""
        return one_line(self.text)


def parts_of(cells: Iterable[Cell]) -> Iterator[Part]:
    """The parts in order. Only a cell of no known column is cut: a lost cell may hang on it."""
    for cell in cells:
        lines = clean(cell.text).split("\n")
        start = 0
        for here in range(1, len(lines)):
            before = "\n".join(lines[start : min(here, start + _LOOK_BACK)])
            if lines[here].strip() and _begins(before, lines[here], cell.column):
                yield _part(cell, start, here)
                start = here
        yield _part(cell, start, len(lines))


def _part(cell: Cell, start: int, end: int) -> Part:
    raw = re.split("\r\n|\r|\n", cell.text)[start:end]
    text = "\n".join(raw)
    line = re.fullmatch(r"第(\d+)行", cell.where)
    lead = next((n for n, piece in enumerate(raw) if clean(piece).strip()), 0)
    where = f"第{int(line[1]) + start + lead}行" if line else cell.where
    return Part(Cell(text, where, cell.column, cell.free), clean(text).strip())


def _begins(before: str, line: str, column: str | None) -> bool:
    """Whether a line starts something that the lines before it can't be part of."""
    if column is not None or not before.strip():
        return False
    if is_scoring(before):
        return parse_task(line) is not None
    if parse_heading(line) or parse_title(line) or parse_task(line):
        return True
    return (is_scoring(line) and not is_prose(before)) or (
        is_methods(line) and not is_methods(before) and parse_title(before) is None
    )


def is_scoring(text: str) -> bool:
    """Whether a text says how points are earned."""
    return bool(SCORING.search(halved(text)))


def content_role(text: str) -> Role | None:
    """What a cell of an indicator is by its content alone; None where that is open."""
    if parse_task(text):
        return "task"
    if parse_title(text):
        return "title"
    if parse_worth(text) is not None:
        return "points"
    if is_methods(text):
        return "methods"
    if is_scoring(text):
        return "rule"
    if is_deadline(text):
        return "deadline"
    return None


def is_prose(text: str) -> bool:
    """Whether a text is too long, or too much of a sentence, for a label or a name."""
    return len(one_line(text)) >= _PROSE or bool(re.search("[。；]", text))
