"""Open workbooks in LibreOffice, one request a line: what Excel does for xlwings.

Where the two programs differ, Excel's way is kept: what is written is read as if typed, so that
13.10 without an apostrophe turns into a number, and a protected cell refuses loudly.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import shutil
import socketserver
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.libreoffice import server as base
else:  # run by a Python of its own, which knows nothing of this project
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "libreoffice"))
    import server as base

Uno = Any
Request = dict[str, Any]
_EPOCH = dt.datetime(1899, 12, 30)
_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: value, date, text, formula
_ALL = 1023
_DATETIME = 2
_DATE_FORMAT, _LOGICAL_FORMAT = 2, 1024  # com.sun.star.util.NumberFormat.DATE, LOGICAL
_IN_ERROR = 4  # com.sun.star.sheet.FormulaResult.ERROR
_XLSX = "Calc MS Excel 2007 XML"


# The open workbooks by a number, the one in front last; and what is known of their tables.
BOOKS: dict[str, Uno] = {}
TABLES: dict[str, list[list[Any]]] = {}
_NUMBERS = itertools.count(1)


def _book(request: Request) -> Uno:
    return BOOKS[request["book"]]


def _sheet(request: Request) -> Uno:
    return _book(request).Sheets.getByName(request["sheet"])


def _area(request: Request, key: str = "rect") -> Uno:
    line, col, last_line, last_col = request[key]
    return _sheet(request).getCellRangeByPosition(col - 1, line - 1, last_col - 1, last_line - 1)


def _open(office: base.Office, request: Request) -> list[str]:
    path = request.get("path")
    number = str(next(_NUMBERS))
    BOOKS[number] = office.show(Path(path).as_uri() if path else "private:factory/scalc")
    return [number, _fullname(BOOKS[number])]


def _close(_office: base.Office, request: Request) -> None:
    TABLES.pop(request["book"], None)
    BOOKS.pop(request["book"]).close(True)


def _books(_office: base.Office, _request: Request) -> list[list[str]]:
    return [[number, _fullname(document)] for number, document in reversed(BOOKS.items())]


def _activate(_office: base.Office, request: Request) -> None:
    document = BOOKS[request["book"]] = BOOKS.pop(request["book"])
    window = document.CurrentController.Frame.ContainerWindow
    window.toFront()
    window.setFocus()


def _fullname(document: Uno) -> str:
    url = str(document.getURL())
    return str(base.import_uno().fileUrlToSystemPath(url)) if url else str(document.Title)


def _save(office: base.Office, request: Request) -> None:
    document = _book(request)
    if document.isReadonly():
        raise base.RefusedError("read-only")
    document.calculateAll()
    office.store(document, Path(_fullname(document)), _XLSX)


def _sheets(_office: base.Office, request: Request) -> list[str]:
    return list(_book(request).Sheets.ElementNames)


def _active_sheet(_office: base.Office, request: Request) -> str:
    return str(_book(request).CurrentController.ActiveSheet.Name)


def _activate_sheet(_office: base.Office, request: Request) -> None:
    _book(request).CurrentController.setActiveSheet(_sheet(request))


def _selection(_office: base.Office, request: Request) -> list[Any]:
    found = _book(request).CurrentController.getSelection()
    if not hasattr(found, "RangeAddress"):
        return ["", 1, 1, 1, 1]
    area = found.RangeAddress
    name = _book(request).Sheets.getByIndex(area.Sheet).Name
    return [name, area.StartRow + 1, area.StartColumn + 1, area.EndRow + 1, area.EndColumn + 1]


def _select(_office: base.Office, request: Request) -> None:
    _book(request).CurrentController.select(_area(request))


def _read(_office: base.Office, request: Request) -> list[list[Any]]:
    area = _area(request)
    top, left = request["rect"][0] - 1, request["rect"][1] - 1
    rows: list[list[Any]] = [list(row) for row in area.getDataArray()]
    for found in _shown_as_booleans(area) if _may_be_boolean(rows) else ():
        for line in range(found.StartRow - top, found.EndRow - top + 1):
            for col in range(found.StartColumn - left, found.EndColumn - left + 1):
                if isinstance(rows[line][col], float):
                    rows[line][col] = bool(rows[line][col])
    for found in area.queryContentCells(_DATETIME).RangeAddresses:
        for line in range(found.StartRow - top, found.EndRow - top + 1):
            for col in range(found.StartColumn - left, found.EndColumn - left + 1):
                moment = _EPOCH + dt.timedelta(days=rows[line][col])
                rows[line][col] = {"date": moment.isoformat()}
    if any(value is None for row in rows for value in row):
        for found in area.queryFormulaCells(_IN_ERROR).RangeAddresses:
            for line in range(found.StartRow - top, found.EndRow - top + 1):
                for col in range(found.StartColumn - left, found.EndColumn - left + 1):
                    rows[line][col] = area.getCellByPosition(col, line).String
    return rows


def _may_be_boolean(rows: list[list[Any]]) -> bool:
    return any(value in (0.0, 1.0) for row in rows for value in row)


def _shown_as_booleans(area: Uno) -> Any:
    search = area.createSearchDescriptor()
    search.SearchRegularExpression = True
    search.SearchString = "^(TRUE|FALSE)$"
    search.SearchType = 1  # what is shown
    found = area.findAll(search)
    return found.RangeAddresses if found else ()


def _formulas(_office: base.Office, request: Request) -> list[list[str]]:
    found = _area(request).getFormulaArray()
    return [[text[1:] if text[:1] == "'" else text for text in row] for row in found]


def _open_to_writing(request: Request) -> Uno:
    area = _area(request)
    if _sheet(request).isProtected() and area.CellProtection.IsLocked is not False:
        raise base.RefusedError(f"{request['sheet']} is protected")
    return area


def _write(_office: base.Office, request: Request) -> None:
    area = _open_to_writing(request)
    rows = request["rows"]
    area.setFormulaArray(tuple(tuple(_as_typed(value) for value in row) for row in rows))
    formats = _book(request).NumberFormats
    for line, row in enumerate(rows):
        for col, value in enumerate(row):
            kind = _DATE_FORMAT if isinstance(value, dict) else _LOGICAL_FORMAT
            if isinstance(value, dict | bool):
                cell = area.getCellByPosition(col, line)
                if not formats.getByKey(cell.NumberFormat).Type & kind:
                    locale = base.import_uno().createUnoStruct("com.sun.star.lang.Locale")
                    cell.NumberFormat = formats.getStandardFormat(kind, locale)


def _as_typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        moment = dt.datetime.fromisoformat(value["date"]) - _EPOCH
        return repr(moment / dt.timedelta(days=1))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else repr(value)


def _number_format(_office: base.Office, request: Request) -> None:
    formats = _book(request).NumberFormats
    locale = base.import_uno().createUnoStruct("com.sun.star.lang.Locale")
    key = formats.queryKey(request["code"], locale, False)
    if key < 0:
        key = formats.addNew(request["code"], locale)
    _area(request).NumberFormat = key


def _format_shown(_office: base.Office, request: Request) -> str | None:
    area = _area(request)
    rows, cols = area.Rows.Count, area.Columns.Count
    keys = {
        area.getCellByPosition(col, row).NumberFormat for row in range(rows) for col in range(cols)
    }
    return (
        _book(request).NumberFormats.getByKey(keys.pop()).FormatString if len(keys) == 1 else None
    )


def _clear(_office: base.Office, request: Request) -> None:
    _open_to_writing(request).clearContents(_CONTENTS if request["contents"] else _ALL)


def _fill(_office: base.Office, request: Request) -> None:
    """Copy the first line of the area into the others."""
    sheet, (line, col, last, right) = _sheet(request), request["rect"]
    done = 1  # lines that hold it; as many again are copied at a time
    while line + done <= last:
        count = min(done, last - line - done + 1)
        source = sheet.getCellRangeByPosition(col - 1, line - 1, right - 1, line + count - 2)
        target = sheet.getCellByPosition(col - 1, line + done - 1).CellAddress
        sheet.copyRange(target, source.RangeAddress)
        done += count


def _tables(_office: base.Office, request: Request) -> list[list[Any]]:
    """Name, sheet, area and whether there are totals, of all tables."""
    number = request["book"]
    if number not in TABLES:
        TABLES[number] = _find_tables(BOOKS[number])
    return TABLES[number]


def _find_tables(document: Uno) -> list[list[Any]]:
    names = document.Sheets.ElementNames
    made = []
    for table in document.DatabaseRanges:
        area = table.DataArea
        rect = [area.StartRow + 1, area.StartColumn + 1, area.EndRow + 1, area.EndColumn + 1]
        made.append([table.Name, names[area.Sheet], rect, bool(table.TotalsRow)])
    return made


def _resize(_office: base.Office, request: Request) -> None:
    if _sheet(request).isProtected():
        raise base.RefusedError(f"{request['sheet']} is protected")
    top, _, bottom, _ = request["rect"]
    if top == bottom:  # as Excel does: "a header row and at least one row of data"
        raise base.RefusedError(f"{request['table']} must keep a row of data")
    area = _area(request).RangeAddress
    for found in TABLES.get(request["book"], []):
        if found[0] == request["table"]:
            found[2] = request["rect"]
    _book(request).DatabaseRanges.getByName(request["table"]).setDataArea(area)


def _repaint(_office: base.Office, request: Request) -> None:
    document = _book(request)
    if request["on"]:
        while document.hasControllersLocked():
            document.unlockControllers()
        while document.isActionLocked():
            document.removeActionLock()
    elif not document.hasControllersLocked():
        document.lockControllers()
        document.addActionLock()


def _painting(_office: base.Office, request: Request) -> bool:
    return not _book(request).hasControllersLocked()


def _calculation(_office: base.Office, request: Request) -> bool:
    if "on" in request:
        _book(request).enableAutomaticCalculation(request["on"])
    return bool(_book(request).isAutomaticCalculationEnabled())


def _protect(_office: base.Office, request: Request) -> bool:
    if request["on"]:
        _sheet(request).protect("")
    return bool(_sheet(request).isProtected())


def _act(office: base.Office, request: Request) -> None:
    """What a user does by hand."""
    TABLES.pop(request["book"], None)
    base.act(office, _book(request), request["actions"], keep_locked=True)


def _hidden(_office: base.Office, request: Request) -> list[int]:
    rows = _sheet(request).Rows
    return [n + 1 for n in range(request["most"]) if not rows.getByIndex(n).IsVisible]


def _heights(_office: base.Office, request: Request) -> list[int]:
    """Heights of rows in hundredths of a millimetre; `fix` gives some of them one by hand."""
    rows = _sheet(request).Rows
    for number in request.get("fix", ()):
        rows.getByIndex(number - 1).Height = request["height"]
    return [rows.getByIndex(number - 1).Height for number in request["rows"]]


def _dress(_office: base.Office, request: Request) -> None:
    """What a user does to the look of a sheet: a fill, a column's width, a place of a chart."""
    sheet = _sheet(request)
    for cell, colour in request.get("fills", {}).items():
        sheet.getCellRangeByName(cell).CellBackColor = colour
    for letters, width in request.get("widths", {}).items():
        sheet.Columns.getByName(letters).Width = width
    for number, (x, y) in enumerate(request.get("charts", ())):
        shape = _charts(sheet)[number]
        place = shape.Position
        place.X, place.Y = x, y
        shape.Position = place


