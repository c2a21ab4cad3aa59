"""更多选项: what a command can be told, a click can be told too."""

import re
from collections.abc import Callable
from pathlib import Path

import xlwings as xw

from qcity_xl import ribbon
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import INDICATORS, LOG, ROUNDS
from tests.live.conftest import UNITS, Answers, Open, open_again

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


def test_a_header_is_corrected_in_the_preview_and_remembered(tmp_path: Path, app: xw.App) -> None:
    table = tmp_path / "任务分解表.csv"
    lines = [
        "指标,采集分,评分标准,工作任务,完成时限,牵头单位,配合单位",
        "1.质量例会,10,每季度召开一次例会的得10分。,1.1 召开例会,2016年,市农委,",
        "2.质量课程,5,开设质量课程的得5分。,2.1 开设课程,2016年,市教育局,",
    ]
    table.write_text("\n".join(lines), encoding="utf-8")
    app.books.add().set_mock_caller()
    answers = Answers(folder=tmp_path, files=[table], more=[{"headers": "采集分=分值"}])
    ribbon.click("new", answers)
    (preview,) = answers.shown  # after the correction
    assert re.search(r"采集分\s+分值\n", preview)
    assert "1 质量例会：10分" in preview
    live = open_again(app, tmp_path / "总表.xlsx")
    assert live.master.settings.header_words == "采集分=分值"
    assert [row["points"] for row in live.master.rows(INDICATORS).values()] == [10, 5]
    # The next document needs no word of it, with this master in front.
    (tmp_path / "又").mkdir()
    ribbon.click("new", Answers(folder=tmp_path / "又", files=[table]))
    again = WorkbookFile.open(tmp_path / "又" / "总表.xlsx").master
    assert [row["points"] for row in again.rows(INDICATORS).values()] == [10, 5]
    assert again.settings.header_words == "采集分=分值"
