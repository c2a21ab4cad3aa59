"""Steps on a Dask cluster leave what they leave without, while one worker dies and one is slow."""

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.documents import as_text
from benchmarks.nation.returns import Rates, handed_in
from qcity_xl.steps.inspect import inspect
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.rollup import rollup
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.cluster import Cluster, cluster

__all__ = ["cluster"]

HERE = Context(dt.datetime(2024, 6, 3, 9, 0), "张三")
RATES = Rates(silent=0, damaged=35, twice=15)

pytestmark = pytest.mark.filterwarnings("ignore:Print area")  # openpyxl damages packs here


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master of thirty units whose round came back."""
    folder = tmp_path_factory.mktemp("办公室") / "甲市"
    folder.mkdir()
    (folder / "方案.txt").write_bytes(as_text(150, 30))
    new(folder / "总表.xlsx", HERE, document=folder / "方案.txt", master_id="test")
    random = Random(7)  # noqa: S311 - the same each time is what is wanted
    (folder / "回收").mkdir()
    for pack in split(folder / "总表.xlsx", folder / "下发", HERE).data["packs"]:
        for file in handed_in(random, pack["unit"], Path(pack["file"]).read_bytes(), RATES):
            (folder / "回收" / file.name).write_bytes(file.data)
    (folder / "回收" / "又一份.xlsx").write_bytes(file.data)
    return folder


def test_split(office: Path, tmp_path: Path, cluster: Cluster) -> None:
    for folder, asked in _both(office, tmp_path, cluster).items():
        split(folder / "总表.xlsx", folder / "再发", round_name="第2轮", **asked)
    packs = list((tmp_path / "那里" / "再发").iterdir())
    assert len(packs) == 30
    _same(tmp_path)


def test_merge(office: Path, tmp_path: Path, cluster: Cluster) -> None:
    found = [
        merge(folder / "总表.xlsx", [folder / "回收"], **asked)
        for folder, asked in _both(office, tmp_path, cluster).items()
    ]
    assert found[0] == found[1]
    assert {file["state"] for file in found[0].data["files"]} == {"已合并", "已合并过", "未采用"}
    assert found[0].data["taken"] > 300
    _same(tmp_path)


def test_rollup(office: Path, tmp_path: Path, cluster: Cluster) -> None:
    cities = tmp_path / "各市"
    cities.mkdir()
    for number in range(12):
        shutil.copy(office / "总表.xlsx", cities / f"{number}市.xlsx")
    (cities / "坏了.xlsx").write_bytes(b"PK\x03\x04")
    found: list[dict[str, Any]] = []
    for folder, asked in _both(office, tmp_path, cluster).items():
        outcome = rollup(cities, out=folder / "汇总.xlsx", **asked)
        found.append({**outcome.data, "files": []})
    assert found[0] == found[1]
    assert (len(found[0]["cities"]), len(found[0]["unreadable"])) == (12, 1)
    _same(tmp_path)


def test_inspect(office: Path, tmp_path: Path, cluster: Cluster) -> None:
    for folder, asked in _both(office, tmp_path, cluster).items():
        inspect(folder / "总表.xlsx", out=folder / "迎检包", **asked)
    assert len(list((tmp_path / "那里" / "迎检包").rglob("目录.docx"))) == 30
    _same(tmp_path)


def _both(office: Path, tmp_path: Path, cluster: Cluster) -> Mapping[Path, dict[str, Any]]:
    """A copy of the office to work on without the cluster and one with it, and what a step is told
    of it.
    """
    for name in ("这里", "那里"):
        shutil.copytree(office, tmp_path / name)
    there = replace(HERE, progress=cluster.in_trouble)
    return {
        tmp_path / "这里": {"context": HERE},
        tmp_path / "那里": {"context": there, "scheduler": cluster.address},
    }


def _same(tmp_path: Path) -> None:
    """All files of both offices, side folders included, have the same bytes."""
    here, there = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("这里", "那里")
    )
    assert here.keys() == there.keys()
    assert [str(path) for path in here if here[path] != there[path]] == []