def _look(_office: base.Office, request: Request) -> dict[str, Any]:
    """Texts and fills of cells; widths of columns and places of charts, in 1/100 mm."""
    sheet = _sheet(request)
    cells = {cell: sheet.getCellRangeByName(cell) for cell in request["cells"]}
    return {
        "texts": {name: cell.String for name, cell in cells.items()},
        "fills": {name: cell.CellBackColor for name, cell in cells.items()},
        "widths": {name: sheet.Columns.getByName(name).Width for name in request["columns"]},
        "charts": [[shape.Position.X, shape.Position.Y] for shape in _charts(sheet)],
    }


def _charts(sheet: Uno) -> list[Uno]:
    page = sheet.DrawPage
    shapes = [page.getByIndex(number) for number in range(page.Count)]
    return [shape for shape in shapes if shape.ShapeType.endswith("OLE2Shape")]


OPERATIONS: dict[str, Callable[[base.Office, Request], object]] = {
    "open": _open,
    "close": _close,
    "books": _books,
    "activate": _activate,
    "save": _save,
    "sheets": _sheets,
    "active_sheet": _active_sheet,
    "activate_sheet": _activate_sheet,
    "selection": _selection,
    "select": _select,
    "read": _read,
    "formulas": _formulas,
    "write": _write,
    "format_shown": _format_shown,
    "number_format": _number_format,
    "clear": _clear,
    "fill": _fill,
    "tables": _tables,
    "resize": _resize,
    "repaint": _repaint,
    "painting": _painting,
    "calculation": _calculation,
    "protect": _protect,
    "act": _act,
    "hidden": _hidden,
    "heights": _heights,
    "dress": _dress,
    "look": _look,
}


