"""Paths as file managers and people copy them: bare, in quotes, as addresses."""

from pathlib import Path

import pytest

from qcity_xl.adapters.windows.pasted import paths_in


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    path = tmp_path / "回收 件" / "市农委 第1轮.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"")
    return path


def test_each_way_of_writing_names_the_same_file(returned: Path) -> None:
    for text in (str(returned), f'"{returned}"', f"“{returned}”", returned.as_uri()):
        assert paths_in(text) == [returned]


def test_a_list_from_a_file_manager_keeps_its_order_and_names_each_once(returned: Path) -> None:
    text = f"copy\n{returned.as_uri()}\r\n{returned.parent.as_uri()}\n{returned}\n"
    assert paths_in(text) == [returned, returned.parent]


@pytest.mark.parametrize(
    "text", ["", "市农委", "回收 件/市农委 第1轮.xlsx", "/不在/这里.xlsx", "/a\0b"]
)
def test_what_names_no_file_here_is_left_out(text: str) -> None:
    assert paths_in(text) == []
