"""What a button asks and tells, in windows of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from qcity_xl.adapters.excel.message import Message, sentence
from qcity_xl.adapters.excel.session import load_xlwings

OK, CANCEL, MORE = "确定", "取消", "更多选项"
_ALERT = 1000  # characters that a message box of Excel shows
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
    """The dialogs on screen, in front of Excel."""

    def show(self, title: str, message: Message, buttons: Sequence[str], focus: int = 0) -> int:
        """In a window of ours; where none can be made, Excel shows the text."""
        try:
            from qcity_xl.adapters.excel import window

            return window.ask(title, message, buttons, focus)
        except Exception:  # no tkinter in this Python, or no screen for it
            load_xlwings()
            import xlwings

            app = xlwings.apps.active
            kind = "ok_cancel" if CANCEL in buttons else "ok"
            pressed = app.alert(message.text()[:_ALERT], title, kind) if app else "cancel"
            return 0 if pressed == "ok" and CANCEL in buttons else len(buttons) - 1

    def ask_options(self, title: str, fields: Sequence[Field]) -> Mapping[str, Any] | None:
        """One window with all fields."""
        from qcity_xl.adapters.excel.form import ask_fields

        return ask_fields(title, fields)

    def ask_files(self, title: str, kind: tuple[str, str]) -> list[Path]:
        """Any number of files of this kind."""
        from tkinter import filedialog

        from qcity_xl.adapters.excel.window import hidden_root

        with hidden_root() as root:
            kinds = [kind, ("全部文件", "*")]
            found = filedialog.askopenfilenames(parent=root, title=title, filetypes=kinds)
        return [Path(name) for name in found]

    def ask_folder(self, title: str) -> Path | None:
        """One folder."""
        from tkinter import filedialog

        from qcity_xl.adapters.excel.window import hidden_root

        with hidden_root() as root:
            found = filedialog.askdirectory(parent=root, title=title)
        return Path(found) if found else None

    def ask_new_file(self, title: str, name: str) -> Path | None:
        """One workbook."""
        from tkinter import filedialog

        from qcity_xl.adapters.excel.window import hidden_root

        with hidden_root() as root:
            found = filedialog.asksaveasfilename(
                parent=root,
                title=title,
                initialfile=name,
                defaultextension=".xlsx",
                filetypes=[WORKBOOKS],
            )
        return Path(found) if found else None
