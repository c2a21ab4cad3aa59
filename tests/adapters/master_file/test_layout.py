"""What a workbook consists of beside its rows, in the names of the schema."""

from collections import Counter

import pytest

from qcity_xl.adapters.master_file import layout
from qcity_xl.adapters.master_file.layout import as_declared, as_there, read_layout
from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.master_file.template import template, template_layout
from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.changes import CHOICES, FORMATS, FORMULA
from qcity_xl.core.schema import ASSIGNMENTS, INDICATORS, SECTIONS
from qcity_xl.core.schema.words import PROGRESS

DATA = master_template().read_bytes()


def test_dropdowns_formats_and_formulas_are_told_by_column() -> None:
    layout = template_layout()
    assert layout[ASSIGNMENTS.name, CHOICES, "progress"] == ",".join(PROGRESS)
    assert layout[ASSIGNMENTS.name, FORMATS, "progress"].split("\n")[0].startswith("[完成情况]=")
    formula = layout[SECTIONS.name, FORMULA, "claimed"]
    assert formula == SECTIONS.column("claimed").formula


def test_rows_say_nothing_of_the_layout() -> None:
    book = Book.read(DATA)
    line = next(iter(template().master.lines.values()))
    book.set(INDICATORS.sheet, line, 3, "改过的标题")
    assert read_layout(MasterTables.read("总表.xlsx", book.to_bytes())) == template_layout()


def test_a_formula_is_worded_in_the_names_of_either_side() -> None:
    tables = list(template().tables.values())
    formula = INDICATORS.column("claimed").formula
    assert formula
    assert as_declared(tables, as_there(tables, formula)) == formula
    assert as_there(tables, "SUM(别的表[分值])") == "SUM(别的表[分值])"


def test_each_sheet_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Counted(Sheet):
        def __init__(self, name: str, xml: Xml) -> None:
            asked.append(name)
            super().__init__(name, xml)

    monkeypatch.setattr(layout, "Sheet", Counted)
    assert read_layout(template()) == template_layout()
    assert asked.count(SECTIONS.sheet) == 1 == max(Counter(asked).values())
