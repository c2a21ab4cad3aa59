"""自检: a master damaged in any part is made whole again, nothing is overwritten, all is told."""

import datetime as dt
import io
import shutil
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook as Book

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import FileUnreadable, NotAMaster, SheetsLost
from qcity_xl.core.history.log import SEAL, operations, verify
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import ASSIGNMENTS, BY_SHEET, LOG, SETTINGS, UNITS, Table
from qcity_xl.core.schema import EVIDENCE as EVIDENCES
from qcity_xl.steps.check import check
from qcity_xl.steps.doctor import doctor
from qcity_xl.steps.history import log, undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.split import split
from tests.returns.hand import EVIDENCE, TASKS, filled

CONTEXT = Context(dt.datetime(2026, 11, 20, 9, 30), "程立新")
BY_HAND = "已与水务集团当面核对"
STRUCTURE = (
    *("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
    *("xl/styles.xml", "xl/worksheets/_rels/sheet6.xml.rels", "xl/tables/table5.xml"),
    *("docProps/app.xml", "xl/drawings/drawing1.xml"),
)
SHEET = "xl/worksheets/sheet6.xml"  # of 填报


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master with one round out, and a cell that was typed by hand since."""
    path = tmp_path_factory.mktemp("自检") / "总表.xlsx"
    new(path, CONTEXT, master_id="test")
    split(path, path.parent / "下发", CONTEXT, round_name="第1轮", units=["市财政局"])
    file = WorkbookFile.open(path)
    key = next(iter(file.master.rows(ASSIGNMENTS)))
    file.apply([Change(ASSIGNMENTS.name, key, "note", None, BY_HAND)])
    file.save()
    return path


@pytest.fixture
def master(made: Path, tmp_path: Path) -> Path:
    """A copy of it with what stands beside it."""
    path = tmp_path / "总表.xlsx"
    shutil.copy(made, path)
    shutil.copytree(f"{made}.qcity", f"{path}.qcity")
    return path


def damaged(data: bytes, part: str, how: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(raw, "w", 8) as new_file:
        for name in old.namelist():
            body = old.read(name)
            if name != part or how == "翻位":
                new_file.writestr(name, body)
            elif how == "截断":
                new_file.writestr(name, body[: len(body) // 2])
        info = new_file.NameToInfo.get(part)
    made = bytearray(raw.getvalue())
    if info is not None and how == "翻位":
        made[info.header_offset + 30 + len(part.encode()) + info.compress_size // 2] ^= 0xFF
    return bytes(made)


def _hand(path: Path) -> object:
    return next(iter(WorkbookFile.open(path).master.rows(ASSIGNMENTS).values()))["note"]


@pytest.mark.parametrize("how", ["截断", "删去", "翻位"])
@pytest.mark.parametrize("part", STRUCTURE)
def test_a_broken_part_costs_no_word(part: str, how: str, master: Path) -> None:
    master.chmod(0o600)
    whole = WorkbookFile.open(master).master
    broken = damaged(master.read_bytes(), part, how)
    master.write_bytes(broken)
    outcome = doctor(master, CONTEXT)
    if outcome.data["mended"]:
        aside = master.with_name(outcome.data["aside"])
        assert aside.read_bytes() == broken
        assert aside.stat().st_mode == master.stat().st_mode  # passwords stand in it, too
    after = WorkbookFile.open(master).master
    for name, rows in whole.tables.items():
        if name not in (LOG.name, "tblSettings"):
            assert after.tables[name] == rows
    assert not verify(after)
    assert _hand(master) == BY_HAND
    assert not doctor(master, CONTEXT).data["mended"]


@pytest.mark.parametrize("how", ["截断", "删去", "翻位"])
def test_a_sheet_that_is_lost_comes_from_the_snapshot_and_the_log(how: str, master: Path) -> None:
    """The split wrote 填报 of new rounds; what was typed by hand there alone is told."""
    keys = set(WorkbookFile.open(master).master.rows(ASSIGNMENTS))
    count = len(operations(WorkbookFile.open(master).master))
    master.write_bytes(damaged(master.read_bytes(), SHEET, how))
    with pytest.raises(FileUnreadable):
        WorkbookFile.open(master)
    outcome = doctor(master, CONTEXT)
    assert any("「填报」读不出" in line and "请核对" in line for line in outcome.data["mended"])
    after = WorkbookFile.open(master).master
    assert set(after.rows(ASSIGNMENTS)) == keys
    assert _hand(master) is None
    assert len(operations(after)) == count + 1
    assert not verify(after)


# -- what somebody deleted in Excel


def by_hand(path: Path, edit: Callable[[Book], None]) -> None:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


def drop_column(book: Book, sheet: str, header: str) -> None:
    (table,) = (t for t in book[sheet].tables.values() if t.name != "tblCards")
    left, top, right, bottom = range_boundaries(table.ref)
    assert left
    assert right
    names = [column.name for column in table.tableColumns]
    book[sheet].delete_cols(left + names.index(header))
    table.tableColumns.pop(names.index(header))
    table.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right - 1)}{bottom}"
    table.autoFilter = None


@pytest.fixture
def answered(master: Path) -> Path:
    """The master after a merge, and with a snapshot of what it holds."""
    pack = master.parent / "市财政局.xlsx"
    data = SideFolder(master).sent("第1轮", "市财政局")
    assert data
    words = {(TASKS, 0, "note"): "预算已批复", (TASKS, 0, "progress"): "推进中"}
    pack.write_bytes(filled(data, {**words, (EVIDENCE, 0, "title"): "预算批复函"}))
    merge(master, [pack], CONTEXT)
    check(master, CONTEXT)
    score(master, CONTEXT)
    return master


@pytest.mark.parametrize("sheet", ["填报", "佐证", "待定事项", "设置"])
def test_a_sheet_that_was_deleted_comes_back_with_what_stood_there(
    sheet: str, answered: Path
) -> None:
    before = WorkbookFile.open(answered).master
    by_hand(answered, lambda book: book.remove(book[sheet]))
    outcome = doctor(answered, CONTEXT)
    assert any(f"「{sheet}」" in line for line in outcome.data["mended"])
    after = WorkbookFile.open(answered).master
    for name in ("填报", "佐证", "轮次", "待定事项", "单位", "得分记录"):
        table = BY_SHEET[name]
        assert _typed(after, table) == _typed(before, table)
    assert {k: r["value"] for k, r in after.rows(SETTINGS).items() if k != SEAL} == {
        k: r["value"] for k, r in before.rows(SETTINGS).items() if k != SEAL
    }
    assert not verify(after)
    assert doctor(answered, CONTEXT).data["changes"] == 0


@pytest.mark.parametrize("sheet", ["填报", "日志", "设置"])
def test_no_other_step_puts_a_blank_sheet_in_the_place_of_a_deleted_one(
    sheet: str, answered: Path
) -> None:
    by_hand(answered, lambda book: book.remove(book[sheet]))
    damaged = answered.read_bytes()
    with pytest.raises(SheetsLost, match=f"少了.*「{sheet}」.*自检"):
        split(answered, answered.parent / "再下发", CONTEXT, round_name="第2轮")
    assert answered.read_bytes() == damaged


@pytest.mark.parametrize("step", [log, partial(undo, context=CONTEXT)], ids=["log", "undo"])
def test_a_deleted_log_is_not_told_as_one_without_operations(
    step: Callable[[Path], Outcome[Any]], answered: Path
) -> None:
    by_hand(answered, lambda book: book.remove(book["日志"]))
    with pytest.raises(SheetsLost, match=r"少了「日志」.*自检"):
        step(answered)


def test_a_new_master_has_no_operations(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    new(path, CONTEXT)
    assert "没有可以撤销的操作" in undo(path, CONTEXT).summary


def test_what_an_undo_kept_of_a_damaged_master_is_no_snapshot_to_mend_it_from(
    answered: Path,
) -> None:
    before = WorkbookFile.open(answered).master
    by_hand(answered, lambda book: book.remove(book["单位"]))
    undone = undo(answered, CONTEXT)
    assert undone.changes
    with pytest.raises(NotAMaster, match=r"少了「单位」.*自检"):
        check(answered, CONTEXT)
    doctor(answered, CONTEXT)
    after = WorkbookFile.open(answered).master
    assert _typed(after, UNITS) == _typed(before, UNITS)
    assert not verify(after)


def test_a_log_that_was_deleted_comes_from_the_snapshot(answered: Path) -> None:
    before = WorkbookFile.open(answered).master
    by_hand(answered, lambda book: book.remove(book["日志"]))
    outcome = doctor(answered, CONTEXT)
    assert any("「日志」读不出" in line for line in outcome.data["mended"])
    after = WorkbookFile.open(answered).master
    assert not verify(after)
    assert _typed(after, ASSIGNMENTS) == _typed(before, ASSIGNMENTS)


@pytest.mark.parametrize(
    ("sheet", "header"),
    [("填报", "进展说明"), ("轮次", "基准校验")],
)
@pytest.mark.parametrize("blank", [False, True], ids=["at once", "after a step put it back blank"])
def test_a_column_that_was_deleted_comes_back_with_its_values(
    sheet: str, header: str, answered: Path, *, blank: bool
) -> None:
    before = WorkbookFile.open(answered).master
    by_hand(answered, lambda book: drop_column(book, sheet, header))
    if blank:
        context = Context(CONTEXT.now, CONTEXT.user)
        check(answered, context)
        assert "自检" in context.notes[-1]
    doctor(answered, CONTEXT)
    after = WorkbookFile.open(answered).master
    assert _typed(after, BY_SHEET[sheet]) == _typed(before, BY_SHEET[sheet])
    assert not verify(after)


def _ids(path: Path, sheet: str, edit: Callable[[list[object]], list[object]]) -> None:
    """Give the hidden cells for ids what `edit` makes of them."""
    book = WorkbookFile.open(path)._book
    (info,) = (table for table in book.tables.values() if table.sheet == sheet)
    lines = range(info.first_row + 1, info.last_row + 1)
    held = [book.cell_value(sheet, line, info.first_col) for line in lines]
    for line, key in zip(lines, edit([*held]), strict=True):
        book.set(sheet, line, info.first_col, key)  # type: ignore[arg-type]  # a text
    book.save(path)


@pytest.mark.parametrize("sheet", ["填报", "任务", "佐证", "单位", "轮次", "冲突", "问题", "设置"])
@pytest.mark.parametrize(
    "edit",
    [
        lambda keys: [None] * len(keys),
        lambda keys: [*keys[:1], *keys[:1], *keys[2:]][: len(keys)],
        lambda keys: [keys[-1]] * len(keys),
        lambda keys: [*[None][: len(keys) - 1], *keys[1:]] or keys,
    ],
    ids=["all lost", "one doubled", "one in all", "one lost"],
)
def test_rows_get_the_ids_back_that_they_had(
    sheet: str, edit: Callable[[list[object]], list[object]], answered: Path
) -> None:
    file = WorkbookFile.open(answered)
    key = list(file.master.rows(EVIDENCES))[-1]
    file.apply([Change(EVIDENCES.name, key, "number", None, "政发〔2026〕1号")])  # by hand, since
    file.save()
    before = WorkbookFile.open(answered).master
    _ids(answered, sheet, edit)
    doctor(answered, CONTEXT)
    after = WorkbookFile.open(answered).master
    for name in ("填报", "任务", "佐证", "单位", "轮次", "冲突", "问题", "待定事项"):
        assert _typed(after, BY_SHEET[name]) == _typed(before, BY_SHEET[name])
    assert not verify(after)
    assert not list(after.strays)
    assert doctor(answered, CONTEXT).data["changes"] == 0


@pytest.mark.parametrize("sheet", ["填报", "佐证", "轮次"])
def test_a_column_of_ids_that_was_deleted_comes_back(sheet: str, answered: Path) -> None:
    before = WorkbookFile.open(answered).master
    by_hand(answered, lambda book: drop_column(book, sheet, "行键"))
    doctor(answered, CONTEXT)
    after = WorkbookFile.open(answered).master
    assert _typed(after, BY_SHEET[sheet]) == _typed(before, BY_SHEET[sheet])
    assert not verify(after)


def test_what_was_typed_into_a_column_since_stays_and_what_was_cleared_stays_clear(
    answered: Path,
) -> None:
    by_hand(answered, lambda book: drop_column(book, "填报", "进展说明"))
    check(answered, CONTEXT)
    file = WorkbookFile.open(answered)
    second = list(file.master.rows(ASSIGNMENTS))[1]
    file.apply([Change(ASSIGNMENTS.name, second, "note", None, "另写的")])
    file.save()
    doctor(answered, CONTEXT)
    file = WorkbookFile.open(answered)
    assert file.master.rows(ASSIGNMENTS)[second]["note"] == "另写的"
    (answer,) = (r for r, v in file.master.rows(ASSIGNMENTS).items() if v["note"] == "预算已批复")
    file.apply([Change(ASSIGNMENTS.name, answer, "note", "预算已批复", None)])
    file.save()
    assert doctor(answered, CONTEXT).data["changes"] == 0
    assert WorkbookFile.open(answered).master.rows(ASSIGNMENTS)[answer]["note"] is None


def _typed(master: Master, table: Table) -> dict[str, dict[str, object]]:
    fields = [column.field for column in table.columns if column.editor != "formula"]
    return {key: {f: row.get(f) for f in fields} for key, row in master.rows(table).items()}


def test_half_a_file_keeps_the_sheets_before_the_cut(master: Path) -> None:
    data = master.read_bytes()
    master.write_bytes(data[: len(data) * 3 // 4])
    outcome = doctor(master, CONTEXT)
    assert outcome.data["mended"]
    assert not verify(WorkbookFile.open(master).master)
    assert master.with_name(outcome.data["aside"]).read_bytes() == data[: len(data) * 3 // 4]


def test_a_preview_writes_nothing(master: Path) -> None:
    broken = damaged(master.read_bytes(), SHEET, "删去")
    master.write_bytes(broken)
    dry = Context(CONTEXT.now, "程立新", dry_run=True)
    assert doctor(master, dry).data["mended"]
    assert master.read_bytes() == broken
    assert len(list(master.parent.glob("*.xlsx"))) == 1


def test_without_a_snapshot_it_is_told_and_nothing_is_written(master: Path) -> None:
    shutil.rmtree(f"{master}.qcity")
    broken = damaged(master.read_bytes(), SHEET, "截断")
    master.write_bytes(broken)
    outcome = doctor(master, CONTEXT)
    assert outcome.status == 1
    assert not outcome.data["mended"]
    assert "没有能用的备份" in outcome.data["checks"][0]["fix"]
    assert master.read_bytes() == broken


def test_what_stands_beside_is_looked_at(master: Path) -> None:
    side = Path(f"{master}.qcity")
    assert all(check["ok"] for check in doctor(master, CONTEXT).data["checks"])
    next((side / "snapshots").glob("*.xlsx")).write_bytes(b"PK")
    shutil.rmtree(side / "sent")
    master.with_name("~$总表.xlsx").write_bytes(b"")
    bad = {c["name"] for c in doctor(master, CONTEXT).data["checks"] if not c["ok"]}
    assert bad == {"备份", "下发的留底", "锁"}


def test_a_mended_master_goes_on(master: Path) -> None:
    master.write_bytes(damaged(master.read_bytes(), "xl/styles.xml", "翻位"))
    doctor(master, CONTEXT)
    assert "已撤销" in undo(master, CONTEXT).summary
