"""A master whose columns were renamed or deleted: told, put back, and 日志 and 撤销 always work."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import Package
from qcity_xl.adapters.ooxml.table_columns import narrowed
from qcity_xl.adapters.ooxml.tables import TablePart as TablePart
from qcity_xl.core.errors import HeaderLost
from qcity_xl.core.history.log import operations
from qcity_xl.core.schema import ASSIGNMENTS, INDICATORS
from qcity_xl.steps.history import log, undo
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split


def _context() -> Context:
    return Context(dt.datetime(2026, 11, 20, 9, 30), "袁素梅")


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    shutil.copyfile(Path(__file__).parent / "0.1.0.xlsx", path)
    return path


def _edit_table(path: Path, name: str, old: str, new: str) -> None:
    package = Package.read(path.read_bytes())
    for part in package.names:
        if part.startswith("xl/tables/"):
            xml = package.xml(part)
            if TablePart("", xml).info.name == name:
                body = xml.body.decode()
                assert f'name="{old}"' in body
                package.replace(part, body.replace(f'name="{old}"', f'name="{new}"').encode())
    path.write_bytes(package.to_bytes())


def test_log_and_undo_work_under_another_header(master: Path, tmp_path: Path) -> None:
    split(master, tmp_path / "下发", _context(), round_name="补报轮")
    count = len(operations(WorkbookFile.open(master).master))
    _edit_table(master, ASSIGNMENTS.name, "完成情况", "办到哪一步了")
    with pytest.raises(HeaderLost, match="改回表头“完成情况”"):
        split(master, tmp_path / "下发", _context(), round_name="再补轮")
    assert f"共{count}次操作" in log(master).summary
    assert "已撤销" in undo(master, _context()).summary
    _edit_table(master, ASSIGNMENTS.name, "办到哪一步了", "完成情况")
    assert len(operations(WorkbookFile.open(master).master)) == count + 1


def test_a_deleted_column_is_put_back_blank_and_told(master: Path, tmp_path: Path) -> None:
    split(master, tmp_path / "下发", _context(), round_name="补报轮")
    package = Package.read(master.read_bytes())
    file = WorkbookFile.open(master)
    for part in package.names:
        if part.startswith("xl/tables/"):
            xml = package.xml(part)
            if TablePart("", xml).info.name == INDICATORS.name:
                package.replace(part, narrowed(xml))
    last = INDICATORS.columns[-1]
    path = tmp_path / "少列.xlsx"
    path.write_bytes(package.to_bytes())
    lacking = WorkbookFile.open(path)
    assert last.field in file.master.rows(INDICATORS)["I1"]
    assert not lacking.master.cell(INDICATORS, "I1", last.field)
    _clear(path, lacking, last.header)
    context = _context()
    split(path, tmp_path / "再下发", context, round_name="再补轮")
    assert any(f"“{last.header}”列（空白）" in note for note in context.notes)
    after = WorkbookFile.open(path).master
    assert after.cell(INDICATORS, "I1", last.field)


def _clear(path: Path, file: WorkbookFile, header: str) -> None:
    """Empty the cells that a deleted column leaves behind in this test's shortcut."""
    from qcity_xl.adapters.ooxml.sheet import Sheet

    package = Package.read(path.read_bytes())
    table = file._tables.tables[INDICATORS.name]
    sheet = Sheet("指标", package.xml(file._tables.sheet_part(INDICATORS.name)))
    for row in range(table.info.first_row, table.info.last_row + 1):
        sheet.remove(row, table.info.last_col + 1)
    package.replace(sheet.xml.part, sheet.rewritten())
    path.write_bytes(package.to_bytes())
    assert header not in table.info.columns
