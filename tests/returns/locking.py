"""Passwords typed into a master by hand, and where one might show."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from qcity_xl.adapters.ooxml import Book
from qcity_xl.core.schema import UNITS
from qcity_xl.core.values import Value


def type_password(master: Path, unit: str, password: Value) -> None:
    """Fill the cell on 单位 as the office does in Excel."""
    book = Book.open(master)
    info = book.tables[UNITS.name]
    name, at = (
        info.first_col + info.columns.index(UNITS.column(f).header) for f in ("name", "password")
    )
    line = next(
        line
        for line in range(info.first_row + 1, info.last_row + 1)
        if book.cell_value(info.sheet, line, name) == unit
    )
    book.set(info.sheet, line, at, password)
    master.write_bytes(book.to_bytes())


def parts(data: bytes) -> Iterator[bytes]:
    """A file, and what is in it if it is a zip, however deep."""
    yield data
    if data.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield name.encode()
                yield from parts(package.read(name))


def shows(data: bytes, secret: str) -> bool:
    """Whether a secret can be found in a file, in the ways that text is stored."""
    ways = [secret.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(way in part for part in parts(data) for way in ways)
