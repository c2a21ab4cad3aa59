"""What a button asks and tells, in windows of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from qcity_xl.adapters.windows.message import Message, sentence

if TYPE_CHECKING:
    import tkinter as tk

OK, CANCEL, MORE = "确定", "取消", "更多选项"
Show = Callable[[str, Message, Sequence[str]], int]
WORKBOOKS = ("工作簿", "*.xlsx *.xlsm")
DOCUMENTS = (
    "任务分解表",
    "*.docx *.xlsx *.doc *.xls *.wps *.et *.pdf *.csv *.txt *.rtf *.odt *.ods *.html *.htm",
)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing in the window of options.

    `choices` are values with what is shown for each; with `many` any number of them, `all_chosen`
    at first if none means all. Fields of one `group` exclude each other.
    """

    name: str
    label: str
    kind: Literal["flag", "text", "date", "folder", "choice"]
    value: object = None
    choices: tuple[tuple[object, str], ...] = ()
    many: bool = False
    all_chosen: bool = False
    group: str = ""
    hint: str = ""


class Dialogs(Protocol):
    """The questions that buttons have; nothing, or an empty list, is 取消."""

    def show(self, title: str, message: Message, buttons: Sequence[str], focus: int = 0) -> int:
        """The message; which button was pressed, the last one also for closing it."""

    def wait(
        self, title: str, message: Message, until: Callable[[], bool], copies: str = ""
    ) -> bool:
        """The message until something holds; False if the user gave up waiting.

        `copies` is for the clipboard, by a button of its own.
        """

    def ask_options(self, title: str, fields: Sequence[Field]) -> Mapping[str, Any] | None:
        """What each field holds in the end, by name."""

    def ask_files(self, title: str, kind: tuple[str, str]) -> list[Path]:
        """Files that there are."""

    def ask_folder(self, title: str) -> Path | None:
        """A folder."""

    def ask_new_file(self, title: str, name: str) -> Path | None:
        """A file that there may not be."""


def tell(dialogs: Dialogs, title: str, text: str) -> None:
    """Say a sentence, or some."""
    dialogs.show(title, sentence(text), (OK,))


class Windows:
    """The dialogs on screen: in front of Excel, or `over` a window of ours."""

    def __init__(self, elsewhere: Show | None = None, over: "tk.Misc | None" = None) -> None:
        """Where no window can be made, `elsewhere` shows the message."""
        self._elsewhere, self._over = elsewhere, over

    def show(self, title: str, message: Message, buttons: Sequence[str], focus: int = 0) -> int:
        """In a window of ours; where none can be made, elsewhere."""
        try:
            from qcity_xl.adapters.windows import window

            return window.ask(title, message, buttons, focus, self._over)
        except Exception:  # no tkinter in this Python, or no screen for it
            if self._elsewhere is None:
                raise
            return self._elsewhere(title, message, buttons)

    def wait(
        self, title: str, message: Message, until: Callable[[], bool], copies: str = ""
    ) -> bool:
        """In a window of ours that goes by itself; elsewhere 确定 says that it may hold now."""
        try:
            from qcity_xl.adapters.windows import window

            found = window.ask(title, message, (CANCEL,), 0, self._over, until, copies)
        except Exception:  # no tkinter in this Python, or no screen for it
            if self._elsewhere is None:
                raise
            while self._elsewhere(title, message, (OK, CANCEL)) == 0:
                if until():
                    return True
            return False
        return found == window.FREE

    def ask_options(self, title: str, fields: Sequence[Field]) -> Mapping[str, Any] | None:
        """One window with all fields."""
        from qcity_xl.adapters.windows.form import ask_fields

        return ask_fields(title, fields, self._over)

    def ask_files(self, title: str, kind: tuple[str, str]) -> list[Path]:
        """Any number of files of this kind."""
        from tkinter import filedialog

        with self._parent() as parent:
            kinds = [kind, ("全部文件", "*")]
            found = filedialog.askopenfilenames(parent=parent, title=title, filetypes=kinds)
        return [Path(name) for name in found]

    def ask_folder(self, title: str) -> Path | None:
        """One folder."""
        from tkinter import filedialog

        with self._parent() as parent:
            found = filedialog.askdirectory(parent=parent, title=title)
        return Path(found) if found else None

    def ask_new_file(self, title: str, name: str) -> Path | None:
        """One workbook."""
        from tkinter import filedialog

        with self._parent() as parent:
            found = filedialog.asksaveasfilename(
                parent=parent,
                title=title,
                initialfile=name,
                defaultextension=".xlsx",
                filetypes=[WORKBOOKS],
            )
        return Path(found) if found else None

    @contextmanager
    def _parent(self) -> "Iterator[tk.Misc]":
        """What a chooser of files stands over."""
        from qcity_xl.adapters.windows.window import hidden_window

        if self._over is not None:
            yield self._over
        else:
            with hidden_window() as root:
                yield root
