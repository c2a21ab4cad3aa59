"""Files that are dragged from a folder onto a window."""

import tkinter as tk
from collections.abc import Callable
from pathlib import Path

TakesFiles = Callable[[list[Path]], bool]
_FILES = "DND_Files"


def take_dropped(window: tk.Tk, take: TakesFiles) -> bool:
    """Give `take` what is dropped on a window; False where it can't be taken (no library).

    `take` says whether it takes the files; it is to return at once, since the program from which
    they come waits for it.
    """

    def dropped(data: str) -> str:
        paths = [Path(name) for name in window.tk.splitlist(data)]
        return "copy" if take([path for path in paths if path.exists()]) else "refuse_drop"

    try:
        from tkinterdnd2 import TkinterDnD  # type: ignore[import-untyped]  # it has no stubs

        TkinterDnD._require(window)
        window.tk.call("tkdnd::drop_target", "register", window, _FILES)
    except (ImportError, RuntimeError, tk.TclError):
        return False
    window.tk.call("bind", window, f"<<Drop:{_FILES}>>", f"{window.register(dropped)} %D")
    return True
