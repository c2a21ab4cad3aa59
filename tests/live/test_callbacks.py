"""What a click does besides its step: asks first, counts what is on screen, leaves no mess."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from qcity_xl import ribbon
from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.schema import CRITERIA, EVIDENCE, LOG, PROBLEMS
from qcity_xl.core.values import Value
from qcity_xl.steps import score as score_step
from qcity_xl.steps.shared import evaluated
from tests.live.conftest import Answers, Open, now
from tests.live.test_parity import cells

Stage = Callable[..., Path]
Opener = Callable[[Path], Open]


def criterion(live: Open, number: int) -> str:
    return list(live.master.rows(CRITERIA))[number]


def state(live: Open) -> tuple[object, ...]:
    app = live.book.app
    selection = live.book.selection
    return (
        live.book.sheets.active.name,
        selection.impl.coords if selection else None,
        app.screen_updating,
        app.calculation,
        app.enable_events,
        app.status_bar,
    )


def without_log(live: Open) -> dict[tuple[str, str, str], str]:
    return {place: v for place, v in cells(live.master).items() if place[0] != LOG.name}


def test_what_is_typed_and_not_saved_counts(stage: Stage, opened: Opener) -> None:
    path = stage("新")
    live = opened(path)
    key = criterion(live, 1)  # answered 不知道, which no rule allows
    assert live.master.rows(CRITERIA)[key]["claimed"] is None
    live.type(CRITERIA.name, key, "answer", "达成")
    answers = Answers()
    ribbon.click("score", answers)
    assert live.master.rows(CRITERIA)[key]["claimed"] == live.master.rows(CRITERIA)[key]["points"]
    assert WorkbookFile.open(path).master.rows(CRITERIA)[key]["answer"] == "不知道"
    assert live.book.sheets.active.name == "看板"
    assert "可以撤销" in answers.told[0]


def test_a_second_click_has_nothing_to_do(stage: Stage, opened: Opener) -> None:
    opened(stage("新"))
    ribbon.click("score", Answers())
    again = Answers()
    ribbon.click("score", again)
    assert again.shown == []
    assert "没有改动" in again.told[0]


@pytest.mark.parametrize("name", ["check", "score", "split", "merge"])
def test_a_cancelled_preview_changes_nothing(name: str, stage: Stage, opened: Opener) -> None:
    path = stage("回收")
    live = opened(path)
    live.book.sheets["单位"].activate()
    live.book.sheets["单位"].range((4, 3), (6, 5)).select()
    before, looks, files = live.master, state(live), sorted(path.parent.rglob("*"))
    folder = path.parent / ("包" if name == "split" else "回收件")
    answers = Answers(go=False, folder=folder)
    ribbon.click(name, answers)
    assert answers.told == []
    assert answers.shown[0].startswith("将要")
    assert live.master == before
    assert state(live) == looks
    assert sorted(path.parent.rglob("*")) == files


def test_a_failure_in_the_middle_restores_all(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    live.protect(LOG.sheet)  # the log is written last, long after the scores
    live.book.sheets["单位"].activate()
    live.book.sheets["单位"].range((4, 3), (6, 5)).select()
    before, looks = live.master, state(live)
    answers = Answers()
    ribbon.click("score", answers)
    assert len(answers.shown) == 1
    assert f"「{LOG.sheet}」的写入。请先撤销这张表的工作表保护" in answers.told[0]
    assert live.master == before
    assert state(live) == looks
    assert live.is_protected(LOG.sheet)


def test_a_sheet_that_is_protected_stays_so(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    live.protect(CRITERIA.sheet)
    before = live.master
    answers = Answers()
    ribbon.click("score", answers)
    assert f"「{CRITERIA.sheet}」的写入。请先撤销这张表的工作表保护" in answers.told[0]
    assert live.master == before
    assert live.is_protected(CRITERIA.sheet)


def test_filtered_rows_are_scored_and_stay_hidden(stage: Stage, opened: Opener) -> None:
    plain = stage("新", "不筛选")
    live = opened(stage("新"))
    rows = list(range(6, 30))
    action = {"do": "hide_rows", "sheet": CRITERIA.sheet, "rows": rows}
    live.book.impl.ask("act", actions=[action])
    ribbon.click("score", Answers())
    hidden = live.book.impl.ask("hidden", sheet=CRITERIA.sheet, most=40)
    assert set(rows) <= set(hidden)
    score_step.score(plain, now())
    assert without_log(live) == {
        place: v
        for place, v in cells(WorkbookFile.open(plain).master).items()
        if place[0] != LOG.name
    }


def test_a_second_workbook_in_front_is_left_alone(
    stage: Stage, opened: Opener, app: xw.App
) -> None:
    live = opened(stage("新"))
    other = app.books.add()
    other.sheets[0].range((1, 1)).value = "别的表"
    answers = Answers()
    ribbon.click("score", answers)
    assert "完成" in answers.told[0]
    assert other.sheets[0].range((1, 1)).value == "别的表"
    assert any(row.get("claimed") for row in live.master.rows(CRITERIA).values())


def test_a_workbook_that_was_never_saved_is_told(app: xw.App) -> None:
    app.books.add().set_mock_caller()
    answers = Answers()
    ribbon.click("score", answers)
    assert "还没有保存过" in answers.told[0]


def test_a_workbook_that_is_no_master_is_told(app: xw.App, tmp_path: Path, opened: Opener) -> None:
    import openpyxl

    path = tmp_path / "别的 表.xlsx"
    openpyxl.Workbook().save(path)
    opened(path)
    answers = Answers()
    ribbon.click("score", answers)
    assert "不是本工具的总表" in answers.told[0]
    assert app.status_bar is False


def test_undo_works_after_saving_and_reopening(stage: Stage, opened: Opener) -> None:
    path = stage("新")
    live = opened(path)
    before = without_log(live)
    ribbon.click("score", Answers())
    assert without_log(live) != before
    live.book.save()
    live.book.close()
    live = opened(path)
    ribbon.click("undo", Answers())
    assert without_log(live) == before


def test_an_accident_is_one_sentence_and_a_log(
    stage: Stage, opened: Opener, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = opened(stage("新"))
    looks = state(live)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(evaluated, "evaluate", fail)
    answers = Answers()
    ribbon.click("score", answers)
    assert "程序出了意外" in answers.told[0]
    assert "Traceback" not in answers.told[0]
    assert "ZeroDivisionError" in (home / "qcity_xl" / "qcity.log").read_text(encoding="utf-8")
    assert state(live) == looks


TEXTS = (
    "13.10",
    "007",
    "=1+1",
    "+8613800138000",
    "-无-",
    "@财政局",
    "'引",
    "2016-5-3",
    "2016年5月",
)
MORE = ("50%", "TRUE", "#REF!", "１２", "1,200", "第1行\n第2行", "Mar 5", "（5）", "关于质量的通知")


def test_text_stays_text_and_new_rows_are_like_the_others(stage: Stage, opened: Opener) -> None:
    path = stage("新")
    live = opened(path)
    book = LiveWorkbook(live.book, path, keeps=True)
    book.current()
    for number, words in enumerate((*TEXTS, *MORE)):
        book.apply(added_row(EVIDENCE.name, f"E9{number:03d}", {"title": words}))
    book.save()
    stored = WorkbookFile.open(path).master.rows(EVIDENCE)
    titles = [row["title"] for key, row in stored.items() if key.startswith("E9")]
    assert titles == [*TEXTS, *MORE]


def test_a_number_written_over_a_date_is_a_number(stage: Stage, opened: Opener) -> None:
    path = stage("新")
    live = opened(path)
    key = criterion(live, 0)
    book = LiveWorkbook(live.book, path, keeps=True)
    old: Value = book.master.rows(CRITERIA)[key]["answer"]
    for new in (dt.date(2016, 5, 1), 10):
        book.apply([Change(CRITERIA.name, key, "answer", old, new)])
        book.save()
        old = new
    assert WorkbookFile.open(path).master.rows(CRITERIA)[key]["answer"] == 10


def test_rows_taken_away_shrink_the_table(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    start = len(live.master.rows(PROBLEMS))
    ribbon.click("check", Answers())
    assert len(live.master.rows(PROBLEMS)) > start
    ribbon.click("undo", Answers())
    assert len(live.master.rows(PROBLEMS)) == start
    found = {t.name: t for s in live.book.sheets for t in s.tables}[PROBLEMS.name]
    assert found.range.shape[0] <= start + 2


def test_a_formula_of_the_user_is_not_written_over(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    key = criterion(live, 0)
    cell = live.master.cell(CRITERIA, key, "reason")
    action = {"do": "set", "sheet": CRITERIA.sheet, "cell": cell, "value": '="我的"&"理由"'}
    live.book.impl.ask("act", actions=[{**action, "formula": True}])
    before = live.master
    answers = Answers()
    ribbon.click("score", answers)
    assert "是公式" in answers.told[0]
    assert live.master == before


def test_an_edit_after_the_preview_stops_the_step(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    key = criterion(live, 0)

    class Typing(Answers):
        def confirm(self, title: str, text: str) -> bool:
            live.type(CRITERIA.name, key, "answer", "未达成")
            return super().confirm(title, text)

    answers = Typing()
    ribbon.click("score", answers)
    assert "被别人改过" in answers.told[0]
    assert live.master.rows(CRITERIA)[key]["answer"] == "未达成"
    assert live.master.rows(CRITERIA)[key]["claimed"] is None


def test_without_windows_of_our_own_excel_shows_the_preview(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = opened(stage("新"))

    def no_window(*_: object) -> int:
        raise ImportError("tkinter")

    monkeypatch.setattr("qcity_xl.adapters.windows.window.ask", no_window)
    ribbon.click("score")
    said = [words for words in live.book.app.impl.said if isinstance(words, str)]
    assert any(words.startswith("将要重算得分") for words in said)
    assert any("重算得分完成" in words for words in said)


def test_a_save_that_fails_takes_the_cells_back(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stage("新")
    live = opened(path)
    before = live.master

    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(type(live.book.impl), "save", full)
    answers = Answers(folder=path.parent / "包")
    ribbon.click("split", answers)
    assert "Excel 没有存成" in answers.told[0]
    assert live.master == before
