"""Files that were copied in the file manager, or whose paths were copied as text."""

import sys
import tkinter as tk
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

_FILES = 15  # CF_HDROP, in which Windows keeps copied files


def copied_paths(window: tk.Misc) -> list[Path]:
    """What the clipboard holds, as far as it is there on disk."""
    with suppress(tk.TclError):
        return paths_in(window.clipboard_get())
    return _copied_in_windows()


def paths_in(text: str) -> list[Path]:
    """The files and folders that a text names, one a line: bare, in quotes, or as an address."""
    return list(dict.fromkeys(path for path in _named(text) if path.exists()))


def _named(text: str) -> Iterator[Path]:
    for line in text.splitlines():
        words = line.strip().strip("\"'“”")
        if words.startswith("file:"):
            words = unquote(urlsplit(words).path)
            words = words.removeprefix("/") if words[2:3] == ":" else words  # /D:/…
        if words and "\0" not in words and Path(words).is_absolute():
            yield Path(words)


def _copied_in_windows() -> list[Path]:
    if sys.platform != "win32":
        return []
    import win32clipboard  # type: ignore[import-untyped]  # Windows alone has it

    try:
        win32clipboard.OpenClipboard()
        try:
            return [Path(name) for name in win32clipboard.GetClipboardData(_FILES)]
        finally:
            win32clipboard.CloseClipboard()
    except Exception:  # another program holds it, or it holds no files
        return []
