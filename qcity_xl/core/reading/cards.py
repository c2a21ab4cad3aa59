"""Cards, one for each indicator, of labels with their values: turned into one table with headers.

指标名称 | 标准制定, 分值 | 10分, … below each other, as a table for each card or all in one sheet,
or as plain lines.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qcity_xl.core.reading.columns import header_key, meaning_of
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.grids import Grid, Line, Square
from qcity_xl.core.reading.headers import Head, HeadedColumn, Words, find_head
from qcity_xl.core.reading.labelled import NAMES, with_cards
from qcity_xl.core.reading.model import Cell
from qcity_xl.core.text import fold, one_line

UNREAD = "cards-unread"  # the code of the problem that says why cards were not read
_LEAST = 3  # fewer labels make no card


@dataclass(eq=False, slots=True)
class _Card:
    """One card: its labels as written, each with its value and place, by their keys."""

    grid: Grid
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    values: dict[str, tuple[str, str]] = field(default_factory=dict)
    twice: bool = False  # whether a label stands in it more than once

    @property
    def first(self) -> str:
        return next(iter(self.labels))

    def add(self, label: Square, value: Square, line: Line) -> None:
        """Take in a pair of a row; a label from a row above goes on."""
        key, where = header_key(label.text), self.grid.where(value.row, value.column)
        self.twice |= label.row == line.row and key in self.labels
        self.labels.setdefault(key, (label.flat, self.grid.where(label.row, label.column)))
        text, where = self.values.get(key, ("", where))
        self.values[key] = (f"{text}\n{value.text}".strip(), where)


def without_cards(
    blocks: Sequence[Cell | Grid], findings: Findings, own: Words = ()
) -> list[Cell | Grid]:
    """The blocks, with cards that follow each other as one table of the same content.

    Its places are those of the cells in the document. Cards that can't be read without a guess
    stay as they are, with a problem of the code `UNREAD` that says what to do.
    """
    given, blocks = list(blocks), with_cards(blocks, own)
    taken = [list(_pieces(b, own)) if isinstance(b, Grid) else [b] for b in blocks]
    cards = [piece for pieces in taken for piece in pieces if isinstance(piece, _Card)]
    cards = [card for card in cards if len(card.labels) >= _LEAST and _plans(card, own)]
    labels = [tuple(card.labels) for card in cards]
    if not any(one == two for one, two in pairwise(labels)):
        if len(blocks) < len(given) and not any(isinstance(block, Grid) for block in given):
            where = next(block.name for block in blocks if isinstance(block, Grid))
            found = "写成“栏目：内容”的各项，栏目不一样，或中间夹了别的内容"
            fix = "请改成一张表：第一行是这些栏目，一项指标一行，再读入"
            findings.problem(UNREAD, where, found, "各项的栏目相同，每栏一行", fix)
        return given
    if why := _unsound(blocks, taken, own):
        heads = "、".join(one_line(label) for label, _ in cards[0].labels.values())
        found = f"有{len(cards)}张一项一张的卡片（{heads}），{why}"
        fix = f"请改成一张表：第一行是这些表头（{heads}），一项指标一行，再读入"
        findings.problem(UNREAD, cards[0].grid.name, found, "各张卡片的栏目相同，每栏一格", fix)
        return given
    turned: list[Cell | Grid] = []
    run: list[_Card | Cell] = []
    for block, pieces in zip(blocks, taken, strict=True):
        if isinstance(block, Grid) and not any(isinstance(p, _Card) for p in pieces):
            turned, run = [*turned, *_table(run), block], []
        else:
            run += pieces
    return [*turned, *_table(run)]


def _plans(card: _Card, own: Words) -> bool:
    """Whether a card's labels are those of a plan: 单位, 联系人, 电话 are not."""
    texts = [text for text, _ in card.labels.values()]
    return Head(
        0, 0, [HeadedColumn(n, t, meaning_of(t, own)) for n, t in enumerate(texts, 1)]
    ).plans


def _pieces(grid: Grid, own: Words) -> Iterator[_Card | Cell]:
    """The cards of a table in order, and the cells of its rows that are part of none."""
    card: _Card | None = None
    for line in grid.lines():
        squares = list(line.own())
        pairs = _pairs(line, card, own)
        if not squares:
            continue
        if not pairs:
            if card:
                yield card
            card = None
            for square in squares:
                yield Cell(square.text, grid.where(square.row, square.column), free=True)
            continue
        label = pairs[0][0]
        begins = card and label.row == line.row and header_key(label.text) == card.first
        if card is None or begins:
            if card:
                yield card
            card = _Card(grid)
        for label, value in pairs:
            card.add(label, value, line)
    if card:
        yield card


