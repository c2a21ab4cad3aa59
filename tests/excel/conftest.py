"""A model of Excel with masters open in it, under xlwings' own Windows engine."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from qcity_xl.adapters.excel import session
from qcity_xl.adapters.excel.workbook import LiveWorkbook
from qcity_xl.core.master.model import Master
from tests.excel.attach import activate, windows_engine
from tests.excel.objects import Application, Workbook
from tests.live.conftest import home, stage, stages

__all__ = ["home", "stage", "stages"]

_RUNNING: list[Application] = []


@pytest.fixture(scope="session")
def engine() -> ModuleType:
    return windows_engine(lambda: _RUNNING)


@pytest.fixture
def second(excel: Application) -> Iterator[Application]:
    """Another Excel, behind the one that xlwings finds first."""
    app = Application(hwnd=excel.hwnd + 1)
    _RUNNING.insert(0, app)
    yield app
    _RUNNING.remove(app)


@pytest.fixture
def by_command_line(
    monkeypatch: pytest.MonkeyPatch, engine: ModuleType
) -> Callable[[Application, Workbook], None]:
    """The click comes as the add-in on Windows starts it: by a window's handle and a name."""

    def run(app: Application, book: Workbook) -> None:
        monkeypatch.setattr(xw, "_xlwindows", engine, raising=False)
        system = SimpleNamespace(platform="win32", argv=sys.argv)
        monkeypatch.setattr(xw.main, "sys", system)
        arguments = ["--from_xl=1", "--app=C:\\Excel", f"--hwnd={app.hwnd}"]
        system.argv[:] = [system.argv[0], *arguments]
        monkeypatch.setenv("QCITY_WORKBOOK", book.name)

    monkeypatch.setattr(sys, "argv", ["-c"])
    return run


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits half a minute for someone who is typing."""
    monkeypatch.setattr(session, "_PATIENCE", 0.0)
    monkeypatch.setattr(session, "_PAUSE", 0.0)


@pytest.fixture
def excel(engine: ModuleType) -> Iterator[Application]:
    """A new Excel, the one that xlwings finds."""
    app = Application()
    _RUNNING.append(app)
    activate(engine)
    yield app
    _RUNNING.remove(app)


@dataclass
class Opened:
    """A master open in the model: as xlwings has it and as the model has it."""

    book: xw.Book
    model: Workbook

    @property
    def path(self) -> Path:
        return self.model.path

    def again(self) -> "Opened":
        """The workbook as it is open now: what reshapes a table closes it meanwhile."""
        app = self.model.app
        book = self.book.app.books[self.path.name]
        book.set_mock_caller()
        return Opened(book, next(one for one in app.books if one.path == self.path))

    @property
    def master(self) -> Master:
        """What is on screen now, read whole."""
        master = LiveWorkbook(self.book, self.path).master
        dict(master.tables)
        return master


@pytest.fixture
def opened(excel: Application, engine: ModuleType) -> Iterator[Callable[[Path], Opened]]:
    """Open a master and click in it: it is the workbook that calls."""

    def run(path: Path) -> Opened:
        model = excel.open(path)
        module: Any = engine
        app = xw.App(impl=module.App(xl=module.COMRetryObjectWrapper(excel)))
        book = app.books[path.name]
        book.set_mock_caller()
        return Opened(book, model)

    yield run
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller
