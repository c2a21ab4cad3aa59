"""Names and texts that want to be paths, commands or formulas stay names and texts."""

import re
import shutil
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.schema import ASSIGNMENTS
from qcity_xl.steps.merge import merge
from qcity_xl.steps.shared.outcome import Context
from tests.libreoffice import LibreOffice
from tests.returns.conftest import Round
from tests.returns.damage import PNG, picture_in_cell
from tests.returns.hand import TASKS, filled, parts_of
from tests.returns.hostile import external, macro

NAMES = (
    "第1轮\n市食药监局.xlsx",
    "a\"b'c`$(touch x);&.xlsx",
    "\u202exslx.市局.xlsx",
    "CON.xlsx",
    "aux.xlsx",
    "-rf.xlsx",
    "=cmd|'calc'!A1.xlsx",
    " 空格 .xlsx",
    "长" * 80 + ".xlsx",
    "没有扩展名",
    "图片.png",
)
TEXTS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://x","点")',
    "\t=1+1",
)
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\u200b-\u200f\u202a-\u202e]')


@pytest.fixture
def master(sent: Round, tmp_path: Path) -> Path:
    """A copy of the round that may be written."""
    shutil.copytree(sent.path.parent, tmp_path / "办公室")
    return tmp_path / "办公室" / sent.path.name


def test_file_names_are_only_names(master: Path, sent: Round, tmp_path: Path) -> None:
    inbox, replies = tmp_path / "收", tmp_path / "退"
    inbox.mkdir()
    for number, name in enumerate(NAMES):
        note = {(TASKS, 1, "note"): f"第{number}份", (TASKS, 1, "progress"): "不在列表里"}
        data = PNG if name.endswith(".png") else filled(sent.honest, note)
        (inbox / name).write_bytes(data)
    before = {path for path in tmp_path.rglob("*") if inbox not in path.parents}
    report = merge(master, [inbox], Context(sent.context.now, "张三"), reply=replies)
    assert {file["file"] for file in report.data["files"]} == set(NAMES)
    made = {path for path in tmp_path.rglob("*") if inbox not in path.parents} - before
    side = master.with_name(f"{master.name}.qcity")
    assert all(side in path.parents or path == replies or replies in path.parents for path in made)
    assert not [path.name for path in made if _UNSAFE.search(path.name)]
    assert not [path.name for path in made if path.stem.upper() in ("CON", "AUX")]
    assert len(list((side / "received").iterdir())) == len(NAMES)


def test_text_stays_text(
    master: Path, sent: Round, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    cells = {(TASKS, row, "note"): text for row, text in enumerate(TEXTS)}
    (tmp_path / "回.xlsx").write_bytes(filled(sent.pack(), cells))
    merge(master, [tmp_path / "回.xlsx"], Context(sent.context.now, "=张三"))
    file = WorkbookFile.open(master)
    notes = [row["note"] for row in file.master.rows(ASSIGNMENTS).values() if row["note"]]
    assert notes == [text.strip() for text in TEXTS]
    for name, body in parts_of(master.read_bytes()).items():
        formulas = re.findall(rb"<f[^>]*>([^<]*)</f>", body)
        assert not [f for f in formulas if b"cmd" in f or b"1+1" in f or b"//x" in f], name
    shown = libreoffice.values(master)[ASSIGNMENTS.sheet].values()
    assert {text.strip() for text in TEXTS} <= set(shown)


def test_nothing_of_a_dangerous_pack_gets_into_the_master(
    master: Path, sent: Round, tmp_path: Path
) -> None:
    (tmp_path / "回.xlsm").write_bytes(macro(external(sent.honest)))
    before = set(parts_of(master.read_bytes()))
    report = merge(master, [tmp_path / "回.xlsm"], Context(sent.context.now, "张三"))
    assert report.data["taken"] == 10
    after = parts_of(master.read_bytes())
    assert set(after) == before
    assert not [name for name, body in after.items() if b"evil" in body or b"Shell" in body]


def test_a_file_too_large_is_not_even_loaded(master: Path, sent: Round, tmp_path: Path) -> None:
    with (tmp_path / "大.xlsx").open("wb") as file:
        file.truncate(60 << 30)  # a sparse file: 60 GB that take no room
    report = merge(master, [tmp_path / "大.xlsx"], Context(sent.context.now, "张三"))
    told = [file["reason"] for file in report.data["files"]]
    assert told == ["文件有 61440 MB，上限 50 MB；请删去多余的图片和工作表后再寄，电子件另附"]


@pytest.mark.parametrize("extension", ["xlsx", "xlsm"])
def test_pictures_are_kept_as_files(
    master: Path, sent: Round, tmp_path: Path, extension: str
) -> None:
    (tmp_path / f"回.{extension}").write_bytes(picture_in_cell(sent.honest))
    merge(master, [tmp_path / f"回.{extension}"], Context(sent.context.now, "张三"))
    received = master.with_name(f"{master.name}.qcity") / "received"
    (kept,) = received.glob("*-回_image1.png")
    assert kept.read_bytes() == PNG
