"""The archive: every returned file as it came, and the pictures in it as files of their own."""

import shutil
from pathlib import Path

import pytest

from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.steps.merge import merge
from qcity_xl.steps.shared.outcome import Context
from tests.adapters.ooxml.build import zipped
from tests.returns.conftest import Round
from tests.returns.damage import DAMAGES, PNG, picture_in_cell
from tests.returns.hand import parts_of


def kept(sent: Round, folder: Path, data: bytes, *, dry_run: bool = False) -> dict[str, bytes]:
    """What is in the archive after a merge, by name without its hash."""
    path, file = folder / "总表.xlsx", folder / "寄来" / "食药监 回.xlsx"
    file.parent.mkdir(exist_ok=True)
    shutil.copy(sent.path, path)
    file.write_bytes(data)
    merge(path, [file], Context(sent.context.now, "张三", dry_run=dry_run))
    received = SideFolder(path).path / "received"
    return {p.name.split("-", 1)[1]: p.read_bytes() for p in received.glob("*")}


@pytest.mark.parametrize("name", ["自己加了表和列", "批注", "PDF", "半个文件", "下发值被删"])
def test_a_file_is_kept_as_it_came_merged_or_not(name: str, sent: Round, tmp_path: Path) -> None:
    data = next(damage for damage in DAMAGES if damage.name == name).make(sent.honest)
    assert kept(sent, tmp_path, data) == {"食药监 回.xlsx": data}


def test_pictures_are_kept_as_files(sent: Round, tmp_path: Path) -> None:
    data = picture_in_cell(sent.honest)
    assert kept(sent, tmp_path, data) == {"食药监 回.xlsx": data, "食药监 回_image1.png": PNG}


def test_a_picture_s_name_leads_nowhere(sent: Round, tmp_path: Path) -> None:
    names = ("xl/media/con.png", "xl/media/\u202egnp.exe.png", f"xl/media/{'长' * 300}.png")
    parts = {name: PNG + name.encode() for name in names}
    found = kept(sent, tmp_path, zipped({**parts_of(sent.honest), **parts}))
    assert set(parts.values()) < set(found.values())
    for name in found:
        assert len(name.encode()) < 255
        assert "\u202e" not in name


def test_a_dry_run_keeps_nothing(sent: Round, tmp_path: Path) -> None:
    assert kept(sent, tmp_path, picture_in_cell(sent.honest), dry_run=True) == {}
