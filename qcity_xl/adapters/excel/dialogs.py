"""What a button asks and tells, in windows of its own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from qcity_xl.adapters.excel.session import load_xlwings

_ALERT = 1000  # characters that a message box of Excel shows
WORKBOOKS, DOCUMENTS = ("工作簿", "*.xlsx *.xlsm"), ("Word 或文本", "*.docx *.txt")


class Dialogs(Protocol):
    """The questions that buttons have; nothing, or an empty list, is 取消."""

    def confirm(self, title: str, text: str) -> bool:
        """Whether to go on: 执行 or 取消."""

    def tell(self, title: str, text: str) -> None:
        """Say something."""

    def ask_files(self, title: str, kind: tuple[str, str]) -> list[Path]:
        """Files that there are."""

    def ask_folder(self, title: str) -> Path | None:
        """A folder."""

    def ask_new_file(self, title: str, name: str) -> Path | None:
        """A file that there may not be."""


class Windows:
    """The dialogs on screen, in front of Excel."""

    def confirm(self, title: str, text: str) -> bool:
        """The preview with 执行 (Enter) and 取消 (Esc)."""
        return _show(title, text, ("执行", "取消")) == 0

    def tell(self, title: str, text: str) -> None:
        """The text with 确定."""
        _show(title, text, ("确定",))

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


def _show(title: str, text: str, buttons: Sequence[str]) -> int:
    """Which button was pressed; where no window can be made, Excel shows the text."""
    try:
        from qcity_xl.adapters.excel import window

        return window.ask(title, text, buttons)
    except Exception:  # no tkinter in this Python, or no screen for it
        load_xlwings()
        import xlwings

        app = xlwings.apps.active
        kind = "ok_cancel" if len(buttons) > 1 else "ok"
        pressed = app.alert(text[:_ALERT], title, kind) if app else "cancel"
        return 0 if pressed == "ok" else len(buttons) - 1
