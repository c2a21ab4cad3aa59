"""`python -m benchmarks`: a table of times and ratios on the embedded table."""

import datetime as dt
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.packs import read_pack
from qcity_xl.core.master.settings import Limits
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split

_ROUNDS = 7


def main() -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory() as folder:
        master = Path(folder) / "总表.xlsx"
        packs = Path(folder) / "下发"
        context = Context(dt.datetime(2016, 11, 22, 9, 30), "bench")
        new(master, context, master_id="bench")
        split(master, packs, context)
        data = master.read_bytes()
        pack = sorted(packs.iterdir())[0].read_bytes()
        print(f"{'':34}{'ms':>9}  {'instead':28}{'ms':>9}{'ratio':>8}")
        _row(
            "edit one cell of the master",
            lambda: _edit(data),
            "openpyxl",
            lambda: _edit_openpyxl(data),
        )
        _row(
            "read a pack",
            lambda: read_pack(pack, Limits()),
            "openpyxl",
            lambda: _read_openpyxl(pack),
        )
        _row(
            "read a pack",
            lambda: read_pack(pack, Limits()),
            "pandas + calamine",
            lambda: _read_pandas(pack),
        )
        print(f"\n{'whole process':34}{'ms':>9}  {'instead':28}{'ms':>9}{'ratio':>8}")
        twelve = [str(path) for path in sorted(packs.iterdir())[:12]]
        bare = ("import openpyxl", [sys.executable, "-c", "import openpyxl"])
        for title, args in (
            ("score", ["score", str(master), "--dry-run"]),
            ("merge of twelve packs", ["merge", str(master), *twelve, "--dry-run"]),
            (
                "split of all units",
                ["split", str(master), "--out", f"{folder}/再发", "--round", "再"],
            ),
        ):
            command = [sys.executable, "-m", "qcity_xl", *args]
            _row(title, lambda c=command: _run(c), bare[0], lambda: _run(bare[1]))  # type: ignore[misc]  # a default binds the loop's value


def _row(
    title: str, ours: Callable[[], object], instead: str, theirs: Callable[[], object]
) -> None:
    """Ours and theirs in turn, medians, and the ratio of the medians."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        for call, kept in zip((ours, theirs), times, strict=True):
            start = time.perf_counter()
            call()
            kept.append((time.perf_counter() - start) * 1000)
    mine, other = (statistics.median(kept) for kept in times)
    print(f"{title:34}{mine:9.1f}  {instead:28}{other:9.1f}{mine / other:8.2f}")


def _edit(data: bytes) -> bytes:
    book = Book.read(data)
    info = book.tables["tblTasks"]
    book.set(info.sheet, info.first_row + 1, info.last_col, "备注")
    return book.to_bytes()


def _edit_openpyxl(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["任务"]["K6"] = "备注"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read_openpyxl(data: bytes) -> object:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]


def _read_pandas(data: bytes) -> object:
    return pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, engine="calamine")


def _run(command: list[str]) -> None:
    subprocess.run(command, check=False, capture_output=True)


main()
