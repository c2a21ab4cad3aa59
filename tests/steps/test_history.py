"""日志 finds every tampering, operations come back, snapshots are few, the side folder may go."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qcity_xl.adapters.disk import sha256_of
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.side_folder import SideFolder, safe_name
from qcity_xl.cli import main
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import PacksOut, Unknown
from qcity_xl.core.history.log import SEAL, as_lines, operations
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, LOG, ROUNDS, SETTINGS
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.core.schema.words import DRAFT, FAILED
from qcity_xl.core.values import Value
from qcity_xl.steps.check import check
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.history import log, undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.resolve import resolve
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.shared.plain_text import text_lines
from qcity_xl.steps.split import split
from tests.libreoffice import LibreOffice

UNITS = ("市财政局", "市教育局")


def write(master: Path, context: Context, row: str, field: str, new: Value) -> None:
    """One cell of 得分点, as an operation."""
    file = WorkbookFile.open(master)
    old = file.master.rows(CRITERIA)[row].get(field)
    change = Change(CRITERIA.name, row, field, old, new)
    commit(file, as_lines([change]), context, "手工填写")


def rows_of(master: Path) -> Master:
    return WorkbookFile.open(master).master


def first_criteria(master: Path) -> tuple[str, str]:
    one, two, *_ = rows_of(master).rows(CRITERIA)
    return one, two


@pytest.fixture
def logged(master: Path, context: Context) -> Path:
    """A master with four operations."""
    one, two = first_criteria(master)
    cells: list[tuple[str, Value]] = [(one, "达成"), (two, "13.10"), (one, "０.８‰"), (two, 7)]
    for number, (row, new) in enumerate(cells):
        write(master, replace(context, user=f"张{number}"), row, "answer", new)
    return master


# 日志


def test_a_log_of_all_kinds_of_values_is_whole_also_saved_by_libreoffice(
    master: Path, context: Context, libreoffice: LibreOffice
) -> None:
    row, _ = first_criteria(master)
    values: list[Value] = [
        "13.10",
        "＝1+1",
        "=1+1",
        " 空白 ",
        "一\r\n二",
        "_x0041_",
        "𠮷😀",
        0.1 + 0.2,
    ]
    values += [7, -1.5e-9, context.now.date(), 10, "长" * 32_000, "2016-05-01", None]
    for value in values:
        write(master, context, row, "answer", value)
    libreoffice.act(master, [], master.with_name("另存.xlsx"))
    for path in (master, master.with_name("另存.xlsx")):
        report = log(path, check=True)
        assert (report.status, report.data["problems"]) == (0, [])


Tamper = Callable[[list[list[Value]]], list[list[Value]]]


def _changed(column: str, new: Value) -> Tamper:
    place = LOG.fields.index(column)
    return lambda rows: [*rows[:1], [*rows[1][:place], new, *rows[1][place + 1 :]], *rows[2:]]


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        *[(_changed(field, "改"), "被改过") for field in LOG.fields if field != "key"],
        (_changed("new", "13.1"), "L000002"),  # equal numbers are not equal text
        (_changed("key", None), "行键是空的"),
        (_changed("key", "甲"), "不是日志的行键"),
        (_changed("key", "L000001"), "重复"),
        (lambda rows: rows[1:], "缺1行：L000001"),
        (lambda rows: [*rows[:1], *rows[2:]], "缺1行：L000002"),
        (lambda rows: rows[:-1], "缺1行：L000004"),
        (lambda rows: rows[:-2], "缺2行：L000003 至 L000004"),
        (lambda _: [], "缺4行：L000001 至 L000004"),
        (lambda rows: rows[::-1], "4行不在原来的位置"),
        (lambda rows: [rows[0], rows[2], rows[1], rows[3]], "从L000003起，2行不在原来的位置"),
    ],
)
def test_every_line_changed_removed_or_moved_is_found(
    tamper: Tamper, told: str, logged: Path, context: Context
) -> None:
    _type_log(logged, tamper)
    report = log(logged, check=True)
    assert report.status == 1
    assert any(told in line for line in text_lines(report)), text_lines(report)
    # One more operation covers nothing up.
    write(logged, context, first_criteria(logged)[0], "note", "又一步")
    assert any(told in line for line in text_lines(log(logged, check=True)))


def _type_log(master: Path, tamper: Tamper) -> None:
    """Write the lines of 日志 anew, as somebody does who has the workbook open."""
    book = Book.open(master)
    info = book.tables[LOG.name]
    lines = range(info.first_row + 1, info.last_row + 1)
    cols = [info.first_col + info.columns.index(column.header) for column in LOG.columns]
    rows: list[list[Value]] = [[book.cell_value(info.sheet, n, c) for c in cols] for n in lines]
    rows = [row for row in rows if row[0] is not None]
    new = tamper(rows)
    blank: list[Value] = [None] * len(cols)
    for line, row in zip(lines, new + [blank] * (len(lines) - len(new)), strict=True):
        for col, value in zip(cols, row, strict=True):
            book.set(info.sheet, line, col, value)
    master.write_bytes(book.to_bytes())


@pytest.mark.parametrize("seal", [None, "L000004 0000000000000000", "L000003 0000000000000000"])
def test_a_seal_that_was_touched_is_found(seal: str | None, logged: Path) -> None:
    file = WorkbookFile.open(logged)
    old = file.master.rows(SETTINGS)[SEAL]["value"]
    file.apply([Change(SETTINGS.name, SEAL, "value", old, seal)])
    file.save()
    assert log(logged).status == 0
    assert log(logged, check=True).status == 1


def test_a_merge_is_logged_with_its_files(master: Path, context: Context) -> None:
    packs = answered(master, context)
    merge(master, [master.parent / "回收"], context)
    report = log(master)
    assert "2个文件" in text_lines(report)[-1]
    last = operations(rows_of(master))[-1]
    assert {sha256 for _, sha256 in last.files} == {sha256_of(p.read_bytes()) for p in packs}
    assert all(source for source, _ in last.files)
    merge(master, [master.parent / "回收"], context)
    assert len(text_lines(log(master))) == len(text_lines(report))


def answered(master: Path, context: Context) -> list[Path]:
    split(master, master.parent / "下发", context, round_name="第1轮", units=UNITS)
    out = [master.parent / "回收" / f"{unit}.xlsx" for unit in UNITS]
    for unit, path in zip(UNITS, out, strict=True):
        pack = Pack(master.parent / "下发" / f"第1轮_{unit}.xlsx")
        pack.fill(PACK_TASKS.table, 0, {"progress": "已完成", "note": "已印发。"}).save(path)
    return out


# 撤销


def test_operations_are_undone_by_number_and_done_again(logged: Path, context: Context) -> None:
    one, two = first_criteria(logged)
    overlap = undo(logged, context, 1)
    assert (overlap.status, overlap.data["restored"]) == (1, 0)
    assert [(c["row"], c["held_by"]) for c in _left(overlap.data)] == [(one, 3)]
    assert any("操作3" in line for line in text_lines(overlap))
    assert undo(logged, context, 3).data["restored"] == 1
    assert undo(logged, context, 1).status == 0
    assert rows_of(logged).rows(CRITERIA)[one].get("answer") is None
    again = undo(logged, context, 6)  # the undo of 1
    assert again.status == 0
    assert rows_of(logged).rows(CRITERIA)[one]["answer"] == "达成"
    assert rows_of(logged).rows(CRITERIA)[two]["answer"] == 7
    before = logged.read_bytes()
    assert undo(logged, context, 6).data["restored"] == 0
    assert logged.read_bytes() == before
    assert log(logged, check=True).status == 0
    with pytest.raises(Unknown, match="1 至 7"):
        undo(logged, context, 99)


def _left(data: object) -> list[dict[str, object]]:
    assert isinstance(data, dict)
    left: list[dict[str, object]] = data["left"]
    return left


def test_a_cell_typed_into_by_hand_is_not_taken_back(logged: Path, context: Context) -> None:
    _, two = first_criteria(logged)
    file = WorkbookFile.open(logged)
    file.apply([Change(CRITERIA.name, two, "answer", 7, "手写")])
    file.save()
    report = undo(logged, context)
    assert [(c["row"], c["held_by"], c["now"]) for c in _left(report.data)] == [(two, None, "手写")]
    assert any("手工" in line for line in text_lines(report))


def test_the_command_undoes_by_number(logged: Path) -> None:
    command = [sys.executable, "-m", "qcity_xl", "undo", str(logged), "--operation", "2", "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    data = json.loads(done.stdout)
    assert (done.returncode, data["restored"], data["left"][0]["held_by"]) == (1, 0, 4)
    with pytest.raises(SystemExit) as left:
        main(["undo", str(logged), "--operation", "0"])
    assert left.value.code == 2


def test_undoing_a_whole_round_brings_the_master_back(master: Path, context: Context) -> None:
    before = _data(master)
    check(master, context)
    answered(master, context)
    merge(master, [master.parent / "回收"], context)
    score(master, context)
    while undo(master, context).data["restored"]:
        pass
    assert _data(master) == before
    assert log(master, check=True).status == 0


def _data(master: Path) -> dict[str, object]:
    tables = rows_of(master).tables
    return {name: rows for name, rows in tables.items() if name not in (LOG.name, SETTINGS.name)}


# Snapshots


def snapshots(master: Path) -> list[Path]:
    return sorted((SideFolder(master).path / "snapshots").iterdir())


def test_snapshots_are_bounded_and_the_last_ones_stay(master: Path) -> None:
    side = SideFolder(master)
    for number in range(1, 8):
        side.keep_snapshot(f"第{number}版".encode(), "20160501-0930-检查前", most=3)
    assert [p.read_bytes().decode() for p in snapshots(master)] == ["第5版", "第6版", "第7版"]
    side.keep_snapshot("第8版".encode(), "后", most=0)
    assert [p.read_bytes().decode() for p in snapshots(master)] == ["第7版", "第8版"]


def test_a_snapshot_of_the_same_content_is_kept_once_and_is_the_newest(master: Path) -> None:
    side = SideFolder(master)
    for text in ("甲", "乙", "甲", "甲", "丙"):
        side.keep_snapshot(text.encode(), text, most=3)
    assert [p.read_bytes().decode() for p in snapshots(master)] == ["乙", "甲", "丙"]


def test_files_of_others_among_the_snapshots_are_left_alone(master: Path) -> None:
    side = SideFolder(master)
    side.keep_snapshot(b"1", "前", most=2)
    for name in ("备份.xlsx", "00002-没有校验.xlsx", ".00009.tmp"):
        (side.path / "snapshots" / name).write_text("别人的")
    for text in (b"2", b"3", b"4"):
        side.keep_snapshot(text, "前", most=2)
    assert len(snapshots(master)) == 5


def test_a_snapshot_is_the_master_before_the_step(logged: Path, context: Context) -> None:
    before = logged.read_bytes()
    check(logged, context)
    assert snapshots(logged)[-1].read_bytes() == before
    shutil.copy(snapshots(logged)[-1], logged)  # how the office brings it back
    assert log(logged, check=True).status == 0


def test_long_names_fit_every_system() -> None:
    name = safe_name("长" * 300 + ".xlsx")
    assert name.endswith(".xlsx")
    assert len(name.encode()) <= 180


# What went out


def test_packs_that_are_out_are_not_taken_back_unless_one_insists(
    master: Path, context: Context
) -> None:
    split(master, master.parent / "下发", context, round_name="第1轮", units=UNITS)
    mail(master, context, DRAFT)
    before = master.read_bytes()
    for dry in (False, True):
        with pytest.raises(
            PacksOut, match="第1轮填报表，已有1个单位发出、存成草稿或报送，没有撤销"
        ):
            undo(master, replace(context, dry_run=dry))
    assert master.read_bytes() == before
    again = undo(master, replace(context, force=True))
    assert again.data["restored"] > 0


def test_packs_that_nobody_sent_are_taken_back(master: Path, context: Context) -> None:
    split(master, master.parent / "下发", context, round_name="第1轮", units=UNITS)
    mail(master, context, FAILED)
    assert undo(master, context).data["restored"] > 0


def mail(master: Path, context: Context, state: str) -> None:
    """The first pack was mailed, with that fate."""
    file = WorkbookFile.open(master)
    key = next(iter(file.master.rows(ROUNDS)))
    change = Change(ROUNDS.name, key, "mail_state", None, state)
    commit(file, as_lines([change]), context, "发送")


# The side folder


@pytest.mark.parametrize("point", range(7))
def test_the_side_folder_may_vanish_at_any_point_of_the_round(
    point: int, master: Path, context: Context
) -> None:
    def passed(number: int) -> None:
        if number == point or point == 6:
            shutil.rmtree(SideFolder(master).path, ignore_errors=True)

    check(master, context)
    passed(0)
    answered(master, context)
    passed(1)
    merge(master, [master.parent / "回收" / f"{UNITS[0]}.xlsx"], context)
    passed(2)
    merge(master, [master.parent / "回收"], context)
    passed(3)
    resolve(master, context)
    score(master, context)
    passed(4)
    undone = undo(master, context)
    passed(5)
    assert undone.status == 0
    assert undo(master, context, operations(rows_of(master))[-1].no).status == 0
    rows = rows_of(master).tables
    notes = [row.get("note") for row in rows["tblAssignments"].values()]
    assert notes.count("已印发。") == 2
    assert log(master, check=True).status == 0
