"""What is known of evidence files, and where nobody looks."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from qcity_xl.adapters.evidence_files import OutsideFolder, file_facts, folder_facts
from qcity_xl.adapters.papers import paper
from qcity_xl.adapters.readable import Inspector
from qcity_xl.core.scoring.evidence import BROKEN, ELSEWHERE, ITSELF, OUTSIDE, FileFact
from tests.core.builders import build, evidence


def facts(folder: Path, location: str) -> dict[str, FileFact]:
    master = build(evidence("E1", "1(1)", location=location))
    return file_facts(master, folder / "总表.xlsx", remember=True)


@pytest.mark.parametrize("location", ["佐证/通知.pdf", "佐证\\通知.pdf"])
def test_a_file_beside_the_master(tmp_path: Path, location: str) -> None:
    (tmp_path / "佐证").mkdir()
    data = paper("通知")
    (tmp_path / "佐证" / "通知.pdf").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    assert facts(tmp_path, location) == {location: FileFact(True, len(data), digest)}


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
    for name, side in (("甲", 20), ("乙", 30)):
        Image.new("RGB", (side, side)).save(tmp_path / "照片" / f"{name}.jpg")
    fact = facts(tmp_path, location)[location]
    least = (tmp_path / "照片" / "甲.jpg").stat().st_size
    assert (fact.exists, fact.size, fact.fault) == (True, least, "")
    (tmp_path / "照片" / "甲.jpg").unlink()
    assert not facts(tmp_path, location)[location].exists


def test_a_file_that_does_not_open_is_told_from_one_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "批复.pdf").write_bytes(paper("批复")[:150])
    fact = facts(tmp_path, "批复.pdf")["批复.pdf"]
    assert (fact.exists, fact.fault) == (True, BROKEN)


def test_a_folder_is_as_good_as_the_worst_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    Image.new("RGB", (20, 20)).save(tmp_path / "照片" / "甲.jpg")
    assert facts(tmp_path, "照片")["照片"] == FileFact(True, 1)
    (tmp_path / "照片" / "乙.jpg").write_bytes(b"\xff\xd8\xff")
    assert facts(tmp_path, "照片")["照片"].fault == BROKEN


def test_what_nobody_can_check_by_program_is_known(tmp_path: Path) -> None:
    (tmp_path / "录像.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    fact = facts(tmp_path, "录像.mp4")["录像.mp4"]
    assert (fact.fault, fact.unchecked) == ("", True)


def test_an_unchanged_file_is_not_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "批复.pdf").write_bytes(paper("批复")[:150])
    assert facts(tmp_path, "批复.pdf")["批复.pdf"].fault == BROKEN
    opened: list[Path] = []
    monkeypatch.setattr(Inspector, "fault", lambda _, path: opened.append(path))
    assert facts(tmp_path, "批复.pdf")["批复.pdf"].fault == BROKEN
    assert opened == []


# -- a folder that is looked through


def test_each_file_of_a_folder_by_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "材料" / "13(3)"
    folder.mkdir(parents=True)
    (folder / "批复.pdf").write_bytes(paper("批复"))
    (folder / "~$批复.docx").write_bytes(b"1")
    (tmp_path / "外面.pdf").write_bytes(paper("外面"))
    (folder / "链接.pdf").symlink_to(tmp_path / "外面.pdf")
    book = tmp_path / "总表.xlsx"
    book.write_bytes(b"1")
    assert list(folder_facts(folder, book)) == ["材料/13(3)/批复.pdf", "外面.pdf"]
    assert "总表.xlsx" not in folder_facts(tmp_path, book)


def test_a_folder_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "总表").mkdir()
    with pytest.raises(OutsideFolder, match="不在总表所在的文件夹"):
        folder_facts(tmp_path / "别处", tmp_path / "总表" / "总表.xlsx")
