"""A click where something is in the way: one message that says what to do, and all as it was."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from qcity_xl import ribbon
from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import Book, PackageLimits
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.changes import Change, added_row, dropped_row
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.schema import CRITERIA, EVIDENCE, LOG, PROBLEMS, ROUNDS, UNITS
from qcity_xl.core.values import Value
from qcity_xl.steps.shared.commit import commit
from tests.live.conftest import Answers, Open, now
from tests.live.engine.calc import App, Range
from tests.live.test_callbacks import criterion, state

Stage = Callable[..., Path]
Opener = Callable[[Path], Open]


class RejectedError(Exception):
    """What a program says that is busy."""


@contextmanager
def refusing(owner: type, name: str, after: int = 0) -> Iterator[None]:
    """A setter of the engine is refused after so many calls."""
    found: property = owner.__dict__[name]
    calls = count()

    def set_it(one: Any, value: Any) -> None:
        if next(calls) >= after:
            raise RejectedError
        assert found.fset
        found.fset(one, value)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, property(found.fget, set_it))
        yield


@contextmanager
def busy() -> Iterator[None]:
    """Nothing can be read, as while a cell is being edited."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Range, "raw_value", property(_refused))
        yield


def _refused(*_: object, **__: object) -> None:
    raise RejectedError


def click(name: str, answers: Answers) -> str:
    ribbon.click(name, answers)
    (told,) = answers.told
    return told


def change(live: Open, *changes: Change) -> None:
    """Changes written through the open workbook."""
    commit(LiveWorkbook(live.book, live.path), as_lines(changes), now(), "手工填写")


# -- the program is busy


