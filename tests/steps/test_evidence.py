"""标记缺失佐证: what is lacking, what is wrong, and what a folder would give."""

from pathlib import Path

from PIL import Image

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.papers import paper
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.schema import CRITERIA, EVIDENCE, SETTINGS
from qcity_xl.core.values import Value
from qcity_xl.steps.evidence import evidence
from qcity_xl.steps.history import undo
from qcity_xl.steps.shared.outcome import Context
from tests.steps.conftest import Qcity


def test_it_names_what_is_missing(qcity: Qcity, master: Path) -> None:
    status, data = qcity("evidence", master)
    assert status == 0
    assert data["needs"] == len(data["missing"]) > 100
    assert set(data["missing"][0]) == {"criterion", "unit", "kind", "period", "state"}


def enter(master: Path, **rows: dict[str, Value]) -> None:
    file = WorkbookFile.open(master)
    for key, row in rows.items():
        file.apply(added_row(EVIDENCE.name, key, {"kind": "文件", "dated": "2016-05-01", **row}))
    file.save()


def rule(master: Path, setting: str, value: Value) -> None:
    file = WorkbookFile.open(master)
    old = file.master.rows(SETTINGS)[setting]["value"]
    file.apply([Change(SETTINGS.name, setting, "value", old, value)])
    file.save()


def test_each_fault_has_its_own_word(master: Path, context: Context) -> None:
    folder = master.parent
    (folder / "好.pdf").write_bytes(paper("好"))
    (folder / "证书.pdf").write_bytes(paper("证书"))
    (folder / "坏.pdf").write_bytes(paper("坏")[:99])
    (folder / "空.pdf").write_bytes(b"")
    names = {"E1": "好.pdf", "E2": "坏.pdf", "E3": "空.pdf", "E4": "没有.pdf", "E5": "证书.pdf"}
    rows: dict[str, dict[str, Value]] = {
        key: {"criteria": "1(1)", "title": name, "location": name} for key, name in names.items()
    }
    rows["E5"]["valid_until"] = "2017-10-31"
    enter(master, **rows)
    rule(master, "佐证/检查日期", "2017-11-20")
    found = evidence(master, context).data
    assert found["findings"] == {
        "E1": "有效",
        "E2": "打不开：文件损坏",
        "E3": "空文件",
        "E4": "文件不存在",
        "E5": "检查前过期",
    }
    assert [fault["row"] for fault in found["faults"]] == ["E2", "E3", "E4", "E5"]
    rows_after = WorkbookFile.open(master).master.rows(EVIDENCE)
    assert {key: row["finding"] for key, row in rows_after.items()} == found["findings"]
    rule(master, "佐证/检查日期", "2017-10-31")
    assert evidence(master, context).data["findings"]["E5"] == "有效"  # on its last day


def folder_of(master: Path) -> Path:
    folder = master.parent / "收集"
    (folder / "1(1)").mkdir(parents=True)
    (folder / "1(1)" / "2016年质量发展规划.pdf").write_bytes(paper("规划"))
    (folder / "2(1) 联席会议制度.pdf").write_bytes(paper("制度"))
    (folder / "坏了 3(1) 2016年.pdf").write_bytes(paper("坏")[:99])
    Image.new("RGB", (40, 30)).save(folder / "风景.jpg")
    return folder


def test_a_scan_writes_nothing_before_it_is_confirmed(qcity: Qcity, master: Path) -> None:
    folder, before = folder_of(master), master.read_bytes()
    status, data = qcity("evidence", master, "--scan", folder)
    assert status == 0
    assert master.read_bytes() == before
    assert {(p["file"], p["criterion"], p["certain"]) for p in data["proposals"]} == {
        ("收集/1(1)/2016年质量发展规划.pdf", "1(1)", True),
        ("收集/2(1) 联席会议制度.pdf", "2(1)", False),
    }
    assert {left["file"] for left in data["left"]} == {"收集/坏了 3(1) 2016年.pdf", "收集/风景.jpg"}
    assert data["changes"] > 0


def test_confirmed_it_enters_the_certain_ones_once_and_can_be_taken_back(
    master: Path, context: Context
) -> None:
    folder, before = folder_of(master), WorkbookFile.open(master).master
    first = evidence(master, context, scan=folder, yes=True)
    rows = WorkbookFile.open(master).master.rows(EVIDENCE)
    assert [(row["criteria"], row["finding"]) for row in rows.values()] == [("1(1)", "有效")]
    second = evidence(master, context, scan=folder, yes=True)
    assert [p["certain"] for p in second.data["proposals"]] == [False]
    assert (second.changes, first.data["left"] == second.data["left"]) == (0, False)
    evidence(master, context, scan=folder, yes=True, doubtful=True)
    assert evidence(master, context, scan=folder, yes=True, doubtful=True).changes == 0
    assert len(WorkbookFile.open(master).master.rows(EVIDENCE)) == 2
    undo(master, context)
    undo(master, context)
    after = WorkbookFile.open(master).master
    assert after.rows(EVIDENCE) == {}
    assert after.rows(CRITERIA) == before.rows(CRITERIA)


def test_a_folder_elsewhere_is_refused_with_what_to_do(
    qcity: Qcity, master: Path, tmp_path: Path
) -> None:
    other = tmp_path / "优盘"
    other.mkdir()
    status, data = qcity("evidence", master, "--scan", other)
    assert status == 3
    assert "移进去" in data["error"]


def test_a_kind_that_no_program_opens_is_told(master: Path, context: Context) -> None:
    (master.parent / "录像.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    enter(master, E1={"criteria": "1(1)", "title": "录像", "location": "录像.mp4"})
    outcome = evidence(master, context)
    assert outcome.data["findings"] == {"E1": "有效"}
    assert any("录像" in notice and "人工" in notice for notice in outcome.notices)
