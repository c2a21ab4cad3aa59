"""The tests' side of a resident LibreOffice."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Required, Self, TypedDict

from qcity_xl.adapters.office import find_soffice, kill_tree
from tests.tools import program, unavailable

# Text, or a number (dates and booleans too: LibreOffice keeps them as numbers). A formula in
# error is "#ERR " and what the cell shows: "#ERR #REF!", "#ERR Err:508".
Value = str | float
Sheets = dict[str, dict[str, Value]]

_SERVER = Path(__file__).with_name("server.py")
_CALL_SECONDS = 120.0


class Action(TypedDict, total=False):
    """One thing that a user does to a workbook; rows and columns are named as on screen."""

    do: Required[
        Literal[
            "set",  # cell, value; formula=True to have "=…" read as a formula
            "insert_column",  # before, e.g. "D"
            "delete_column",  # column
            "hide_column",  # column
            "insert_row",  # before, e.g. 5
            "delete_rows",  # rows, e.g. [5, 6]
            "hide_rows",  # rows
            "sort",  # range without its header, by (1 = first column of the range), descending
            "rename_sheet",  # to
        ]
    ]
    sheet: Required[str]
    cell: str
    value: str | float | None
    formula: bool
    before: str | int
    column: str
    rows: list[int]
    range: str
    by: int
    descending: bool
    to: str


class LibreOfficeError(Exception):
    """LibreOffice refused, or is gone; the next call starts a new one."""


@dataclass(frozen=True)
class Programs:
    """What is needed to drive LibreOffice."""

    soffice: Path
    python: Path  # one that can import uno


def require_soffice() -> Path:
    """The program of LibreOffice, or the end of the test that asked for it."""
    return find_soffice() or unavailable("LibreOffice", "install the package libreoffice-calc")


def find_programs() -> Programs:
    """The programs, or the end of the test that asked for them."""
    soffice = require_soffice()
    beside = soffice.resolve().parent
    for python in (
        Path("/usr/bin/python3"),
        beside / "python.exe",  # Windows
        beside.parent / "Resources" / "python",  # Mac
        Path(sys.executable),
    ):
        if python.is_file() and _can_import_uno(python):
            return Programs(soffice, python)
    return unavailable("a Python that can import uno", "install the package python3-uno")


class LibreOffice:
    """A LibreOffice of one's own, with a private profile, closed at the end of `with`.

    Every call works on a private copy of the file, so no lock file appears beside it and the
    file itself is never written, except where it is named as `out` as well.
    """

    server = _SERVER

    def __init__(self, programs: Programs) -> None:
        """Nothing is started before the first call."""
        self._programs = programs
        self._child: subprocess.Popen[str] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def recalculate(self, path: Path) -> Sheets:
        """Sheet -> "C5" -> value of each formula cell after all are calculated anew."""
        return self._read("recalculate", path)

    def values(self, path: Path) -> Sheets:
        """Sheet -> "C5" -> value of each cell that is not empty, with formulas as cached."""
        return self._read("values", path)

    def edit(
        self,
        path: Path,
        cells: Mapping[tuple[str, str], str | float | None],
        out: Path,
        *,
        filter: str = "Calc MS Excel 2007 XML",  # noqa: A002 - LibreOffice's own word for it
        formula: bool = False,
    ) -> None:
        """Type values into cells, None to empty one, and save as `out`.

        Text stays text, also "=…" unless `formula` is set. A locked cell of a protected sheet is
        refused, as it would be on screen; dropdowns and validation are not asked (as in a paste).
        """
        actions: list[Action] = [
            {"do": "set", "sheet": sheet, "cell": cell, "value": value, "formula": formula}
            for (sheet, cell), value in cells.items()
        ]
        self._call(
            "act", path=path, out=out, filter=filter, keep_locked=True, actions=list(actions)
        )

    def act(
        self,
        path: Path,
        actions: Sequence[Action],
        out: Path,
        *,
        filter: str = "Calc MS Excel 2007 XML",  # noqa: A002 - LibreOffice's own word for it
        password: str = "",
    ) -> None:
        """Do the actions in their order and save as `out`, under the password it was opened with.

        A protected sheet or workbook is unprotected first (it must have no password) and
        protected again after the last action. LibreOffice's xlsx keeps what a sheet's protection
        permits, but not that the workbook's structure is locked, even where nothing is done.
        """
        self._call(
            "act",
            path=path,
            out=out,
            filter=filter,
            keep_locked=False,
            actions=list(actions),
            password=password,
        )

    def pictures(self, path: Path, out_dir: Path, dpi: int = 60) -> list[Path]:
        """One PNG for each printed page, in order."""
        pdftoppm = program("pdftoppm", "poppler-utils")
        out_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as private:
            pdf = Path(private, "pages.pdf")
            self._call("act", path=path, out=pdf, filter="calc_pdf_Export", actions=[])
            pages = Path(private, "pages")
            pages.mkdir()
            subprocess.run(
                [pdftoppm, "-r", str(dpi), "-png", str(pdf), str(pages / "page")],
                check=True,
                timeout=_CALL_SECONDS,
            )
            # pdftoppm pads the numbers to one width, so names sort as pages do.
            return [
                Path(shutil.copy(page, out_dir / f"{path.stem}-{number}.png"))
                for number, page in enumerate(sorted(pages.iterdir()), start=1)
            ]

    @property
    def pid(self) -> int | None:
        """The first of our processes, which leads the group of the others; None while idle."""
        return None if self._child is None else self._child.pid

    def environment(self) -> Mapping[str, str]:
        """Ours without what would lead another Python into this one's packages."""
        return _environment()

    def close(self) -> None:
        """End the program, whatever state it is in; no process and no file is left."""
        child, self._child = self._child, None
        if child is not None:
            if child.stdin is not None:
                with suppress(BrokenPipeError):  # it is gone, and a request was never read
                    child.stdin.close()  # the server ends LibreOffice and itself
            with suppress(subprocess.TimeoutExpired):
                child.wait(10)
            kill_tree(child)
            if child.stdout is not None:
                child.stdout.close()
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def _read(self, do: str, path: Path) -> Sheets:
        sheets: Sheets = self._call(do, path=path)
        return sheets

    # Any: the answer's shape is the server's promise for each request.
    def _call(self, do: str, *, path: Path, out: Path | None = None, **more: object) -> Any:
        if not path.is_file():
            raise FileNotFoundError(path)
        if self._child is None:
            self._start()
        if self._folder is None:
            raise LibreOfficeError("LibreOffice is not running")
        with tempfile.TemporaryDirectory(dir=self._folder.name) as private:
            copy = Path(private, path.name)
            shutil.copyfile(path, copy)  # without the source's permissions
            target = None if out is None else str(out.absolute())
            answer = self._ask({"do": do, "path": str(copy), "out": target, **more})
        if "error" in answer:
            raise LibreOfficeError(f"{path.name}: {answer['error']}")
        return answer["ok"]

    def _start(self) -> None:
        self._folder = tempfile.TemporaryDirectory(
            prefix="libreoffice-", ignore_cleanup_errors=True
        )
        self._child = subprocess.Popen(
            [
                str(self._programs.python),
                str(self.server),
                str(self._programs.soffice),
                self._folder.name,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
            encoding="utf-8",
            start_new_session=True,
        )
        answer = self._ask(None)
        if "error" in answer:
            self.close()
            raise LibreOfficeError(str(answer["error"]))

    def _ask(self, request: Mapping[str, object] | None) -> dict[str, Any]:
        """The next answer; a call that hangs is killed together with its LibreOffice."""
        child = self._child
        if child is None or child.stdin is None or child.stdout is None:
            raise LibreOfficeError("LibreOffice is not running")
        watchdog = threading.Timer(_CALL_SECONDS, kill_tree, [child])
        watchdog.start()
        try:
            if request is not None:
                child.stdin.write(json.dumps(request) + "\n")
                child.stdin.flush()
            line = child.stdout.readline()
        except BrokenPipeError:
            line = ""
        except BaseException:  # an interrupted call leaves an answer that nobody asked for
            kill_tree(child)
            self.close()
            raise
        finally:
            watchdog.cancel()
        if not line:
            kill_tree(child)
            self.close()
            raise LibreOfficeError(f"LibreOffice ended or hung while asked: {request}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def _can_import_uno(python: Path) -> bool:
    done = subprocess.run(
        [str(python), str(_SERVER), "--probe"],
        env=_environment(),
        capture_output=True,
        timeout=_CALL_SECONDS,
        check=False,
    )
    return done.returncode == 0


def _environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))
    }
