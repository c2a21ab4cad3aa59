"""单位变更: previewed, logged, taken back; the next round goes to the successor with all it has."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.errors import NothingToDo
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import ASSIGNMENTS, LOG, MASTER, ROUNDS, SETTINGS, TASKS, UNITS
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.core.values import Value
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.history import undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from qcity_xl.steps.units import units
from tests.steps.conftest import Qcity

OLD, NEW = "市质监局", "市市场监管局"
WINDOW = "市水利局=市水务局；市财政局=市财政金融局"


def cells(path: Path) -> dict[tuple[str, str, str], Value]:
    """All but the log, and what seals it."""
    master: Master = WorkbookFile.open(path).master
    return {
        (table.name, key, name): value
        for table in MASTER
        if table is not LOG
        for key, row in master.rows(table).items()
        for name, value in row.items()
        if value is not None and not (table is SETTINGS and key.startswith("存档/"))
    }


def answered(master: Path, context: Context, folder: Path) -> Path:
    """A round went out, and the unit's pack is back with its first task done."""
    split(master, folder, context, units=[OLD])
    (path,) = folder.glob("*.xlsx")
    pack = Pack(path).fill(PACK_TASKS.table, 0, {"progress": "推进中", "note": "已印发实施方案"})
    pack.save(folder / "回收" / "质监.xlsx")
    return folder / "回收"


def test_the_next_pack_is_the_successor_s_with_what_was_answered(
    master: Path, context: Context, tmp_path: Path
) -> None:
    merge(master, [answered(master, context, tmp_path / "下发")], context)
    units(master, context, rename=[f"{OLD}={NEW}"])
    outcome = split(master, tmp_path / "再下发", context)
    names = {pack["unit"]: pack["file"] for pack in outcome.data["packs"]}
    assert NEW in names
    assert OLD not in names
    assert "已印发实施方案" in Pack(Path(names[NEW])).column(PACK_TASKS.table, "note")
    rounds = WorkbookFile.open(master).master.rows(ROUNDS)
    assert {text(row, "unit") for row in rounds.values() if text(row, "round") == "第1轮"} == {OLD}


def test_what_comes_back_under_the_old_name_later_is_the_successor_s(
    master: Path, context: Context, tmp_path: Path
) -> None:
    returned = answered(master, context, tmp_path / "下发")
    units(master, context, rename=[f"{OLD}={NEW}"])
    (file,) = merge(master, [returned], context).data["files"]
    assert f"{OLD}已由{NEW}接替" in file["reason"]
    rows = WorkbookFile.open(master).master.rows(ASSIGNMENTS).values()
    notes = {text(row, "unit") for row in rows if text(row, "note") == "已印发实施方案"}
    assert notes == {NEW}


def test_it_is_previewed_logged_done_once_and_taken_back(
    master: Path, context: Context, tmp_path: Path
) -> None:
    split(master, tmp_path / "下发", context)
    before, whole = cells(master), master.read_bytes()
    order = partial(units, master, rename=[f"{OLD}={NEW}"], merge=["市教育局、市财政局=市教财局"])
    dry = order(context=replace(context, dry_run=True))
    assert master.read_bytes() == whole
    done = order(context=context)
    assert done.changes == dry.changes > 0
    log = list(WorkbookFile.open(master).master.rows(LOG).values())
    assert text(log[-1], "command") == "单位变更"
    assert text(log[-1], "source") == f"{OLD}更名为{NEW}；市教育局、市财政局合并为市教财局"
    once = master.read_bytes()
    again = order(context=context)
    assert (again.changes, master.read_bytes() == once) == (0, True)
    assert "以前已经办过" in again.notices[0]
    undo(master, context)
    assert cells(master) == before


def test_without_an_order_it_says_how_to_write_one(master: Path, context: Context) -> None:
    with pytest.raises(NothingToDo, match="旧名=新名"):
        units(master, context)


def test_as_a_command_and_as_one_text_of_a_window(
    master: Path, context: Context, qcity: Qcity
) -> None:
    told = units(master, replace(context, dry_run=True), rename=WINDOW)
    status, data = qcity("units", master, "--rename", "市水利局=市水务局", "--date", "2016-12-01")
    assert status == 0
    assert data["orders"][0]["new"] == ["市水务局"]
    assert len(told.data["orders"]) == 2
    rows = WorkbookFile.open(master).master
    assert not [r for r in rows.rows(TASKS).values() if "市水利局" in text(r, "leads")]
    (row,) = [r for r in rows.rows(UNITS).values() if text(r, "name") == "市水务局"]
    assert text(row, "remark") == "2016-12-01 市水利局更名为市水务局"
