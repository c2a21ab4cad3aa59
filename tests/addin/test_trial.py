"""By the button 自检 the trial notes what it sees beside what people say, in a model of Excel."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from qcity_xl import ribbon
from qcity_xl.adapters.packs.kinds import kind_of
from qcity_xl.addin.cli import addin
from qcity_xl.addin.trial import is_trial, trial_workbook, write_trial
from qcity_xl.addin.trial_steps import NAME, STEPS
from tests.excel.conftest import Opened, engine, excel, opened  # noqa: F401 - fixtures
from tests.live.conftest import Answers, stage, stages  # noqa: F401 - fixtures
from tests.live.test_callbacks import Stage

FIRST = 5


def test_each_step_is_a_row_with_a_choice() -> None:
    data = trial_workbook()
    assert kind_of(data) != "old"
    sheet = openpyxl.load_workbook(io.BytesIO(data))["试用"]
    listed = [sheet.cell(FIRST + n, 3).value for n in range(len(STEPS))]
    assert listed == [step.do for step in STEPS]
    (choice,) = sheet.data_validations.dataValidation
    assert str(choice.sqref) == f"E{FIRST}:E{FIRST + len(STEPS) - 1}"


def test_the_button_notes_what_was_done_and_leaves_a_report(
    stage: Stage,  # noqa: F811
    opened: Callable[[Path], Opened],  # noqa: F811
    tmp_path: Path,
) -> None:
    master = stage("冲突")  # after a merge
    shutil.copy(master, tmp_path / "总表.xlsx")
    trial = write_trial(tmp_path)
    live = opened(trial)
    assert is_trial(live.book)
    sheet = live.book.sheets["试用"]
    number = next(n for n, step in enumerate(STEPS) if "合并回收" in step.do)
    sheet.range((FIRST + number, 5)).value = "不一样"
    sheet.range((FIRST + number, 6)).value = "没有冲突"
    answers = Answers()
    ribbon.click("doctor", answers)
    assert "试用报告.json" in answers.told[0]
    assert sheet.range((FIRST + number, 7)).value == "做到了：日志里“合并回收”1次"
    unresolved = next(n for n, step in enumerate(STEPS) if "处理冲突" in step.do)
    assert str(sheet.range((FIRST + unresolved, 7)).value).startswith("还没有")
    assert sheet.range((FIRST, 7)).value is None  # only a person can say
    report = json.loads((tmp_path / "试用报告.json").read_text(encoding="utf-8"))
    said = report["steps"][number]
    assert (said["seen"], said["words"]) == ("不一样", "没有冲突")
    assert report["steps"][0]["seen"] == "没做"
    assert {m["name"] for m in report["manners"]} >= {"表格缩到只剩表头"}
    assert any("Python" in line for line in report["machine"])
    rules = live.book.sheets["规则"]
    assert rules.range("A2").value == report["manners"][0]["name"]
    assert [book.name for book in live.model.app.books] == [NAME]


def test_a_master_is_no_trial(
    stage: Stage,  # noqa: F811
    opened: Callable[[Path], Opened],  # noqa: F811
) -> None:
    assert not is_trial(opened(stage("新")).book)


def test_the_command_makes_it(tmp_path: Path) -> None:
    done = CliRunner().invoke(addin, ["trial", "--out", str(tmp_path / "试 用")])
    assert done.exit_code == 0
    assert (tmp_path / "试 用" / NAME).is_file()
