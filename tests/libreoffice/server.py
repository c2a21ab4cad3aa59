"""LibreOffice driven over UNO: one JSON request a line in, one JSON answer a line out.

Run by a Python that can import uno, which need not be the tests' Python, so it uses the standard
library alone. The end of standard input is the end of this process and of its LibreOffice.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import re
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# UNO objects come without types.
Uno = Any
Request = dict[str, Any]
Say = Callable[[object], None]  # the answer, to the one who asked
Requests = queue.Queue[tuple[str, Say] | None]

_START_SECONDS = 60.0
_END_SECONDS = 8.0
_START_AGAIN = 81  # a fresh profile was filled in
_VALUE, _DATE, _TEXT, _FORMULA = 1, 2, 4, 16  # com.sun.star.sheet.CellFlags
_IN_ERROR = 4  # com.sun.star.sheet.FormulaResult.ERROR


class RefusedError(Exception):
    """LibreOffice can't do what was asked; the words go to the test."""


def import_uno() -> Uno:
    """The module, also where only Debian's own Python would find it."""
    # Last, so that nothing there stands in front of this Python's own modules.
    sys.path.append("/usr/lib/python3/dist-packages")
    return importlib.import_module("uno")


def kill_all() -> None:
    """End this process and, where there are process groups, all that it started."""
    if sys.platform == "win32":
        os.abort()
    os.killpg(0, signal.SIGKILL)


class Office:
    """One soffice with a private profile and pipe."""

    def __init__(self, uno: Uno, soffice: str, folder: Path, *, visible: bool = False) -> None:
        self._uno = uno
        self._pipe = f"tests-{os.getpid()}-{secrets.token_hex(4)}"
        self._log = folder / "soffice.log"
        self._command = [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            f"--accept=pipe,name={self._pipe};urp;StarOffice.ComponentContext",
            *("--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            *(() if visible else ("--headless",)),
        ]
        self._process = self._launch()
        self._desktop = self._connect()

    def load(self, path: Path, password: str = "") -> Uno:
        """The workbook, unseen, with macros and links off."""
        secret = {"Password": password} if password else {}
        document = self._open(path.as_uri(), Hidden=True, **secret)
        if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            document.close(True)
            raise RefusedError("LibreOffice doesn't take the file for a workbook")
        return document

    def show(self, url: str) -> Uno:
        """The workbook at this address in a window of its own, or a new one."""
        return self._open(url)

    def _open(self, url: str, **more: object) -> Uno:
        options = self._properties({"MacroExecutionMode": 0, "UpdateDocMode": 0, **more})
        document = self._desktop.loadComponentFromURL(url, "_blank", 0, options)
        if document is None:
            raise RefusedError("LibreOffice can't open the file")
        return document

    def store(self, document: Uno, out: Path, filter_name: str) -> None:
        """Save the workbook, which is at `out` from then on."""
        document.storeAsURL(out.as_uri(), self._properties({"FilterName": filter_name}))

    def save(self, document: Uno, out: Path, filter_name: str, password: str = "") -> None:
        """A copy of the workbook in the format that the filter name stands for."""
        options: dict[str, Any] = {"FilterName": filter_name}
        if password and "2007" in filter_name:  # these formats take it in another form alone
            options["EncryptionData"] = self._encryption(password)
        elif password:
            options["Password"] = password
        document.storeToURL(out.as_uri(), self._properties(options))

    def _encryption(self, password: str) -> Uno:
        kind = "com.sun.star.beans.NamedValue"
        given = self._named(kind, {"CryptoType": "Standard", "OOXPassword": password})
        return self._uno.Any(f"[]{kind}", given)

    def sort(self, cells: Uno, field: int, *, descending: bool) -> None:
        """Sort rows by one column, counted from 0."""
        key = self._uno.createUnoStruct("com.sun.star.table.TableSortField")
        key.Field = field
        key.IsAscending = not descending
        keys = self._uno.Any("[]com.sun.star.table.TableSortField", (key,))
        ways = {"ContainsHeader": False, "BindFormatsToContent": True, "SortFields": keys}
        self._uno.invoke(cells, "sort", (self._properties(ways),))

    def end(self) -> None:
        """Ask LibreOffice to leave, then make it."""
        try:
            self._desktop.terminate()
            self._process.wait(5)
        except Exception:  # a dead bridge raises what it likes; the end is the same
            kill_all()

    def _launch(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )

    def _connect(self) -> Uno:
        context = self._uno.getComponentContext()
        resolver = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", context
        )
        address = f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext"
        no_connection = self._uno.getClass("com.sun.star.connection.NoConnectException")
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            status = self._process.poll()
            if status == _START_AGAIN:
                self._process = self._launch()
            elif status is not None:
                said = self._log.read_text(encoding="utf-8", errors="replace").strip()
                raise RefusedError(f"soffice ended with {status} at its start: {said}")
            try:
                remote = resolver.resolve(address)
            except no_connection:
                time.sleep(0.05)
                continue
            return remote.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", remote
            )
        raise RefusedError(f"soffice did not answer within {_START_SECONDS:g} seconds")

    def _properties(self, values: Mapping[str, object]) -> tuple[Uno, ...]:
        return self._named("com.sun.star.beans.PropertyValue", values)

    def _named(self, kind: str, values: Mapping[str, object]) -> tuple[Uno, ...]:
        made = []
        for name, value in values.items():
            one = self._uno.createUnoStruct(kind)
            one.Name, one.Value = name, value
            made.append(one)
        return tuple(made)


