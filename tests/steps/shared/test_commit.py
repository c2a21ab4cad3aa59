"""The one way a step writes the master: cells, log and snapshot together, or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import PackageLimits
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import BreaksSignature, GrownTooLarge, StaleCell
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import LOG, UNITS
from qcity_xl.core.values import Value
from qcity_xl.steps.shared.commit import check_writable, commit
from qcity_xl.steps.shared.outcome import Context
from tests.steps.conftest import context, master

__all__ = ["context", "master"]


def contact(file: WorkbookFile, new: Value, old: Value = None) -> Change:
    return Change(UNITS.name, next(iter(file.master.rows(UNITS))), "contact", old, new)


def test_a_change_is_written_with_its_line_and_a_snapshot(master: Path, context: Context) -> None:
    before, file = master.read_bytes(), WorkbookFile.open(master)
    commit(file, as_lines([contact(file, "韩梅梅")]), context, "手工填写", "电话")
    written = WorkbookFile.open(master).master
    assert text(next(iter(written.rows(UNITS).values())), "contact") == "韩梅梅"
    line = list(written.rows(LOG).values())[-1]
    parts = [text(line, name) for name in ("command", "user", "new", "source")]
    assert parts == ["手工填写", "张三", "韩梅梅", "电话"]
    snapshots = SideFolder(master).path / "snapshots"
    assert before in [path.read_bytes() for path in snapshots.iterdir()]


@pytest.mark.parametrize("dry", [True, False])
def test_nothing_to_write_or_a_dry_run_writes_nothing(
    master: Path, context: Context, dry: bool
) -> None:
    before, file = master.read_bytes(), WorkbookFile.open(master)
    lines = as_lines([contact(file, "韩梅梅")]) if dry else []
    commit(file, lines, replace(context, dry_run=dry), "手工填写")
    assert master.read_bytes() == before


def test_a_cell_that_holds_something_else_stops_all(master: Path, context: Context) -> None:
    before, file = master.read_bytes(), WorkbookFile.open(master)
    changes = [contact(file, "韩梅梅"), contact(file, "李雷", old="别人")]
    with pytest.raises(StaleCell):
        commit(file, as_lines(changes), context, "手工填写")
    assert master.read_bytes() == before


class Signed:
    """A master with a digital signature, closed everywhere else."""

    path, signed = Path("总表.xlsx"), True

    def check_free(self) -> None:
        pass


def test_a_signature_is_broken_only_by_force(context: Context) -> None:
    signed = Signed()
    with pytest.raises(BreaksSignature):
        check_writable(signed, context)  # type: ignore[arg-type]  # what is asked of a workbook here
    check_writable(signed, replace(context, force=True))  # type: ignore[arg-type]
    check_writable(signed, replace(context, dry_run=True))  # type: ignore[arg-type]


def test_what_the_next_step_could_not_read_is_not_written(master: Path, context: Context) -> None:
    before = master.read_bytes()
    file = WorkbookFile.open(master)
    file.limits = PackageLimits(file_bytes=len(before) - 1)
    with pytest.raises(GrownTooLarge, match="会太大，以后哪一步都读不了"):
        commit(file, as_lines([contact(file, "赵工")]), context, "手工填写")
    assert master.read_bytes() == before
