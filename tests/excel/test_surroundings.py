"""What Excel does and LibreOffice does not: each refusal, each odd value, each thing in the way."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from qcity_xl import ribbon
from qcity_xl.adapters.excel import session
from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.user import user_name
from qcity_xl.adapters.windows.message import Message
from qcity_xl.core.changes import added_row
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.schema import CRITERIA, EVIDENCE, LOG, PROBLEMS, ROUNDS, Table
from qcity_xl.core.values import Value
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context
from tests.excel.cells import Cell
from tests.excel.conftest import Opened
from tests.excel.objects import AUTOMATIC
from tests.excel.test_parity import typed, without_time
from tests.excel.wire import REJECTED, ComError, editing, from_call, refused
from tests.live.conftest import Answers, now

Stage = Callable[..., Path]
Opener = Callable[[Path], Opened]


pytestmark = pytest.mark.usefixtures("impatient")


def click(name: str, **answers: Any) -> list[str]:
    person = Answers(**answers)
    ribbon.click(name, person)
    return person.told


def place(live: Opened, row: str, field: str) -> tuple[Any, tuple[int, int]]:
    """A cell of 得分点 in the model."""
    cell = live.master.cell(CRITERIA, row, field)
    sheet = next(s for s in live.model.sheets if s.name == CRITERIA.sheet)
    area = sheet.do_Range(cell)
    return sheet, (area.row, area.col)


def put(live: Opened, row: str, field: str, cell: Cell) -> None:
    sheet, where = place(live, row, field)
    sheet.cells[where] = cell


def rows(live: Opened) -> dict[str, Any]:
    return dict(live.master.rows(CRITERIA))


# -- values


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"])
@pytest.mark.parametrize("field", ["answer", "points"])
def test_an_error_is_never_taken_for_a_number(
    error: str, field: str, stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    key = list(rows(live))[4]
    put(live, key, field, Cell(error=error))
    assert rows(live)[key][field] == error
    told = click("score")
    assert "21468" not in "".join(told)
    assert not isinstance(rows(live)[key]["claimed"], int | float)
    assert "21468" not in str(typed(live.master))


def test_an_error_reads_alike_on_screen_and_from_the_file(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    key = list(rows(live))[4]
    put(live, key, "answer", Cell(error="#REF!"))
    live.book.save()
    on_screen = rows(live)[key]["answer"]
    assert on_screen == WorkbookFile.open(live.path).master.rows(CRITERIA)[key]["answer"] == "#REF!"


VALUES: dict[str, Value] = {
    "a telephone number": 57188881234,
    "a document number of 11 digits": 20160315001,
    "a date in a column of text": dt.date(2016, 3, 15),
    "text like a number": "13.10",
    "text like a date": "2016-5-3",
    "text like a formula": "=已印发",
    "a long text": "材料" * 9_000,
    "true": True,
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_what_a_unit_wrote_goes_into_a_cell_of_text(
    value: Value, stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    file = WorkbookFile.open(live.path)
    changes = added_row(EVIDENCE.name, "E9001", {"title": "通知", "number": value})
    commit(LiveWorkbook(live.book, live.path), as_lines(changes), now(), "手工填写")
    file.apply(changes)
    shown, stored = (m.rows(EVIDENCE)["E9001"]["number"] for m in (live.master, file.master))
    assert str(shown) == str(stored).replace("True", "TRUE")


ODD = {
    "an amount": Cell(1234.5, format="¥#,##0.00"),
    "an amount of many digits": Cell(1 / 3, format="¥#,##0.00"),
    "a time a hair short of the minute": Cell(42_800.4374999999, format="yyyy/m/d h:mm"),
    "a time of day": Cell(0.4375, format="h:mm"),
    "a day": Cell(42_444.0, format="yyyy/m/d"),
}


@pytest.mark.parametrize("cell", ODD.values(), ids=ODD)
def test_amounts_and_times_read_on_screen_as_from_the_file(
    cell: Cell, stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    key = list(rows(live))[4]
    put(live, key, "answer", cell)
    live.book.save()
    on_screen = rows(live)[key]["answer"]
    assert on_screen == WorkbookFile.open(live.path).master.rows(CRITERIA)[key]["answer"]


# -- what is in the way


def test_the_last_rows_of_a_table_can_be_undone(stage: Stage, opened: Opener) -> None:
    """A list of Excel keeps one row: it can't be made smaller."""
    live = opened(stage("新"))
    before = typed(live.master)
    assert "完成" in click("check")[0]
    assert live.master.rows(PROBLEMS)
    assert "完成" in click("undo")[0]
    after = typed(live.master)
    assert {k: v for k, v in after.items() if k[0] != LOG.name} == {
        k: v for k, v in before.items() if k[0] != LOG.name
    }


