"""更多选项: what a command can be told, a click can be told too."""

from collections.abc import Callable
from pathlib import Path

from qcity_xl import ribbon
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import LOG, ROUNDS
from tests.live.conftest import UNITS, Answers, Open

Stage = Callable[..., Path]
Opener = Callable[[Path], Open]


def test_one_unit_and_a_round_of_its_own(stage: Stage, opened: Opener, tmp_path: Path) -> None:
    live = opened(stage("新"))
    answers = Answers(folder=tmp_path, more=[{"units": (UNITS[1],), "round_name": "补发"}])
    ribbon.click("split", answers)
    assert len(list(answers.fields["units"].choices)) > len(UNITS)
    assert "补发" in answers.shown[0]
    assert [path.name for path in tmp_path.glob("*.xlsx")] == [f"补发_{UNITS[1]}.xlsx"]
    assert [text(row, "unit") for row in live.master.rows(ROUNDS).values()] == [UNITS[1]]
    assert ("生成1份", "更多选项", "取消") in answers.buttons


def test_an_older_operation_is_undone(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    ribbon.click("check", Answers())
    ribbon.click("score", Answers())
    first = min(int(str(row["operation"])) for row in live.master.rows(LOG).values())
    answers = Answers(more=[{"number": first + 1}])
    ribbon.click("undo", answers)
    assert next(value for value, _ in answers.fields["number"].choices) == first + 2
    assert f"操作{first + 1}" in answers.shown[0]


def test_replies_go_where_they_are_asked_for(stage: Stage, opened: Opener, tmp_path: Path) -> None:
    path = stage("回收")
    opened(path)
    (path.parent / "回收件" / "坏.xlsx").write_bytes(b"no workbook")
    out = tmp_path / "退回"
    ribbon.click("merge", Answers(folder=path.parent / "回收件", more=[{"reply": out}]))
    assert [made.name for made in out.iterdir()] == ["退回_坏.txt"]
