"""Formulas and figures follow into older masters; what the office reckons its own way stays."""

import shutil
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.template import template_layout
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.refs import column_letters
from qcity_xl.adapters.ooxml.table_columns import recalculated
from qcity_xl.core.changes import CARD, FORMULA, KEY
from qcity_xl.core.history.log import operations
from qcity_xl.core.master.upgrade import UPGRADE
from qcity_xl.core.schema import INDICATORS, SECTIONS
from qcity_xl.steps.check import check
from qcity_xl.steps.history import undo
from qcity_xl.steps.shared.outcome import Context
from tests.masters.stages import VERSIONS, now

_CLAIMED = (SECTIONS.name, f"{CARD}qc_claimed", KEY)
_REVIEWED = (SECTIONS.name, f"{CARD}qc_reviewed", KEY)


@pytest.fixture(params=VERSIONS, ids=lambda path: path.stem)
def master(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    shutil.copyfile(request.param, path)
    return path


def _checked(master: Path) -> Context:
    context = now()
    check(master, context)
    return context


def test_formulas_and_figures_are_those_of_a_new_master(master: Path) -> None:
    before = WorkbookFile.open(master).layout()
    notes = "\n".join(_checked(master).notes)
    after = WorkbookFile.open(master).layout()
    shipped = template_layout().items()
    wanted = {p: f for p, f in shipped if p[1] == FORMULA or p[1].startswith(CARD)}
    assert {place: after.get(place) for place in wanted} == wanted
    assert "「看板」换成新的样式" in notes
    assert "「看板」没有" not in notes
    listed = operations(WorkbookFile.open(master).master)
    (upgrade,) = (operation for operation in listed if operation.stamp.command == UPGRADE)
    undo(master, now(), number=upgrade.no)
    undone = WorkbookFile.open(master).layout()
    assert {place: undone.get(place) for place in wanted} == {p: before.get(p) for p in wanted}


def test_a_figure_that_the_office_typed_stays_and_is_told(master: Path) -> None:
    book = Book.open(master)
    where = book.name_ref("qc_claimed")
    assert where
    sheet, row, col = where
    book.set(sheet, row, col, 88, over_formula=True)
    book.save(master)
    notes = _checked(master).notes
    assert "「看板」的“自评”卡片已被改写，没有换成新的" in notes
    (told,) = (note for note in notes if "“走势”" in note)
    assert f"它改动过（{column_letters(col)}{row}），保持原样" in told
    after = Book.open(master)
    assert (after.cell_value(*where), after.cell_formula(*where)) == (88, None)
    layout = WorkbookFile.open(master).layout()
    assert layout[_REVIEWED] == template_layout()[_REVIEWED]
    context = _checked(master)
    assert context.notes == []  # told once


def test_a_column_that_the_office_reckons_otherwise_stays_and_is_told(master: Path) -> None:
    own = "MIN(tblIndicators[[#This Row],[分值]],9)"
    file = WorkbookFile.open(master)
    place = (INDICATORS.name, FORMULA, "claimed")
    part = file._tables.tables[INDICATORS.name].info.part
    package = file._tables.package
    info = file._tables.tables[INDICATORS.name]
    index = info.columns["claimed"] - info.info.first_col
    package.replace(part, recalculated(package.xml(part), index, own.encode()))
    master.write_bytes(package.to_bytes())
    notes = _checked(master).notes
    assert "「指标」的“自评得分”的公式已被改写，没有换成新的" in notes
    assert WorkbookFile.open(master).layout()[place] == own
