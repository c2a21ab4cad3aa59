"""Lines of labels with their values, 指标名称：… 分值：… 责任单位：…, as cards of two columns."""

import re
from collections.abc import Iterator, Sequence

from qcity_xl.core.reading.columns import Meaning, meaning_of
from qcity_xl.core.reading.grids import Grid, Square
from qcity_xl.core.reading.headers import Words
from qcity_xl.core.reading.headings import section_heading
from qcity_xl.core.reading.model import Cell
from qcity_xl.core.text import clean

NAMES: tuple[Meaning, ...] = ("level2", "level3", "title", "content")
_FEW = 2  # so many lines that name an indicator or a task make lines cards
_NUMBER = r"(?P<no>[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）).、．]\s*)?"
_LABEL = re.compile(
    rf"(?:^\W*?{_NUMBER}|[\s；;，,。、|｜])[【\[]?(?P<label>[\u4e00-\u9fff]{{2,10}}(?:[（(][^（）()：:]{{1,6}}[）)])?)[】\]]?\s*[：:]"
)
_ITEM = re.compile(r"\s*(?:[①-⑳]|[（(]?\d{1,2}[）)]|\d{1,2}[.、．])")
_ENDS = " \t；;，,、|｜"

_Pair = tuple[str, str]


def with_cards(blocks: Sequence[Cell | Grid], own: Words = ()) -> list[Cell | Grid]:
    """The blocks, with lines of labels as tables of two columns: a label and its value.

    Lines that follow a label and begin with the number of an item belong to its value. Nothing
    changes where fewer than two lines name an indicator or a task.
    """
    pairs = [_pairs(block, own) if isinstance(block, Cell) else [] for block in blocks]
    names = sum(meaning_of(label, own) in (*NAMES, "task") for each in pairs for label, _ in each)
    return list(_carded(blocks, pairs)) if names >= _FEW else list(blocks)


def _carded(
    blocks: Sequence[Cell | Grid], pairs: Sequence[Sequence[_Pair]]
) -> Iterator[Cell | Grid]:
    run: list[tuple[_Pair, Cell]] = []
    for block, found in zip(blocks, pairs, strict=True):
        if isinstance(block, Cell) and found:
            run += [(pair, block) for pair in found]
        elif isinstance(block, Cell) and run and _goes_on(block, run[-1][0][1]):
            (label, value), cell = run[-1]
            run[-1] = ((label, f"{value}\n{block.text}".strip()), cell)
        elif not (isinstance(block, Cell) and not block.text.strip()):
            yield from _grid(run)
            run = []
            yield block
    yield from _grid(run)


def _goes_on(cell: Cell, value: str) -> bool:
    """Whether a line is part of the value above: an item, or what stands below a bare label."""
    if section_heading(cell.text, 1) is not None:
        return False
    return bool(_ITEM.match(cell.text)) or not value


def _grid(run: Sequence[tuple[_Pair, Cell]]) -> Iterator[Grid]:
    if not run:
        return
    squares = [
        Square(text, row, column)
        for row, (pair, _) in enumerate(run, 1)
        for column, text in enumerate(pair, 1)
    ]
    places = {
        (row, column): cell.where for row, (_, cell) in enumerate(run, 1) for column in (1, 2)
    }
    yield Grid(run[0][1].where, tuple(squares), places=places)


def _pairs(cell: Cell, own: Words) -> list[_Pair]:
    """The labels of a line with their values; [] where other words stand before the first."""
    text = clean(cell.text)
    found = [match for match in _LABEL.finditer(text) if meaning_of(match["label"], own)]
    if not found or re.search(r"\w", text[: found[0].start()]):
        return []
    ends = [*(match.start() for match in found[1:]), len(text)]
    pairs = []
    for match, end in zip(found, ends, strict=True):
        value = text[match.end() : end].strip(_ENDS)
        named = meaning_of(match["label"], own) in NAMES
        pairs.append((match["label"], f"{match['no'] or ''}{value}" if named else value))
    return pairs
