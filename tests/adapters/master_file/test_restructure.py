"""Columns come and go in place; an undo leaves what was there before."""

import io

import openpyxl
import pytest

from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.master_file.restructure import restructured
from qcity_xl.adapters.master_file.template import template
from qcity_xl.adapters.ooxml import Book, OoxmlError
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.changes import CHOICES, HEADER, Change
from qcity_xl.core.schema import UNITS

DATA = master_template().read_bytes()
LAST = UNITS.columns[-1]
GONE = Change(UNITS.name, HEADER, LAST.field, LAST.header, None)
BACK = Change(UNITS.name, HEADER, LAST.field, None, LAST.header)


def after(data: bytes, *changes: Change) -> bytes:
    return restructured(MasterTables.read("总表.xlsx", data), changes, template())


def headers(data: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[UNITS.sheet]
    return list(sheet.tables[UNITS.name].column_names)


def test_a_column_comes_back_as_it_was() -> None:
    without = after(DATA, GONE)
    assert headers(without) == headers(DATA)[:-1]
    again = after(without, BACK)
    assert headers(again) == headers(DATA)
    old, new = (openpyxl.load_workbook(io.BytesIO(d))[UNITS.sheet] for d in (DATA, again))
    cell = old.cell(4, len(UNITS.columns)).coordinate
    assert new[cell].fill.start_color.rgb == old[cell].fill.start_color.rgb
    assert new[cell].value == LAST.header


def test_the_rows_stay() -> None:
    rows = MasterTables.read("总表.xlsx", DATA).master.rows(UNITS)
    kept = MasterTables.read(
        "总表.xlsx",
        after(
            DATA,
            GONE,
        ),
    ).master.rows(UNITS)
    assert {key: row["name"] for key, row in kept.items()} == {
        key: row["name"] for key, row in rows.items()
    }


def test_a_dropdown_gets_a_choice() -> None:
    made = after(DATA, Change(UNITS.name, CHOICES, "kind", "单位,组", "单位,组,企业"))
    rules = openpyxl.load_workbook(io.BytesIO(made))[UNITS.sheet].data_validations.dataValidation
    assert '"单位,组,企业"' in {rule.formula1 for rule in rules}


def test_a_column_does_not_cover_what_stands_there() -> None:
    book = Book.read(after(DATA, GONE))
    book.set(UNITS.sheet, 6, len(UNITS.columns), "办公室自己记的")
    with pytest.raises(OoxmlError):
        after(book.to_bytes(), BACK)
