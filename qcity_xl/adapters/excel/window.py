"""A text with buttons in a window of its own, in front of Excel."""

import sys
import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from tkinter import font as fonts
from tkinter import ttk

PRODUCT = "质量强市"
_FAMILY = {"win32": "Microsoft YaHei UI", "darwin": "PingFang SC"}.get(
    sys.platform, "Noto Sans CJK SC"
)
_POINTS = 13 if sys.platform == "darwin" else 10  # a point is a pixel there
_INK, _FAINT, _PAPER, _BRAND = "#1f2933", "#5f6b7a", "#ffffff", "#1f3a5f"
_WIDEST, _NARROWEST = 48, 22  # characters in a line
_MOST_LINES = 18
_LONGEST_LABEL = 20  # characters before a colon that still make a column


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the body: in front of `words` the label, if its block has a column of them."""

    indent: int
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Message:
    """A text as it is shown: what it is about, the lines, and a remark at the end."""

    head: str
    blocks: tuple[tuple[Line, ...], ...]
    note: str


def parse_message(text: str) -> Message:
    """Head and note are a first and a last paragraph of one line each, if there are three."""
    parts = text.strip().split("\n\n")
    head, note = "", ""
    if len(parts) > 2 and "\n" not in parts[0] + parts[-1]:
        head, *parts, note = parts
    lines = [line for part in parts for line in part.split("\n")]
    blocks = groupby(lines, key=_indent)
    return Message(head, tuple(_block(indent, list(block)) for indent, block in blocks), note)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block(indent: int, lines: list[str]) -> tuple[Line, ...]:
    """Lines of one indent; with labels where two of them or more have one."""
    cut = [line.strip().partition("：") for line in lines]
    labelled = [bool(rest) and len(label) <= _LONGEST_LABEL for label, _, rest in cut]
    column = sum(labelled) > 1
    return tuple(
        Line(indent, f"{label}：", rest) if column and has else Line(indent, "", line.strip())
        for has, (label, _, rest), line in zip(labelled, cut, lines, strict=True)
    )


@contextmanager
def hidden_root() -> Iterator[tk.Tk]:
    """A window that is not shown yet, sharp and in a font with Chinese."""
    if sys.platform == "win32":
        import ctypes

        with suppress(OSError, AttributeError):  # before Windows 8.1
            # Of the system, not of each monitor: Tk would not follow from one to another.
            ctypes.windll.shcore.SetProcessDpiAwareness(1)
    root = tk.Tk()
    try:
        root.withdraw()
        root.attributes("-topmost", True)
        for name in ("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont"):
            fonts.nametofont(name, root).configure(family=_FAMILY, size=_POINTS)
        if root.tk.call("tk", "windowingsystem") == "x11":
            ttk.Style(root).theme_use("clam")
        yield root
    finally:
        root.destroy()


def ask(title: str, text: str, buttons: Sequence[str]) -> int:
    """Which button was pressed; Esc and closing the window are the last one."""
    pressed = [len(buttons) - 1]
    with hidden_root() as root:

        def press(number: int) -> None:
            pressed[0] = number
            root.quit()

        root.title(f"{title} - {PRODUCT}")
        icon = _icon(root)
        root.iconphoto(True, icon)
        _paper(root, parse_message(text)).pack(fill="both", expand=True)
        first = _buttons(root, buttons, press)

        def enter(_: object) -> None:
            chosen = root.focus_lastfor()
            (chosen if isinstance(chosen, ttk.Button) else first).invoke()

        root.bind("<Return>", enter)
        root.bind("<KP_Enter>", enter)
        root.bind("<Escape>", lambda _: press(len(buttons) - 1))
        root.protocol("WM_DELETE_WINDOW", lambda: press(len(buttons) - 1))
        root.eval("tk::PlaceWindow . center")
        root.minsize(root.winfo_reqwidth(), min(root.winfo_reqheight(), 240))
        first.focus_set()  # a key that comes before the window is in front finds it
        root.deiconify()
        root.lift()
        first.focus_force()
        root.mainloop()
    return pressed[0]


def _icon(root: tk.Tk) -> tk.PhotoImage:
    """Three bars, each higher than the one before."""
    icon = tk.PhotoImage(master=root, width=32, height=32)
    icon.put(_BRAND, to=(0, 0, 32, 32))
    for left, top in ((6, 18), (13, 12), (20, 6)):
        icon.put(_PAPER, to=(left, top, left + 5, 26))
    return icon


def _buttons(root: tk.Tk, labels: Sequence[str], press: Callable[[int], None]) -> ttk.Button:
    """The row of buttons below, of which the first is returned."""
    row = ttk.Frame(root, padding=_POINTS)
    row.pack(fill="x", side="bottom", before=root.winfo_children()[0])
    made = []
    for number, label in enumerate(labels):
        button = ttk.Button(row, text=label, width=9, command=lambda n=number: press(n))  # type: ignore[misc]  # a default binds the loop's value
        made.append(button)
    for button in reversed(made):
        button.pack(side="right", padx=(_POINTS // 2, 0))
    made[0].configure(default="active")
    return made[0]


def _paper(root: tk.Tk, message: Message) -> tk.Frame:
    """The text on white; what does not fit can be scrolled."""
    font = fonts.nametofont("TkDefaultFont", root)
    bold = fonts.Font(root, font=font)
    bold.configure(weight="bold", size=_POINTS + 2)
    wide = font.measure("国")
    paper = tk.Frame(root, background=_PAPER, padx=2 * wide, pady=wide)
    body = tk.Text(paper, font=font, wrap="char", cursor="arrow", background=_PAPER)
    body.configure(foreground=_INK, relief="flat", borderwidth=0, highlightthickness=0)
    body.configure(spacing1=wide // 6, spacing3=wide // 6)
    sizes = [_write(body, block, font) for block in message.blocks]
    body.delete("end - 1 char")  # the last line's end would be an empty line
    width, height = max(w for w, _ in sizes), sum(h for _, h in sizes)
    body.configure(width=-(-width // font.measure("0")) + 1, height=min(height, _MOST_LINES))
    body.configure(state="disabled")

    def label(words: str, style: fonts.Font, colour: str) -> tk.Label:
        made = tk.Label(paper, text=words, font=style, foreground=colour, background=_PAPER)
        made.configure(anchor="w", justify="left", wraplength=max(width, _NARROWEST * wide))
        return made

    if message.head:
        label(message.head, bold, _INK).pack(side="top", fill="x", pady=(0, wide // 2))
    if message.note:
        label(message.note, font, _FAINT).pack(side="bottom", fill="x", pady=(wide // 2, 0))
    if height > _MOST_LINES:
        bar = ttk.Scrollbar(paper, command=body.yview)
        bar.pack(side="right", fill="y")
        body.configure(yscrollcommand=bar.set)
        root.bind("<Next>", lambda _: body.yview_scroll(1, "pages"))
        root.bind("<Prior>", lambda _: body.yview_scroll(-1, "pages"))
    body.pack(fill="both", expand=True)
    return paper


def _write(body: tk.Text, block: tuple[Line, ...], font: fonts.Font) -> tuple[int, int]:
    """Add a block: how many pixels wide and how many lines high it is on screen."""
    wide = font.measure("国")
    margin = block[0].indent * wide // 2
    labels = max(font.measure(line.label) for line in block)
    left = margin + labels + (wide // 2 if labels else 0)
    column, plain = f"column{body.index('end')}", f"plain{margin}"
    body.tag_configure(plain, lmargin1=margin, lmargin2=margin)
    body.tag_configure("label", foreground=_FAINT)
    if labels:
        body.tag_configure(column, tabs=(left,), lmargin1=margin, lmargin2=left)
    width = lines = 0
    for line in block:
        start = left if line.label else margin
        if line.label:
            body.insert("end", line.label, (column, "label"), f"\t{line.words}\n", column)
        else:
            body.insert("end", f"{line.words}\n", plain)
        words, room = font.measure(line.words), _WIDEST * wide - start
        width = max(width, start + min(words, room))
        lines += max(1, -(-words // room))
    return width, lines
