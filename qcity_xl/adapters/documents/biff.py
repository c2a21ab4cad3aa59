"""What an .xls file hides: rows and columns of its sheets, of which its reader says nothing."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

# Records of BIFF8 ([MS-XLS] 2.4): their ids, and where in them it says that something is hidden.
_SHEET, _ROW, _COLUMNS, _END = 0x85, 0x208, 0x7D, 0x0A
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01


@dataclass(slots=True)
class Hidden:
    """Rows and columns, from 1."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)


def hidden_of(data: bytes) -> dict[str, Hidden]:
    """What each sheet of a file hides; nothing where the file is of another sort or damaged."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return hidden_in(ole.openstream("Workbook").read())
    except Exception:  # olefile raises whatever a broken header leads to; calamine tells
        return {}


def hidden_in(stream: bytes) -> dict[str, Hidden]:
    """What each sheet of a workbook's stream hides."""
    return {
        _name(record[6:]): _of_sheet(stream, struct.unpack_from("<I", record)[0])
        for kind, record in _records(stream, 0)
        if kind == _SHEET and len(record) > 8
    }


def _of_sheet(stream: bytes, start: int) -> Hidden:
    found = Hidden()
    for kind, record in _records(stream, start):
        if kind == _ROW and len(record) >= 14 and record[12] & _HIDDEN_ROW:
            found.rows.add(struct.unpack_from("<H", record)[0] + 1)
        elif kind == _COLUMNS and len(record) >= 9 and record[8] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", record)
            found.columns |= set(range(first + 1, min(last, 255) + 2))
    return found


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place to the end of their part."""
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        if kind == _END:
            return
        yield kind, stream[start + 4 : start + 4 + size]
        start += 4 + size


def _name(written: bytes) -> str:
    """A short string: its length, whether two bytes make a letter, the letters."""
    wide = written[1] & 1
    letters = written[2 : 2 + written[0] * (1 + wide)]
    return letters.decode("utf-16-le" if wide else "latin-1", "replace")
