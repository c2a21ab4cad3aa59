"""The window of buttons: the master at the top, groups as in the ribbon, what goes on below."""

import gc
import sys
import threading
import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tkinter import font as fonts
from tkinter import ttk
from typing import Any, TypeVar

from qcity_xl.adapters.windows.dropped import take_dropped
from qcity_xl.adapters.windows.window import FAINT, INK, PRODUCT, RED, give_focus

T = TypeVar("T")
_LOOKS_EVERY = 100  # ms
_CHOOSE, _OPEN = ("选择…", "O"), ("打开总表", "K")
_ARROWS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
_ALT = {"win32": 0x20000, "aqua": 0x10}  # as Tk reports the key; elsewhere it is Mod1
_TWO_LINES = "\n"
_NOTHING = "还没有选总表：点“选择…”选一份，或点“新建总表”。"


@dataclass(frozen=True, slots=True)
class Key:
    """A button: what it is called, the letters after Alt, and what is said of it."""

    name: str
    label: str
    letters: str
    tip: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class Calls:
    """What the window reports: a button, a master chosen anew or from the list, to be shown; that
    files are to be pasted, or were dropped.
    """

    press: Callable[[str], None]
    choose: Callable[[], None]
    pick: Callable[[Path], None]
    show: Callable[[], None]
    paste: Callable[[], None]
    take: Callable[[Sequence[Path]], None]