def reply(office: base.Office, request: Request) -> object:
    """Do what the request asks for."""
    return OPERATIONS[request["do"]](office, request)


class _Visit(socketserver.StreamRequestHandler):
    """One of the other processes that ask."""

    server: _Door

    def handle(self) -> None:
        """Pass its requests on."""
        for line in self.rfile:
            self.server.requests.put((line.decode(), self._say))

    def _say(self, words: object) -> None:
        with suppress(OSError):  # it may be gone
            self.wfile.write(json.dumps(words).encode() + b"\n")


class _Door(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, path: str, requests: base.Requests) -> None:
        self.requests = requests
        super().__init__(path, _Visit)
        threading.Thread(target=self.serve_forever, daemon=True).start()


def main(soffice: str, folder: str) -> None:
    """Serve those at both ends, the pipes and the socket, on a screen."""
    user = Path(folder, "profile", "user")
    user.mkdir(parents=True)  # a first start's greetings would stand in front of the workbook
    quiet = Path(__file__).with_name("first_start.xcu")
    shutil.copyfile(quiet, user / "registrymodifications.xcu")
    door = str(Path(folder, "door"))
    base.main([soffice, folder], reply, visible=True, let_in=lambda them: _Door(door, them))


if __name__ == "__main__":
    main(*sys.argv[1:])
