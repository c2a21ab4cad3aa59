"""看板 of a former version gives way to today's if nobody changed it; else it stays."""

import datetime as dt
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from qcity_xl.adapters.master_file.boards import TODAY, is_of_today, read_board
from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.master_file.template import template_layout
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import Package
from qcity_xl.adapters.resources import former_boards
from qcity_xl.core.changes import BOARD, CARD, KEY
from qcity_xl.core.history.log import operations, verify
from qcity_xl.core.master.upgrade import UPGRADE
from qcity_xl.core.schema import SECTIONS
from qcity_xl.steps.check import check
from qcity_xl.steps.history import undo
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from tests.libreoffice import LibreOffice
from tests.masters.stages import VERSIONS, now
from tests.referees.validator import all_findings
from tools.keep_board import kept_board

_CASE = Path(__file__).parents[4] / "shared/cases/masters/0.1.0-after-a-round.xlsx"
_PLACE = (SECTIONS.name, BOARD, KEY)
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group")


@pytest.fixture(params=VERSIONS, ids=lambda path: path.stem)
def master(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    shutil.copyfile(request.param, path)
    return path


def _board(path: Path) -> dict[str, object]:
    """All cells of 看板, and the ranges of its charts."""
    file: Any = openpyxl.load_workbook(path)[SECTIONS.sheet]
    cells: dict[str, object] = {
        c.coordinate: (c.value, c.fill.fgColor.rgb, c.font.b, c.number_format)
        for row in file.iter_rows()
        for c in row
        if c.value is not None
    }
    for number, chart in enumerate(file._charts):
        cells[f"图表{number}"] = [s.val.numRef.f for s in chart.ser], chart.anchor.to.row
    return {**cells, "合并": sorted(map(str, file.merged_cells.ranges))}


def test_the_board_of_each_release_is_kept() -> None:
    kept = {version: path.read_bytes() for version, path in former_boards().items()}
    assert kept == {path.stem: kept_board(path.read_bytes()) for path in VERSIONS}


def test_it_becomes_todays_and_an_undo_brings_it_back(master: Path) -> None:
    before, rows = _board(master), WorkbookFile.open(master).master.rows(SECTIONS)
    score(master, now())
    file = WorkbookFile.open(master)
    shown = {place for place in template_layout() if place[1].startswith(CARD)}
    assert shown <= set(file.layout())
    assert file.board(today=True) == {_PLACE: TODAY}
    typed = [c.field for c in SECTIONS.columns if not c.formula]
    assert {k: [r.get(f) for f in typed] for k, r in file.master.rows(SECTIONS).items()} == {
        k: [r.get(f) for f in typed] for k, r in rows.items()
    }
    context = now()
    check(master, context)
    assert context.notes == []
    while is_of_today(Package.read(master.read_bytes())):
        assert undo(master, now()).data["left"] == []
    assert _board(master) == before
    assert verify(WorkbookFile.open(master).master) == []


def test_one_that_worked_for_a_round_is_known() -> None:
    """Rows, scores and mail of ten sections: none of it is of the look."""
    if not _CASE.exists():
        pytest.skip(f"没有 {_CASE.name}")
    assert WorkbookFile.open(_CASE).board() == {_PLACE: "0.1.0"}


def test_its_formulas_name_columns_as_this_workbook_calls_them(master: Path) -> None:
    """A header that was renamed since stands in an older master as it was."""
    score(master, now())
    tables = WorkbookFile.open(master)._tables
    headers = {f"{t.name}[{text}]" for t in tables.tables.values() for text in t.texts.values()}
    formulas = [v for v, *_ in _cells(master) if isinstance(v, str) and v.startswith("=")]
    named = {n for f in formulas for n in re.findall(r"tbl\w+\[[^\[\]]+\]", f)}
    assert len(named) > 20
    assert named <= headers


def _cells(path: Path) -> list[tuple[Any, ...]]:
    return [seen for seen in _board(path).values() if isinstance(seen, tuple)]


def test_nothing_changes_on_a_dry_run_and_it_is_told(master: Path) -> None:
    before, context = master.read_bytes(), Context(dt.datetime.now(), "袁素梅", dry_run=True)
    score(master, context)
    assert any("「看板」换成新的样式" in note for note in context.notes)
    assert master.read_bytes() == before


def test_the_new_one_has_no_findings_and_reckons_the_same(
    master: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    known = all_findings([master])
    score(master, now())
    assert all_findings([master]).get(str(master), []) == known.get(str(master), [])
    shown = WorkbookFile.open(master).master.figures
    again = tmp_path / "重算.xlsx"
    libreoffice.edit(master, {}, again)
    reckoned = WorkbookFile.open(again).master.figures
    parts = ("qc_claimed", "qc_evidenced", "qc_points", "qc_gaps")
    assert {n: reckoned.get(n) for n in parts} == {n: shown.get(n) for n in parts}


def test_a_program_that_saved_it_changed_nothing(
    master: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    again = tmp_path / "另存.xlsx"
    libreoffice.edit(master, {}, again)
    tables = MasterTables.read(again.name, again.read_bytes())
    assert read_board(tables) == {_PLACE: VERSIONS[0].stem}


# -- what people changed stays

Edit = Callable[[bytes], bytes]


def _in_sheet(old: bytes, new: bytes) -> Edit:
    def edit(data: bytes) -> bytes:
        package = Package.read(data)
        part = MasterTables("总表", package).sheet_part(SECTIONS.name)
        assert old in package.part(part)
        package.replace(part, package.part(part).replace(old, new, 1))
        return package.to_bytes()

    return edit


def _in_chart(old: bytes, new: bytes) -> Edit:
    def edit(data: bytes) -> bytes:
        package = Package.read(data)
        for name in package.names:
            if name.startswith(("xl/charts/", "xl/drawings/d")) and old in package.part(name):
                package.replace(name, package.part(name).replace(old, new, 1))
                return package.to_bytes()
        raise AssertionError(old)

    return edit


def _points_at_it(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.create_sheet("领导看")["A1"] = "=看板!D5"
    return _saved(book)


def _charts_it(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    chart = BarChart()
    chart.add_data(Reference(book["看板"], min_col=6, min_row=18, max_row=20))
    book.create_sheet("领导看").add_chart(chart)
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    book.save(file := io.BytesIO())
    return file.getvalue()


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        pytest.param(_in_sheet(b"<v>", b"<v>"), "", id="nothing"),
        pytest.param(_in_sheet(b'<mergeCell ref="D11:F11"/>', b""), "合并单元格", id="a merge"),
        pytest.param(_in_sheet(b"$B$14&gt;0", b"$B$14&gt;9"), "条件格式", id="a format"),
        pytest.param(_in_sheet(b'r="B4" s="13"', b'r="B4" s="22"'), "B4", id="a look"),
        pytest.param(_in_sheet(b'<col width="7.7"', b'<col width="17"'), "B列的宽度", id="a width"),
        pytest.param(_in_chart(b"$F$18", b"$F$19"), "图表", id="a chart's range"),
        pytest.param(_in_chart(b"<col>13<", b"<col>15<"), "图表", id="a moved chart"),
        pytest.param(_points_at_it, "其他工作表上引用它的公式或图表", id="a formula elsewhere"),
        pytest.param(_charts_it, "其他工作表上引用它的公式或图表", id="a chart elsewhere"),
    ],
)
def test_one_that_was_changed_stays(edit: Edit, told: str, tmp_path: Path) -> None:
    master = tmp_path / "总表.xlsx"
    master.write_bytes(edit(VERSIONS[0].read_bytes()))
    before, context = _board(master), now()
    score(master, context)
    assert is_of_today(Package.read(master.read_bytes())) == (not told)
    if told:
        (note,) = (note for note in context.notes if "改动过" in note)
        assert f"（{told}）" in note
        assert set(before) <= set(_board(master))


def test_it_follows_once_it_is_as_it_was(tmp_path: Path) -> None:
    """As the sentence says: undo the upgrade, put things back, go on."""
    master = tmp_path / "总表.xlsx"
    master.write_bytes(_in_chart(b"<col>13<", b"<col>15<")(VERSIONS[0].read_bytes()))
    context = now()
    score(master, context)
    assert any(f"先撤销“{UPGRADE}”" in note for note in context.notes)
    for _ in range(2):
        assert undo(master, now()).data["left"] == []
    master.write_bytes(_in_chart(b"<col>15<", b"<col>13<")(master.read_bytes()))
    score(master, now())
    assert is_of_today(Package.read(master.read_bytes()))


def test_todays_that_somebody_changed_is_not_swapped_back(tmp_path: Path) -> None:
    master = tmp_path / "总表.xlsx"
    shutil.copyfile(VERSIONS[0], master)
    check(master, now())
    master.write_bytes(_in_sheet(b'<mergeCell ref="B18:M18"/>', b"")(master.read_bytes()))
    listed = operations(WorkbookFile.open(master).master)
    done = [operation for operation in listed if operation.stamp.command == UPGRADE]
    outcome = undo(master, now(), number=done[0].no)
    assert [left["row"] for left in outcome.data["left"]].count(BOARD) == 1
    assert is_of_today(Package.read(master.read_bytes()))
