"""A step killed at any call to the disk leaves the old master or the new one, and runs again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.killer import Killer
from tests.faults.scenes import (
    STEPS,
    check_opens,
    copy_of,
    master_of,
    state,
    without_leftovers,
)
from tests.libreoffice import LibreOffice

PARTS = 4  # the points of a step are shared out among so many tests


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("step", STEPS)
def test_a_killed_step_leaves_the_old_master_or_the_new_one(
    step: str,
    part: int,
    scenes: dict[str, Path],
    killer: Killer,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    old = master_of(scenes[step])
    undisturbed = copy_of(scenes[step], tmp_path / "无事")
    calls = killer.run(step, undisturbed).calls
    assert {"open", "write", "flush", "fsync", "replace"} <= set(calls)
    wanted = state(undisturbed)
    new = master_of(undisturbed)
    check_opens(new)
    points = range(1 + part, len(calls) + 1, PARTS)
    for point in points:
        folder = copy_of(scenes[step], tmp_path / f"{point}")
        where = f"{step}, call {point} of {len(calls)}: {calls[point - 1]}"
        assert killer.run(step, folder, "kill", point).killed, where
        assert master_of(folder) in (old, new), where
        again = killer.run(step, folder)
        assert again.status is not None, f"{where}: {again}"
        assert without_leftovers(state(folder)) == wanted, where
        assert not list(folder.glob(".*")) or master_of(folder) == old, where
    record_property("tried", ("kill points", len(points)))


def test_the_old_and_the_new_master_open_in_libreoffice(
    scenes: dict[str, Path], killer: Killer, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    for step in STEPS:
        folder = copy_of(scenes[step], tmp_path / step)
        check_opens(master_of(folder))
        assert "日志" in libreoffice.values(folder / "总表.xlsx")
        killer.run(step, folder)
        assert "日志" in libreoffice.values(folder / "总表.xlsx")


def test_what_a_killed_run_left_beside_the_master_is_swept(
    scenes: dict[str, Path], killer: Killer, tmp_path: Path
) -> None:
    folder = copy_of(scenes["score"], tmp_path / "总")
    calls = killer.run("score", copy_of(folder, tmp_path / "无事")).calls
    last_write = len(calls) - calls[::-1].index("write")
    assert killer.run("score", folder, "kill", last_write).killed
    assert len(list(folder.glob(".qcity-*.tmp"))) == 1
    assert killer.run("score", folder).status == 0
    assert list(folder.glob(".qcity-*.tmp")) == []
