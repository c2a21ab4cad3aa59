"""A message with buttons in a window of its own: in front of Excel, or over a window of ours."""

import sys
import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from tkinter import font as fonts
from tkinter import ttk

from qcity_xl.adapters.windows.message import Message, MessageTable

PRODUCT, DETAILS, COPY = "质量强市", "全部明细", "复制代码"
FREE = -1  # what `ask` gives where what it waited for came true
_LOOKS_EVERY = 500  # ms
Root = tk.Tk | tk.Toplevel
_FAMILY = {"win32": "Microsoft YaHei UI", "darwin": "PingFang SC"}.get(
    sys.platform, "Noto Sans CJK SC"
)
POINTS = 13 if sys.platform == "darwin" else 10  # a point is a pixel there
INK, FAINT, PAPER, BRAND, RED = "#1f2933", "#5f6b7a", "#ffffff", "#1f3a5f", "#a32020"
_WIDEST, _NARROWEST = 48, 22  # characters in a line
_MOST_LINES = 18
_WIDEST_COLUMNS = 30  # characters before the last column; wider rows are written as sentences
_SCROLLS = {
    "Up": (-1, "units"),
    "Down": (1, "units"),
    "Prior": (-1, "pages"),
    "Next": (1, "pages"),
}


@contextmanager
def hidden_window(over: tk.Misc | None = None) -> Iterator[Root]:
    """A window that is not shown yet; over another one, that can't be used until it is answered."""
    window: Root = new_root() if over is None else tk.Toplevel(over)
    try:
        window.withdraw()
        if over is None:
            window.attributes("-topmost", True)  # Excel is another program
        else:
            window.transient(over.winfo_toplevel())
        yield window
    finally:
        window.destroy()


def new_root() -> tk.Tk:
    """A first window, sharp and in a font with Chinese."""
    if sys.platform == "win32":
        import ctypes

        with suppress(OSError, AttributeError):  # before Windows 8.1
            # Of the system, not of each monitor: Tk would not follow from one to another.
            ctypes.windll.shcore.SetProcessDpiAwareness(1)
    root = tk.Tk(className="Qcity")
    for name in ("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont"):
        fonts.nametofont(name, root).configure(family=_FAMILY, size=POINTS)
    if root.tk.call("tk", "windowingsystem") == "x11":
        ttk.Style(root).theme_use("clam")
    root.iconphoto(True, _icon(root))
    return root


def ask(
    title: str,
    message: Message,
    buttons: Sequence[str],
    focus: int = 0,
    over: tk.Misc | None = None,
    until: Callable[[], bool] | None = None,
    copies: str = "",
) -> int:
    """Which button was pressed; Esc and closing the window are the last one.

    The window goes by itself, with FREE, once `until` holds. `copies` goes to the clipboard by a
    button that has the focus and leaves the window as it is.
    """
    pressed = [len(buttons) - 1]
    with hidden_window(over) as root:

        def press(number: int) -> None:
            pressed[0] = number
            root.quit()

        paper = _Paper(root, message)
        row = ttk.Frame(root, padding=POINTS)
        made = button_row(row, buttons, press)
        if message.details:
            paper.offer_details(row)
        first = made[focus]
        if copies:
            (first,) = button_row(row, (COPY,), lambda _: _copied(root, copies))
            first.pack_configure(side="left")
        row.pack(fill="x", side="bottom")
        paper.frame.pack(fill="both", expand=True)
        if until is not None:
            _watch(root, until, lambda: press(FREE))
        show(root, title, first, lambda: press(len(buttons) - 1))
    return pressed[0]


def _copied(root: Root, words: str) -> None:
    root.clipboard_clear()
    root.clipboard_append(words)


def _watch(root: Root, until: Callable[[], bool], then: Callable[[], None]) -> None:
    """Look again and again; what waits goes with its window."""
    if until():
        then()
    else:
        root.after(_LOOKS_EVERY, _watch, root, until, then)


def show(root: Root, title: str, first: tk.Widget, close: Callable[[], None]) -> None:
    """Bring a window to the front and wait until it is answered; Esc and closing call `close`."""
    root.title(f"{title} - {PRODUCT}")

    def enter(_: object) -> None:
        chosen = root.focus_lastfor()
        if isinstance(chosen, ttk.Button):
            chosen.invoke()
        elif isinstance(first, ttk.Button):
            first.invoke()

    root.bind("<Return>", enter)
    root.bind("<KP_Enter>", enter)
    root.bind("<Escape>", lambda _: close())
    root.protocol("WM_DELETE_WINDOW", close)
    root.tk.eval(f"tk::PlaceWindow {root} {_place(root)}")
    root.minsize(root.winfo_reqwidth(), min(root.winfo_reqheight(), 240))
    first.focus_set()  # a key that comes before the window is in front finds it
    root.deiconify()
    root.lift()
    if root.master is not None:
        root.wait_visibility()
        root.grab_set()
    first.focus_force()
    root.mainloop()


def _place(root: Root) -> str:
    """In the middle of the screen, or of the window that it belongs to."""
    return "center" if root.master is None else f"widget {root.master.winfo_toplevel()}"


