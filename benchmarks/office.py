"""What a user would write instead: `python -m benchmarks.office JOB ...`, openpyxl and pandas.

Each job does the work of a step as an office's programmer would do it in an afternoon: without
proof of what was sent, without log, undo, limits or a preview.
"""

import io
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

_HEADER = 3  # the header's line, from 0
_SHEETS = ("本轮任务", "自评", "佐证")
_ANSWERS = ("自评答案", "自评说明")


def split(master: str, template: str, out: str) -> None:
    """A copy of the pack's template for each unit, with its rows of 填报 and 得分点."""
    import openpyxl
    import pandas as pd

    books = pd.read_excel(master, sheet_name=["填报", "得分点"], header=_HEADER)
    Path(out).mkdir()
    answers = dict(tuple(books["得分点"].groupby("自评单位")))
    for unit, tasks in books["填报"].groupby("单位"):
        book = openpyxl.load_workbook(template)
        for sheet, rows in zip(_SHEETS, (tasks, answers.get(unit)), strict=False):
            headers = {cell.value: cell.column for cell in _header(book[sheet])}
            for number, row in enumerate(rows.to_dict("records") if rows is not None else ()):
                for name, value in row.items():
                    if name in headers and not pd.isna(value):
                        line = _first(book[sheet]) + number
                        book[sheet].cell(line, headers[name], value)
        book.save(Path(out, f"{unit}.xlsx"))


def split_xlsxwriter(master: str, out: str) -> None:
    """The same rows into plain new workbooks: no looks, no dropdowns."""
    import pandas as pd
    import xlsxwriter

    books = pd.read_excel(master, sheet_name=["填报", "得分点"], header=_HEADER, engine="calamine")
    Path(out).mkdir()
    answers = dict(tuple(books["得分点"].groupby("自评单位")))
    for unit, tasks in books["填报"].groupby("单位"):
        with xlsxwriter.Workbook(Path(out, f"{unit}.xlsx")) as book:
            for name, rows in zip(_SHEETS, (tasks, answers.get(unit)), strict=False):
                sheet = book.add_worksheet(name)
                for number, row in enumerate(
                    rows.itertuples(index=False) if rows is not None else ()
                ):
                    sheet.write_row(number, 0, ["" if pd.isna(cell) else cell for cell in row])


def merge(master: str, folder: str) -> None:
    """What units answered into the master, where it differs."""
    import openpyxl
    import pandas as pd

    book: Any = openpyxl.load_workbook(master)
    for sheet, source, names in (
        ("填报", "本轮任务", ("完成情况", "进展说明", "完成日期", "困难和建议")),
        ("得分点", "自评", _ANSWERS),
    ):
        headers = {cell.value: cell.column for cell in book[sheet][_HEADER + 1]}
        lines = {row[0].value: row[0].row for row in book[sheet].iter_rows(_HEADER + 2)}
        for path in sorted(Path(folder).iterdir()):
            for row in _rows(pd.read_excel(path, sheet_name=source, header=None)):
                for name in names:
                    line = lines.get(row["行键"])
                    if line and not pd.isna(row.get(name)):
                        cell = book[sheet].cell(line, headers[name])
                        if cell.value != row[name]:
                            cell.value = row[name]
    book.save(master)


def read_openpyxl(folder: str) -> None:
    """All cells of all files."""
    import openpyxl

    for path in Path(folder).iterdir():
        for sheet in openpyxl.load_workbook(path, data_only=True):
            list(sheet.iter_rows(values_only=True))


def read_pandas(folder: str) -> None:
    """The same as frames, by way of calamine."""
    import pandas as pd

    for path in Path(folder).iterdir():
        pd.read_excel(path, sheet_name=None, header=None, engine="calamine")


def read_calamine(folder: str) -> None:
    """The same as lists, by calamine alone."""
    from python_calamine import CalamineWorkbook

    for path in Path(folder).iterdir():
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def read_ours(folder: str) -> None:
    """The same as packs: limits, headers, ids, what was sent."""
    from qcity_xl.adapters.packs import read_pack
    from qcity_xl.core.master.settings import Limits

    for path in Path(folder).iterdir():
        read_pack(path.read_bytes(), Limits())


def load_and_save(master: str) -> None:
    """The least that a script does to the master: load, one cell, save."""
    import openpyxl

    book = openpyxl.load_workbook(master)
    book["任务"].cell(_HEADER + 2, 11, "备注")
    book.save(master)


def edit_ours(master: str) -> None:
    """The same in place."""
    from qcity_xl.adapters.ooxml import Book

    book = Book.open(Path(master))
    book.set("任务", _HEADER + 2, 11, "备注")
    book.save(Path(master))


def floor(folder: str) -> None:
    """What no way of making these files can do without: to pack all parts."""
    for path in Path(folder).iterdir():
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as pack:
            for name in pack.namelist():
                zlib.compress(pack.read(name))


def _header(sheet: Any) -> Any:
    return next(row for row in sheet.iter_rows() if row[0].value == "行键")


def _first(sheet: Any) -> int:
    return int(_header(sheet)[0].row) + 1


def _rows(frame: Any) -> Any:
    """The rows under the header, wherever it stands."""
    at = next(line for line, value in enumerate(frame[0]) if value == "行键")
    frame.columns = frame.iloc[at]
    return frame.iloc[at + 1 :].to_dict("records")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
