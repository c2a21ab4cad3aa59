"""What a button asks and tells, in windows of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from qcity_xl.adapters.excel import load_xlwings

if TYPE_CHECKING:
    import tkinter as tk

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

        with _root() as root:
            kinds = [kind, ("全部文件", "*")]
            found = filedialog.askopenfilenames(parent=root, title=title, filetypes=kinds)
        return [Path(name) for name in found]

    def ask_folder(self, title: str) -> Path | None:
        """One folder."""
        from tkinter import filedialog

        with _root() as root:
            found = filedialog.askdirectory(parent=root, title=title)
        return Path(found) if found else None

    def ask_new_file(self, title: str, name: str) -> Path | None:
        """One workbook."""
        from tkinter import filedialog

        with _root() as root:
            found = filedialog.asksaveasfilename(
                parent=root,
                title=title,
                initialfile=name,
                defaultextension=".xlsx",
                filetypes=[WORKBOOKS],
            )
        return Path(found) if found else None


@contextmanager
def _root() -> "Iterator[tk.Tk]":
    import tkinter as tk

    root = tk.Tk()
    root.withdraw()
    root.attributes("-topmost", True)
    try:
        yield root
    finally:
        root.destroy()


def _show(title: str, text: str, buttons: Sequence[str]) -> int:
    """Which button was pressed; where no window can be made, Excel shows the text."""
    try:
        return _window(title, text, buttons)
    except Exception:  # no tkinter in this Python, or no screen for it
        load_xlwings()
        import xlwings

        app = xlwings.apps.active
        kind = "ok_cancel" if len(buttons) > 1 else "ok"
        pressed = app.alert(text[:_ALERT], title, kind) if app else "cancel"
        return 0 if pressed == "ok" else len(buttons) - 1


def _window(title: str, text: str, buttons: Sequence[str]) -> int:
    """Which button was pressed; closing the window is the last one."""
    import tkinter as tk
    from tkinter import scrolledtext, ttk

    pressed = [len(buttons) - 1]
    with _root() as root:

        def press(number: int) -> None:
            pressed[0] = number
            root.quit()

        root.title(title)
        lines = text.count("\n") + len(text) // 40 + 1
        shown = scrolledtext.ScrolledText(root, width=80, height=min(24, lines + 1), wrap=tk.WORD)
        shown.insert("1.0", text)
        shown.configure(state="disabled")
        shown.pack(fill="both", expand=True, padx=12, pady=12)
        row = ttk.Frame(root)
        row.pack(pady=(0, 12))
        for number, label in enumerate(buttons):
            button = ttk.Button(row, text=label, command=lambda n=number: press(n))  # type: ignore[misc]
            button.pack(side="left", padx=6)
            if number == 0:
                button.focus_set()
        root.bind("<Return>", lambda _: press(0))
        root.bind("<Escape>", lambda _: press(len(buttons) - 1))
        root.protocol("WM_DELETE_WINDOW", lambda: press(len(buttons) - 1))
        root.deiconify()
        root.lift()
        root.mainloop()
    return pressed[0]
