"""One table of a returned sheet: its header wherever it stands, each cell read or told why not."""

import datetime as dt

import pytest

from qcity_xl.adapters.packs.sheets import Oddity, PackSheet, Raw, RawRow
from qcity_xl.adapters.packs.tables import Header, TableReading, find_header, read_table
from qcity_xl.core.schema.pack import PACK_TASKS

TABLE = PACK_TASKS.table
HEADERS: list[Raw] = [column.header for column in TABLE.columns]


def row(key: str, **values: Raw) -> list[Raw]:
    return [key, *(values.get(name, "") for name in TABLE.fields[1:])]


def read(
    *rows: RawRow,
    headers: RawRow = HEADERS,
    odd: dict[tuple[int, int], tuple[Oddity, str]] | None = None,
    blanks_count: bool = True,
) -> TableReading:
    """The table as it is read: headers in line 3, the rows from line 4 on."""
    numbered = [(3, headers), *enumerate(rows, 4)]
    header = find_header(TABLE, PackSheet("本轮任务", numbered, odd or {}))
    assert header is not None
    return read_table(TABLE, header, PACK_TASKS.editable, blanks_count)


def header(cells: RawRow) -> Header | None:
    return find_header(TABLE, PackSheet("本轮任务", [(2, ["填报单位"]), (5, cells)]))


def test_a_header_is_found_wherever_it_stands() -> None:
    found = header(["", "", *HEADERS])
    assert found is not None
    assert (found.line, found.columns["key"]) == (5, 2)


def test_a_header_with_a_word_added_is_known_and_columns_of_others_are_told() -> None:
    cells = [f"{h}（必填）" if h == "进展说明" else h for h in HEADERS]
    found = header([*cells, "经办人"])
    assert found is not None
    assert found.columns["note"] == HEADERS.index("进展说明")
    assert found.added == ("经办人",)


def test_half_a_header_is_none() -> None:
    always: list[Raw] = [column.header for column in TABLE.columns if not column.optional]
    assert header(always[: len(always) // 2]) is None


def test_values_by_row_and_field() -> None:
    day = dt.date(2016, 9, 3)
    (found,) = read(row("T1", note=" 已整改 ", done_on=day, progress="推进中")).rows
    assert (found.key, found.line) == ("T1", 4)
    assert (found.values["note"], found.values["done_on"]) == ("已整改", day)
    assert found.values["difficulty"] is None


def test_a_cell_that_cannot_be_read_is_told_and_says_nothing() -> None:
    column = TABLE.fields.index("note") + 1
    made = read(row("T1", progress="推进中"), odd={(4, column): ("uncalculated", "B1+1")})
    (found,), (finding,) = made.rows, made.findings
    assert "note" not in found.values
    assert (finding.field, finding.line) == ("note", 4)
    assert finding.sentence()


@pytest.mark.parametrize("blanks_count", [True, False])
def test_an_empty_cell_is_empty_only_where_that_is_known(blanks_count: bool) -> None:
    (found,) = read(row("T1", progress="推进中"), blanks_count=blanks_count).rows
    assert ("note" in found.values) is blanks_count