# Reading


def read(document: Uno, flags: int) -> dict[str, dict[str, str | float]]:
    """Sheet -> "C5" -> value of the cells whose content is of one of the kinds."""
    return {sheet.Name: dict(_cells(sheet, flags)) for sheet in document.Sheets}


def _cells(sheet: Uno, flags: int) -> Iterator[tuple[str, str | float]]:
    errors = {
        (row, column)
        for area in sheet.queryFormulaCells(_IN_ERROR).RangeAddresses
        for row in range(area.StartRow, area.EndRow + 1)
        for column in range(area.StartColumn, area.EndColumn + 1)
    }
    for area in sheet.queryContentCells(flags).RangeAddresses:
        block = sheet.getCellRangeByPosition(
            area.StartColumn, area.StartRow, area.EndColumn, area.EndRow
        ).getDataArray()
        for row, values in enumerate(block, start=area.StartRow):
            for column, value in enumerate(values, start=area.StartColumn):
                if (row, column) in errors:
                    shown = sheet.getCellByPosition(column, row).String
                    yield _name(column, row), f"#ERR {shown}"
                else:
                    yield _name(column, row), value


def _name(column: int, row: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _column(letters: str) -> int:
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise RefusedError(f"not a column: {letters!r}")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


# Acting: one function for each action, all of one shape


def _set(_office: Office, sheet: Uno, action: Request) -> None:
    place = re.fullmatch("([A-Z]+)([1-9][0-9]*)", action["cell"])
    if place is None:
        raise RefusedError(f"not a cell: {action['cell']!r}")
    cell = sheet.getCellByPosition(_column(place[1]), int(place[2]) - 1)
    if sheet.isProtected() and cell.CellProtection.IsLocked:
        raise RefusedError(f"{sheet.Name}!{action['cell']} is locked")
    value = action.get("value")
    if isinstance(value, int | float):
        cell.setValue(float(value))
    elif action.get("formula") and value is not None and value.startswith("="):
        cell.setFormula(value)
    else:
        cell.setString(value or "")


def _insert_column(_office: Office, sheet: Uno, action: Request) -> None:
    sheet.Columns.insertByIndex(_column(action["before"]), 1)


def _delete_column(_office: Office, sheet: Uno, action: Request) -> None:
    sheet.Columns.removeByIndex(_column(action["column"]), 1)


def _hide_column(_office: Office, sheet: Uno, action: Request) -> None:
    sheet.Columns.getByIndex(_column(action["column"])).IsVisible = False


def _insert_row(_office: Office, sheet: Uno, action: Request) -> None:
    sheet.Rows.insertByIndex(action["before"] - 1, 1)


def _delete_rows(_office: Office, sheet: Uno, action: Request) -> None:
    for row in sorted(set(action["rows"]), reverse=True):  # from below: the others keep their place
        sheet.Rows.removeByIndex(row - 1, 1)


def _hide_rows(_office: Office, sheet: Uno, action: Request) -> None:
    for row in action["rows"]:
        sheet.Rows.getByIndex(row - 1).IsVisible = False


def _sort(office: Office, sheet: Uno, action: Request) -> None:
    cells = sheet.getCellRangeByName(action["range"])
    office.sort(cells, action["by"] - 1, descending=action.get("descending", False))


def _rename_sheet(_office: Office, sheet: Uno, action: Request) -> None:
    sheet.Name = action["to"]


ACTIONS: dict[str, Callable[[Office, Uno, Request], None]] = {
    "set": _set,
    "insert_column": _insert_column,
    "delete_column": _delete_column,
    "hide_column": _hide_column,
    "insert_row": _insert_row,
    "delete_rows": _delete_rows,
    "hide_rows": _hide_rows,
    "sort": _sort,
    "rename_sheet": _rename_sheet,
}


def act(office: Office, document: Uno, actions: list[Request], *, keep_locked: bool) -> None:
    """Do the actions; protection is taken off first and put back last, unless it is kept."""
    opened: list[Uno] = []
    if not keep_locked and actions and document.isProtected():
        opened.append(_unprotect(document, "the workbook"))
    sheets: dict[str, Uno] = {}  # each object that UNO hands out costs milliseconds
    for action in actions:
        name = action["sheet"]
        if action["do"] not in ACTIONS:
            raise RefusedError(f"unknown action: {action['do']}")
        if name not in sheets:
            sheets[name] = _sheet(document, name)
            if not keep_locked and sheets[name].isProtected():
                opened.append(_unprotect(sheets[name], name))
        ACTIONS[action["do"]](office, sheets[name], action)
        if action["do"] == "rename_sheet":
            sheets.clear()
    for one in reversed(opened):
        one.protect("")


def _sheet(document: Uno, name: str) -> Uno:
    sheets = document.Sheets
    if not sheets.hasByName(name):
        raise RefusedError(f"no sheet {name}; there are {', '.join(sheets.ElementNames)}")
    return sheets.getByName(name)


def _unprotect(one: Uno, name: str) -> Uno:
    try:
        one.unprotect("")
    except Exception as error:  # UNO's exceptions are no classes that could be named here
        raise RefusedError(f"{name} is protected with a password") from error
    if one.isProtected():
        raise RefusedError(f"{name} is protected with a password")
    return one


# Serving


def answer(office: Office, request: Request) -> object:
    """What the request asks for."""
    password = request.get("password", "")
    document = office.load(Path(request["path"]), password)
    try:
        if request["do"] == "recalculate":
            document.calculateAll()
            return read(document, _FORMULA)
        if request["do"] == "values":
            return read(document, _VALUE | _DATE | _TEXT | _FORMULA)
        act(office, document, request["actions"], keep_locked=request.get("keep_locked", True))
        office.save(document, Path(request["out"]), request["filter"], password)
        return None
    finally:
        document.close(True)


def serve(office: Office, requests: Requests, reply: Callable[[Office, Request], object]) -> None:
    """Answer each request until there are no more."""
    while (asked := requests.get()) is not None:
        line, say = asked
        try:
            say({"ok": reply(office, json.loads(line))})
        except Exception as error:  # whatever it is, the test must see its words
            say({"error": str(error) or type(error).__name__})


def main(
    arguments: list[str],
    reply: Callable[[Office, Request], object] = answer,
    *,
    visible: bool = False,
    let_in: Callable[[Requests], object] | None = None,
) -> None:
    """Serve until standard input ends; `reply` answers one request, `let_in` opens other ways."""
    uno = import_uno()
    if arguments == ["--probe"]:
        return
    # Answers have the standard output to themselves: what libraries print goes elsewhere.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(words: object) -> None:
        out.write(json.dumps(words) + "\n")
        out.flush()

    try:
        office = Office(uno, arguments[0], Path(arguments[1]), visible=visible)
    except RefusedError as error:
        say({"error": str(error)})
        return
    requests: Requests = queue.Queue()

    def listen() -> None:
        for line in sys.stdin:
            requests.put((line, say))
        requests.put(None)
        # The one who asks may have died in the middle of a call that never comes back.
        time.sleep(_END_SECONDS)
        kill_all()

    threading.Thread(target=listen, daemon=True).start()
    if let_in is not None:
        let_in(requests)
    say({"ok": None})
    serve(office, requests, reply)
    office.end()
    # Ours to do where the one who made it was killed.
    shutil.rmtree(arguments[1], ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
