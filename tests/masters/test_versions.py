"""Masters as each version of the program made them: every step works on every one of them."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.template import template, template_layout
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.history.log import operations, verify
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.upgrade import UPGRADE, VERSION, plan_structure, version_of
from qcity_xl.core.schema import LOG, MASTER, SCHEMA_VERSION, SETTINGS, Table
from qcity_xl.steps.check import check
from qcity_xl.steps.evidence import evidence
from qcity_xl.steps.history import log, undo
from qcity_xl.steps.resolve import resolve
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from qcity_xl.steps.why import why

_HERE = Path(__file__).parent
_CASE = _HERE.parents[1].parent / "shared/cases/masters/0.1.0-after-a-round.xlsx"
MASTERS = [*sorted(_HERE.glob("*.xlsx")), _CASE]


def _context(*, dry_run: bool = False) -> Context:
    return Context(dt.datetime(2026, 11, 20, 9, 30), "袁素梅", dry_run)


@pytest.fixture(params=MASTERS, ids=lambda path: path.stem)
def master(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if not request.param.exists():
        pytest.skip(f"没有 {request.param.name}")
    copy = tmp_path / "总表.xlsx"
    shutil.copyfile(request.param, copy)
    return copy


def test_every_step_works_on_it(master: Path, tmp_path: Path) -> None:
    before = WorkbookFile.open(master).master
    check(master, _context())
    score(master, _context())
    evidence(master, _context())
    resolve(master, _context())
    split(master, tmp_path / "下发", _context(), round_name="补报轮")
    after = WorkbookFile.open(master).master
    assert version_of(after) == SCHEMA_VERSION
    assert verify(after) == []
    names = [operation.stamp.command for operation in operations(after)]
    assert names.count(UPGRADE) == (version_of(before) < SCHEMA_VERSION)
    for _ in range(len(names) - len(operations(before))):
        undo(master, _context())
    restored = WorkbookFile.open(master).master
    assert verify(restored) == []
    for table in MASTER:
        if table not in (LOG, SETTINGS):
            assert _typed(restored, table) == _typed(before, table)
    assert VERSION not in restored.rows(SETTINGS)


def test_a_check_that_finds_nothing_new_brings_it_up_to_date(master: Path) -> None:
    check(master, _context())
    done = operations(WorkbookFile.open(master).master)
    upgrade = next(operation for operation in done if operation.stamp.command == UPGRADE)
    undo(master, _context(), number=upgrade.no)
    assert version_of(WorkbookFile.open(master).master) < SCHEMA_VERSION
    assert check(master, _context()).data["changes"] == 0
    assert version_of(WorkbookFile.open(master).master) == SCHEMA_VERSION
    written = master.read_bytes()
    check(master, _context())
    assert master.read_bytes() == written


def _typed(master: Master, table: Table) -> dict[str, dict[str, object]]:
    stored = [column.field for column in table.columns if column.editor != "formula"]
    return {key: {f: row.get(f) for f in stored} for key, row in master.rows(table).items()}


def test_steps_that_only_read_do_not_write_it(master: Path) -> None:
    before = master.read_bytes()
    log(master, check=True)
    check(master, _context(dry_run=True))
    first = next(iter(WorkbookFile.open(master).master.tables["tblCriteria"].values()))
    why(master, str(first["label"]))
    assert master.read_bytes() == before


def test_what_changes_the_schema_counts_its_version_up() -> None:
    """A master as the last release made it lacks nothing, or the version is a later one."""
    newest = WorkbookFile.open(max(_HERE.glob("*.xlsx"), key=lambda p: _numbers(p.stem)))
    lacking = plan_structure(newest.layout(), template_layout(), older=True)
    assert not lacking or version_of(newest.master) < SCHEMA_VERSION
    assert version_of(template().master) == SCHEMA_VERSION


def _numbers(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", text)]
