"""Every step that writes does so on a master of every version, and brings it up to date."""

from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.catalogue import STEPS as CATALOGUE
from qcity_xl.core.history.log import operations, verify
from qcity_xl.core.master.upgrade import UPGRADE, version_of
from qcity_xl.core.schema import SCHEMA_VERSION
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