class Panel:
    """The window; all of it is called from its own thread."""

    def __init__(
        self, root: tk.Tk, groups: Sequence[tuple[str, Sequence[Key]]], calls: Calls
    ) -> None:
        """Not shown yet."""
        self.root, self._calls = root, calls
        self._wide = fonts.nametofont("TkDefaultFont", root).measure("国")
        self._masters: list[Path] = []
        self._letters: dict[str, Callable[[], None]] = {}
        self._refused: dict[str, str] = {}  # button -> why it can't be pressed now
        self._typed = ""
        self._working = self._stopped = False
        self._words = tk.StringVar(root)
        bold = fonts.Font(root, font=fonts.nametofont("TkDefaultFont", root))
        bold.configure(weight="bold")
        ttk.Style(root).configure("First.TButton", font=bold)
        frame = ttk.Frame(root, padding=self._wide)
        frame.pack(fill="both", expand=True)
        self._top(frame)
        self._buttons = self._grid(frame, groups)
        self._bottom(frame)
        self._keys()

    # -- what is shown

    def masters(self, paths: Sequence[Path]) -> None:
        """Those to choose from; the first is the one at hand."""
        self._masters = list(paths)
        self._box.configure(values=[f"{path.name}　{_short(path.parent)}" for path in paths])
        if paths:
            self._box.current(0)

    def state(self, words: str, *, warns: bool = False) -> None:
        """What there is to know of the master."""
        self._state.configure(text=words or _NOTHING, foreground=RED if warns else FAINT)

    def allow(self, refused: Callable[[str], str]) -> None:
        """Which buttons can be pressed: those for which there is no reason why not."""
        for name, button in self._buttons.items():
            self._refused[name] = refused(name)
            barred = self._refused[name] or self._working
            button.state(["disabled" if barred else "!disabled"])
        for button in (self._choose, self._open):
            button.state(["disabled" if self._working else "!disabled"])
        self._box.state(["disabled" if self._working else "!disabled"])

    def focus(self, name: str) -> None:
        """The keyboard is at this button again."""
        self.root.focus_force()
        give_focus(self._buttons.get(name))

    def run(self) -> None:
        """Show it until it is closed."""
        self.root.title(PRODUCT)
        self.root.update_idletasks()
        self.root.minsize(self.root.winfo_reqwidth(), self.root.winfo_reqheight())
        self.root.tk.eval(f"tk::PlaceWindow {self.root} center")
        self.root.protocol("WM_DELETE_WINDOW", self._close)
        self.root.deiconify()
        give_focus(next(iter(self._buttons.values())))
        self.root.mainloop()

    # -- work

    def work(
        self, task: Callable[[], T], said: Callable[[], tuple[str, int, int]], *, stops: bool
    ) -> T:
        """What the task gives; it runs beside the window, which shows how far it `said` it is.

        With `stops` the user may ask it to end: `stopped` says so.
        """
        found: list[T] = []
        failed: list[BaseException] = []

        def carry_out() -> None:
            try:
                found.append(task())
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=carry_out, daemon=True)
        self._stopped = False

        def look() -> None:
            words, at, of = said()
            self._bar.configure(value=at / of if of else 0)
            self._words.set(words)
            if thread.is_alive():
                self.root.after(_LOOKS_EVERY, look)
            else:
                self.root.quit()  # the loop below, not that of the window

        gc.collect()  # or remains of windows would be taken away in the other thread
        thread.start()
        self._bar.grid()
        if stops:
            self._stop.grid()
        self.root.after_idle(look)
        self.root.mainloop()
        self._stop.grid_remove()
        self._bar.grid_remove()
        self._bar.configure(value=0)
        self._words.set("")
        if failed:
            raise failed[0]
        return found[0]

    @property
    def stopped(self) -> bool:
        """Whether 停止 was pressed; asked from the thread of the task."""
        return self._stopped

    @property
    def working(self) -> bool:
        """Whether a button is being carried out."""
        return self._working

    @working.setter
    def working(self, working: bool) -> None:
        self._working = working

    # -- making it

    def _top(self, frame: ttk.Frame) -> None:
        row = ttk.Frame(frame)
        row.pack(fill="x")
        ttk.Label(row, text="总表").pack(side="left", padx=(0, self._wide // 2))
        self._box = ttk.Combobox(row, state="readonly", height=8)
        self._box.pack(side="left", fill="x", expand=True)
        self._box.bind("<<ComboboxSelected>>", lambda _: self._picked())
        self._choose = self._small(row, _CHOOSE, self._calls.choose)
        self._open = self._small(row, _OPEN, self._calls.show)
        self._state = ttk.Label(frame, anchor="w", foreground=FAINT)
        self._state.pack(fill="x", pady=(self._wide // 4, self._wide // 2))

    def _small(
        self, row: ttk.Frame, words: tuple[str, str], call: Callable[[], None]
    ) -> ttk.Button:
        label, letter = words
        button = ttk.Button(row, text=f"{label}({letter})", command=call)
        button.pack(side="left", padx=(self._wide // 2, 0))
        button.bind("<Return>", lambda _: button.invoke())
        self._letters[letter] = button.invoke
        return button

    def _grid(
        self, frame: ttk.Frame, groups: Sequence[tuple[str, Sequence[Key]]]
    ) -> Mapping[str, ttk.Button]:
        row = ttk.Frame(frame)
        row.pack(fill="both", expand=True)
        made: dict[str, ttk.Button] = {}
        places: dict[tuple[int, int], ttk.Button] = {}
        for column, (title, keys) in enumerate(groups):
            box = ttk.LabelFrame(row, text=title, padding=self._wide // 2)
            box.grid(row=0, column=column, sticky="nsew", padx=(0 if column == 0 else 6, 0))
            row.columnconfigure(column, weight=1)
            for line, key in enumerate(keys):
                made[key.name] = places[column, line] = self._button(box, key)
        for place, button in places.items():
            for arrow, step in _ARROWS.items():
                there = _beside(places, place, step)
                button.bind(f"<{arrow}>", lambda _, to=there: give_focus(to))  # type: ignore[misc]  # binds the loop's value
        return made

    def _button(self, box: ttk.LabelFrame, key: Key) -> ttk.Button:
        style = "First.TButton" if key.first else "TButton"
        text = f"{key.label}({key.letters})"
        button = ttk.Button(box, text=text, style=style, width=2 * len(key.label) + 6)
        button.configure(command=lambda: self._calls.press(key.name))
        button.pack(fill="x", pady=2)
        for event in ("<Enter>", "<FocusIn>"):
            button.bind(event, lambda _: self._tell_of(key), add=True)
        button.bind("<Return>", lambda _: button.invoke())
        button.bind("<KP_Enter>", lambda _: button.invoke())
        button.bind("<FocusIn>", lambda _: button.configure(default="active"), add=True)
        button.bind("<FocusOut>", lambda _: button.configure(default="normal"))
        self._letters[key.letters] = button.invoke
        return button

    def _tell_of(self, key: Key) -> None:
        self._tip.configure(text=f"{self._refused.get(key.name, '')}{key.tip}{_TWO_LINES}")

    def _bottom(self, frame: ttk.Frame) -> None:
        self._tip = ttk.Label(frame, anchor="nw", justify="left", foreground=INK)
        self._tip.configure(wraplength=self._wide * 50, text=_TWO_LINES)
        self._tip.pack(fill="x", pady=self._wide // 2)
        drag = "拖到这里；或" if take_dropped(self.root, self._dropped) else ""
        paste = f"收到的填报表：{drag}在文件夹里复制，到这里按 Ctrl+V；或点“合并回收”选文件。"
        ttk.Label(frame, text=paste, anchor="w", foreground=FAINT).pack(fill="x")
        row = ttk.Frame(frame)
        row.pack(fill="x", pady=(self._wide // 2, 0))
        row.columnconfigure(1, weight=1)
        self._bar = ttk.Progressbar(row, maximum=1, length=self._wide * 12)
        self._bar.grid(row=0, column=0)
        said = ttk.Label(row, textvariable=self._words, anchor="w", foreground=INK)
        said.grid(row=0, column=1, sticky="ew", padx=self._wide // 2)
        self._stop = ttk.Button(row, text="停止(Esc)", command=self._ask_to_stop)
        self._stop.grid(row=0, column=2)
        row.rowconfigure(0, minsize=self._stop.winfo_reqheight())  # nothing moves when they come
        self._bar.grid_remove()
        self._stop.grid_remove()

    # -- keys

    def _keys(self) -> None:
        self.root.bind("<Key>", self._key)
        self.root.bind("<Escape>", lambda _: self._ask_to_stop())
        self.root.bind("<F1>", lambda _: self._calls.press("manual"))
        for keys in ("<Control-v>", "<Control-V>"):
            self.root.bind(keys, lambda _: self._pasted())

    def _key(self, event: "tk.Event[Any]") -> str | None:
        """Alt and the letters of a button, one after the other, as in the ribbon."""
        letter = event.keysym.upper()
        alt = int(event.state) & _ALT.get(self.root.tk.call("tk", "windowingsystem"), 0x8)
        if len(letter) != 1 or not letter.isalpha() or not (alt or self._typed):
            if len(letter) == 1:
                self._typed = ""
            return None
        known = [self._typed + letter, letter]
        self._typed = next((t for t in known if any(k.startswith(t) for k in self._letters)), "")
        if self._typed in self._letters:
            call, self._typed = self._letters[self._typed], ""
            self.root.after_idle(call)
        return "break"

    def _ask_to_stop(self) -> None:
        if self._stop.winfo_ismapped():
            self._stopped = True
            self._words.set("正在停止……")

    def _pasted(self) -> None:
        if not self._working:
            self._calls.paste()

    def _dropped(self, paths: Sequence[Path]) -> bool:
        if self._working or not paths:
            return False
        self.root.after_idle(self._calls.take, paths)
        return True

    def _picked(self) -> None:
        self._calls.pick(self._masters[self._box.current()])

    def _close(self) -> None:
        if self._working:  # what is being written is written whole first
            self.root.bell()
        else:
            self.root.quit()


def _short(folder: Path) -> str:
    """As people here write folders of their own."""
    home = Path.home()
    if sys.platform == "win32" or not folder.is_relative_to(home):
        return str(folder)
    return f"~/{folder.relative_to(home)}"


def _beside(
    places: Mapping[tuple[int, int], ttk.Button], place: tuple[int, int], step: tuple[int, int]
) -> ttk.Button | None:
    """The button in that direction; in a shorter group its last one."""
    column, line = place[0] + step[0], place[1] + step[1]
    lines = [at[1] for at in places if at[0] == column]
    if not lines or line < 0 or (step[1] and line not in lines):
        return None
    return places[column, min(line, max(lines))]
