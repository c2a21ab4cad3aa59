"""The whole round by clicks, with the office typing in between; and the other buttons."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from qcity_xl import ribbon
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.history.log import verify
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    ROUNDS,
    SETTINGS,
    UNITS,
    Table,
)
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.core.schema.words import DRAFT, THEIRS
from qcity_xl.core.values import Value
from qcity_xl.steps.demo import Pack
from tests.live.conftest import Answers, Open

UNIT = "市教育局"


def row_of(master: Master, table: Table, name: str, value: str) -> str:
    return next(key for key, row in master.rows(table).items() if text(row, name) == value)


def click(name: str, answers: Answers) -> str:
    """The sentence at the end."""
    ribbon.click(name, answers)
    return answers.told[-1]


def test_a_whole_round(stage: Callable[..., Path], opened: Callable[[Path], Open]) -> None:
    path = stage("新")
    live = opened(path)
    folder = path.parent / "下发 包"
    assert "拆分下发完成" in click("split", Answers(folder=folder))
    assert WorkbookFile.open(path).master.rows(ROUNDS)  # what was handed out is saved

    (sent,) = folder.glob(f"*_{UNIT}.xlsx")
    pack = Pack(sent).fill(PACK_TASKS.table, 0, {"progress": "已完成", "note": "已印发"})
    pack.save(path.parent / "收到" / "教育局 终稿.xlsx")
    key = str(pack.column(PACK_TASKS.table, "key")[0])
    live.type(ASSIGNMENTS.name, key, "note", "办公室记：正在起草")

    merging = Answers(files=[path.parent / "收到" / "教育局 终稿.xlsx"])
    assert "合并回收完成" in click("merge", merging)
    assert live.book.sheets.active.name == CONFLICTS.sheet
    assert live.master.rows(ASSIGNMENTS)[key]["progress"] == "已完成"
    assert live.master.rows(ASSIGNMENTS)[key]["note"] == "办公室记：正在起草"

    (conflict,) = live.master.rows(CONFLICTS)
    live.type(CONFLICTS.name, conflict, "choice", THEIRS)
    assert "处理冲突完成" in click("resolve", Answers())
    assert live.master.rows(ASSIGNMENTS)[key]["note"] == "已印发"

    assert "标记缺失佐证完成" in click("evidence", Answers())
    click("score", Answers())
    click("check", Answers())
    assert "日志完整" in click("log", Answers())
    assert not verify(live.master)
    for _ in ("check", "evidence"):  # after evidence the scores stood as they were
        assert "撤销上次操作完成" in click("undo", Answers())
    assert live.master.rows(ASSIGNMENTS)[key]["note"] == "已印发"
    click("undo", Answers())
    assert live.master.rows(ASSIGNMENTS)[key]["note"] == "办公室记：正在起草"


def settle(live: Open, **settings: Value) -> None:
    for item, value in settings.items():
        key = row_of(live.master, SETTINGS, "item", item)
        live.type(SETTINGS.name, key, "value", str(value))


def test_letters_go_into_a_folder(
    stage: Callable[..., Path], opened: Callable[[Path], Open]
) -> None:
    path = stage("回收")
    live = opened(path)
    settle(live, 发件地址="office@example.com")
    for unit in ("市教育局", "市财政局"):
        live.type(UNITS.name, row_of(live.master, UNITS, "name", unit), "email", "a@example.com")
    drafts = path.parent / "草稿"
    answers = Answers(folder=drafts)
    click("send", answers)
    assert "a@example.com" in answers.shown[0]
    assert len(list(drafts.glob("*.eml"))) == 2
    assert {row["mail_state"] for row in live.master.rows(ROUNDS).values()} == {DRAFT}
    assert WorkbookFile.open(path).master.rows(ROUNDS) == live.master.rows(ROUNDS)
    again = Answers(folder=path.parent / "再发")
    click("send", again)
    assert not (path.parent / "再发").exists()


def test_returns_are_collected_from_a_folder(
    stage: Callable[..., Path], opened: Callable[[Path], Open]
) -> None:
    path = stage("回收")
    live = opened(path)
    before = live.master
    answers = Answers(folder=path.parent / "回收件")
    click("collect", answers)
    assert len(list((path.parent / "总表.xlsx.qcity").rglob("*市教育局*.xlsx"))) > 0
    assert live.master == before


def test_a_new_master_opens(tmp_path: Path, app: xw.App) -> None:
    app.books.add().set_mock_caller()
    answers = Answers(folder=tmp_path)
    assert "新建总表" in click("new", answers)
    assert "50项指标" in answers.shown[0]
    assert "总表.xlsx" in [book.name for book in app.books]


@pytest.mark.parametrize("name", ["doctor", "manual"])
def test_help_works_without_a_master(
    name: str, app: xw.App, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.books.add().set_mock_caller()
    monkeypatch.setattr("webbrowser.open", lambda _url: False)
    answers = Answers()
    assert click(name, answers)
    assert len(answers.told) == 1


def test_chasing_without_letters_only_tells(
    stage: Callable[..., Path], opened: Callable[[Path], Open]
) -> None:
    live = opened(stage("回收"))
    before = live.master
    answers = Answers(go=False, folder=stage("回收", "草稿"))
    ribbon.click("chase", answers)
    assert "未报送名单" in (answers.shown + answers.told)[0]
    assert live.master == before
