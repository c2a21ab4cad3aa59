"""Many rows at once: byte for byte what cell by cell makes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.cells import Scalar
from qcity_xl.adapters.ooxml.errors import HoldsFormula, TextTooLong
from qcity_xl.adapters.resources import pack_template
from qcity_xl.core.schema.pack import PACK_TASKS

from .build import handmade, with_table

TABLE, SHEET = "任务表", "任务"
MODEL = with_table()
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["整治饮用水源", " 前有空格", "甲\n乙", "a<b&c>d", "_x000D_"]),
)
VALUES = st.one_of(
    st.none(), TEXTS, st.integers(-9, 9), st.booleans(), st.just(2.5), st.just(dt.date(2024, 6, 1))
)
ROWS = st.lists(st.dictionaries(st.sampled_from([1, 2, 3]), VALUES, max_size=3), max_size=4)


def _cell_by_cell(book: Book, rows: list[dict[int, Scalar]]) -> None:
    first = book.append_rows(TABLE, len(rows))
    for row, values in enumerate(rows, first):
        for col, value in values.items():
            book.set(SHEET, row, col, value)


@given(ROWS, ROWS)
def test_rows_at_once_are_those_of_cell_by_cell(
    rows: list[dict[int, Scalar]], more: list[dict[int, Scalar]]
) -> None:
    slow, fast = Book.read(MODEL), Book.read(MODEL)
    for some in (rows, more):
        _cell_by_cell(slow, some)
        fast.append_filled(TABLE, some)
    for book in (slow, fast):
        book.fit_row(SHEET, 5, 42.5)
    assert fast.to_bytes() == slow.to_bytes()


def test_a_cell_of_such_a_row_can_still_be_read_and_changed() -> None:
    book = Book.read(MODEL)
    row = book.append_filled(TABLE, [{1: "疏浚河道", 3: 6}, {1: "修桥"}])
    assert [book.cell_value(SHEET, row, col) for col in (1, 2, 3)] == ["疏浚河道", None, 6]
    book.set(SHEET, row, 1, "疏浚水渠")
    book.set_cached(SHEET, row, 4, 12)
    again = Book.read(book.to_bytes())
    assert again.cell_value(SHEET, row, 1) == "疏浚水渠"
    assert again.cell_value(SHEET, row + 1, 1) == "修桥"
    assert again.cell_formula(SHEET, row, 4) is not None


def test_a_formula_is_not_written_over_and_a_text_fits_its_cell() -> None:
    with pytest.raises(HoldsFormula):
        Book.read(MODEL).append_filled(TABLE, [{4: 1}])
    with pytest.raises(TextTooLong):
        Book.read(MODEL).append_filled(TABLE, [{1: "长" * 40_000}])


@given(st.lists(st.lists(TEXTS, max_size=3), max_size=4))
def test_a_blank_sheet_is_filled_as_by_single_cells(lines: list[list[str]]) -> None:
    slow, fast = handmade(), handmade()
    for row, texts in enumerate(lines, 1):
        for col, text in enumerate(texts, 1):
            if text:
                slow.set("表一", row, col, text)
    fast.fill_blank("表一", lines)
    slow.recalculate_on_load = fast.recalculate_on_load = False
    assert fast.to_bytes() == slow.to_bytes()


def test_a_sheet_that_was_filled_can_be_read_changed_and_filled_again() -> None:
    book = handmade()
    book.fill_blank("表一", [["甲", "", "乙"], [], ["丙"]])
    book.fill_blank("表一", [["", "丁"]])
    book.set("表一", 3, 1, "戊")
    for made in (book, Book.read(book.to_bytes())):
        found = [[made.cell_value("表一", r, c) for c in (1, 2, 3)] for r in (1, 2, 3)]
        assert found == [["甲", "丁", "乙"], [None] * 3, ["戊", None, None]]


def test_a_text_that_fits_no_cell_of_a_blank_sheet_is_named_by_its_cell() -> None:
    with pytest.raises(TextTooLong, match="B3"):
        handmade().fill_blank("表一", [["甲"], [], ["乙", "长" * 40_000]])


SENT, PACK_SHEET = PACK_TASKS.table.name, PACK_TASKS.table.sheet
TEMPLATE = Book.read(pack_template().read_bytes())
FILLED = st.dictionaries(st.integers(1, 9), VALUES.filter(lambda value: value is not None))


@given(st.lists(FILLED, max_size=3))
def test_a_table_of_one_blank_row_is_filled_as_by_single_cells(
    rows: list[dict[int, Scalar]],
) -> None:
    """In one that was read for it, and in a fresh one beside others."""
    slow, fast = Book.read(pack_template().read_bytes()), TEMPLATE.fresh()
    first = slow.tables[SENT].last_row
    slow.append_rows(SENT, len(rows) - 1)  # before there is a value that changes how a cell looks
    for line, values in enumerate(rows, first):
        for col, value in values.items():
            slow.set(PACK_SHEET, line, col, value)
    assert fast.fill_table(SENT, rows) == first
    for book in (slow, fast):
        book.fit_row(PACK_SHEET, first, 42.5)
    assert fast.to_bytes() == slow.to_bytes()


def test_a_row_that_was_filled_whole_can_still_be_read_and_changed() -> None:
    book = TEMPLATE.fresh()
    row = book.fill_table(SENT, [{1: "T1.1/市水务局", 2: "疏浚河道"}])
    assert book.cell_value(PACK_SHEET, row, 2) == "疏浚河道"
    book.set(PACK_SHEET, row, 2, "疏浚水渠")
    again = Book.read(book.to_bytes())
    assert [again.cell_value(PACK_SHEET, row, col) for col in (1, 2)] == [
        "T1.1/市水务局",
        "疏浚水渠",
    ]


def test_a_row_with_something_in_it_is_written_cell_by_cell() -> None:
    book = TEMPLATE.fresh()
    row = book.tables[SENT].last_row
    book.set(PACK_SHEET, row, 3, "办公室写的")
    book.fill_table(SENT, [{2: "疏浚河道"}])
    assert [book.cell_value(PACK_SHEET, row, col) for col in (2, 3)] == ["疏浚河道", "办公室写的"]
