"""Files whole or not at all; whatever the system says becomes a Chinese sentence."""

import errno
from pathlib import Path

import pytest

from qcity_xl.adapters.disk import (
    cause,
    check_free,
    check_permitted,
    holder_of,
    load_bytes,
    make_file,
    only_one,
    sha256_of,
    write_file,
    writing,
)
from qcity_xl.core.errors import AnotherStep, CannotWrite, FileInUse, FileUnreadable


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="没有这个文件"):
        load_bytes(tmp_path / "总表.xlsx")
    with pytest.raises(FileUnreadable):
        load_bytes(tmp_path)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENAMETOOLONG])
def test_causes_are_chinese(number: int) -> None:
    error = OSError(number, "English")
    assert not cause(error).isascii()
    with pytest.raises(CannotWrite, match="总表"), writing("总表.xlsx"):
        raise error


def test_a_last_check_may_still_refuse(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    make_file(path, b"old")

    def refuse() -> None:
        raise FileInUse("总表.xlsx", "Excel", "~$总表.xlsx")

    with pytest.raises(FileInUse):
        write_file(path, b"new", refuse)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_folders_are_made_on_the_way(tmp_path: Path) -> None:
    make_file(tmp_path / "下发" / "第1轮" / "a.xlsx", b"1")
    assert load_bytes(tmp_path / "下发" / "第1轮" / "a.xlsx") == b"1"


@pytest.mark.parametrize("lock", ["~$总表.xlsx", ".~总表.xlsx", ".~表.xlsx", ".~lock.总表.xlsx#"])
def test_a_file_that_is_open_elsewhere(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "总表.xlsx"
    check_free(path)
    (tmp_path / lock).write_bytes(b"")
    with pytest.raises(FileInUse):
        check_free(path)


def test_who_holds_a_file_is_known_by_its_lock(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(b"")
    assert holder_of(path) is None
    (tmp_path / ".~lock.总表.xlsx#").write_bytes(b"")
    assert holder_of(path) == ("LibreOffice", ".~lock.总表.xlsx#")
    assert holder_of(tmp_path / "没有.xlsx") is None


def test_a_protected_file_is_told_and_held_by_nobody(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(b"")
    check_permitted(path)
    with pytest.raises(CannotWrite, match="只读"):
        check_permitted(tmp_path / "没有.xlsx")
    assert holder_of(path, tries=False) is None


def test_a_lock_is_given_back(tmp_path: Path) -> None:
    first, second = (only_one(tmp_path / "lock", "总表.xlsx") for _ in range(2))
    with first, pytest.raises(AnotherStep), second:
        pass
    with only_one(tmp_path / "lock", "总表.xlsx"):
        pass


def test_a_hash_names_the_content() -> None:
    assert sha256_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
