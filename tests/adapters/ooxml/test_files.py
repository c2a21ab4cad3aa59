"""A file is replaced as a whole or not at all."""

import os
from pathlib import Path

import pytest

from qcity_xl.adapters.ooxml import replace_file
from qcity_xl.adapters.ooxml.errors import (
    NotReplaced,
)
from qcity_xl.adapters.ooxml.files import sweep_folder


def test_replace_file_writes_whole(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    replace_file(path, b"one")
    path.chmod(0o640)
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_replace_file_follows_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(b"one")
    link.symlink_to(path)
    replace_file(link, b"two")
    assert link.is_symlink()
    assert path.read_bytes() == b"two"


@pytest.mark.parametrize("failure", [PermissionError, OSError, KeyboardInterrupt])
def test_replace_file_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: type[BaseException]
) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(b"one")

    def fail(_: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotReplaced if failure is PermissionError else failure):
        replace_file(path, b"two")
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_what_can_be_made_again_is_not_flushed_and_its_folder_is_swept_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    replace_file(tmp_path / "第1轮_市水利局.xlsx", b"pack", lasting=False)
    assert not flushed
    replace_file(tmp_path / "总表.xlsx", b"master")
    assert flushed
    left, new = (tmp_path / f".qcity-{name}-1.tmp" for name in ("old", "new"))
    for path in (left, new):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    sweep_folder(tmp_path)
    sweep_folder(tmp_path / "没有这个文件夹")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        new.name,
        "总表.xlsx",
        "第1轮_市水利局.xlsx",
    ]
