"""A table dumped as text: each cell begins with a TAB and may hold several lines."""

import codecs
import re

from qcity_xl.core.reading import Cell
from qcity_xl.core.text import clean

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str | None:
    """The text in UTF-8, UTF-16 or GB18030; None if it is none of them."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    # Without a mark, UTF-16 shows in the zero bytes of its line ends and digits.
    wide = ("utf-16-le", "utf-16-be") if b"\0" in data else ()
    for encoding in (marked,) if marked else ("utf-8", *wide, "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (encoding not in wide or "\n" in text):
            return text
    return None


def cells_of(text: str) -> list[Cell]:
    """The cells; an empty one keeps its place. Without any TAB each line is a cell.

    A TAB begins a cell. So does a line after two blank ones: a cell was lost there, and what
    follows does not belong to the cell before it.
    """
    cells: list[tuple[int, list[str]]] = []
    tabs = False
    for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
        first, *others = line.split("\t")
        tabs = tabs or bool(others)
        # Several TABs in one line are a row: its first cell has no TAB before it.
        if cells and tabs and len(others) < 2 and _goes_on(cells[-1][1]):
            cells[-1][1].append(first)  # blank lines too: they keep the numbers of the lines
        elif first.strip():
            cells.append((number, [first]))
        cells += [(number, [other]) for other in others]
    return [Cell("\n".join(lines).rstrip("\n"), f"第{number}行") for number, lines in cells]


def _goes_on(lines: list[str]) -> bool:
    return len(lines) < 2 or any(clean(line).strip() for line in lines[-2:])
