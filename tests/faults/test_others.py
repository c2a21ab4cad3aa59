"""Others at work on the same master: a second qcity, Excel, LibreOffice, a clock that goes back."""

import datetime as dt
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.errors import AnotherStep, ChangedMeanwhile, FileInUse
from qcity_xl.core.history.log import operations, verify
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import LOG, ROUNDS
from qcity_xl.steps.history import undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.score import score
from qcity_xl.steps.split import split
from tests.faults.conftest import CONTEXT
from tests.faults.killer import UNITS
from tests.faults.scenes import copy_of, master_of


def start(*args: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "qcity_xl", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_two_merges_at_once_lose_nothing(scenes: dict[str, Path], tmp_path: Path) -> None:
    """Whichever comes late is refused in Chinese, and run again it adds its own to the other's."""
    refused = attempt = 0
    while not refused or attempt < 2:
        assert attempt < 10, "the two never met: start them closer together"
        attempt += 1
        folder = copy_of(scenes["merge"], tmp_path / f"{attempt}")
        master = folder / "总表.xlsx"
        packs = [folder / "回收" / f"{unit}.xlsx" for unit in UNITS]
        running = [start("merge", master, pack) for pack in packs]
        for process, pack in zip(running, packs, strict=True):
            said = process.communicate(timeout=60)[1]
            if process.returncode == 3:
                refused += 1
                assert "另一个 qcity 正在写" in said or "在处理期间被别人改过" in said
                assert start("merge", master, pack).wait(60) in (0, 1)
            else:
                assert process.returncode in (0, 1), said
        after = WorkbookFile.open(master).master
        states = {text(row, "unit"): text(row, "state") for row in after.rows(ROUNDS).values()}
        assert states == dict.fromkeys(UNITS, "已回收")
        assert verify(after) == []
        assert [o.stamp.command for o in operations(after)].count("合并回收") == 2


def test_a_lock_is_refused_at_once_and_dies_with_its_process(
    scenes: dict[str, Path], tmp_path: Path
) -> None:
    folder = copy_of(scenes["score"], tmp_path / "总")
    master, before = folder / "总表.xlsx", master_of(folder)
    code = (
        "import pathlib, sys, time\n"
        "from qcity_xl.adapters.side_folder import SideFolder\n"
        "with SideFolder(pathlib.Path(sys.argv[1])).locked():\n"
        "    print('held', flush=True)\n"
        "    time.sleep(600)\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(master)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(AnotherStep, match="请等它做完"):
        score(master, CONTEXT)
    assert master_of(folder) == before
    holder.kill()
    holder.wait()
    assert score(master, CONTEXT).status == 0
    assert (SideFolder(master).path / "lock").exists()


def test_a_master_saved_by_somebody_in_the_meantime_is_not_overwritten(
    scenes: dict[str, Path], tmp_path: Path
) -> None:
    folder = copy_of(scenes["score"], tmp_path / "总")
    file = WorkbookFile.open(folder / "总表.xlsx")
    score(folder / "总表.xlsx", CONTEXT)
    theirs = master_of(folder)
    with pytest.raises(ChangedMeanwhile):
        file.save()
    assert master_of(folder) == theirs


@pytest.mark.parametrize(
    ("lock", "program"),
    [("~$总表.xlsx", "Excel"), (".~总表.xlsx", "WPS"), (".~lock.总表.xlsx#", "LibreOffice")],
)
def test_a_master_open_elsewhere_is_left_alone(
    lock: str, program: str, scenes: dict[str, Path], tmp_path: Path
) -> None:
    folder = copy_of(scenes["split"], tmp_path / "总")
    master, before = folder / "总表.xlsx", master_of(folder)
    (folder / lock).write_bytes(b"")
    with pytest.raises(FileInUse, match=program) as refused:
        split(master, folder / "下发", CONTEXT)
    assert f"请删除同一文件夹里的“{lock}”" in str(refused.value)
    assert sorted(path.name for path in folder.iterdir()) == sorted(["总表.xlsx", lock])
    assert split(master, folder / "下发", replace(CONTEXT, dry_run=True)).status in (0, 1)
    assert master_of(folder) == before
    (folder / lock).unlink()
    split(master, folder / "下发", CONTEXT)
    assert master_of(folder) != before


def test_the_order_of_things_does_not_hang_on_the_clock(
    scenes: dict[str, Path], tmp_path: Path
) -> None:
    """After 2016 comes 2009: the log, the snapshots and undo go by number."""
    folder = copy_of(scenes["merge"], tmp_path / "总")
    master = folder / "总表.xlsx"
    past = time.time() - 5 * 365 * 86400
    os.utime(master, (past, past))
    earlier = replace(CONTEXT, now=dt.datetime(2009, 1, 1, 8, 0))
    merge(master, [folder / "回收"], earlier)
    score(master, CONTEXT)
    before = WorkbookFile.open(master).master
    undo(master, earlier)
    after = WorkbookFile.open(master).master
    assert verify(after) == []
    assert [o.undoes for o in operations(after)][-1] == operations(before)[-1].no
    assert len(after.rows(LOG)) > len(before.rows(LOG))
    kept = sorted((SideFolder(master).path / "snapshots").iterdir())
    assert kept[-1].name.split("-", 1)[1].startswith("20090101-0800-撤销前")
