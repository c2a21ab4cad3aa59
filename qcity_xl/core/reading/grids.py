"""A table as it stands in a document: squares that may cover several rows and columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qcity_xl.core.reading.model import Cell
from qcity_xl.core.text import one_line


@dataclass(frozen=True, slots=True)
class Square:
    """One cell with its first row and column, from 1, and how many of each it covers."""

    text: str
    row: int
    column: int
    height: int = 1
    width: int = 1

    @property
    def flat(self) -> str:
        """The text on one line."""
        return one_line(self.text)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `name` is 表2 or 工作表“总表”; `merges` tells whether its format keeps merged cells.

    `letters` says that people name its columns by letters. `places` names squares that stand
    elsewhere in the document, by row and column.
    """

    name: str
    squares: tuple[Square, ...]
    merges: bool = True
    letters: bool = False
    caption: str = ""  # the name of its sheet
    places: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def caption_cells(self) -> list[Cell]:
        """The sheet's name as a heading, where it is numbered like one."""
        return [Cell(self.caption, self.name, free=True)] if self.caption else []

    def where(self, row: int, column: int) -> str:
        """The place of a square as people name it: 表2第3行第1列, 工作表“总表”B3."""
        if (row, column) in self.places:
            return self.places[row, column]
        if self.letters:
            return f"{self.name}{column_letters(column)}{row}"
        return f"{self.name}第{row}行第{column}列"

    def column(self, place: int) -> str:
        """A column as people name it: 第3列, C列."""
        return f"{column_letters(place)}列" if self.letters else f"第{place}列"

    def lines(self) -> "list[Line]":
        """The rows in order, with the squares that reach into them."""
        found: dict[int, dict[int, Square]] = {}
        width = max((s.column + s.width for s in self.squares), default=1)
        for square in self.squares:
            for row in range(square.row, square.row + square.height):
                line = found.setdefault(row, {})
                for column in range(square.column, min(square.column + square.width, width)):
                    line.setdefault(column, square)
        return [Line(row, found[row]) for row in sorted(found)]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the square at each column."""

    row: int
    at: dict[int, Square]

    def text(self, column: int) -> str:
        """The text at a column, "" where nothing stands or the row only continues a square."""
        square = self.at.get(column)
        return square.text.strip() if square and square.row == self.row else ""

    def begins(self, column: int) -> bool:
        """Whether a square of this row, blank or not, begins here and not above."""
        square = self.at.get(column)
        return square is not None and square.row == self.row

    def own(self) -> Iterator[Square]:
        """The squares with text that begin in this row, each once."""
        seen = 0
        for column in sorted(self.at):
            square = self.at[column]
            if column > seen and square.row == self.row and square.text.strip():
                seen = square.column + square.width - 1
                yield square


def column_letters(column: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def grid_of(
    name: str, rows: Sequence[Sequence[str]], *, merges: bool = False, letters: bool = False
) -> Grid:
    """A table of plain rows, without merged cells."""
    squares = (
        Square(text, row, column)
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
    )
    return Grid(name, tuple(squares), merges, letters)
