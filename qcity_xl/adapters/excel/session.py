"""The workbook whose ribbon was clicked: found, held, and left as it was if a step fails."""

import atexit
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qcity_xl.adapters.disk import check_permitted
from qcity_xl.adapters.lean import hidden
from qcity_xl.adapters.pace import Pace
from qcity_xl.core.errors import CannotWrite, QcityError

if TYPE_CHECKING:
    import xlwings as xw

T = TypeVar("T")

# What xlwings imports if it finds it, and no button uses; its paid part among it.
_UNUSED = ("pandas", "numpy", "polars", "matplotlib", "plotly", "PIL", "xlwings.pro")
_MOST_TRIES = 200  # of a call that Excel refuses because it is busy: with the pauses ten seconds
_PAUSE = 0.05  # seconds between two of them
_SECONDS_BETWEEN = 0.3
_PATIENCE = 30.0  # seconds that a person may go on typing until settings can be put back
_WORKBOOK = "QCITY_WORKBOOK"  # set by the launcher, see addin/launcher.py


class NoWorkbook(QcityError):
    """No workbook called us, or it is gone."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("没有找到要处理的工作簿。请打开总表，点一下其中任意一格，再点按钮。")


class ProtectedView(QcityError):
    """The master is in a window in which nothing may be edited; to programs it isn't open."""

    def __init__(self) -> None:
        """Say what to press."""
        super().__init__(
            "总表在“受保护的视图”里，读不到它。请先点窗口上方黄条里的“启用编辑”，再点按钮。"
        )


class NeverSaved(QcityError):
    """The workbook has no place on disk."""

    def __init__(self, name: str) -> None:
        """Say what to do."""
        super().__init__(f"“{name}”还没有保存过。请先把它保存到本机的文件夹，再点按钮。")


class InTheCloud(QcityError):
    """The workbook is at an address, not in a folder."""

    def __init__(self, name: str) -> None:
        """Say what to do."""
        super().__init__(
            f"“{name}”在 OneDrive 或 SharePoint 上，本工具要在它旁边放快照和填报表。"
            "请另存到本机的文件夹，从那里打开，再点按钮。"
        )


class AutoSaved(QcityError):
    """Excel stores each edit by itself, and other people's edits come in."""

    def __init__(self, name: str) -> None:
        """Say what to switch off."""
        super().__init__(
            f"“{name}”开着“自动保存”：改动不等您保存就进了文件，别人也可能同时在改。"
            "请关掉标题栏左边的“自动保存”，再点按钮；内容没有改动。"
        )


class ExcelBusy(QcityError):
    """The program does not answer: a cell is being edited, a window is open, or it is gone."""

    def __init__(self, name: str) -> None:
        """Say what to do."""
        super().__init__(
            f"Excel 正忙，读不了“{name}”：可能有格子正在编辑，或开着别的对话框。"
            "请按 Esc 结束编辑、关掉对话框，再点一次；内容没有改动。"
        )


class Patience(int):
    """How often xlwings asks again while Excel is busy, with a pause before each time.

    Its loops have none: 200 tries would be over in a moment. All that they do is to compare their
    count with this number.
    """

    def __gt__(self, tries: int) -> bool:
        """Whether to ask once more."""
        again = int(self) > tries
        if again:
            time.sleep(_PAUSE)
        return again


@contextmanager
def asking(name: str) -> Iterator[None]:
    """Whatever Excel refuses inside raises ExcelBusy; each engine has its own errors."""
    try:
        yield
    except QcityError:
        raise
    except Exception as error:
        raise ExcelBusy(name) from error


def load_xlwings() -> None:
    """Import xlwings without the large libraries that it takes if it finds them."""
    if "xlwings" in sys.modules:
        return
    with hidden(*_UNUSED):
        import xlwings
    windows = getattr(xlwings, "_xlwindows", None)
    if windows is not None and sys.platform == "win32":
        # It would wait for Excel for ever, and at the end stop every Excel without a window.
        windows.N_COM_ATTEMPTS = Patience(_MOST_TRIES)
        atexit.unregister(windows.cleanup)


def caller() -> "xw.Book":
    """The workbook that was in front at the click. Raises NoWorkbook."""
    load_xlwings()
    import xlwings

    if name := os.environ.pop(_WORKBOOK, ""):  # on Windows no command line carries it
        sys.argv.append(f"--wb={name}")
    said = dict(arg.split("=", 1) for arg in sys.argv if arg.startswith("--") and "=" in arg)
    try:
        if "=" in said.get("--wb", ""):
            return _named(said["--wb"], said.get("--hwnd"))
        return xlwings.Book.caller()
    except Exception as error:  # each engine has its own
        missing = isinstance(error, LookupError | StopIteration) or type(error) is Exception
        raise (NoWorkbook() if missing else ExcelBusy("总表")) from error


def _named(name: str, hwnd: str | None) -> "xw.Book":
    """The open workbook of this name, which xlwings would cut at its "="."""
    import xlwings

    apps = [app for app in xlwings.apps if hwnd is None or str(app.hwnd) == hwnd]
    return next(book for app in apps for book in app.books if book.name == name)


