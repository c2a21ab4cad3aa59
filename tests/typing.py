"""Somebody types into a master file, as with a program that lets no table grow."""

from pathlib import Path

from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.ooxml import Book, Package
from qcity_xl.core.schema import BY_NAME
from qcity_xl.core.values import Value

Cells = dict[str, Value]


class Sheet:
    """A table of a master file, as somebody sees it who types into its cells."""

    def __init__(self, path: Path, table: str) -> None:
        self.path, self.table = path, table
        self._tables = MasterTables.read(path.name, path.read_bytes())
        self._at = self._tables.tables[table]
        self._book = Book(Package.read(path.read_bytes()))
        self._typed = [c.field for c in BY_NAME[table].columns if not c.formula]
        self.last = self._at.info.last_row

    def row(self, line: int) -> Cells:
        info = self._at.info
        columns = self._at.columns
        return {f: self._book.cell_value(info.sheet, line, columns[f]) for f in self._typed}

    def write(self, line: int, cells: Cells) -> None:
        for field in self._typed:
            self._book.set(self._at.info.sheet, line, self._at.columns[field], cells.get(field))

    def insert(self, line: int, cells: Cells) -> None:
        """As Excel does it, but that the table does not grow: the last row comes to stand below."""
        for below in range(self.last, line - 1, -1):
            self.write(below + 1, self.row(below))
        self.write(line, cells)
        self.last += 1

    def save(self) -> None:
        self.path.write_bytes(self._book.to_bytes())
