"""Beside the master: snapshots, sent packs, returned files, under names that every system takes."""

import stat
import sys
from pathlib import Path

import pytest

from qcity_xl.adapters.side_folder import SideFolder, files_in, safe_name
from qcity_xl.core.errors import AnotherStep, CannotWrite


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("长" * 200 + ".xlsx").endswith(".xlsx")


def test_a_folder_is_searched_but_for_lock_files_and_side_folders(tmp_path: Path) -> None:
    for name in (
        "b/甲.xlsx",
        "a.xlsx",
        "~$a.xlsx",
        ".~lock.a.xlsx#",
        "总表.xlsx.qcity/sent/x.xlsx",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert [path.name for path in files_in(tmp_path)] == ["a.xlsx", "甲.xlsx"]


def test_snapshots_are_few_and_the_newest_stay(tmp_path: Path) -> None:
    side = SideFolder(tmp_path / "总表.xlsx")
    for number in range(5):
        side.keep_snapshot(b"%d" % number, "合并前", 3)
    kept = sorted((side.path / "snapshots").iterdir())
    assert [path.read_bytes() for path in kept] == [b"2", b"3", b"4"]


def test_a_content_that_is_kept_already_becomes_the_newest(tmp_path: Path) -> None:
    side = SideFolder(tmp_path / "总表.xlsx")
    for data in (b"old", b"new", b"old"):
        side.keep_snapshot(data, "拆分前", 9)
    kept = sorted((side.path / "snapshots").iterdir())
    assert [path.read_bytes() for path in kept] == [b"new", b"old"]


def test_a_sent_pack_is_found_by_round_and_unit(tmp_path: Path) -> None:
    side = SideFolder(tmp_path / "总表.xlsx")
    side.keep_sent("第1轮", "市档案局", b"pack")
    assert side.sent("第1轮", "市档案局") == b"pack"
    assert side.sent("第2轮", "市档案局") is None


def test_a_returned_file_is_kept_by_content(tmp_path: Path) -> None:
    side = SideFolder(tmp_path / "总表.xlsx")
    for name, data in (("a.xlsx", b"1"), ("a.xlsx", b"2"), ("a.xlsx", b"1")):
        side.keep_received(name, data)
    assert sorted(p.read_bytes() for p in (side.path / "received").iterdir()) == [b"1", b"2"]


def test_one_writer_at_a_time_and_no_folder_out_of_thin_air(tmp_path: Path) -> None:
    side = SideFolder(tmp_path / "总表.xlsx")
    with side.locked(), pytest.raises(AnotherStep), side.locked():
        pass
    with pytest.raises(CannotWrite), SideFolder(tmp_path / "没有" / "总表.xlsx").locked():
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
@pytest.mark.parametrize(("mode", "folder"), [(0o600, 0o700), (0o640, 0o750), (0o644, 0o755)])
def test_who_may_not_read_the_master_may_not_read_what_stands_beside_it(
    tmp_path: Path, mode: int, folder: int
) -> None:
    master = tmp_path / "总表.xlsx"
    master.write_bytes(b"x")
    side = SideFolder(master)
    side.keep_sent("第1轮", "市水务局", b"x")
    master.chmod(mode)
    side.keep_snapshot(b"x", "合并回收", 30)
    side.keep_sent("第2轮", "市水务局", b"x")
    assert stat.S_IMODE(side.path.stat().st_mode) == folder
    (kept,) = (side.path / "snapshots").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == mode
    sent = side.path / "sent" / "第2轮"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (sent, sent.parent)} == {folder}
    with side.locked():
        assert stat.S_IMODE((side.path / "lock").stat().st_mode) == mode
    assert {stat.S_IMODE(path.stat().st_mode) for path in sent.iterdir()} == {mode}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_write_protected_master_leaves_its_folder_open_to_us(tmp_path: Path) -> None:
    master = tmp_path / "总表.xlsx"
    master.write_bytes(b"x")
    master.chmod(0o400)
    SideFolder(master).keep_received("a.xlsx", b"1")
    assert stat.S_IMODE(SideFolder(master).path.stat().st_mode) == 0o700
