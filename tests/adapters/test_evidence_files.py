"""What is known of evidence files, and where nobody looks."""

import hashlib
from pathlib import Path

import pytest

from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.core.scoring.evidence import FileFact
from tests.core.builders import build, evidence


def facts(folder: Path, location: str, *, read: bool = True) -> dict[str, FileFact]:
    return file_facts(build(evidence("E1", "1(1)", location=location)), folder, read=read)


@pytest.mark.parametrize("location", ["佐证/通知.pdf", "佐证\\通知.pdf"])
def test_a_file_beside_the_master(tmp_path: Path, location: str) -> None:
    (tmp_path / "佐证").mkdir()
    (tmp_path / "佐证" / "通知.pdf").write_bytes("通知".encode())
    digest = hashlib.sha256("通知".encode()).hexdigest()
    assert facts(tmp_path, location) == {location: FileFact(True, 6, digest)}
    assert facts(tmp_path, location, read=False) == {location: FileFact(True, 6)}


@pytest.mark.parametrize("location", ["没有.pdf", "a\0b", "长" * 300])
def test_a_file_that_is_not_there(tmp_path: Path, location: str) -> None:
    assert facts(tmp_path, location) == {location: FileFact(False)}


@pytest.mark.parametrize(
    "location",
    [
        "https://example.com/a.pdf",
        "\\\\server\\share\\a.pdf",
        "//server/a.pdf",
        "file:///etc/passwd",
    ],
)
def test_no_other_computer_is_asked(tmp_path: Path, location: str) -> None:
    assert facts(tmp_path, location) == {}
