"""处理冲突: the office's choice is carried out, what has none stays open."""

from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS
from qcity_xl.core.values import Value
from qcity_xl.steps.resolve import resolve
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import DONE, LEFT, Context
from qcity_xl.steps.shared.plain_text import text_lines
from qcity_xl.steps.split import split


@pytest.fixture
def disputed(master: Path, context: Context) -> str:
    """The row of 填报 that the office and 市科技局 wrote differently."""
    split(master, master.parent / "下发", context, units=["科技局"])
    file = WorkbookFile.open(master)
    key = next(iter(file.master.rows(ASSIGNMENTS)))
    row: dict[str, Value] = {"kind": "冲突", "round": "第1轮", "unit": "市科技局", "sheet": "填报"}
    row |= {"row": key, "column": "进展说明", "ours": "办公室写的", "theirs": "单位写的"}
    changes = [
        Change(ASSIGNMENTS.name, key, "note", None, "办公室写的"),
        *added_row(CONFLICTS.name, "X1", row),
    ]
    commit(file, as_lines(changes), context, "手工填写")
    return key


def choose(master: Path, context: Context, **cells: str) -> None:
    file = WorkbookFile.open(master)
    changes = [Change(CONFLICTS.name, "X1", name, None, value) for name, value in cells.items()]
    commit(file, as_lines(changes), context, "手工填写")


def note(master: Path, key: str) -> str:
    return text(WorkbookFile.open(master).master.rows(ASSIGNMENTS)[key], "note")


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        ({"choice": "采用回收"}, "单位写的"),
        ({"choice": "采用总表"}, "办公室写的"),
        ({"choice": "另填", "other": "两边核对后写的"}, "两边核对后写的"),
    ],
)
def test_the_side_that_was_chosen(
    master: Path, context: Context, disputed: str, cells: dict[str, str], written: str
) -> None:
    choose(master, context, **cells)
    assert resolve(master, context).status == DONE
    assert note(master, disputed) == written
    row = WorkbookFile.open(master).master.rows(CONFLICTS)["X1"]
    assert text(row, "outcome")


def test_without_a_choice_it_stays_open_and_is_told(
    master: Path, context: Context, disputed: str
) -> None:
    before = master.read_bytes()
    report = resolve(master, context)
    assert report.status == LEFT
    assert "还剩1条" in "".join(text_lines(report))
    assert master.read_bytes() == before
    assert note(master, disputed) == "办公室写的"
