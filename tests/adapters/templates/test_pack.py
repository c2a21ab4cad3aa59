from functools import cache

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter, range_boundaries

from qcity_xl.adapters.templates import build_pack
from qcity_xl.core.schema.pack import (
    IDENTITY_SHEET,
    PACK,
    PACK_EVIDENCE,
    PACK_TASKS,
    PackTable,
)

from .build import opened, pack_bytes, table_of, validation_at


@cache
def book() -> Workbook:
    """The workbook, built when the first test asks for it."""
    return opened(pack_bytes())


def test_the_unit_sees_its_tasks_first_and_no_identity() -> None:
    visible = [sheet.title for sheet in book() if sheet.sheet_state == "visible"]
    assert visible == ["本轮任务", "自评", "佐证", "填写说明"]
    active = book().active
    assert active is not None
    assert active.title == "本轮任务"
    assert book()[IDENTITY_SHEET].sheet_state == "veryHidden"
    assert book()[IDENTITY_SHEET].max_row == 1
    assert book()[IDENTITY_SHEET]["A1"].value is None


@pytest.mark.parametrize("pack_table", PACK, ids=lambda pack_table: pack_table.table.name)
def test_one_blank_row_with_exactly_the_units_cells_open(pack_table: PackTable) -> None:
    table, sheet = pack_table.laid_out, book()[pack_table.table.sheet]
    made = table_of(sheet)
    _, top, right, bottom = range_boundaries(made.ref)
    assert made.column_names == [column.header for column in table.columns]
    assert (right, bottom) == (len(table.columns), (top or 0) + 1)
    cells = [sheet.cell(bottom or 0, number) for number in range(1, (right or 0) + 1)]
    assert all(cell.value is None for cell in cells)
    unlocked = [
        f for f, cell in zip(table.fields, cells, strict=True) if not cell.protection.locked
    ]
    years = [column.field for column in table.columns if column not in pack_table.table.columns]
    assert [name for name in unlocked if name not in years] == list(pack_table.editable)
    assert set(years) < set(unlocked)
    letters = {name: get_column_letter(n) for n, name in enumerate(table.fields, 1)}
    hidden = [f for f, letter in letters.items() if sheet.column_dimensions[letter].hidden]
    assert hidden == ["key", *years]
    everywhere = [c for line in sheet.iter_rows() for c in line if not c.protection.locked]
    above = {c.coordinate for c in everywhere if c.row != bottom and not isinstance(c, MergedCell)}
    signed = {"C4", "E4", "H4", "L4"} if pack_table is PACK_TASKS else set()
    assert above == signed
    assert sheet.column_dimensions["A"].hidden
    for column, cell in zip(table.columns, cells, strict=True):
        if column.type in ("text", "choice", "key"):
            assert cell.number_format == "@"
        if column.type == "date":
            assert cell.number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("pack_table", PACK, ids=lambda pack_table: pack_table.table.name)
def test_sheets_are_protected_without_a_password(pack_table: PackTable) -> None:
    guard = book()[pack_table.table.sheet].protection
    assert guard.sheet
    assert guard.password is None
    # False in the file means that users may.
    assert not any((guard.formatColumns, guard.formatRows, guard.sort, guard.autoFilter))
    assert guard.insertRows is (pack_table is not PACK_EVIDENCE)
    assert guard.deleteRows


def test_the_headline_has_named_cells() -> None:
    for name in ("qc_title", "qc_unit", "qc_round", "qc_due", "qc_contact", "qc_summary"):
        sheet, cell = next(book().defined_names[name].destinations)
        assert sheet == PACK_TASKS.table.sheet
        assert book()[sheet][cell.replace("$", "")].value is None


def test_what_is_to_be_filled_is_on_the_first_screen() -> None:
    """Of 1366 x 768, at 7 pixels a character."""
    sheet = book()["本轮任务"]
    printed = [c for c in PACK_TASKS.table.columns[1:] if not c.private]
    widths = [
        sheet.column_dimensions[get_column_letter(n)].width for n in range(2, 2 + len(printed))
    ]
    assert printed[-1].editor == "unit"
    assert sum(int(width * 7) + 5 for width in widths) <= 1366 - 60  # line numbers, scroll bar
    frozen = range_boundaries(table_of(sheet).ref)[1] or 0
    points = sum(sheet.row_dimensions[line].height or 15 for line in range(1, frozen + 1))
    assert points * 96 / 72 <= 200  # of some 490 that Excel leaves


def test_progress_and_kind_are_chosen_and_dates_are_free() -> None:
    tasks, evidence = book()["本轮任务"], book()["佐证"]
    first = range_boundaries(table_of(tasks).ref)[3]
    assert validation_at(tasks, f"I{first}").formula1 == '"未开始,推进中,已完成,有困难"'
    assert validation_at(tasks, f"K{first}").type is None
    first = range_boundaries(table_of(evidence).ref)[3]
    assert validation_at(evidence, f"C{first}").type == "list"


def test_no_formulas_and_the_same_bytes_each_time() -> None:
    assert build_pack() == pack_bytes()
    values = [cell for sheet in book() for line in sheet.iter_rows() for cell in line]
    assert not [cell.coordinate for cell in values if cell.data_type == "f"]
