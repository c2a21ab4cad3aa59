"""What .xls files hide, and their comments, whose records are made here by hand ([MS-XLS] 2.4)."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.biff import comments_in, hidden_in, hidden_of

_START, _END = 0x809, 0x0A


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def row(number: int, *, hidden: bool) -> bytes:
    flags = 0x120 if hidden else 0x100
    return record(0x208, struct.pack("<HHHHHHHH", number - 1, 0, 8, 300, 0, 0, flags, 15))


def columns(first: int, last: int, *, hidden: bool) -> bytes:
    body = struct.pack("<HHHHHH", first - 1, last - 1, 2048, 15, int(hidden), 0)
    return record(0x7D, body)


def workbook(**sheets: bytes) -> bytes:
    parts = [record(_START, bytes(16)) + body + record(_END) for body in sheets.values()]
    names = [struct.pack("<BB", len(n), 1) + n.encode("utf-16-le") for n in sheets]
    head = len(record(_START, bytes(16))) + sum(4 + 6 + len(name) for name in names) + 4
    starts = [head + sum(map(len, parts[:n])) for n in range(len(parts))]
    listed = [
        record(0x85, struct.pack("<IBB", start, 0, 0) + name)
        for start, name in zip(starts, names, strict=True)
    ]
    return b"".join((record(_START, bytes(16)), *listed, record(_END), *parts))


def test_hidden_rows_and_columns_of_each_sheet() -> None:
    found = hidden_in(
        workbook(
            任务=row(4, hidden=False) + row(5, hidden=True) + columns(2, 3, hidden=True),
            说明=row(1, hidden=False) + columns(1, 1, hidden=False),
        )
    )
    assert (found["任务"].rows, found["任务"].columns) == ({5}, {2, 3})
    assert (found["说明"].rows, found["说明"].columns) == (set(), set())


@given(st.binary(max_size=200), st.integers(0, 200))
def test_no_damage_stops_the_reading(more: bytes, cut: int) -> None:
    whole = workbook(任务=row(5, hidden=True))
    hidden_in(whole[:cut] + more)
    list(comments_in(whole[:cut] + more))
    assert hidden_of(more) == {}
