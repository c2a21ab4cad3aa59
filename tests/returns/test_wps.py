"""What WPS is known to do to a workbook loses nothing; what we write has what WPS can open."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.schema.pack import IDENTITY_SHEET
from qcity_xl.steps.new import new
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from tests.live.conftest import write
from tests.returns.conftest import Round
from tests.returns.hand import parts_of
from tests.returns.wps import MANNERS, zip64_in

CONTEXT = Context(dt.datetime(2016, 11, 22, 9, 30), "张三")


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("总表") / "总表.xlsx"
    new(path, CONTEXT, master_id="wps")
    key = next(iter(WorkbookFile.open(path).master.rows(CRITERIA)))
    write(path, (CRITERIA.name, key, "answer", "达成"))
    return path


@pytest.mark.parametrize("name", MANNERS)
def test_a_pack_is_read_as_if_excel_had_saved_it(name: str, sent: Round, tmp_path: Path) -> None:
    folders = tmp_path / "如实", tmp_path / "WPS"
    for folder in folders:
        folder.mkdir()
    honest = sent.outcome(sent.honest, folders[0])
    found = sent.outcome(MANNERS[name](sent.honest), folders[1])
    assert found.reason == ""
    assert found.decisions == honest.decisions
    assert all("没有运行" in note for note in found.notes)


@pytest.mark.parametrize("name", MANNERS)
def test_a_master_is_scored_and_keeps_what_is_not_ours(
    name: str, master: Path, tmp_path: Path
) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(MANNERS[name](master.read_bytes()))
    before = parts_of(path.read_bytes())
    plain = tmp_path / "如实.xlsx"
    plain.write_bytes(master.read_bytes())
    for one in (plain, path):
        score(one, CONTEXT)
    assert WorkbookFile.open(path).master.tables == WorkbookFile.open(plain).master.tables
    after = parts_of(path.read_bytes())
    for part in before:
        assert part in after, part
        if part.startswith(("docProps/", "_rels/", "xl/JDEData")):
            assert after[part] == before[part], part


def test_what_we_write_has_no_entry_that_wps_does_not_open(master: Path, sent: Round) -> None:
    for data in (master.read_bytes(), sent.pack(), sent.honest):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert zip64_in(package) == []
            assert not any(info.is_dir() for info in package.infolist())
            assert all(info.compress_type in (0, 8) for info in package.infolist())


def test_a_pack_needs_nothing_that_only_excel_has(sent: Round) -> None:
    """No formulas of newer Excels, no parts that others drop: values, lists, plain protection."""
    parts = parts_of(sent.pack())
    sheets = [body for name, body in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"_xlfn." in body or b"cm=" in body for body in sheets)
    assert not any(b"<extLst" in body for body in sheets)
    workbook = parts["xl/workbook.xml"].decode()
    assert IDENTITY_SHEET in workbook  # in a sheet of its own, not in properties that programs drop
    assert not any(name.startswith("customXml/") for name in parts)
