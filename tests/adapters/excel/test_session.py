"""Where the workbook that called is saved, and what is said where that won't do."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qcity_xl.adapters.excel.session import (
    ExcelBusy,
    InTheCloud,
    NeverSaved,
    Patience,
    saved_path,
)
from qcity_xl.core.errors import CannotWrite


@dataclass
class Book:
    """A workbook that knows its name and its place."""

    fullname: str
    name: str = "总表.xlsx"


class Hidden:
    """A workbook in a cloud folder that xlwings can't find on this computer."""

    name = "总表.xlsx"

    @property
    def fullname(self) -> str:
        import xlwings  # half a second where pandas is there: not while tests are collected

        raise xlwings.XlwingsError("Couldn't find the local OneDrive folder")


class Busy:
    """A workbook with a cell that is being edited: Excel refuses each question."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError("call was rejected by callee")


def place(book: Any) -> Path:
    return saved_path(book)


def test_a_saved_workbook_has_its_path(tmp_path: Path) -> None:
    path = tmp_path / "总 表.xlsx"
    path.touch()
    assert place(Book(str(path))) == path


@pytest.mark.parametrize("book", [Book("https://d.docs.live.net/1/总表.xlsx"), Hidden()])
def test_a_workbook_in_the_cloud_is_told(book: Any) -> None:
    with pytest.raises(InTheCloud, match=r"“总表\.xlsx”在 OneDrive .*另存到本机"):
        place(book)


def test_excel_that_does_not_answer_is_told() -> None:
    with pytest.raises(ExcelBusy, match=r"结束编辑.*再点一次"):
        place(Busy())


def test_a_workbook_without_a_place_is_told() -> None:
    with pytest.raises(NeverSaved, match="“工作簿1”还没有保存过"):
        place(Book("工作簿1"))


def test_a_read_only_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "总表.xlsx"
    path.touch()
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(CannotWrite, match="只读"):
        place(Book(str(path)))


def test_xlwings_comes_without_the_large_libraries() -> None:
    code = (
        "import sys; from qcity_xl.adapters.excel.session import load_xlwings; load_xlwings();"
        "print('xlwings' in sys.modules, 'pandas' in sys.modules, 'xlwings.pro' in sys.modules);"
        "import pandas; print(pandas.DataFrame([1]).size)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "False", "1"]


def test_xlwings_waits_a_moment_before_it_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its loops go on while their count is less than the most; that is all they ask."""
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    most = Patience(200)
    tries = 1
    while not most or tries < most:
        tries += 1
    assert tries == len(waits) + 1 == len(range(most)) == 200
    assert 5 < sum(waits) < 15
