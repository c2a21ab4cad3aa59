"""A file is read once, and again when it changed."""

import hashlib
import os
from pathlib import Path

import pytest

from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.adapters.file_hashes import FileHashes, together
from tests.core.builders import build, evidence


def sha(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "批复.pdf"
    path.write_bytes("同意".encode())
    return path


def test_a_file_that_did_not_change_is_not_read_again(letter: Path) -> None:
    book = letter.with_name("总表.xlsx")
    first = FileHashes(book)
    assert first.of(letter) == sha("同意")
    first.keep()
    stat = letter.stat()
    letter.write_bytes("缓办".encode())  # of the same size, at the same time: seen only by reading
    os.utime(letter, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert FileHashes(book).of(letter) == sha("同意")
    os.utime(letter, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert FileHashes(book).of(letter) == sha("缓办")


@pytest.mark.parametrize("kept", [b"", b"[]", b"{", b'{"a": 1}', b'{"a": [1, 2, 3, 4]}', b"\xff"])
def test_what_somebody_else_wrote_there_is_passed_over(letter: Path, kept: bytes) -> None:
    side = letter.with_name("总表.xlsx.qcity")
    side.mkdir()
    (side / "hashes.json").write_bytes(kept)
    assert FileHashes(letter.with_name("总表.xlsx")).of(letter) == sha("同意")


def test_without_remembering_nothing_is_written(letter: Path) -> None:
    master = build(evidence("E1", "1(1)", location=letter.name))
    found = file_facts(master, letter.with_name("总表.xlsx"))
    assert found[letter.name].sha256 == sha("同意")
    assert [path.name for path in letter.parent.iterdir()] == [letter.name]


def test_progress_is_told_place_by_place(letter: Path) -> None:
    told = []
    master = build(
        evidence("E1", "1(1)", location=letter.name), evidence("E2", "1(1)", location="无.pdf")
    )

    def progress(items, title, sizes=()):  # type: ignore[no-untyped-def]  # as short as can be
        for place, size in zip(items, sizes, strict=True):
            told.append((title, place, size))
            yield place

    file_facts(master, letter.with_name("总表.xlsx"), progress=progress)
    assert told == [("核对佐证文件", letter.name, 6), ("核对佐证文件", "无.pdf", 0)]


def test_several_files_are_the_same_in_any_order() -> None:
    assert together(["a", "b"]) == together(["b", "a"]) != together(["a"])
