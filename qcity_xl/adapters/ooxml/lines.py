"""New lines as XML, a whole row of cells at once: for thousands, where cell by cell is slow."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import getitem
from typing import Self

from qcity_xl.adapters.ooxml.cells import Scalar, Where, value_xml
from qcity_xl.adapters.ooxml.errors import TextTooLong
from qcity_xl.adapters.ooxml.growth import calculated
from qcity_xl.adapters.ooxml.refs import Rect, column_letters
from qcity_xl.adapters.ooxml.rows import WholeRow
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.ooxml.tables import TablePart

_ROW = "\0"  # stands for the number of the row: no XML holds this character
_WORD = 60  # a text up to this length is likely to be met again
_MOST_WORDS = 20_000  # that are kept
_SURELY_SHORT = 16_000  # no text of so many characters is too long for a cell


def text_content(prefix: str, text: str, where: Where) -> str:
    """The content of a cell with this text, as `value_xml` gives it."""
    if (
        0 < len(text) < _SURELY_SHORT
        and text.isprintable()
        and text[0] != " " != text[-1]
        and "<" not in text
        and "&" not in text
        and ">" not in text
        and "_x" not in text
    ):
        return f"<{prefix}is><{prefix}t>{text}</{prefix}t></{prefix}is>"
    return value_xml(prefix.encode(), text, False, where)[1].decode()


def text_rows(
    prefix: bytes, sheet: str, lines: Sequence[Sequence[str]]
) -> tuple[bytes, Rect] | None:
    """Rows of plain texts from A1 on, and the block that they fill; blank ones make no cell.

    None where all are blank.
    """
    name = prefix.decode()
    widest = max(map(len, lines), default=0)
    columns = [_TextCells(name, sheet, col) for col in range(1, widest + 1)]
    begin, middle, end = f'<{name}row r="', '">', f"</{name}row>"
    rows: list[str] = []
    top = bottom = 0
    for row, texts in enumerate(lines, 1):
        try:
            cells = "".join(map(getitem, columns, texts))
        except TextTooLong:
            for col, text in enumerate(texts, 1):  # the columns know no rows, the error names one
                text_content(name, text, Where(sheet, row, col))
            raise
        if cells:
            number = str(row)
            rows += (begin, number, middle, cells.replace(_ROW, number), end)
            top, bottom = top or row, row
    filled = [col for col, made in enumerate(columns, 1) if len(made) > 1]
    if not filled:
        return None
    return "".join(rows).encode(), Rect(top, filled[0], bottom, filled[-1])


def filled_cells(lines: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each that is not blank, from A1 on."""
    for row, texts in enumerate(lines, 1):
        yield from ((row, col, text) for col, text in enumerate(texts, 1) if text)


class _TextCells(dict[str, str]):
    """The cells of one column by their text, the row's number yet to be put in: most come again."""

    def __init__(self, prefix: str, sheet: str, col: int) -> None:
        super().__init__({"": ""})
        self._prefix, self._where = prefix, Where(sheet, 0, col)
        self._head = f'<{prefix}c r="{column_letters(col)}{_ROW}" t="inlineStr">'

    def __missing__(self, text: str) -> str:
        content = text_content(self._prefix, text, self._where)
        self[text] = cell = f"{self._head}{content}</{self._prefix}c>"
        return cell


