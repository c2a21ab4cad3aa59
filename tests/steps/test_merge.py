"""The same on files: the master's bytes don't tell in which order, under which names, they came."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.packs import read_pack
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.rounds.pack import ReturnedPack
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS
from qcity_xl.core.schema.pack import PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.values import Value
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.merge import NOTHING_NEW, merge
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.split import split
from tests.returns.hand import saved

UNITS = ("市科技局", "市教育局")
CONTEXT = Context(dt.datetime(2016, 6, 1, 9, 30), "张三")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master that sent two packs in the first round, and one of them again in the second."""
    folder = tmp_path_factory.mktemp("一轮")
    master = folder / "总表.xlsx"
    new(master, CONTEXT, master_id="test")
    split(master, folder / "下发", CONTEXT, round_name="第1轮", units=UNITS)
    split(master, folder / "下发", CONTEXT, round_name="第2轮", units=UNITS[:1])
    return folder


def fill(sent: Path, name: str, unit: str, round_name: str = "第1轮", **values: Value) -> Path:
    """A returned file under any name; a title is evidence on the last line."""
    pack = Pack(sent / "下发" / f"{round_name}_{unit}.xlsx")
    title = values.pop("title", None)
    if title:
        last = len(pack.column(PACK_EVIDENCE.table, "key")) - 1
        pack.fill(PACK_EVIDENCE.table, last, {"title": title, "criteria": "1(1)"})
    path = sent / name
    pack.fill(PACK_TASKS.table, 0, values).save(path)
    return path


def merged(sent: Path, folder: Path, *files: Path) -> tuple[bytes, Outcome[Any]]:
    """A copy of the master after these files were merged in one step."""
    folder.mkdir()
    master = Path(shutil.copy(sent / "总表.xlsx", folder))
    report = merge(master, files, CONTEXT)
    return master.read_bytes(), report


def decided(report: Outcome[Any]) -> list[tuple[object, ...]]:
    found = report.data["decisions"]
    assert isinstance(found, list)
    return [tuple(v for k, v in item.items() if k != "file") for item in found]


def reasons(report: Outcome[Any]) -> list[tuple[str, str]]:
    found = report.data["files"]
    assert isinstance(found, list)
    return [(item["state"], item["reason"]) for item in found]


def test_neither_order_nor_names_change_a_byte(sent: Path, tmp_path: Path) -> None:
    one = fill(sent, "甲.xlsx", UNITS[0], progress="推进中", title="关于质量的通知")
    two = fill(sent, "乙.xlsx", UNITS[0], progress="推进中", note="已印发", title="关于质量的通知")
    late = fill(sent, "丙.xlsx", UNITS[0], "第2轮", note="第2轮填的")
    other = fill(sent, "丁.xlsx", UNITS[1], difficulty="缺人", title="关于质量的通知")
    files = [one, two, late, other]
    first, told = merged(sent, tmp_path / "a", *files)
    second, again = merged(sent, tmp_path / "b", *reversed(files))
    renamed = []
    for number, file in enumerate(files):
        renamed.append(Path(shutil.copy(file, tmp_path / f"{9 - number} 终稿.xlsx")))
    third, named = merged(sent, tmp_path / "c", *renamed)
    assert first == second == third
    assert decided(told) == decided(again) == decided(named)
    assert told.data["conflicts"] == 0


def test_a_cell_that_a_later_file_has_as_sent_again_is_asked_about(
    sent: Path, tmp_path: Path
) -> None:
    """Together, one after the other, and backwards."""
    task = PACK_TASKS.table
    asked = str(Pack(sent / "下发" / f"第1轮_{UNITS[0]}.xlsx").column(task, "key")[0])
    one = fill(sent, "先存.xlsx", UNITS[0], progress="推进中", note="已印发", difficulty="缺人")
    two = fill(sent, "后存.xlsx", UNITS[0], progress="推进中", difficulty="缺人", title="甲通知")
    one.write_bytes(saved(one.read_bytes(), "2016-05-01T08:00:00Z"))
    two.write_bytes(saved(two.read_bytes(), "2016-05-02T08:00:00Z"))
    for place, steps in enumerate([[[one, two]], [[two, one]], [[one], [two]], [[two], [one]]]):
        folder = tmp_path / str(place)
        folder.mkdir()
        master = Path(shutil.copy(sent / "总表.xlsx", folder))
        for files in steps:
            merge(master, files, CONTEXT)
        now = WorkbookFile.open(master).master
        held = now.row(ASSIGNMENTS.name, asked).get("note")
        (listed,) = now.rows(CONFLICTS).values()
        assert (listed["row"], listed["column"]) == (asked, "进展说明")
        assert {held, listed.get("theirs") or None} == {"已印发", None}
        assert merge(master, [one, two], CONTEXT).data["changes"] == 0


def test_a_cell_that_one_of_two_files_of_no_known_order_has_as_sent_is_told(
    sent: Path, tmp_path: Path
) -> None:
    one = fill(sent, "甲.xlsx", UNITS[0], progress="推进中", note="已印发")
    two = fill(sent, "乙.xlsx", UNITS[0], progress="推进中", difficulty="缺人")
    _, told = merged(sent, tmp_path / "a", one, two)
    assert told.data["conflicts"] == 0
    for _, reason in reasons(told):
        assert "另填1格，两份合起来算；这几格如是后来清空的，请在总表里清空" in reason


