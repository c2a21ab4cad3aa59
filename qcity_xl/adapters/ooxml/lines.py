"""New lines as XML, a whole row of cells at once: for thousands, where cell by cell is slow."""

from collections.abc import Callable, Mapping, Sequence

from qcity_xl.adapters.ooxml.cells import Scalar, Where, value_xml
from qcity_xl.adapters.ooxml.growth import calculated
from qcity_xl.adapters.ooxml.refs import column_letters
from qcity_xl.adapters.ooxml.sheet import Sheet, WholeRow
from qcity_xl.adapters.ooxml.tables import Table

_ROW = "\0"  # stands for the number of the row: no XML holds this character
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


def text_rows(prefix: bytes, sheet: str, lines: Sequence[Sequence[str]]) -> dict[int, WholeRow]:
    """Rows of plain texts from A1 on; blank ones make no cell."""
    name = prefix.decode()
    most = max(map(len, lines), default=0)
    heads = [f'<{name}c r="{column_letters(c)}{_ROW}" t="inlineStr">' for c in range(1, most + 1)]
    known: list[dict[str, str]] = [{} for _ in heads]  # most texts of a column come again
    rows = {}
    for row, texts in enumerate(lines, 1):
        cells, filled = [], []
        for col, text in enumerate(texts):
            if text:
                cell = known[col].get(text)
                if cell is None:
                    content = text_content(name, text, Where(sheet, row, col + 1))
                    cell = known[col][text] = f"{heads[col]}{content}</{name}c>"
                cells.append(cell)
                filled.append(col)
        if cells:
            data = "".join(cells).replace(_ROW, str(row)).encode()
            rows[row] = WholeRow(filled[0] + 1, filled[-1] + 1, data)
    return rows


class LineForm:
    """How the cells of a table's new rows look: as those of its last row, as `fill_rows` does."""

    def __init__(
        self,
        table: Table,
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
