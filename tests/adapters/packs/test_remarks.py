"""When a file was saved, as the program that saved it put in: it only ever asks."""

import datetime as dt
import shutil
from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.packs import read_pack
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.schema import LOG, SETTINGS
from qcity_xl.steps.merge import merge
from qcity_xl.steps.shared.outcome import Context
from tests.adapters.ooxml.build import zipped
from tests.libreoffice import LibreOffice
from tests.returns.conftest import Round
from tests.returns.hand import CORE, HONEST, TASKS, by_openpyxl, filled, parts_of, saved

FIRST, SECOND = "2016-05-01T08:00:00Z", "2016-05-02T08:00:00Z"


def test_programs_put_it_in(sent: Round, libreoffice: LibreOffice, tmp_path: Path) -> None:
    start = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    source, copy = tmp_path / "填好.xlsx", tmp_path / "另存.xlsx"
    source.write_bytes(sent.honest)
    libreoffice.edit(source, {(TASKS.table.sheet, "J9"): "正在办"}, copy)
    for data in (copy.read_bytes(), by_openpyxl(sent.honest, lambda _: None)):
        assert read_pack(data, Limits()).saved >= start
    assert read_pack(sent.honest, Limits()).saved == read_pack(sent.pack(), Limits()).saved


def test_what_is_no_time_says_nothing(sent: Round) -> None:
    for when in ("", "yesterday", "2016-05-01", "2016-05-01T08:00:00+08:00", "9" * 99):
        assert read_pack(saved(sent.honest, when), Limits()).saved == ""
    parts = parts_of(sent.honest)
    del parts[CORE]
    assert read_pack(zipped(parts), Limits()).saved == ""


def test_an_answer_that_a_later_file_lacks_is_put_to_the_office(
    sent: Round, tmp_path: Path
) -> None:
    whole = saved(sent.honest, FIRST)
    less = saved(filled(sent.honest, {(TASKS, 0, "note"): None}), SECOND)
    assert (TASKS, 0, "note") in HONEST
    told = set()
    masters: list[object] = []
    for number, names in enumerate((("甲", "乙"), ("乙", "甲"))):
        path = tmp_path / f"{number}" / "总表.xlsx"
        path.parent.mkdir()
        shutil.copy(sent.path, path)
        for name, data in zip(names, (whole, less), strict=True):
            (path.parent / f"{name}.xlsx").write_bytes(data)
        report = merge(path, [path.parent], Context(sent.context.now, "张三"))
        decisions = report.data["decisions"]
        assert isinstance(decisions, list)
        told |= {
            (d["row"], d["column"], d["theirs"], d["reason"])
            for d in decisions
            if d["action"] == "conflict"
        }
        masters.append(_but_for_names(path))
    place = ("T13.9/市食药监局", "进展说明", "已落实")
    why = "本单位另一份保存得更晚的回收件里，这一格和下发时一样，可能是清空的"
    assert told == {(*place, why)}
    assert masters[0] == masters[1]


def _but_for_names(master: Path) -> object:
    """All rows, without what the files were called."""
    tables = WorkbookFile.open(master).master.tables
    return {
        name: {key: {**row, "file": None} for key, row in rows.items()}
        for name, rows in tables.items()
        if name not in (LOG.name, SETTINGS.name)  # which has the sum over 日志
    }
