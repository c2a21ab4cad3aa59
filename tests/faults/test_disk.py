"""A disk that fails: every failure is a Chinese sentence, exit status 3, and nothing is changed."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.killer import Killer
from tests.faults.scenes import (
    STEPS,
    copy_of,
    master_of,
    sample,
    state,
    without_leftovers,
)

resource = pytest.importorskip("resource", reason="sets limits of processes: Linux and Mac")
CHINESE = re.compile(r"[\u4e00-\u9fff]+.*。")
HARMS = {
    "ENOSPC": "磁盘已满",
    "EACCES": "没有权限",
    "EROFS": "只读",
    "EIO": "磁盘读写出错",
}


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("step", STEPS)
def test_a_call_that_fails_stops_the_step_and_changes_nothing(
    step: str,
    harm: str,
    scenes: dict[str, Path],
    killer: Killer,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    old = master_of(scenes[step])
    undisturbed = copy_of(scenes[step], tmp_path / "无事")
    calls = killer.run(step, undisturbed).calls
    wanted, new = state(undisturbed), master_of(undisturbed)
    points = sample(range(1, len(calls) + 1), 6)
    for point in points:
        folder = copy_of(scenes[step], tmp_path / f"{point}")
        outcome = killer.run(step, folder, harm, point)
        where = f"{step}, call {point} of {len(calls)}: {calls[point - 1]}: {outcome}"
        assert not outcome.crash, where
        if outcome.refused:
            assert HARMS[harm] in outcome.refused, where
            assert CHINESE.search(outcome.refused), where
        # Some failures cost nothing: a folder that can't be flushed, a leftover that stays.
        assert master_of(folder) == (old if outcome.refused else new), where
        killer.run(step, folder)
        assert without_leftovers(state(folder)) == wanted, where
    record_property("tried", ("failing calls to the disk", len(points)))


@pytest.mark.parametrize("step", STEPS)
def test_a_folder_that_vanishes_is_told_and_not_made_again(
    step: str, scenes: dict[str, Path], killer: Killer, tmp_path: Path
) -> None:
    old = master_of(scenes[step])
    undisturbed = copy_of(scenes[step], tmp_path / "无事")
    calls = killer.run(step, undisturbed).calls
    new = master_of(undisturbed)
    for point in sample(range(1, len(calls) + 1), 6):
        folder = copy_of(scenes[step], tmp_path / f"{point}" / "总")
        outcome = killer.run(step, folder, "vanish", point)
        where = f"{step}, call {point} of {len(calls)}: {calls[point - 1]}: {outcome}"
        assert not outcome.crash, where
        assert not (folder / "总表.xlsx").exists(), where
        left = master_of(folder.with_name("不见了"))
        assert left == (old if outcome.refused else new), where


def qcity(*args: str | Path, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """The command line; `limit` is the largest file that the process may write."""

    def restrict() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "qcity_xl", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=restrict,
    )


def test_a_file_that_outgrows_its_limit(scenes: dict[str, Path], tmp_path: Path) -> None:
    folder = copy_of(scenes["score"], tmp_path / "总")
    before = master_of(folder)
    done = qcity("score", folder / "总表.xlsx", limit=len(before) // 2)
    assert (done.returncode, done.stdout) == (3, "")
    assert "文件超过系统允许的大小" in done.stderr
    assert master_of(folder) == before
    assert qcity("score", folder / "总表.xlsx").returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 2 MB; mounting one needs a privilege."""
    folder = tmp_path / "小盘"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not mount or not umount or not _mounted(mount, folder):
        pytest.skip("a small tmpfs can't be mounted: run as root with CAP_SYS_ADMIN")
    yield folder
    subprocess.run([umount, "-l", str(folder)], check=True)


def _mounted(mount: str, folder: Path, options: str = "size=2m") -> bool:
    command = [mount, "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_full_disk(scenes: dict[str, Path], small_disk: Path) -> None:
    folder = copy_of(scenes["score"], small_disk / "总")
    before = master_of(folder)
    filler = small_disk / "占满"
    with pytest.raises(OSError, match="No space left"), filler.open("wb") as file:
        while True:
            file.write(b"\0" * 4096)
            file.flush()
    done = qcity("score", folder / "总表.xlsx")
    assert done.returncode == 3
    assert "磁盘已满" in done.stderr
    assert master_of(folder) == before
    filler.unlink()
    assert qcity("score", folder / "总表.xlsx").returncode == 0


def test_a_read_only_disk(scenes: dict[str, Path], small_disk: Path) -> None:
    folder = copy_of(scenes["merge"], small_disk / "总")
    mount = shutil.which("mount")
    assert mount
    subprocess.run([mount, "-o", "remount,ro", str(small_disk)], check=True)
    steps: list[list[str | Path]] = [
        ["check"],
        ["undo"],
        ["merge", folder / "回收"],
        ["split", "--out", folder],
    ]
    for command, *rest in steps:
        done = qcity(command, folder / "总表.xlsx", *rest)
        assert (done.returncode, done.stdout) == (3, ""), command
        assert "只读" in done.stderr
    assert qcity("score", folder / "总表.xlsx", "--dry-run").returncode == 0
    assert qcity("log", folder / "总表.xlsx", "--verify").returncode == 0


def test_a_master_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "没有" / "总表.xlsx", tmp_path / "总表.xlsx"):
        done = qcity("score", path)
        assert (done.returncode, done.stdout) == (3, "")
        assert "没有这个文件" in done.stderr
    assert list(tmp_path.iterdir()) == []
