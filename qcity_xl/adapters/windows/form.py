"""The window of options: one field below the other, all with what holds without an answer."""

import datetime as dt
import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tkinter import filedialog, ttk
from typing import Any

from qcity_xl.adapters.windows.dialogs import Field
from qcity_xl.adapters.windows.window import (
    FAINT,
    POINTS,
    RED,
    Root,
    button_row,
    hidden_window,
    show,
)
from qcity_xl.core.values import parse_date

_ROWS = 7  # of a list on screen
_WIDTH = 44  # characters of an entry
ReadField = Callable[[], object]


def ask_fields(
    title: str, fields: Sequence[Field], over: tk.Misc | None = None
) -> Mapping[str, Any] | None:
    """What each field holds when 确定 is pressed; None for 取消."""
    answer: list[Mapping[str, Any] | None] = [None]
    with hidden_window(over) as root:
        form = _Form(root, fields)

        def press(number: int) -> None:
            if number == 0:
                answer[0] = form.read()
            if number != 0 or answer[0] is not None:
                root.quit()

        row = ttk.Frame(root, padding=POINTS)
        made = button_row(row, ("确定", "取消"), press)
        row.pack(fill="x", side="bottom")
        form.frame.pack(fill="both", expand=True)
        show(root, title, made[0], lambda: press(1))
    return answer[0]


class _Form:
    """The fields; each knows how to read itself."""

    def __init__(self, root: Root, fields: Sequence[Field]) -> None:
        self.frame = ttk.Frame(root, padding=(2 * POINTS, POINTS))
        self._fault = ttk.Label(self.frame, foreground=RED, anchor="w")
        self._readers: dict[str, ReadField] = {}
        self._dates: dict[str, str] = {}
        self._needed: dict[str, str] = {}
        self._groups: dict[str, tk.StringVar] = {}
        for field in fields:
            self._heading(field)
            self._readers[field.name] = self._made(field)
            if field.hint:
                ttk.Label(self.frame, text=field.hint, foreground=FAINT).pack(anchor="w")
        self._fault.pack(side="bottom", fill="x")

    def read(self) -> Mapping[str, Any] | None:
        """The values; None, with the reason in the window, if one can't be read."""
        values = {name: read() for name, read in self._readers.items()}
        for name, label in self._needed.items():
            if values[name] is None:
                self._fault.configure(text=f"“{label}”一个都没有选，请至少选一个。")
                return None
        for name, label in self._dates.items():
            words = str(values[name] or "").strip()
            day = parse_date(words) if words else None
            if words and not isinstance(day, dt.date):
                self._fault.configure(text=f"“{label}”的“{words}”看不懂，写成 2016-05-01 这样。")
                return None
            values[name] = day
        return values

    def _heading(self, field: Field) -> None:
        words = field.label if field.kind != "flag" and not field.group else ""
        if field.group and field.group not in self._groups:
            words, self._groups[field.group] = field.group, tk.StringVar(self.frame)
        if words:
            ttk.Label(self.frame, text=words).pack(anchor="w", pady=(POINTS // 2, 0))

    def _made(self, field: Field) -> ReadField:
        if field.group:
            return self._alternative(field)
        makers = {"flag": self._flag, "folder": self._folder, "choice": self._choice}
        if field.kind == "date":
            self._dates[field.name] = field.label
        return makers.get(field.kind, self._entry)(field)

    def _flag(self, field: Field) -> ReadField:
        state = tk.BooleanVar(self.frame, bool(field.value))
        ttk.Checkbutton(self.frame, text=field.label, variable=state).pack(anchor="w")
        return state.get

    def _entry(self, field: Field) -> ReadField:
        state = tk.StringVar(self.frame, str(field.value or ""))
        ttk.Entry(self.frame, textvariable=state, width=_WIDTH).pack(fill="x")
        return lambda: state.get().strip()

    def _folder(self, field: Field) -> ReadField:
        state = tk.StringVar(self.frame, str(field.value or ""))
        row = ttk.Frame(self.frame)
        row.pack(fill="x")
        ttk.Entry(row, textvariable=state, width=_WIDTH).pack(side="left", fill="x", expand=True)

        def choose() -> None:
            found = filedialog.askdirectory(parent=self.frame, title=field.label)
            state.set(found or state.get())

        ttk.Button(row, text="选择…", command=choose).pack(side="right", padx=(POINTS // 2, 0))
        return lambda: Path(state.get().strip()) if state.get().strip() else None

    def _alternative(self, field: Field) -> ReadField:
        """One of those that exclude each other; with a folder where it needs one."""
        group = self._groups[field.group]
        if field.value:
            group.set(field.name)
        button = ttk.Radiobutton(self.frame, text=field.label, value=field.name, variable=group)
        button.pack(anchor="w")
        if field.kind != "folder":
            return lambda: group.get() == field.name
        folder = tk.StringVar(self.frame, str(field.value or ""))
        shown = ttk.Label(self.frame, textvariable=folder, foreground=FAINT)
        shown.pack(anchor="w", padx=(2 * POINTS, 0))

        def choose() -> None:
            folder.set(filedialog.askdirectory(parent=self.frame, title=field.label) or "")
            if not folder.get():
                group.set("")

        button.configure(command=choose)
        return lambda: Path(folder.get()) if group.get() == field.name and folder.get() else None

    def _choice(self, field: Field) -> ReadField:
        return self._list(field) if field.many else self._box(field)

    def _box(self, field: Field) -> ReadField:
        """One of the choices, or none."""
        values = [None, *(value for value, _ in field.choices)]
        box = ttk.Combobox(self.frame, state="readonly", width=_WIDTH)
        box.configure(values=["", *(words for _, words in field.choices)])
        box.current(values.index(field.value) if field.value in values else 0)
        box.pack(fill="x")
        return lambda: values[box.current()]

    def _list(self, field: Field) -> ReadField:
        """Any number of the choices; none, where all are chosen and that is what none means."""
        row = ttk.Frame(self.frame)
        row.pack(fill="x")
        height = min(_ROWS, max(1, len(field.choices)))
        box = tk.Listbox(row, selectmode="multiple", exportselection=False, height=height)
        bar = ttk.Scrollbar(row, command=box.yview)
        box.configure(yscrollcommand=bar.set, activestyle="dotbox")
        box.pack(side="left", fill="both", expand=True)
        bar.pack(side="left", fill="y")
        box.insert("end", *(words for _, words in field.choices))
        chosen = set(field.value) if isinstance(field.value, list | tuple) else set()
        for number, (value, _) in enumerate(field.choices):
            if value in chosen or (field.all_chosen and not chosen):
                box.selection_set(number)
        side = ttk.Frame(row)
        side.pack(side="right", anchor="n", padx=(POINTS // 2, 0))
        for words, change in (("全选", box.selection_set), ("全不选", box.selection_clear)):
            ttk.Button(side, text=words, command=lambda c=change: c(0, "end")).pack()  # type: ignore[misc]  # binds the loop's value

        if field.all_chosen:
            self._needed[field.name] = field.label

        def read() -> tuple[object, ...] | None:
            values = tuple(field.choices[number][0] for number in box.curselection())  # type: ignore[no-untyped-call]  # tkinter's
            if field.all_chosen:
                return () if len(values) == len(field.choices) else values or None
            return values

        return read
