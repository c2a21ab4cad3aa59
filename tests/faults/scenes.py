"""Folders before and after a step: copying and comparing them."""

import io
import os
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook

STEPS = ("split", "merge", "score", "resolve", "undo")
ALL = bool(os.environ.get("QCITY_ALL_KILL_POINTS"))
State = dict[str, bytes]


def copy_of(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    return target


def state(folder: Path) -> State:
    """All that a step leaves behind, but for snapshots (of each attempt one) and the lock."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and "/snapshots/" not in name and path.name != "lock":
            found[name] = path.read_bytes()
    return found


def without_leftovers(found: State) -> State:
    """Temporary files of killed writes are left to be swept; no step reads them."""
    return {name: data for name, data in found.items() if not name.endswith(".tmp")}


def master_of(folder: Path) -> bytes:
    return (folder / "总表.xlsx").read_bytes()


def check_opens(data: bytes) -> None:
    """A reader of another make and the zip's own check sums find it whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
    assert "日志" in CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names


def sample(points: Sequence[int], most: int) -> list[int]:
    """Some of the points, spread evenly with both ends; all of them if that is asked for."""
    if ALL or len(points) <= most:
        return list(points)
    step = (len(points) - 1) / (most - 1)
    return [points[round(number * step)] for number in range(most)]
