"""What is known of evidence files, and where nobody looks."""

import hashlib
from pathlib import Path

import pytest

from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.core.scoring.evidence import ELSEWHERE, ITSELF, OUTSIDE, FileFact
from tests.core.builders import build, evidence


def facts(folder: Path, location: str) -> dict[str, FileFact]:
    master = build(evidence("E1", "1(1)", location=location))
    return file_facts(master, folder / "总表.xlsx", remember=True)


@pytest.mark.parametrize("location", ["佐证/通知.pdf", "佐证\\通知.pdf"])
def test_a_file_beside_the_master(tmp_path: Path, location: str) -> None:
    (tmp_path / "佐证").mkdir()
    (tmp_path / "佐证" / "通知.pdf").write_bytes("通知".encode())
    digest = hashlib.sha256("通知".encode()).hexdigest()
    assert facts(tmp_path, location) == {location: FileFact(True, 6, digest)}


@pytest.mark.parametrize("location", ["没有.pdf", "a\0b", "长" * 300])
def test_a_file_that_is_not_there(tmp_path: Path, location: str) -> None:
    assert facts(tmp_path, location) == {location: FileFact(False)}


def test_the_web_is_not_asked(tmp_path: Path) -> None:
    assert facts(tmp_path, "https://example.com/a.pdf") == {}


@pytest.mark.parametrize(
    ("location", "fault"),
    [
        ("\\\\server\\share\\a.pdf", ELSEWHERE),
        ("//server/a.pdf", ELSEWHERE),
        ("file:///etc/passwd", ELSEWHERE),
        ("ftp://192.0.2.1/a.pdf", ELSEWHERE),
        ("/", OUTSIDE),
        ("/etc/passwd", OUTSIDE),
        ("../外面.pdf", OUTSIDE),
        ("佐证/../../外面.pdf", OUTSIDE),
        (".", OUTSIDE),
        ("总表.xlsx", ITSELF),
    ],
)
def test_what_is_no_evidence_is_told(tmp_path: Path, location: str, fault: str) -> None:
    folder = tmp_path / "创建"
    folder.mkdir()
    (tmp_path / "外面.pdf").write_bytes(b"1")
    (folder / "总表.xlsx").write_bytes(b"1")
    assert facts(folder, location)[location].fault == fault


def test_a_link_out_of_the_folder_is_no_evidence(tmp_path: Path) -> None:
    folder = tmp_path / "创建"
    folder.mkdir()
    (tmp_path / "外面.pdf").write_bytes(b"1")
    (folder / "里面.pdf").symlink_to(tmp_path / "外面.pdf")
    assert facts(folder, "里面.pdf")["里面.pdf"].fault == OUTSIDE


@pytest.mark.parametrize(
    "location",
    ['"照片\\甲.jpg"', "“照片/甲.jpg”", "照片/甲.jpg；照片/乙.jpg", '"照片/甲.jpg" "照片/乙.jpg"'],
)
def test_quotes_and_several_files(tmp_path: Path, location: str) -> None:
    (tmp_path / "照片").mkdir()
    for name in ("甲", "乙"):
        (tmp_path / "照片" / f"{name}.jpg").write_bytes(name.encode())
    fact = facts(tmp_path, location)[location]
    assert (fact.exists, fact.size, fact.fault) == (True, 3, "")
    (tmp_path / "照片" / "甲.jpg").unlink()
    assert not facts(tmp_path, location)[location].exists