class LineForm:
    """How the cells of a table's new rows look: as those of its last row, as `fill_rows` does."""

    def __init__(
        self,
        table: TablePart,
        sheet: Sheet,
        style_for: Callable[[Scalar, int], int],
        date1904: bool,
    ) -> None:
        """`style_for` gives the style in which a value is shown, from that of the column."""
        info = table.info
        self._table, self._sheet, self._style_for = table, sheet, style_for
        self._date1904 = date1904
        self._prefix = sheet.xml.prefix.decode()
        self._formulas = calculated(table, sheet)
        self._columns = range(info.first_col, info.last_col + 1)
        self._styles: list[int] = []
        self._blanks: list[str] = []  # the cells of a row without values, "" where none is needed
        for col in self._columns:
            model = sheet.cell(info.last_row, col)
            plain = sheet.style_at(info.last_row + 1, col)
            self._styles.append(model.style if model else plain)
            formula = self._formula(col)
            if formula:
                self._blanks.append(f"{self._head(col)}>{formula}</{self._prefix}c>")
            else:
                needed = model is not None and model.style != plain
                self._blanks.append(f"{self._head(col)}/>" if needed else "")
        self._shown: dict[tuple[int, type], str] = {}
        self._said: dict[tuple[int, str], str] = {}  # cells with words that come again

    def fresh(
        self, table: TablePart, sheet: Sheet, style_for: Callable[[Scalar, int], int]
    ) -> Self:
        """The same for a fresh one of the book, where table and sheet are as read.

        Cells with words, whose style is that of the column, are as in all others.
        """
        other = copy.copy(self)
        other._table, other._sheet, other._style_for = table, sheet, style_for
        other._shown = {}
        return other

    @cached_property
    def first_is_blank(self) -> bool:
        """Whether the table holds one row, with nothing in it and nothing beside it."""
        info = self._table.info
        row = info.block(info.last_row, info.last_row)
        return (
            info.last_row == info.first_row + 1
            and not self._formulas
            and self._sheet.is_blank(info.last_row, info.first_col, info.last_col)
            and not any(b.meets(row) for b in (*self._sheet.merged, *self._sheet.arrays))
        )

    def fill(self, values: Mapping[int, Scalar]) -> None:
        """Put values into the table's one row (see `first_is_blank`)."""
        row = self._table.info.last_row
        if made := self._row(row, values):
            self._sheet.replace_row(row, made)
        self._table.use()

    def fits(self, rows: Sequence[Mapping[int, Scalar]]) -> bool:
        """Whether the rows can be made at once: nothing stands there, no formula is in the way."""
        last = self._table.info.last_row
        return self._sheet.is_free(last + 1, last + len(rows)) and not any(
            values.get(col) is not None for col in self._formulas for values in rows
        )

    def add(self, rows: Sequence[Mapping[int, Scalar]]) -> bool:
        """Put the rows below the table, which is not resized; whether a formula was written."""
        last = self._table.info.last_row
        numbers = range(last + 1, last + 1 + len(rows))
        made = {row: self._row(row, values) for row, values in zip(numbers, rows, strict=True)}
        self._sheet.copy_height(last, numbers)
        self._sheet.add_rows({row: whole for row, whole in made.items() if whole})
        self._table.use()
        return bool(self._formulas)

    def _row(self, number: int, values: Mapping[int, Scalar]) -> WholeRow | None:
        """The cells of one row; None where no cell is needed."""
        cells = self._blanks.copy()
        first = self._columns.start
        for col, value in values.items():
            if value is not None:
                cells[col - first] = self._cell(number, col, value)
        filled = [col for col, cell in zip(self._columns, cells, strict=True) if cell]
        if not filled:
            return None
        return WholeRow(filled[0], filled[-1], "".join(cells).replace(_ROW, str(number)).encode())

    def _cell(self, row: int, col: int, value: Scalar) -> str:
        """A cell with a value, its row's number yet to be put in."""
        if value.__class__ is str and len(value) < _WORD:
            if (said := self._said.get((col, value))) is None:
                if len(self._said) >= _MOST_WORDS:
                    self._said.clear()
                said = self._said[col, value] = self._made(row, col, value)
            return said
        return self._made(row, col, value)

    def _made(self, row: int, col: int, value: Scalar) -> str:
        kind = type(value)
        if (col, kind) not in self._shown:
            self._shown[col, kind] = self._head(col, value)
        head = self._shown[col, kind]
        where = Where(self._sheet.name, row, col)
        if isinstance(value, str):
            content = text_content(self._prefix, value, where)
            return f'{head} t="inlineStr">{content}</{self._prefix}c>'
        marked, content_xml = value_xml(self._prefix.encode(), value, self._date1904, where)
        t = f' t="{marked.decode()}"' if marked else ""
        return f"{head}{t}>{content_xml.decode()}</{self._prefix}c>"

    def _head(self, col: int, value: Scalar = None) -> str:
        """The tag of a cell up to its style: that of its column, or one that shows the value."""
        style = self._styles[col - self._columns.start]
        if value is not None and not isinstance(value, str):
            style = self._style_for(value, style)
        given = f' s="{style}"' if style else ""
        return f'<{self._prefix}c r="{column_letters(col)}{_ROW}"{given}'

    def _formula(self, col: int) -> str:
        text, array = self._formulas.get(col, (b"", False))
        kind = f' t="array" ref="{column_letters(col)}{_ROW}"' if array else ""
        return f"<{self._prefix}f{kind}>{text.decode()}</{self._prefix}f>" if text else ""