def test_a_pack_returned_twice_counts_once(sent: Path, tmp_path: Path) -> None:
    file = fill(sent, "一.xlsx", UNITS[1], progress="推进中")
    copy = Path(shutil.copy(file, sent / "一（再发）.xlsx"))
    once, _ = merged(sent, tmp_path / "a", file)
    twice, report = merged(sent, tmp_path / "b", copy, file)
    assert once == twice
    assert reasons(report) == [
        ("已合并", ""),
        ("已合并过", "与“一.xlsx”是同一个文件，只合并一次"),
    ]


def test_an_empty_pack_is_told(sent: Path, tmp_path: Path) -> None:
    _, report = merged(sent, tmp_path / "a", sent / "下发" / f"第1轮_{UNITS[1]}.xlsx")
    assert reasons(report) == [("已合并", NOTHING_NEW)]


def test_a_merge_again_writes_nothing_but_tells_what_is_open(sent: Path, tmp_path: Path) -> None:
    file = fill(sent, "冲突.xlsx", UNITS[1], note="单位写的")
    folder = tmp_path / "a"
    folder.mkdir()
    master = Path(shutil.copy(sent / "总表.xlsx", folder))
    opened = WorkbookFile.open(master)
    key = str(Pack(file).column(PACK_TASKS.table, "key")[0])
    change = Change(ASSIGNMENTS.name, key, "note", None, "办公室写的")
    commit(opened, as_lines([change]), CONTEXT, "手工填写")
    assert merge(master, [file], CONTEXT).data["conflicts"] == 1
    before = master.read_bytes()
    again = merge(master, [file], CONTEXT)
    assert (again.data["conflicts"], again.data["changes"], again.status) == (1, 0, 1)
    assert master.read_bytes() == before


def test_a_folder_is_searched_but_not_the_side_folder(sent: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    report = merged(sent, folder, fill(sent, "回.xlsx", UNITS[1], progress="推进中"))[1]
    assert reasons(report) == [("已合并", "")]
    (folder / "~$回.xlsx").write_bytes(b"lock")
    deep = folder / "第一批" / "科技局"
    deep.mkdir(parents=True)
    fill(sent, "又.xlsx", UNITS[0], progress="推进中").rename(deep / "又.xlsx")
    report = merge(folder / "总表.xlsx", [folder], CONTEXT)  # with master and side folder in it
    assert [state for state, _ in reasons(report)] == ["已合并"]


def test_the_master_among_the_files_is_told_apart(sent: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    master = Path(shutil.copy(sent / "总表.xlsx", folder))
    report = merge(master, [master], CONTEXT)
    assert reasons(report) == [("未采用", "是总表，不是单位报送的填报表；请只选填报表")]


@pytest.mark.parametrize("beside", ["", "第1轮", "第2轮"])
def test_the_very_file_that_went_out_merges_as_if_it_were_read(
    sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: str
) -> None:
    """Alone, beside what its unit filled in that round or in a later one, and after it."""
    files = sorted((sent / "下发").iterdir())
    if beside:
        files.append(fill(sent, "交回.xlsx", UNITS[0], beside, note="已开展", title="实施方案"))
    reads: list[bytes] = []

    def read(data: bytes, bounds: Limits) -> ReturnedPack:
        reads.append(data)
        return read_pack(data, bounds)

    monkeypatch.setattr("qcity_xl.adapters.packs.returned.read_pack", read)
    quick = twice(sent, tmp_path / "哈希", *files)
    assert len(reads) == 2 * bool(beside)
    monkeypatch.setattr("qcity_xl.steps.shared.load_returns._went_out", lambda _: {})
    assert twice(sent, tmp_path / "全读", *files) == quick


def twice(sent: Path, folder: Path, *files: Path) -> tuple[bytes, Any, Any]:
    """A copy of the master after a merge of all files but those that went out, and one of all."""
    folder.mkdir()
    master = Path(shutil.copy(sent / "总表.xlsx", folder))
    first = merge(master, [file for file in files if file.parent.name != "下发"], CONTEXT)
    again = merge(master, files, CONTEXT)
    return master.read_bytes(), first.data, again.data


def test_on_the_sheet_conflicts_stand_above_what_was_refused(sent: Path, tmp_path: Path) -> None:
    refused = fill(sent, "甲.xlsx", UNITS[1], progress="快好了")
    differing = fill(sent, "乙.xlsx", UNITS[0], done_on="上周", note="单位写的")
    master = Path(shutil.copy(sent / "总表.xlsx", tmp_path))
    key = str(Pack(differing).column(PACK_TASKS.table, "key")[0])
    opened = WorkbookFile.open(master)
    change = Change(ASSIGNMENTS.name, key, "note", None, "办公室写的")
    commit(opened, as_lines([change]), CONTEXT, "手工填写")
    merge(master, [refused, differing], CONTEXT)
    listed = WorkbookFile.open(master).master.rows(CONFLICTS).items()
    assert [row["kind"] for _, row in listed] == ["冲突", "未采用", "未采用"]
    merge(master, [differing, refused], CONTEXT)
    assert list(WorkbookFile.open(master).master.rows(CONFLICTS).items()) == list(listed)