def test_while_a_cell_is_edited_the_click_says_so(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    looks = state(live)
    with busy():
        told = click("score", Answers())
    assert "结束编辑" in told
    assert "内容没有改动" in told
    assert state(live) == looks


def test_editing_begun_after_the_preview_stops_the_step(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    before, looks = live.master, state(live)

    with ExitStack() as stack:

        class Editing(Answers):
            def confirm(self, title: str, text: str) -> bool:
                stack.enter_context(busy())
                return super().confirm(title, text)

        told = click("score", Editing())
    assert "结束编辑" in told
    assert live.master == before
    assert state(live) == looks


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_write_that_is_refused_takes_all_back(after: int, stage: Stage, opened: Opener) -> None:
    """Refused for good, the writes before are there still; what is said must be true."""
    live = opened(stage("新"))
    before, looks = live.master, state(live)
    with refusing(Range, "raw_value", after):
        told = click("score", Answers())
    assert ("内容没有改动" in told) == (live.master == before)
    assert ("不要保存" in told) == (live.master != before)
    assert state(live) == looks


@pytest.mark.parametrize("name", ["screen_updating", "calculation"])
def test_one_setting_that_is_refused_does_not_keep_the_others(
    name: str, stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    before, looks = live.master, state(live)
    with refusing(App, name):
        told = click("score", Answers())
    assert "内容没有改动" in told
    assert live.master == before
    assert state(live) == looks


def test_a_status_bar_that_is_refused_stops_nothing(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = opened(stage("新"))

    def all_but_this(app: App, name: str, value: object) -> None:
        if name == "status_bar":
            raise RejectedError
        object.__setattr__(app, name, value)

    monkeypatch.setattr(App, "__setattr__", all_but_this)
    assert "重算得分完成" in click("score", Answers())
    assert any(row.get("claimed") for row in live.master.rows(CRITERIA).values())


def test_what_is_saved_calculates_by_itself(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel stores the mode of calculation with the workbook."""
    path = stage("新")
    live = opened(path)
    modes, save = [], type(live.book.impl).save

    def noted(book: Any, *args: object, **more: object) -> None:
        modes.append(book.app.calculation)
        save(book, *args, **more)

    monkeypatch.setattr(type(live.book.impl), "save", noted)
    click("split", Answers(folder=path.parent / "包"))
    assert modes
    assert set(modes) == {"automatic"}


def test_what_a_click_does_not_need_is_not_read(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each reading crosses to the program; the log only grows."""
    opened(stage("新"))
    found: property = Range.__dict__["raw_value"]
    read: Counter[str] = Counter()

    def get(area: Range) -> Any:
        read[area.sheet.name] += 1
        assert found.fget
        return found.fget(area)

    monkeypatch.setattr(Range, "raw_value", property(get, found.fset))
    assert "完成" in click("score", Answers())
    assert read[LOG.sheet] == 3  # as it is, more lines below it than are seen, what was written
    assert read[CRITERIA.sheet] == 3  # before, again after the question, what was written there
    assert not read[UNITS.sheet]  # no ruling names one
    assert read[ROUNDS.sheet] == 2  # rows sorted without their ids are looked for here, too
    read.clear()
    assert "没有改动" in click("score", Answers())
    assert not read[LOG.sheet]
    assert set(read.values()) == {1}


# -- somebody else


def test_a_second_click_while_one_asks_is_the_one_that_counts(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))

    class Impatient(Answers):
        def confirm(self, title: str, text: str) -> bool:
            assert "完成" in click("score", Answers())
            return super().confirm(title, text)

    told = click("score", Impatient())
    assert "请重新运行这一步" in told
    assert len({row["operation"] for row in live.master.rows(LOG).values()}) == 2
    assert "没有改动" in click("score", Answers())


def test_a_click_while_another_step_writes_waits_for_the_user(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    before = live.master
    with SideFolder(live.path).locked():
        assert "请等它做完" in click("score", Answers())
    assert live.master == before


def test_a_workbook_that_cannot_be_saved_hands_nothing_out(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stage("新")
    live = opened(path)
    before = live.master

    monkeypatch.setattr(type(live.book.impl), "save", _refused)
    told = click("split", Answers(folder=path.parent / "包"))
    assert "别人正开着它" in told
    assert not (path.parent / "包").exists()
    assert live.master == before


def test_a_workbook_in_the_cloud_is_told(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = opened(stage("新"))

    def unknown(_: object) -> str:
        raise xw.XlwingsError("Couldn't find the local OneDrive folder")

    monkeypatch.setattr(type(live.book.impl), "fullname", property(unknown))
    monkeypatch.setattr(type(live.book.impl), "name", "总表.xlsx")
    assert "另存到本机的文件夹" in click("score", Answers())


# -- what stands in cells and rows is as after the command


@pytest.mark.parametrize("value", [True, False, 1, 0, "TRUE", "1"])
def test_true_and_false_read_alike_on_screen_and_from_the_file(
    value: Value, stage: Stage, opened: Opener
) -> None:
    path = stage("新")
    live = opened(path)
    key = criterion(live, 5)
    cell = live.master.cell(CRITERIA, key, "answer")
    typed = f"'{value}" if isinstance(value, str) else value
    live.book.sheets[CRITERIA.sheet].range(_place(cell)).value = typed
    live.book.save()
    on_screen = live.master.rows(CRITERIA)[key]["answer"]
    stored = WorkbookFile.open(path).master.rows(CRITERIA)[key]["answer"]
    assert (type(on_screen), on_screen) == (type(stored), stored) == (type(value), value)


def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), ord(letters) - ord("A") + 1


def _heights(live: Open, sheet: str, rows: list[int], **more: object) -> list[int]:
    return list(live.book.impl.ask("heights", sheet=sheet, rows=rows, **more))


def test_rows_grow_with_their_text_unless_a_person_gave_them_a_height(
    stage: Stage, opened: Opener
) -> None:
    """As a program does by itself for what is typed, and the command for what it writes."""
    live = opened(stage("新"))
    keys = [criterion(live, number) for number in (3, 4)]
    lines = [live.master.lines[CRITERIA.name, key] for key in keys]
    _heights(live, CRITERIA.sheet, lines, fix=lines[1:], height=700)
    before = _heights(live, CRITERIA.sheet, lines)
    words = "佐证材料要写明文号、日期和所属期。" * 30
    old = [live.master.rows(CRITERIA)[key].get("note") for key in keys]
    notes = [
        Change(CRITERIA.name, key, "note", was, words) for key, was in zip(keys, old, strict=True)
    ]
    fresh = added_row(EVIDENCE.name, "E9001", {"title": words})
    small = added_row(EVIDENCE.name, "E9002", {"title": "短"})
    change(live, *notes, *fresh, *small)
    after = _heights(live, CRITERIA.sheet, lines)
    assert after[0] > 2 * before[0]
    assert after[1] == before[1] == 700
    new = [live.master.lines[EVIDENCE.name, key] for key in ("E9001", "E9002")]
    tall, short = _heights(live, EVIDENCE.sheet, new)
    assert tall > 3 * short


def test_rows_come_and_go_in_one_step(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    first = [
        step
        for number in range(3)
        for step in added_row(PROBLEMS.name, f"P{number}", {"severity": "提示", "check": "a"})
    ]
    change(live, *first)
    gone = dropped_row(PROBLEMS.name, "P2", {"severity": "提示", "check": "a"})
    change(live, *gone, *added_row(PROBLEMS.name, "P3", {"severity": "提示", "check": "b"}))
    rows = live.master.rows(PROBLEMS)
    assert [key for key in rows if key.startswith("P") and len(key) == 2] == ["P0", "P1", "P3"]
    assert rows["P3"]["check"] == "b"


def test_a_table_whose_rows_all_go_keeps_a_blank_line(stage: Stage, opened: Opener) -> None:
    path = stage("新")
    live, file = opened(path), WorkbookFile.open(path)
    values: dict[str, Value] = {"severity": "提示", "found": "试填"}
    come = [step for key in ("P1", "P2", "P3") for step in added_row(PROBLEMS.name, key, values)]
    go = [step for key in ("P1", "P2", "P3") for step in dropped_row(PROBLEMS.name, key, values)]
    before = Book.open(path).tables[PROBLEMS.name].last_row
    for changes in (come, go, come, go):
        change(live, *changes)
        file.apply(changes)
        assert list(live.master.rows(PROBLEMS)) == list(file.master.rows(PROBLEMS))
        for row in file.master.rows(PROBLEMS):
            place = (PROBLEMS.name, row)
            assert live.master.lines[place] == file.master.lines[place]
    live.book.save()
    for data in (path.read_bytes(), file.to_bytes()):
        assert Book.read(data).tables[PROBLEMS.name].last_row == before


def test_what_no_step_could_read_is_not_written(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The open workbook is as it was, as the file is where a command would write it."""
    path = stage("新")
    live = opened(path)
    before = live.master
    monkeypatch.setattr(LiveWorkbook, "limits", PackageLimits(file_bytes=path.stat().st_size + 10))
    assert "会太大，以后哪一步都读不了" in click("check", Answers())
    assert live.master == before
