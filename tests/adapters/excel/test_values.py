"""Blocks of values go to Excel and come back, in one call each."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from qcity_xl.adapters.excel.values import place_of, read_values, write_values
from qcity_xl.core.values import Value
from tests.excel.conftest import Opened, engine, excel, opened

__all__ = ["engine", "excel", "opened"]


@pytest.fixture
def sheet(tmp_path: Path, opened: Callable[[Path], Opened]) -> xw.Sheet:
    path = tmp_path / "任意 一本.xlsx"
    openpyxl.Workbook().save(path)
    return opened(path).book.sheets[0]


@pytest.mark.parametrize(
    "rows",
    [
        [["一格"]],
        [["一行", 2.5, None]],
        [["一列"], [True], [dt.date(2016, 5, 1)]],
        [["两行", 10**15], ["两列", dt.datetime(2016, 5, 1, 8, 30)]],
    ],
)
def test_what_is_written_is_read(rows: list[list[Value]], sheet: xw.Sheet) -> None:
    area = sheet.range((3, 2), (2 + len(rows), 1 + len(rows[0])))
    wire = sheet.impl.xl._inner.wire
    start = wire.calls
    write_values(area, rows)
    assert wire.calls - start == 1
    read = read_values(area)
    assert wire.calls - start == 2
    assert read == [
        ["2016-05-01 08:30" if isinstance(v, dt.datetime) else v for v in row] for row in rows
    ]


def test_a_place_is_one_call(sheet: xw.Sheet) -> None:
    area = sheet.range("C5:AA9")
    start = sheet.impl.xl._inner.wire.calls
    assert place_of(area) == (5, 3, 9, 27)
    assert sheet.impl.xl._inner.wire.calls - start == 1
