"""拆分下发: one pack for each responsible unit, each round sent once."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import Unknown
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import CRITERIA, ROUNDS, TASKS
from qcity_xl.steps import split as split_step
from qcity_xl.steps.merge import merge
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import DONE, LEFT, Context
from qcity_xl.steps.shared.plain_text import text_lines
from qcity_xl.steps.split import split
from tests.adapters.own_columns import add_own_columns


def rounds(master: Path) -> list[tuple[str, str]]:
    rows = WorkbookFile.open(master).master.rows(ROUNDS).values()
    return [(text(row, "round"), text(row, "unit")) for row in rows]


def reword(master: Path, context: Context) -> None:
    """The office words a task of 市科技局 anew."""
    file = WorkbookFile.open(master)
    row = next(r for r in file.master.rows(TASKS).values() if "科技局" in text(r, "leads"))
    change = Change(TASKS.name, str(row["key"]), "text", row["text"], "重新写过的任务")
    commit(file, as_lines([change]), context, "手工填写")


def test_a_unit_is_known_by_its_short_name(master: Path, context: Context) -> None:
    out = master.parent / "下发"
    assert split(master, out, context, units=["科技局"]).status == DONE
    assert rounds(master) == [("第1轮", "市科技局")]
    assert [path.name for path in out.iterdir()] == ["第1轮_市科技局.xlsx"]


def test_a_unit_that_is_not_known_is_told_with_one_like_it(master: Path, context: Context) -> None:
    with pytest.raises(Unknown, match="市科技局"):
        split(master, master.parent / "下发", context, units=["市科枝局"])
    assert not (master.parent / "下发").exists()


def test_the_same_round_again_while_nothing_changed_then_the_next(
    master: Path, context: Context
) -> None:
    out = master.parent / "下发"
    for _ in range(2):
        split(master, out, context, units=["科技局"])
    assert rounds(master) == [("第1轮", "市科技局")]
    reword(master, context)
    split(master, out, context, units=["科技局"])
    assert rounds(master) == [("第1轮", "市科技局"), ("第2轮", "市科技局")]


def test_the_dates_of_a_round_are_looked_up_once(
    master: Path, tmp_path: Path, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    looked_up: Callable[..., tuple[dt.date, dt.date]] = split_step._dates

    def counted(master: Master, name: str, *rest: Any) -> tuple[dt.date, dt.date]:
        asked.append(name)
        return looked_up(master, name, *rest)

    monkeypatch.setattr(split_step, "_dates", counted)
    assert len(split(master, tmp_path / "下发", context, round_name="第2轮").data["packs"]) > 1
    assert asked == ["第2轮"]


def test_a_round_that_went_out_is_not_sent_with_other_content(
    master: Path, context: Context
) -> None:
    out = master.parent / "下发"
    split(master, out, context, round_name="秋查", units=["科技局"])
    before = (out / "秋查_市科技局.xlsx").read_bytes()
    reword(master, context)
    report = split(master, out, context, round_name="秋查", units=["科技局"])
    assert report.status == LEFT
    assert "之后总表内容变了" in "".join(text_lines(report))
    assert (out / "秋查_市科技局.xlsx").read_bytes() == before


def test_marked_columns_of_the_office_go_along_locked_and_others_do_not(
    master: Path, context: Context
) -> None:
    add_own_columns(master, TASKS)
    add_own_columns(master, CRITERIA)
    out = master.parent / "下发"
    split(master, out, context, units=["质监局"])
    (path,) = out.iterdir()
    book = load_workbook(path)
    for name in ("本轮任务", "自评"):
        cells = [cell for row in book[name].iter_rows() for cell in row if cell.value]
        (head,) = (cell for cell in cells if cell.value == "办公室提示")
        told = [cell for cell in cells if cell.column == head.column and cell is not head]
        assert {cell.value for cell in told} == {"经办科室：法规处"}
        assert all(cell.protection.locked for cell in told)
    every = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "不外传" not in every
    report = merge(master, [path], context)
    assert (report.data["taken"], report.data["refused"]) == (0, 0)


def test_packs_of_one_unit_are_listed_by_the_part_that_each_is(
    master: Path, context: Context
) -> None:
    def listed(**asked: Any) -> list[str]:
        found = split(master, master.parent / "下发", context, units=["农委"], **asked)
        return [line.split()[0] for line in text_lines(found) if "市农委" in line]

    assert listed(apart=True) == ["第1轮·第3部分_市农委", "第1轮·第6部分_市农委"]
    assert listed(round_name="第9轮") == ["市农委"]
