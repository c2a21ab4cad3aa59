"""One cell of a large workbook: the master as it ships, and 100,000 rows of 20 columns."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from benchmarks.measure import Run, in_turn
from qcity_xl.adapters.resources import master_template

_ROWS, _COLUMNS = 100_000, 20
WAYS = {
    "就地修改": "edit_ours",
    "openpyxl，读、改一格、存": "load_and_save",
}
Edits = dict[tuple[str, str], Run]  # by workbook and way


def edits(folder: Path, rounds: int, seconds: float) -> Edits:
    """What each way takes on each of the workbooks, which are made in this folder."""
    found: Edits = {}
    for name, path in _books(folder):
        runs = in_turn(
            [(lambda: None, ["benchmarks.office", way, str(path)]) for way in WAYS.values()],
            rounds,
            seconds,
        )
        found |= {(name, way): run for way, run in zip(WAYS, runs, strict=True)}
    return found


def _books(folder: Path) -> Iterator[tuple[str, Path]]:
    yield "出厂的总表", Path(shutil.copy(master_template(), folder / "出厂.xlsx"))
    path = folder / "大表.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("任务")
        for row in range(_ROWS):
            sheet.write_row(row, 0, [f"第{row}行" if n % 2 else row * n for n in range(_COLUMNS)])
    yield f"{_ROWS:,}行×{_COLUMNS}列", path
