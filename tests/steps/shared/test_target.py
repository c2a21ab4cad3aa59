"""A step works on a file by its path, or on the workbook that it is given."""

from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.errors import FileUnreadable, RowsMoved
from qcity_xl.core.schema import CRITERIA
from qcity_xl.steps.shared.target import open_master, open_sound
from tests.core.master.test_moved import sort_without_ids
from tests.steps.conftest import context, master

__all__ = ["context", "master"]


def test_a_path_is_opened(master: Path) -> None:
    opened = open_master(master)
    assert (opened.path, opened.signed) == (master, False)
    assert opened.current() == master.read_bytes()


def test_what_is_open_already_is_taken_as_it_is(master: Path) -> None:
    file = WorkbookFile.open(master)
    assert open_master(file) is file


def test_a_path_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="没有这个文件"):
        open_master(tmp_path / "不在.xlsx")


def test_rows_beside_other_ids_stop_what_goes_by_ids(master: Path) -> None:
    file = WorkbookFile.open(master)
    assert open_sound(file) is file
    file.master, moved = sort_without_ids(file.master, CRITERIA, 1)
    assert open_master(file) is file
    with pytest.raises(RowsMoved, match=f"「得分点」有{len(moved)}行的内容与隐藏的行键对不上"):
        open_sound(file)


def test_rows_of_tables_that_a_step_does_not_ask_for_stop_nothing(master: Path) -> None:
    file = WorkbookFile.open(master)
    file.master, _ = sort_without_ids(file.master, CRITERIA, 1)
    assert open_sound(file, unasked=(CRITERIA,)) is file