def saved_path(book: "xw.Book") -> Path:
    """Where the workbook is saved.

    Raises NeverSaved, ProtectedView, InTheCloud, CannotWrite, ExcelBusy.
    """
    with asking("总表"):
        full = _full_name(book)
    if "://" in full:
        raise InTheCloud(book.name)
    path = Path(full)
    if not path.is_absolute() or not path.exists():
        # With nothing else open, the add-in has made a workbook so that it can be asked for.
        raise ProtectedView if _has_protected_view(book) else NeverSaved(path.name)
    check_permitted(path)
    return path


def _full_name(book: "xw.Book") -> str:
    """The path or address that Excel has for it.

    xlwings would make a folder of an address, which a sheet of the workbook itself may name: then
    snapshots and packs would go beside another file.
    """
    import xlwings

    with suppress(AttributeError):
        return str(book.api.FullName)
    with suppress(AttributeError):  # on a Mac
        return str(book.api.full_name.get())
    try:
        return str(book.fullname)
    except xlwings.XlwingsError as error:  # it can't tell where the cloud keeps the folder here
        raise InTheCloud(book.name) from error


def _has_protected_view(book: "xw.Book") -> bool:
    with suppress(Exception):  # other engines have none
        return bool(book.app.api.ProtectedViewWindows.Count)
    return False


def check_writable(book: "xw.Book") -> None:
    """Raises CannotWrite for a workbook that is open read-only, AutoSaved for one that stores
    itself, as far as the engine can tell.
    """
    if _says(book, "AutoSaveOn"):
        raise AutoSaved(book.name)
    if _says(book, "ReadOnly"):
        why = "它是只读打开的，多半有别人正开着（请等对方关闭后重新打开，或另存一份来用）"
        raise CannotWrite(book.name, why)


def _says(book: "xw.Book", name: str) -> bool:
    with suppress(Exception):  # other engines have other names for it, older Excel has none
        return getattr(book.api, name) is True
    return False


def app_of(book: "xw.Book") -> "xw.App":
    """The Excel that has the workbook open. Raises what the engine raises."""
    import xlwings

    excel: Any = None
    if type(book.impl).__module__ != "xlwings._xlwindows":
        return book.app
    with suppress(Exception):  # of Windows' Excel xlwings would ask for the window as well
        excel = object.__new__(type(book.impl).app.fget.__globals__["App"])
        excel._xl, excel._hwnd, excel._pid = book.impl.xl.Application, None, None
    if excel is None:
        return book.app
    app = object.__new__(xlwings.App)
    app.impl = excel
    return app


def say(app: "xw.App", words: str | None) -> None:
    """Show words in the status bar, or what Excel itself has to say; if it can't, never mind."""
    with suppress(Exception):
        app.status_bar = words or False


def clear_status() -> None:
    """Let the bar of the Excel in front say what Excel itself has to say."""
    with suppress(Exception):
        load_xlwings()
        import xlwings

        if app := xlwings.apps.active:
            say(app, None)


def put_back(app: "xw.App", settings: Mapping[str, object]) -> set[str]:
    """Give Excel these settings again, waiting while it is busy; those that it did not take.

    Each by itself: one that is refused does not keep the others.
    """
    left, end = dict(settings), time.monotonic() + _PATIENCE
    while True:
        for name, value in settings.items():
            with suppress(Exception):
                if name in left:
                    setattr(app, name, value)
                    del left[name]
        if not left or time.monotonic() >= end:
            return set(left)
        time.sleep(_SECONDS_BETWEEN)


@contextmanager
def quiet(app: "xw.App", stuck: set[str]) -> Iterator[None]:
    """No repainting, no calculation, no macros of the user's while cells are written.

    Settings that could not be put back are added to `stuck`.
    """
    wanted = {"screen_updating": False, "enable_events": False, "calculation": "manual"}
    before: dict[str, object] = {}
    try:
        for name, value in wanted.items():
            # Where somebody clicks the screen is drawn: that it isn't lasts as long as a macro.
            was = True if name == "screen_updating" else getattr(app, name)
            setattr(app, name, value)
            before[name] = was
        yield
    finally:
        stuck |= put_back(app, before)


class StatusBar:
    """Progress as Excel shows it, in the form of `steps.report.Progress`.

    After it, whatever happens, the bar is Excel's own again: what the add-in said there before
    Python started goes, too, so that nothing is said to run under the window that tells the end.
    """

    def __init__(self, app: "xw.App") -> None:
        """The bar of this Excel."""
        self._app = app

    def __enter__(self) -> "StatusBar":
        """The bar as it is."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let Excel say what it has to say."""
        say(self._app, None)

    def say(self, words: str) -> None:
        """Show words; if Excel can't, never mind."""
        say(self._app, words)

    def __call__(self, items: Sequence[T], title: str, sizes: Sequence[int] = ()) -> Iterator[T]:
        """The items, one by one; the bar is written a few times a second at most."""
        after, pace = 0.0, Pace(len(items), sizes)
        for number, item in enumerate(items, 1):
            if time.monotonic() >= after:
                left = pace.left(number - 1)
                self.say(f"{title} {pace.place(number)}　{left}".rstrip())
                after = time.monotonic() + _SECONDS_BETWEEN
            yield item
