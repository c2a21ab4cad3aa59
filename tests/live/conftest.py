"""A live LibreOffice with masters open in it, and a person who answers the dialogs."""

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.windows.dialogs import CANCEL, MORE, Field
from qcity_xl.adapters.windows.message import Message
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    BY_NAME,
    CONFLICTS,
    CRITERIA,
    ROUNDS,
    SETTINGS,
)
from qcity_xl.core.schema import UNITS as REGISTRY
from qcity_xl.core.schema.pack import PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.schema.words import THEIRS
from qcity_xl.core.values import Value
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.libreoffice.client import find_programs
from tests.live.engine.desk import Desk, activated
from tests.live.screen import Screen

UNITS = ("市教育局", "市财政局")


@dataclass
class Answers:
    """Someone at the screen: what is chosen, and what was said."""

    go: bool = True
    folder: Path | None = None
    files: list[Path] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    more: list[dict[str, object]] = field(default_factory=list)  # given behind 更多选项, in turn
    seen: list[str] = field(default_factory=list)  # what was shown when that was pressed
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, ...]] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)

    def show(self, title: str, message: Message, buttons: Sequence[str], focus: int = 0) -> int:  # noqa: ARG002
        if MORE in buttons and self.more:
            self.seen.append(message.text())
            return buttons.index(MORE)
        self.buttons.append(tuple(buttons))
        if CANCEL in buttons and self.confirm(title, message.text()):
            return 0
        if CANCEL not in buttons:
            self.told.append(message.text())
        return len(buttons) - 1

    def confirm(self, title: str, text: str) -> bool:  # noqa: ARG002
        self.shown.append(text)
        return self.go

    def wait(
        self,
        title: str,  # noqa: ARG002
        message: Message,
        until: Callable[[], bool],
        copies: str = "",
    ) -> bool:
        self.shown.append(message.text())
        self.copied.append(copies)
        while self.go and not until():
            time.sleep(0.01)
        return self.go

    def ask_options(self, title: str, fields: Sequence[Field]) -> Mapping[str, Any] | None:  # noqa: ARG002
        self.fields = {field.name: field for field in fields}
        held = {field.name: field.value for field in fields}
        return {**held, **self.more.pop(0)}

    def ask_files(self, title: str, kind: tuple[str, str]) -> list[Path]:  # noqa: ARG002
        return self.files

    def ask_folder(self, title: str) -> Path | None:  # noqa: ARG002
        return self.folder

    def ask_new_file(self, title: str, name: str) -> Path | None:  # noqa: ARG002
        return self.folder / name if self.folder else None


@dataclass
class Open:
    """A master open in the program, and what a user does to it by hand."""

    book: xw.Book
    path: Path

    @property
    def master(self) -> Master:
        """What is on screen now: all of it is read here, to be held against what is there later."""
        master = LiveWorkbook(self.book, self.path).master
        dict(master.tables)
        return master

    def type(self, table: str, row: str, name: str, value: str | float | None) -> None:
        sheet = BY_NAME[table].sheet
        cell = self.master.cell(BY_NAME[table], row, name)
        action = {"do": "set", "sheet": sheet, "cell": cell, "value": value}
        self.book.impl.ask("act", actions=[action])

    def protect(self, sheet: str) -> None:
        self.book.impl.ask("protect", sheet=sheet, on=True)

    def is_protected(self, sheet: str) -> bool:
        return bool(self.book.impl.ask("protect", sheet=sheet, on=False))


def open_again(app: xw.App, path: Path) -> Open:
    """The workbook of this file as it is open now: what reshapes a table closes it meanwhile."""
    (book,) = (book for book in app.books if book.fullname == str(path))
    book.set_mock_caller()
    return Open(book, path)


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    with Screen() as screen:
        yield screen


@pytest.fixture(scope="session")
def desk(screen: Screen) -> Iterator[Desk]:
    with Desk(find_programs(), screen.display) as desk:
        yield desk


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the log file goes."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "家"))
    return tmp_path / "家"