def button_row(
    row: ttk.Frame, labels: Sequence[str], press: Callable[[int], None]
) -> list[ttk.Button]:
    """Buttons side by side at the right; only the one with the focus has a frame."""
    made = []
    for number, label in enumerate(labels):
        button = ttk.Button(row, text=label, width=max(9, 2 * len(label)))
        button.configure(command=lambda n=number: press(n))  # type: ignore[misc]  # binds the loop's value
        button.bind("<FocusIn>", lambda e: e.widget.configure(default="active"))
        button.bind("<FocusOut>", lambda e: e.widget.configure(default="normal"))
        button.bind("<Left>", lambda e: give_focus(e.widget.tk_focusPrev()))
        button.bind("<Right>", lambda e: give_focus(e.widget.tk_focusNext()))
        made.append(button)
    for button in reversed(made):
        button.pack(side="right", padx=(POINTS // 2, 0))
    return made


def give_focus(widget: tk.Misc | None) -> None:
    """To a widget, if there is one."""
    if widget is not None:
        widget.focus_set()


def _icon(root: tk.Tk) -> tk.PhotoImage:
    """Three bars, each higher than the one before."""
    icon = tk.PhotoImage(master=root, width=32, height=32)
    icon.put(BRAND, to=(0, 0, 32, 32))
    for left, top in ((6, 18), (13, 12), (20, 6)):
        icon.put(PAPER, to=(left, top, left + 5, 26))
    return icon


class _Paper:
    """The message on white; what does not fit can be scrolled."""

    def __init__(self, root: Root, message: Message) -> None:
        self._root, self._message = root, message
        self._font = fonts.nametofont("TkDefaultFont", root)
        self._wide = wide = self._font.measure("国")
        self.frame = tk.Frame(root, background=PAPER, padx=2 * wide, pady=wide)
        self._body = self._text()
        width = self._fill(message.blocks)
        bold = fonts.Font(root, font=self._font)
        bold.configure(weight="bold", size=POINTS + 2)
        if message.head:
            self._label(message.head, bold, INK, width).pack(side="top", fill="x")
        if message.note:
            self._label(message.note, self._font, FAINT, width).pack(side="bottom", fill="x")
        self._bar = ttk.Scrollbar(self.frame, command=self._body.yview)
        self._body.configure(yscrollcommand=self._bar.set)
        self._body.pack(side="left", fill="both", expand=True, pady=wide // 2)
        if self._lines > _MOST_LINES:
            self._bar.pack(side="right", fill="y")
        for key, (number, what) in _SCROLLS.items():
            root.bind(f"<{key}>", lambda _, n=number, w=what: self._body.yview_scroll(n, w))  # type: ignore[misc]  # binds the loop's values
        root.bind("<Home>", lambda _: self._body.yview_moveto(0))
        root.bind("<End>", lambda _: self._body.yview_moveto(1))
        root.bind("<Control-c>", lambda _: self._copy())

    def offer_details(self, row: ttk.Frame) -> None:
        """A button by which all rows are shown."""

        def unfold() -> None:
            self._fill(self._message.details)
            self._bar.pack(side="right", fill="y")
            give_focus(button.tk_focusPrev())
            button.destroy()

        (button,) = button_row(row, (DETAILS,), lambda _: unfold())
        button.pack_configure(side="left")

    def _copy(self) -> None:
        _copied(self._root, self._message.text(whole=True))

    def _label(self, words: str, style: fonts.Font, colour: str, width: int) -> tk.Label:
        made = tk.Label(self.frame, text=words, font=style, foreground=colour, background=PAPER)
        wrap = max(width, _NARROWEST * self._wide)
        made.configure(anchor="w", justify="left", wraplength=wrap)
        return made

    def _text(self) -> tk.Text:
        body = tk.Text(self.frame, font=self._font, wrap="char", cursor="arrow", background=PAPER)
        body.configure(foreground=INK, relief="flat", borderwidth=0, highlightthickness=0)
        body.configure(spacing1=self._wide // 6, spacing3=self._wide // 6, takefocus=False)
        body.tag_configure("label", foreground=FAINT)
        return body

    def _fill(self, blocks: Sequence[MessageTable]) -> int:
        """Write the blocks in place of what is there: how many pixels wide they are."""
        body = self._body
        body.configure(state="normal")
        body.delete("1.0", "end")
        sizes = [self._write(block) for block in blocks if block.rows]
        body.delete("end - 1 char")  # the last line's end would be an empty line
        width = max((w for w, _ in sizes), default=0)
        self._lines = sum(lines for _, lines in sizes)
        body.configure(width=-(-width // self._font.measure("0")) + 1, state="disabled")
        body.configure(height=min(self._lines, _MOST_LINES))
        return width

    def _write(self, block: MessageTable) -> tuple[int, int]:
        """Add a block: how many pixels wide and how many lines high it is on screen."""
        wide, body = self._wide, self._body
        margin = wide if block.title else 0
        if block.title:
            body.insert("end", f"{block.title}：\n", "label")
        stops = self._stops(block, margin)
        rows = block.rows if stops else tuple(("  ".join(filter(None, r)),) for r in block.rows)
        left = stops[-1] if stops else margin
        tag = f"block{body.index('end')}"
        body.tag_configure(tag, tabs=stops, lmargin1=margin, lmargin2=left)
        width, lines = 0, 1 if block.title else 0
        for row in rows:
            first, *others = row
            labels = (tag, "label") if block.labelled and stops else (tag,)
            body.insert("end", first, labels)
            body.insert("end", "".join(f"\t{cell}" for cell in others) + "\n", tag)
            words, room = self._font.measure(row[-1]), _WIDEST * wide - left
            width = max(width, left + min(words, room))
            lines += max(1, -(-words // room))
        return width, lines

    def _stops(self, block: MessageTable, margin: int) -> tuple[int, ...]:
        """Where the columns after the first begin; none for rows that are written as sentences."""
        columns = list(zip(*block.rows, strict=True))[:-1]
        widths = [max(map(self._font.measure, cells)) + self._wide // 2 for cells in columns]
        if sum(widths) > _WIDEST_COLUMNS * self._wide:
            return ()
        return tuple(margin + sum(widths[: n + 1]) for n in range(len(widths)))
