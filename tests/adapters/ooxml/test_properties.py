"""Any sequence of edits: what was put in is read back, and the rest stays as it was."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from qcity_xl.adapters.ooxml import Book, Scalar

from .build import by_openpyxl, calamine, parts, with_table

DATA = with_table(6)
CELLS = st.tuples(st.integers(2, 14), st.integers(1, 7))
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufffe\uffff"))
READABLE = TEXT.filter(lambda text: all(char >= " " or char in "\t\n" for char in text))
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(-1e300, 1e300)
DATES = st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31))
VALUES = st.none() | st.booleans() | NUMBERS | READABLE | DATES
EDIT = st.tuples(CELLS, VALUES)
EDITS = st.lists(EDIT, max_size=30)
# A number in a cell that was given a date would be read as a date: it keeps its format.
SINGLE_EDITS = st.lists(EDIT, max_size=30, unique_by=lambda edit: edit[0])


def as_calamine(value: Scalar) -> object:
    """The value as python-calamine gives it: no integers, "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool | str | dt.date):
        return value
    return float(value)


def as_openpyxl(value: Scalar) -> object:
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    return value


@settings(max_examples=150, deadline=None)
@given(SINGLE_EDITS)
def test_any_edits_are_read_back(edits: list[tuple[tuple[int, int], Scalar]]) -> None:
    book = Book.read(DATA)
    for (row, col), value in edits:
        book.set("任务", row, col, value, over_formula=True)
    data = book.to_bytes()
    rows = calamine(data, "任务")
    sheet = by_openpyxl(data)["任务"]
    for (row, col), value in edits:
        line = rows[row - 1] if row <= len(rows) else []
        read = line[col - 1] if col <= len(line) else ""
        assert read == as_calamine(value)
        if not (isinstance(value, str) and ("_x" in value or value == "")):
            assert sheet.cell(row, col).value == as_openpyxl(value)


@settings(max_examples=100, deadline=None)
@given(EDITS)
def test_last_edit_of_each_cell_counts(edits: list[tuple[tuple[int, int], Scalar]]) -> None:
    book = Book.read(DATA)
    for (row, col), value in edits:
        book.set("任务", row, col, value, over_formula=True)
    saved = Book.read(book.to_bytes())
    for (row, col), value in dict(edits).items():
        if not isinstance(value, dt.date):
            assert book.cell_value("任务", row, col) == value
            assert saved.cell_value("任务", row, col) == value


@settings(max_examples=60, deadline=None)
@given(EDITS)
def test_any_edits_leave_the_rest(edits: list[tuple[tuple[int, int], Scalar]]) -> None:
    book = Book.read(DATA)
    for (row, col), value in edits:
        book.set("任务", row, col, value, over_formula=True)
    before, after = parts(DATA), parts(book.to_bytes())
    may_change = {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"}
    for name in before.keys() - may_change:
        assert after[name] == before[name]
    touched = {cell for cell, _ in edits}
    old, new = by_openpyxl(DATA)["任务"], by_openpyxl(book.to_bytes())["任务"]
    for row in range(1, 8):
        for col in range(1, 5):
            if (row, col) not in touched:
                assert new.cell(row, col).value == old.cell(row, col).value
                assert new.cell(row, col).style_id == old.cell(row, col).style_id
    assert not edits or new.tables["任务表"].ref == "A1:D7"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["append", "drop"]), st.integers(0, 4)), max_size=8))
def test_any_growth_keeps_table_and_rules_together(steps: list[tuple[str, int]]) -> None:
    book, last = Book.read(DATA), 7
    for verb, count in steps:
        if verb == "append":
            assert book.append_rows("任务表", count) == last + 1
            last += count
            if count:
                book.set("任务", last, 1, f"新{last}")
        else:
            book.drop_last_rows("任务表", count)
            last = max(last - count, 2)
    sheet = by_openpyxl(book.to_bytes())["任务"]
    assert sheet.tables["任务表"].ref == f"A1:D{last}"
    assert [str(r.sqref).split()[0] for r in sheet.data_validations.dataValidation] == [
        f"C2:C{last}" if last > 2 else "C2"
    ]
    below = [cell.value for row in sheet.iter_rows(min_row=last + 1) for cell in row]
    assert below == [None] * len(below)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_any_text_comes_back(text: str) -> None:
    """Lone surrogates, control characters and what looks like an escape included."""
    book = Book.read(DATA)
    book.set("任务", 2, 1, text)
    assert Book.read(book.to_bytes()).cell_value("任务", 2, 1) == text