@pytest.mark.parametrize("swallows", [True, False])
def test_a_filter_stays_and_hidden_rows_take_what_is_theirs(
    swallows: bool, stage: Stage, opened: Opener
) -> None:
    """An array over filtered rows would put its first value into each row that is shown."""
    live, plain = opened(stage("新")), stage("新", "没有筛选")
    score(plain, Context(dt.datetime.now(), user_name()))
    sheet, (line, _) = place(live, list(rows(live))[1], "claimed")
    hidden = sheet.filtered = {line, line + 3, line + 4}
    sheet.swallows = swallows
    assert "完成" in click("score")[0]
    assert without_time(live.master) == without_time(WorkbookFile.open(plain).master)
    assert sheet.filtered == hidden
    assert "完成" in click("undo")[0]
    assert sheet.filtered == hidden


@pytest.mark.parametrize("table", [LOG, PROBLEMS])
def test_a_filter_where_rows_come_is_told_before_anything(
    table: Table, stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    before = typed(live.master)
    sheet = next(s for s in live.model.sheets if s.name == table.sheet)
    sheet.filtered, sheet.grouped = {sheet.tables[0].bounds[3]}, set()
    (told,) = click("check")
    assert f"「{table.sheet}」" in told
    assert "筛选" in told
    assert typed(live.master) == before


def test_a_protected_sheet_changes_nothing(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    before = typed(live.master)
    sheet, _ = place(live, next(iter(rows(live))), "answer")
    sheet.protected = True
    (told,) = click("score")
    assert f"「{CRITERIA.sheet}」" in told
    assert "保护" in told
    assert typed(live.master) == before


def test_a_round_that_cannot_be_recorded_leaves_no_packs(stage: Stage, opened: Opener) -> None:
    path = stage("新")
    live = opened(path)
    (path.parent / "包").mkdir()
    of_another = path.parent / "包" / "说明.txt"
    of_another.write_text("填表说明", encoding="utf-8")
    next(s for s in live.model.sheets if s.name == ROUNDS.sheet).protected = True
    (told,) = click("split", folder=path.parent / "包")
    assert f"「{ROUNDS.sheet}」" in told
    assert list((path.parent / "包").iterdir()) == [of_another]
    assert not [*path.parent.rglob("sent/*/*.xlsx")]


# -- someone types meanwhile


def test_editing_begun_under_the_preview_is_told_as_that(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    before = typed(live.master)

    class Typing(Answers):
        def confirm(self, title: str, text: str) -> bool:
            live.model.wire.fault = from_call(1, editing)
            return super().confirm(title, text)

    person = Typing()
    ribbon.click("score", person)
    live.model.wire.fault = None
    (told,) = person.told
    assert "结束编辑" in told
    assert typed(live.master) == before


@pytest.mark.parametrize("share", [0.01, 0.2])
def test_an_excel_that_is_often_busy_ends_no_click(
    share: float, stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    chance = random.Random(2016)  # noqa: S311 - no secret
    live.model.wire.fault = lambda *_: ComError(REJECTED) if chance.random() < share else None
    assert "完成" in click("score")[0]


def test_settings_are_put_back_when_the_person_stops_typing(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_PATIENCE", 30.0)
    monkeypatch.setattr(session, "_SECONDS_BETWEEN", 0.0)
    live = opened(stage("新"))
    wanted = dict(live.model.app.settings)
    tries = 0

    def busy(number: int, kind: str, name: str) -> Exception | None:  # noqa: ARG001
        nonlocal tries
        if kind == "set" and name == "Calculation" and live.model.app.settings[name] != AUTOMATIC:
            tries += 1
            return ComError(REJECTED) if tries < 900 else None
        return None

    live.model.wire.fault = busy
    assert "完成" in click("score")[0]
    assert live.model.app.settings == wanted
    assert tries == 900


def test_settings_that_stay_are_told(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))

    def busy(number: int, kind: str, name: str) -> Exception | None:  # noqa: ARG001
        quiet = live.model.app.settings["Calculation"] != AUTOMATIC
        return refused("busy") if quiet and kind == "set" and name == "Calculation" else None

    live.model.wire.fault = busy
    stuck, done = click("score")
    assert "自动计算" in stuck
    assert "完成" in done


def test_each_operation_is_one_line_of_the_log_in_view(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    sheet = next(s for s in live.model.sheets if s.name == LOG.sheet)
    before = typed(live.master)
    assert "完成" in click("score")[0]
    assert "完成" in click("check")[0]
    lines = {line for (table, _), line in live.master.lines.items() if table == LOG.name}
    operations = {row["operation"] for row in live.master.rows(LOG).values()}
    assert len(lines - sheet.filtered) == len(operations) > 1
    assert "完成" in click("undo")[0]
    assert "完成" in click("undo")[0]
    assert {k: v for k, v in typed(live.master).items() if k[0] != LOG.name} == {
        k: v for k, v in before.items() if k[0] != LOG.name
    }


class Hands(Answers):
    """Someone who does something to the workbook before the answer."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act

    def confirm(self, title: str, text: str) -> bool:
        self._act()
        return super().confirm(title, text)


@pytest.mark.parametrize("table", [CRITERIA, LOG])
@pytest.mark.parametrize("by", [2, -2])
def test_a_table_pulled_to_another_size_under_the_preview_loses_nothing(
    table: Table, by: int, stage: Stage, opened: Opener
) -> None:
    """By its handle: longer over blank lines, or so that its last lines are no longer its own."""
    live, plain = opened(stage("新")), stage("新", "没有动")
    score(plain, Context(dt.datetime.now(), user_name()))
    before = typed(live.master)
    (listed,) = next(one for one in live.model.sheets if one.name == table.sheet).tables
    left, top, right, bottom = listed.bounds
    person = Hands(lambda: setattr(listed, "bounds", (left, top, right, bottom + by)))
    ribbon.click("score", person)
    (told,) = person.told
    if "完成" in told:
        assert without_time(live.master) == without_time(WorkbookFile.open(plain).master)
        assert table is LOG or listed.bounds == (left, top, right, bottom + by)
    else:
        assert "请重新运行这一步" in told or "没有写入" in told
        assert listed.bounds == (left, top, right, bottom + by)
        listed.bounds = (left, top, right, bottom)
        assert typed(live.master) == before


def test_nothing_is_said_to_run_under_the_window_that_tells_the_end(
    stage: Stage, opened: Opener
) -> None:
    live = opened(stage("新"))
    live.model.app.settings["StatusBar"] = "正在处理"  # as the add-in says before Python starts
    bar: list[object] = []

    class Looking(Answers):
        def show(self, title: str, message: Message, buttons: Sequence[str], focus: int = 0) -> int:
            bar.append(live.model.app.settings["StatusBar"])
            return super().show(title, message, buttons, focus)

    person = Looking()
    ribbon.click("score", person)
    assert "完成" in person.told[0]
    assert bar == ["正在处理", False]
