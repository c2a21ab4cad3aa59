"""ONLYOFFICE shows the numbers that the program shows, and fills packs as a unit would."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import Book
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.values import Value
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context
from tests.referees.onlyoffice import Place, retyped
from tests.returns.conftest import Round, sent
from tests.returns.hand import HONEST, Cells, by_openpyxl
from tests.steps.conftest import master
from tests.steps.test_live_formulas import answered, prepare

__all__ = ["master", "sent"]


@pytest.fixture
def context() -> Context:
    """Today: the engine has no other."""
    return Context(dt.datetime.now(), "张三")


@pytest.fixture
def scored(master: Path, context: Context) -> Path:
    """A master with answers of every kind, and its scores."""
    file = WorkbookFile.open(master)
    commit(file, as_lines(answered(file.master)), context, "手工填写")
    score(master, context)
    return master


def formulas_of(path: Path) -> list[Place]:
    """Where formulas stand, from the last sheet up: each after those that it asks.

    In another order this engine takes what is not yet calculated for blank.
    """
    return [
        (sheet.title, cell.coordinate)
        for sheet in reversed(openpyxl.load_workbook(path).worksheets)
        for row in reversed(list(sheet.iter_rows()))
        for cell in row
        if cell.data_type == "f"
    ]


def shown(path: Path, places: list[Place]) -> dict[Place, object]:
    """What stands in these cells for a reader that does not calculate; "" for nothing."""
    book = openpyxl.load_workbook(path, data_only=True)
    values = {place: book[place[0]][place[1]].value for place in places}
    return {place: "" if value is None else value for place, value in values.items()}


@pytest.fixture
def sent_out(master: Path) -> Path:
    """A master in the middle of a round, as it is today."""
    prepare(master)
    return master


@pytest.mark.parametrize("stage", ["scored", "sent_out"])
def test_each_formula_typed_anew_shows_the_number_of_the_program(
    request: pytest.FixtureRequest, stage: str, tmp_path: Path
) -> None:
    """Calculated from the rows alone: all formulas were wiped before.

    Left out: that the engine finds the order of formulas by itself, which it does not do for a
    file without cached values (`RecalculateAllFormulas` leaves sums over sums blank).
    """
    path: Path = request.getfixturevalue(stage)
    places = formulas_of(path)
    assert len(places) > 300
    typed = retyped(path, tmp_path / "重算.xlsx", formulas=places)
    assert shown(typed, places) == shown(path, places)


def edits_of(master: Master) -> list[Change]:
    """Other answers and points by hand, in the first criterion, every third, and the last."""
    rows = list(master.rows(CRITERIA).items())
    return [
        Change(CRITERIA.name, key, field, row.get(field), value)
        for number, (key, row) in enumerate(rows)
        if number % 3 == 0 or number == len(rows) - 1
        for field, value in (("claimed", number % 7 + 0.5), ("answer", f"改答{number}"))
        if row.get(field) != value
    ]


def test_formulas_follow_what_is_typed(scored: Path, context: Context, tmp_path: Path) -> None:
    """As in the program's window: only cells of 得分点 are typed, the sums are not asked for."""
    file = WorkbookFile.open(scored)
    edits = edits_of(file.master)
    cells = [
        ((CRITERIA.sheet, file.master.cell(CRITERIA, e.row, e.field)), str(e.new)) for e in edits
    ]
    before, places = shown(scored, formulas_of(scored)), formulas_of(scored)
    typed = retyped(scored, tmp_path / "改.xlsx", cells=cells)
    commit(file, as_lines(edits), context, "手工填写")
    expected = shown(scored, places)
    assert sum(expected[place] != before[place] for place in places) > 20
    assert shown(typed, places) == expected


def addresses(pack: bytes, cells: Cells) -> Mapping[Place, Value]:
    """Where the cells of a fill stand."""
    book, found = Book.read(pack), {}
    for (table, row, field), value in cells.items():
        info = book.tables[table.table.name]
        col = info.first_col + info.columns.index(table.table.column(field).header)
        cell = f"{get_column_letter(col)}{info.first_row + 1 + row}"
        found[info.sheet, cell] = value
    return found


def test_a_pack_filled_and_saved_by_it_merges_as_one_of_openpyxl(
    sent: Round, tmp_path: Path
) -> None:
    pack = tmp_path / "填报.xlsx"
    pack.write_bytes(sent.pack())
    cells = addresses(sent.pack(), HONEST)

    def fill(book: openpyxl.Workbook) -> None:
        for (sheet, cell), value in cells.items():
            book[sheet][cell] = value

    typed = retyped(
        pack, tmp_path / "另存.xlsx", cells=[(place, str(value)) for place, value in cells.items()]
    )
    by_hand = sent.outcome(by_openpyxl(sent.pack(), fill), tmp_path)
    assert by_hand.reason == ""
    assert len(by_hand.decisions) >= len(HONEST)
    assert sent.outcome(typed.read_bytes(), tmp_path) == by_hand
