"""Every step that writes does so on a master of every version, and brings it up to date."""

import re
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import Book, Package
from qcity_xl.adapters.ooxml.refs import Rect
from qcity_xl.core.catalogue import STEPS as CATALOGUE
from qcity_xl.core.history.log import operations, verify
from qcity_xl.core.master.upgrade import UPGRADE, version_of
from qcity_xl.core.schema import SCHEMA_VERSION, SECTIONS
from qcity_xl.steps.score import score
from tests.masters.stages import STEPS, VERSIONS, before, now


def test_these_are_all_steps_that_write() -> None:
    assert set(STEPS) == {s.id for s in CATALOGUE if s.effect in ("writes", "hands out")}


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("step", STEPS)
def test_it_is_upgraded_and_the_step_carried_out(step: str, version: Path, tmp_path: Path) -> None:
    path = before(step, version, tmp_path / "总表")
    count = len(operations(WorkbookFile.open(path).master))
    outcome = STEPS[step](path, now())
    assert outcome.pending or outcome.changes or step == "split"
    after = WorkbookFile.open(path).master
    done = [operation.stamp.command for operation in operations(after)[count:]]
    assert verify(after) == []
    # 撤销 may take just the upgrade back.
    assert (version_of(after) == SCHEMA_VERSION) == (step != "undo")
    assert done.count(UPGRADE) == (step != "undo")
    assert len(done) > (step != "undo")


# What an office does to 看板: a chart moved, another one deleted, a figure typed over, a list
# cleared, words of its own, a wider column.
_MOVED, _GONE = b"<row>18</row>", re.compile(rb"<twoCellAnchor(?:(?!</twoCellAnchor>).)*rId2.*?r>")
_OWN = "分管市长批注：先抓计量"


def _own_board(path: Path) -> None:
    book = Book.open(path)
    sheet, row, col = book.name_ref("qc_tasks") or ("", 0, 0)
    book.set(sheet, row, col, 88, over_formula=True)
    tables = MasterTables.read(path.name, path.read_bytes())
    area = tables.workbook.area_of("qc_gains_5")
    assert area
    for line in range(area[1].top, area[1].bottom + 1):
        book.set(sheet, line, area[1].left, None, over_formula=True)
    book.set(sheet, 70, 26, _OWN)
    package = Package.read(book.to_bytes())
    drawing = next(name for name in package.names if name.startswith("xl/drawings/drawing"))
    moved = package.part(drawing).replace(_MOVED, b"<row>60</row>", 1)
    package.replace(drawing, _GONE.sub(b"", moved))
    part = tables.sheet_part(SECTIONS.name)
    wider = package.part(part).replace(b'width="28.7"', b'width="44"', 1)
    package.replace(part, wider)
    path.write_bytes(package.to_bytes())


def _kept(path: Path) -> list[object]:
    """What of 看板 is the office's own."""
    book = Book.open(path)
    sheet, row, col = book.name_ref("qc_tasks") or ("", 0, 0)
    package = Package.read(path.read_bytes())
    tables = MasterTables(path.name, package)
    (_, gains) = tables.workbook.area_of("qc_gains_5") or ("", Rect(0, 0, 0, 0))
    lines = range(gains.top, gains.bottom + 1)
    drawings = {n: package.part(n) for n in package.names if n.startswith(("xl/drawings", "xl/ch"))}
    return [
        (book.cell_value(sheet, row, col), book.cell_formula(sheet, row, col)),
        [book.cell_value(sheet, line, gains.left) for line in lines],
        [book.cell_formula(sheet, line, gains.left) for line in lines],
        book.cell_value(sheet, 70, 26),
        b'width="44"' in package.part(tables.sheet_part(SECTIONS.name)),
        drawings,
    ]


@pytest.mark.parametrize(
    "steps",
    [
        ("resolve", "check", "agree", "advise", "evidence", "units", "adopt", "revise", "undo"),
        ("merge", "attach", "score"),
        ("chase", "send", "split"),
    ],
    ids="-".join,
)
def test_what_people_did_to_the_board_stays(steps: tuple[str, ...], tmp_path: Path) -> None:
    path = before(steps[0], VERSIONS[-1], tmp_path / "总表")
    score(path, now())
    _own_board(path)
    kept = _kept(path)
    assert kept[0] == (88, None)
    assert kept[1] == [None] * len(kept[1])  # type: ignore[arg-type]
    assert b"<row>60</row>" in b"".join(kept[-1].values())  # type: ignore[attr-defined]
    for step in steps:
        STEPS[step](path, now())
        assert _kept(path) == kept, step


def test_these_are_all_of_them() -> None:
    (mark,) = test_what_people_did_to_the_board_stays.pytestmark  # type: ignore[attr-defined]
    assert {step for steps in mark.args[1] for step in steps} == set(STEPS)