def _pairs(line: Line, card: _Card | None, own: Words) -> list[tuple[Square, Square]]:
    """The labels of a row with their values; [] where the row holds anything else."""
    squares: list[Square] = []
    for column in sorted(line.at):
        if line.at[column] not in squares[-1:]:
            squares.append(line.at[column])
    pairs = []
    rest = iter(squares)
    for square in rest:
        if not square.text.strip():
            continue
        value = next(rest, None)
        goes_on = square.row < line.row and card and header_key(square.text) in card.labels
        if not (goes_on or square.row == line.row) or not meaning_of(square.text, own):
            return []
        if value is None or value.row < line.row or meaning_of(value.text, own):
            return []
        pairs.append((square, value))
    return pairs


def _unsound(
    blocks: Sequence[Cell | Grid], taken: Sequence[Sequence[_Card | Cell]], own: Words
) -> str:
    """Why cards can't be turned into a table without a guess; "" if they can."""
    cards = [piece for pieces in taken for piece in pieces if isinstance(piece, _Card)]
    if any(card.twice for card in cards):
        return "有的卡片同一个栏目写了几次"
    if any(len(card.labels) < _LEAST or card.first != cards[0].first for card in cards):
        return "有的卡片缺开头的栏目，或中间夹了别的内容"
    labels = {key: meaning_of(text, own) for c in cards for key, (text, _) in c.labels.items()}
    names = [key for key, meaning in labels.items() if meaning in NAMES] or [
        key for key, meaning in labels.items() if meaning == "task"
    ]
    if not names or any(not card.values.get(key, ("",))[0] for card in cards for key in names):
        return "有的卡片没有写指标或任务的名称"
    called = [tuple(one_line(card.values[key][0]) for key in names) for card in cards]
    if len(set(called)) < len(called):
        return "有几张卡片写的是同一项"
    for block, pieces in zip(blocks, taken, strict=True):
        if not isinstance(block, Grid):
            continue
        if any(isinstance(piece, _Card) for piece in pieces):
            loose = [piece for piece in pieces if isinstance(piece, Cell)]
            if any(meaning_of(cell.text, own) for cell in loose):
                return "有的栏目不是一个栏目配一格内容"
        elif (head := find_head(block.lines(), 0, own)) and head.plans:
            return "另外还有成表的任务分解，两处可能重复"
    return ""


def _table(run: Sequence[_Card | Cell]) -> Iterator[Cell | Grid]:
    """Cards as one table: headers, a row for each card, what stands between over its width."""
    cards = [piece for piece in run if isinstance(piece, _Card)]
    if not cards:
        yield from _cells(run)
        return
    begin, end = run.index(cards[0]), run.index(cards[-1]) + 1
    captions = {_unnumbered(piece.text) for piece in _cells(run[begin:])}
    before = run[begin - 1] if begin else None
    if isinstance(before, Cell) and _unnumbered(before.text) in captions:
        begin -= 1  # the caption of the first card, as the others have one
    heads: dict[str, tuple[str, str]] = {}
    for card in cards:
        heads |= {key: label for key, label in card.labels.items() if key not in heads}
    squares, places = [], {}
    for column, (text, where) in enumerate(heads.values(), 1):
        squares.append(Square(text, 1, column))
        places[1, column] = where
    for row, piece in enumerate(run[begin:end], 2):
        if isinstance(piece, Cell):
            squares.append(Square(piece.text, row, 1, 1, len(heads)))
            places[row, 1] = piece.where
            continue
        for column, key in enumerate(heads, 1):
            text, where = piece.values.get(key, ("", piece.labels[piece.first][1]))
            squares.append(Square(text, row, column))
            places[row, column] = where
    names = list(dict.fromkeys(card.grid.name for card in cards))
    name = names[0] if len(names) == 1 else f"{names[0]}至{names[-1]}"
    yield from _cells(run[:begin])
    yield Grid(f"{name}（卡片合成一张表）", tuple(squares), places=places)
    yield from _cells(run[end:])


def _unnumbered(text: str) -> str:
    return re.sub("[0-9一二三四五六七八九十]", "", fold(text))


def _cells(pieces: Iterable[_Card | Cell]) -> Iterator[Cell]:
    return (piece for piece in pieces if isinstance(piece, Cell))
