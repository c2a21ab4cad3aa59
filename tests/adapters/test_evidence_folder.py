"""Files of units beside the master: nothing written over, each content once, names that hold."""

from pathlib import Path

import pytest

from qcity_xl.adapters.evidence_folder import EvidenceFolder


@pytest.fixture
def folder(tmp_path: Path) -> EvidenceFolder:
    return EvidenceFolder(tmp_path / "佐证")


def test_another_content_gets_a_number(folder: EvidenceFolder, tmp_path: Path) -> None:
    assert folder.keep("市农委", "名录.pdf", b"1") == ("佐证/市农委/名录.pdf", True)
    assert folder.keep("市农委", "名录.pdf", b"2") == ("佐证/市农委/名录 (2).pdf", True)
    assert folder.keep("市农委", "名录.PDF", b"3") == ("佐证/市农委/名录 (3).PDF", True)
    assert (tmp_path / "佐证/市农委/名录.pdf").read_bytes() == b"1"


def test_one_content_stands_once_for_each_unit(folder: EvidenceFolder, tmp_path: Path) -> None:
    folder.keep("市农委", "名录.pdf", b"1")
    again = EvidenceFolder(tmp_path / "佐证")
    assert again.keep("市农委", "别的名字.pdf", b"1") == ("佐证/市农委/名录.pdf", False)
    assert again.keep("市商务局", "名录.pdf", b"1") == ("佐证/市商务局/名录.pdf", True)
    assert again.keep("", "名录.pdf", b"1")[1] is False


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("..\\..\\Windows\\a.dll", "佐证/市农委/Windows/a.dll"),
        ("/etc/passwd", "佐证/市农委/etc/passwd"),
        ("C:\\材料\\2016\\通知?.pdf", "佐证/市农委/材料/2016/通知_.pdf"),
        ("con.txt", "佐证/市农委/_con.txt"),
        ("..", "佐证/市农委/附件"),
        ("", "佐证/市农委/附件"),
    ],
)
def test_names_that_no_folder_holds(folder: EvidenceFolder, name: str, place: str) -> None:
    assert folder.keep("市农委", name, b"1")[0] == place


def test_two_units_never_share_a_folder(folder: EvidenceFolder) -> None:
    places = {folder.keep(unit, "a", b"1")[0] for unit in ("市农委/一科", "市农委_一科")}
    assert len(places) == 2


def test_a_file_whose_unit_becomes_known_moves(folder: EvidenceFolder, tmp_path: Path) -> None:
    folder.keep("市农委", "名录.pdf", b"1")
    place, _ = folder.keep("", "2016/名录.pdf", b"2")
    assert folder.move(place, "市农委") == "佐证/市农委/2016/名录.pdf"
    assert not (tmp_path / place).exists()
    assert folder.places("市农委") == ["佐证/市农委/2016/名录.pdf", "佐证/市农委/名录.pdf"]


def test_a_dry_run_tells_the_same_places_and_writes_nothing(tmp_path: Path) -> None:
    told = []
    for dry in (True, False):
        folder = EvidenceFolder(tmp_path / "佐证", dry_run=dry)
        told.append([folder.keep("市农委", "名录.pdf", data) for data in (b"1", b"2", b"1")])
        told[-1].append((folder.move(folder.keep("", "x.pdf", b"4")[0], "市农委"), True))
        assert (tmp_path / "佐证").exists() is not dry
    assert told[0] == told[1]
