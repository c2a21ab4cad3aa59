"""What stands in an .xls file of which its reader says nothing: what it hides, and comments."""

import io
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

# Records of BIFF8 ([MS-XLS] 2.4): their ids, and where in them it says that something is hidden.
_SHEET, _ROW, _COLUMNS, _BEGIN, _END = 0x85, 0x208, 0x7D, 0x809, 0x0A
_OBJECT, _TEXT, _MORE, _NOTE = 0x5D, 0x1B6, 0x3C, 0x1C
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01


@dataclass(slots=True)
class Hidden:
    """Rows and columns, from 1."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)


def hidden_of(data: bytes) -> dict[str, Hidden]:
    """What each sheet of a file hides; nothing where the file is of another sort or damaged."""
    return hidden_in(workbook_stream(data))


def workbook_stream(data: bytes) -> bytes:
    """The part of a file that holds its sheets; none of another sort of file or a damaged one."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return bytes(ole.openstream("Workbook").read())
    except Exception:  # olefile raises whatever a broken header leads to; calamine tells
        return b""


def hidden_in(stream: bytes) -> dict[str, Hidden]:
    """What each sheet of a workbook's stream hides."""
    return {name: _of_sheet(stream, start) for name, start in _sheets(stream)}


def comments_in(stream: bytes) -> Iterator[tuple[str, int, int, str]]:
    """Sheet, line and column (from 1) and words of each comment; damaged records end a sheet."""
    for name, start in _sheets(stream):
        with suppress(struct.error, IndexError):
            yield from ((name, *said) for said in _comments(stream, start))


def _comments(stream: bytes, start: int) -> Iterator[tuple[int, int, str]]:
    """A comment's place names the object that holds its words, which stands before it."""
    words: dict[int, str] = {}
    number = left = 0
    for kind, record in _records(stream, start):
        if kind == _OBJECT:
            number, left = struct.unpack_from("<H", record, 6)[0], 0
        elif kind == _TEXT:
            left = struct.unpack_from("<H", record, 10)[0]
        elif kind == _MORE and left:
            size = 1 + (record[0] & 1)
            piece = record[1 : 1 + left * size]
            words[number] = words.get(number, "") + _letters(piece, wide=size > 1)
            left -= len(piece) // size
        elif kind == _NOTE:
            line, column, _, of = struct.unpack_from("<HHHH", record)
            yield line + 1, column + 1, words.get(of, "")


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """The sheets of a workbook's stream, and where each begins in it."""
    for kind, record in _records(stream, 0):
        if kind == _SHEET and len(record) > 8:
            yield _name(record[6:]), struct.unpack_from("<I", record)[0]


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
    """The records from a place to the end of their part, those of charts in it included."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        depth += (kind == _BEGIN) - (kind == _END)
        if kind == _END and depth <= 0:
            return
        yield kind, stream[start + 4 : start + 4 + size]
        start += 4 + size


def _name(written: bytes) -> str:
    """A short string: its length, whether two bytes make a letter, the letters."""
    wide = written[1] & 1
    return _letters(written[2 : 2 + written[0] * (1 + wide)], wide=bool(wide))


def _letters(written: bytes, *, wide: bool) -> str:
    return written.decode("utf-16-le" if wide else "latin-1", "replace")
