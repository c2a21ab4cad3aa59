"""汇总 of masters in files and folders."""

import shutil
from pathlib import Path
from typing import Any, get_type_hints

import openpyxl
import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.resources import pack_template
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import NothingToDo
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.steps.rollup import rollup
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.shared.report_data import CityData, LostData, RollupData
from tests.referees.validator import findings
from tests.steps.conftest import Qcity


@pytest.fixture
def province(master: Path, context: Context, tmp_path: Path) -> Path:
    """Two cities, one of them scored, a pack by mistake, a text, and a broken file."""
    folder = tmp_path / "各市"
    (folder / "苏南").mkdir(parents=True)
    shutil.copy(master, folder / "甲市.xlsx")
    shutil.copy(master, folder / "苏南" / "乙市.xlsx")
    file = WorkbookFile.open(folder / "苏南" / "乙市.xlsx")
    file.apply([Change(CRITERIA.name, "C2.1", "answer", None, "达成")])
    file.save()
    score(folder / "苏南" / "乙市.xlsx", context)
    shutil.copy(pack_template(), folder / "填报.xlsx")
    (folder / "说明.txt").write_text("各市报来的", "utf-8")
    (folder / "坏了.xlsx").write_bytes(b"PK\x03\x04")
    return folder


def test_the_whole_way(qcity: Qcity, province: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in province.rglob("*") if path.is_file()}
    status, data = qcity("rollup", province, "--out", tmp_path / "汇总.xlsx")
    assert status == 1
    assert [(city["city"], city["claimed"]["points"]) for city in data["cities"]] == [
        ("乙市", 10),
        ("甲市", None),
    ]
    assert sorted(Path(lost["file"]).name for lost in data["unreadable"]) == [
        "坏了.xlsx",
        "填报.xlsx",
    ]
    assert {p: p.read_bytes() for p in before} == before
    assert findings(tmp_path / "汇总.xlsx") == {}
    assert data.keys() == get_type_hints(RollupData).keys()
    assert data["cities"][0].keys() == get_type_hints(CityData).keys()
    assert data["unreadable"][0].keys() == get_type_hints(LostData).keys()


def test_its_workbook_says_what_score_says(qcity: Qcity, province: Path, tmp_path: Path) -> None:
    qcity("rollup", province, "--out", tmp_path / "汇总.xlsx")
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")

    def lines(sheet: str, city: str) -> list[dict[str, Any]]:
        head, *rows = book[sheet].iter_rows(values_only=True)
        found = (dict(zip(map(str, head), row, strict=True)) for row in rows)
        return [row for row in found if row["城市"] == city]

    for path, city in ((province / "苏南" / "乙市.xlsx", "乙市"), (province / "甲市.xlsx", "甲市")):
        _, scored = qcity("score", path, "--dry-run")
        (total,) = lines("城市", city)
        for key, name in SCORE_NAMES.items():
            assert total[name] == scored[key]["points"]
            assert total[f"加分{name}"] == scored[key]["bonus"]
        for sheet, part, no in (("部分", "sections", "no"), ("指标", "indicators", "id")):
            names = {"分值": "points", **{name: key for key, name in SCORE_NAMES.items()}}
            said = [{n: row[n] for n in ("编号", *names)} for row in lines(sheet, city)]
            wanted = [
                {"编号": str(row[no]), **{n: row[k] for n, k in names.items()}}
                for row in scored[part]
            ]
            assert said == wanted


def test_a_master_named_twice_counts_once(province: Path, context: Context) -> None:
    one = province / "甲市.xlsx"
    assert len(rollup(one, context, [one, province / "苏南"]).data["cities"]) == 2


def test_nothing_to_read_is_told(province: Path, context: Context) -> None:
    with pytest.raises(NothingToDo, match=r"没有读到一份总表（“填报\.xlsx”是填报表"):
        rollup(province / "填报.xlsx", context)
