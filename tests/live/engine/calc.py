"""The engine: xlwings' base classes over a LibreOffice that is open all the while."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from xlwings import base_classes

from qcity_xl.adapters.ooxml.refs import column_letters, parse_rect
from tests.live.engine.attach import HWND

Rect = tuple[int, int, int, int]


class Asked(Protocol):
    """The server's other side."""

    def ask(self, do: str, **more: object) -> Any:
        """The answer to one request."""


class Engine:
    """What xlwings asks of an engine."""

    name = "calc"
    type = "desktop"

    def __init__(self, desk: Asked) -> None:
        self.apps = Apps(self)
        self.desk = desk
        self.app = App(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        """A value as the program takes it."""
        if isinstance(value, dt.datetime):
            return {"date": value.isoformat()}
        if isinstance(value, dt.date):
            return {"date": dt.datetime(value.year, value.month, value.day).isoformat()}
        return value

    @staticmethod
    def clean_value_data(
        data: list[list[Any]],
        dates: Callable[..., Any],
        empty: Any,
        _numbers: Any,
        _errors: bool,
    ) -> list[list[Any]]:
        """Values as xlwings gives them."""
        return [[_cleaned(value, dates, empty) for value in row] for row in data]


def _cleaned(value: Any, dates: Callable[..., Any], empty: Any) -> Any:
    if value in ("", None):
        return empty
    if isinstance(value, dict):
        moment = dt.datetime.fromisoformat(value["date"])
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return dates(**{part: getattr(moment, part) for part in parts}, tzinfo=None)
    return value


class Apps(base_classes.Apps):
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keys(self) -> list[int]:
        return [os.getpid()]

    def __iter__(self) -> Iterator["App"]:
        yield self._engine.app

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> "App":
        return self._engine.app


class App(base_classes.App):
    enable_events = True
    display_alerts = True
    status_bar: str | bool = False
    version = "16.0"

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._books = Books(self)
        self.said: list[object] = []  # what the status bar showed

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "status_bar":
            self.said.append(value)
        object.__setattr__(self, name, value)

    @property
    def pid(self) -> int:
        return os.getpid()

    @property
    def hwnd(self) -> int:
        return HWND

    @property
    def front(self) -> "Book | None":
        return self.books.active

    @property
    def books(self) -> "Books":
        return self._books

    @property
    def selection(self) -> "Range | None":
        if self.front is None:
            return None
        name, *rect = self.front.ask("selection")
        return Range(Sheet(self.front, name), tuple(rect)) if name else None

    def alert(self, prompt: str, *_: Any) -> str:
        """Someone presses 确定."""
        self.said.append(prompt)
        return "ok"

    def activate(self, steal_focus: bool = False) -> None:  # noqa: ARG002 - as xlwings names it
        if self.front:
            self.front.activate()

    @property
    def screen_updating(self) -> bool:
        return self.front is None or bool(self.front.ask("painting"))

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if self.front:
            self.front.ask("repaint", on=value)

    @property
    def calculation(self) -> str:
        on = self.front is None or self.front.ask("calculation")
        return "automatic" if on else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        if self.front:
            self.front.ask("calculation", on=value == "automatic")


class Books(base_classes.Books):
    """The open workbooks, whoever opened them; the one in front first."""

    def __init__(self, app: App) -> None:
        self.app = app

    def __call__(self, key: int | str) -> "Book":
        for book in self:
            if book.name.lower() == str(key).lower():
                return book
        raise KeyError(key)

    def __iter__(self) -> Iterator["Book"]:
        return (Book(self.app, *found) for found in self.app.engine.desk.ask("books"))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def active(self) -> "Book | None":
        return next(iter(self), None)

    def open(self, fullname: str, *_: Any, **__: Any) -> "Book":
        return Book(self.app, *self.app.engine.desk.ask("open", path=fullname))

    def add(self) -> "Book":
        return Book(self.app, *self.app.engine.desk.ask("open"))


class Book(base_classes.Book):
    def __init__(self, app: App, number: str, fullname: str) -> None:
        self._app = app
        self._number = number
        self._fullname = fullname

    def ask(self, do: str, **more: object) -> Any:
        return self._app.engine.desk.ask(do, book=self._number, **more)

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> "Book":
        return self

    @property
    def fullname(self) -> str:
        return self._fullname

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    @property
    def sheets(self) -> "Sheets":
        return Sheets(self)

    def activate(self) -> None:
        self.ask("activate")

    def save(self, path: Any = None, password: Any = None) -> None:
        del path, password
        self.ask("save")

    def close(self) -> None:
        self.ask("close")


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def active(self) -> "Sheet":
        return Sheet(self.book, self.book.ask("active_sheet"))

    def __call__(self, key: int | str) -> "Sheet":
        names = self.book.ask("sheets")
        if isinstance(key, int):
            return Sheet(self.book, names[key - 1])
        if key not in names:
            raise KeyError(key)
        return Sheet(self.book, key)

    def __len__(self) -> int:
        return len(self.book.ask("sheets"))

    def __iter__(self) -> Iterator["Sheet"]:
        for name in self.book.ask("sheets"):
            yield Sheet(self.book, name)


class Sheet(base_classes.Sheet):
    def __init__(self, book: Book, name: str) -> None:
        self._book = book
        self._name = name

    def ask(self, do: str, **more: object) -> Any:
        return self._book.ask(do, sheet=self._name, **more)

    @property
    def api(self) -> "Sheet":
        return self

    @property  # type: ignore[misc]
    def name(self) -> str:
        return self._name

    @property
    def book(self) -> Book:
        return self._book

    @property
    def tables(self) -> "Tables":
        return Tables(self)

    def activate(self) -> None:
        self.ask("activate_sheet")

    def range(self, arg1: Any, arg2: Any = None) -> "Range":
        if isinstance(arg1, str) and arg1.endswith("[[#Headers],[#Data]]"):
            table = self.tables(arg1.partition("[")[0])
            rect = table.range.rect
            return Range(self, (*rect[:2], rect[2] - table.totals, rect[3]))
        if isinstance(arg1, str):
            return Range(self, parse_rect(arg1))
        line, col = arg1 if isinstance(arg1, tuple) else (arg1.row, arg1.column)
        if arg2 is None:
            last = (line, col)
        elif isinstance(arg2, tuple):
            last = arg2
        else:
            last = (arg2.row, arg2.column)
        return Range(self, (line, col, *last))


class Range(base_classes.Range):
    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(self, sheet: Sheet, rect: Any) -> None:
        self.sheet = sheet
        self.rect: Rect = rect

    def _ask(self, do: str, **more: object) -> Any:
        return self.sheet.ask(do, rect=self.rect, **more)

    @property
    def api(self) -> "Range":
        return self

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, self.row, self.column, *self.shape)

    @property
    def address(self) -> str:
        top, left, bottom, right = self.rect
        return f"${column_letters(left)}${top}:${column_letters(right)}${bottom}"

    @property
    def row(self) -> int:
        return self.rect[0]

    @property
    def column(self) -> int:
        return self.rect[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.rect[2] - self.rect[0] + 1, self.rect[3] - self.rect[1] + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, arg1: Any, arg2: Any = 1) -> "Range":
        place = self.row + arg1 - 1, self.column + arg2 - 1
        return Range(self.sheet, (*place, *place))

    @property
    def raw_value(self) -> Any:
        return self._ask("read")

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows = value if isinstance(value, list) else [[value] * self.shape[1]] * self.shape[0]
        self._ask("write", rows=rows)

    @property  # type: ignore[misc]
    def formula(self) -> Any:
        """A matrix, or one text for one cell, as Excel gives it."""
        found = self._ask("formulas")
        return found[0][0] if len(self) == 1 else tuple(map(tuple, found))

    @property
    def number_format(self) -> Any:
        """None where the cells differ."""
        return self._ask("format_shown")

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._ask("number_format", code=value)

    def clear_contents(self) -> None:
        self._ask("clear", contents=True)

    def clear(self) -> None:
        self._ask("clear", contents=False)

    def autofill(self, destination: Any, type_: str) -> None:
        assert type_ == "fill_copy"
        assert self.shape[0] == 1
        destination.impl._ask("fill")

    def select(self) -> None:
        self._ask("select")


class Tables(base_classes.Tables):
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __iter__(self) -> Iterator["Table"]:
        for name, sheet, _, totals in self.sheet.book.ask("tables"):
            if sheet == self.sheet.name:
                yield Table(self.sheet, name, totals)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, key: int | str) -> "Table":
        if isinstance(key, int):
            return list(self)[key - 1]
        return next(table for table in self if table.name == key)


class Table(base_classes.Table):
    def __init__(self, sheet: Sheet, name: str, totals: bool) -> None:
        self._sheet, self._name, self._totals = sheet, name, totals

    @property  # type: ignore[misc]
    def name(self) -> str:
        return self._name

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def totals(self) -> bool:
        return self._totals

    @property
    def range(self) -> Range:
        (rect,) = (found[2] for found in self._sheet.book.ask("tables") if found[0] == self._name)
        return Range(self._sheet, tuple(rect))

    @property  # type: ignore[misc]
    def show_totals(self) -> bool:
        return self._totals

    def resize(self, range: Any) -> None:  # noqa: A002 - as xlwings names it
        self._sheet.ask("resize", table=self._name, rect=range.impl.rect)
