"""A master just before each of the steps, and processes that come to harm."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_TASKS
from qcity_xl.core.schema.words import OURS, THEIRS
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context
from tests.faults.killer import NOW, UNITS, Killer, run_step
from tests.faults.scenes import STEPS, copy_of

CONTEXT = Context(NOW, "张三")


@pytest.fixture(scope="session")
def killer() -> Iterator[Killer]:
    if sys.platform == "win32":
        pytest.skip("processes are forked: needs Linux or Mac")
    server = Killer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Step -> a folder with the master and all it needs, just before that step."""
    found = {}
    folder = tmp_path_factory.mktemp("场景") / "split"
    folder.mkdir()
    new(folder / "总表.xlsx", CONTEXT, master_id="test")
    prepare = {"split": None, "merge": _returns, "score": None, "resolve": _choose, "undo": None}
    for step in STEPS:
        if action := prepare[step]:
            action(folder)
        found[step] = folder
        folder = copy_of(folder, folder.with_name(f"{step} 之后"))
        run_step(step, folder)
    return found


def _returns(folder: Path) -> None:
    """Both units answer, and the office writes over one of the answers."""
    done = {"progress": "已完成", "note": "已印发文件并落实到位。", "done_on": "2016年5月20日"}
    for unit in UNITS:
        pack = Pack(folder / "下发" / f"第1轮_{unit}.xlsx").fill(PACK_TASKS.table, 0, done)
        if unit == "市财政局":
            pack.fill(PACK_CRITERIA.table, 0, {"answer": "0.8‰"})
        pack.save(folder / "回收" / f"{unit}.xlsx")
    file = WorkbookFile.open(folder / "总表.xlsx")
    pack = Pack(folder / "下发" / "第1轮_市教育局.xlsx")
    key = str(pack.column(PACK_TASKS.table, "key")[0])
    change = Change(ASSIGNMENTS.name, key, "note", None, "办公室电话了解：正在起草。")
    commit(file, as_lines([change]), CONTEXT, "手工填写")


def _choose(folder: Path) -> None:
    file = WorkbookFile.open(folder / "总表.xlsx")
    rows = file.master.rows(CONFLICTS)
    changes = [
        Change(CONFLICTS.name, key, "choice", None, OURS if number else THEIRS)
        for number, key in enumerate(k for k, row in rows.items() if text(row, "kind") == "冲突")
    ]
    assert changes
    commit(file, as_lines(changes), CONTEXT, "手工填写")