@pytest.fixture
def app(desk: Desk) -> Iterator[xw.App]:
    with activated(desk) as app:
        yield app
        for book in list(app.books):
            book.close()


@pytest.fixture
def opened(app: xw.App) -> Callable[[Path], Open]:
    """Open a master and click in it: it is the workbook that calls."""

    def run(path: Path) -> Open:
        book = app.books.open(path)
        book.set_mock_caller()
        return Open(book, path)

    return run


def now() -> Context:
    return Context(dt.datetime.now(), "张三")


def write(path: Path, *cells: tuple[str, str, str, Value]) -> None:
    """The office writes into cells of the file: table, row, field, value."""
    file = WorkbookFile.open(path)
    rows = file.master.tables
    changes = [Change(t, r, f, rows[t][r].get(f), v) for t, r, f, v in cells]
    commit(file, as_lines(changes), now(), "手工填写")


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders with the master and returns: before, during and after a merge, and with mail due."""
    folder = tmp_path_factory.mktemp("stages")
    master = folder / "新" / "总表.xlsx"
    master.parent.mkdir()
    new(master, now(), master_id="live")
    criteria = list(WorkbookFile.open(master).master.rows(CRITERIA))
    write(
        master,
        (CRITERIA.name, criteria[0], "answer", "达成"),
        (CRITERIA.name, criteria[1], "answer", "不知道"),
        (CRITERIA.name, criteria[2], "answer", "达成"),
    )
    shutil.copytree(master.parent, folder / "回收")
    _make_returns(folder / "回收" / "总表.xlsx")
    shutil.copytree(folder / "回收", folder / "催办")
    _have_mail_due(folder / "催办" / "总表.xlsx")
    shutil.copytree(folder / "回收", folder / "冲突")
    after = folder / "冲突" / "总表.xlsx"
    merge(after, [after.parent / "回收件"], now())
    conflicts = WorkbookFile.open(after).master.rows(CONFLICTS)
    assert conflicts
    write(after, *((CONFLICTS.name, key, "choice", THEIRS) for key in conflicts))
    return folder


def _make_returns(master: Path) -> None:
    """Two packs come back; one cell was changed by the office meanwhile."""
    split(master, master.parent / "下发", now(), round_name="第1轮", units=UNITS)
    for unit in UNITS:
        pack = Pack(master.parent / "下发" / f"第1轮_{unit}.xlsx")
        pack.fill(PACK_TASKS.table, 0, {"progress": "已完成", "note": f"=已印发\n{unit}"})
        paper = {"title": "通知", "number": "13.10", "dated": "2016-03-15", "location": "a.pdf"}
        pack.fill(PACK_EVIDENCE.table, 0, paper)
        pack.save(master.parent / "回收件" / f"{unit}.xlsx")
        key = str(pack.column(PACK_TASKS.table, "key")[0])
    rows = WorkbookFile.open(master).master.rows(ASSIGNMENTS)
    assert text(rows[key], "note") == ""
    write(master, (ASSIGNMENTS.name, key, "note", "办公室电话了解：正在起草。"))


def _have_mail_due(master: Path) -> None:
    """The round's date has passed, letters may go out on any day, and where to is known."""
    rows = WorkbookFile.open(master).master
    units = [key for key, row in rows.rows(REGISTRY).items() if text(row, "name") in UNITS]
    write(
        master,
        (SETTINGS.name, "邮件/发件地址", "value", "office@example.com"),
        (SETTINGS.name, "催办/休息日不催", "value", "否"),
        *((ROUNDS.name, key, "due", dt.date(2016, 11, 1)) for key in rows.rows(ROUNDS)),
        *((REGISTRY.name, key, "email", "a@example.com") for key in units),
    )


@pytest.fixture
def stage(stages: Path, tmp_path: Path) -> Callable[..., Path]:
    """A copy of the master at a stage, on a path as users have it."""

    def run(name: str, copy: str = "质量 强市（２０１６）") -> Path:
        folder = tmp_path / copy
        shutil.copytree(stages / name, folder)
        return folder / "总表.xlsx"

    return run
