"""How many calls a click may make: each crosses from Python to Excel and costs there."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qcity_xl import ribbon
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import CRITERIA, ROUNDS, SETTINGS, UNITS
from qcity_xl.core.schema.pack import PACK_EVIDENCE, PACK_TASKS
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.score import score
from qcity_xl.steps.split import split
from tests.excel.conftest import Opened
from tests.excel.test_parity import without_time
from tests.live.conftest import Answers, now, write
from tests.live.test_parity import CHOSEN, STEPS

MOST = {
    "check": 116,
    "score": 109,
    "evidence": 130,
    "split": 123,
    "merge": 115,
    "resolve": 93,
    "undo": 55,
    "send": 167,
    "chase": 167,
}
SAVES = {"split": 2, "send": 2, "chase": 2}  # before and after what is handed out


def calls(live: Opened, name: str, answers: Answers) -> int:
    """How many calls this click makes, which does what it is for."""
    wire = live.model.wire
    wire.calls, live.model.saves = 0, 0
    wire.by_name.clear()
    ribbon.click(name, answers)
    assert "完成" in answers.told[0], answers.told
    return int(wire.calls)


@pytest.mark.parametrize("name", MOST)
def test_a_click_makes_no_more_calls_than_it_needs(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    path = stage(STEPS[name][0])
    live = opened(path)
    answers = Answers(folder=path.parent / CHOSEN.get(name, "回收件"))
    assert calls(live, name, answers) <= MOST[name], live.model.wire.by_name.most_common()
    assert live.model.saves == SAVES.get(name, 0)


@pytest.fixture(scope="module")
def whole_round(stages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master with all units' packs out and back, an answer or a page of evidence in each."""
    folder = tmp_path_factory.mktemp("一轮") / "总表"
    shutil.copytree(stages / "新", folder)
    path = folder / "总表.xlsx"
    split(path, folder / "下发", now(), round_name="第1轮")
    for made in (folder / "下发").iterdir():
        pack = Pack(made)
        pack.fill(PACK_TASKS.table, 0, {"progress": "正在推进", "note": "月底前报送名单"})
        pack.fill(PACK_EVIDENCE.table, 0, {"title": "会议纪要", "number": "纪要〔2016〕7号"})
        pack.save(folder / "回收件" / made.name)
    rows = WorkbookFile.open(path).master
    write(
        path,
        (SETTINGS.name, "邮件/发件地址", "value", "zlb@example.com"),
        *((UNITS.name, k, "email", "b@example.com") for k in rows.rows(UNITS) if k),
    )
    return folder


@pytest.fixture
def copy_of_round(whole_round: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole_round, tmp_path / "质量 强市")
    return tmp_path / "质量 强市" / "总表.xlsx"


def test_letters_to_all_units_cost_two_saves(
    copy_of_round: Path, opened: Callable[[Path], Opened]
) -> None:
    live = opened(copy_of_round)
    assert calls(live, "send", Answers(folder=copy_of_round.parent / "草稿")) <= 178
    assert live.model.saves == 2
    drafts = list((copy_of_round.parent / "草稿").rglob("*.eml"))
    assert len(drafts) == len(live.master.rows(ROUNDS)) >= 29


def test_the_returns_of_all_units_come_in_few_calls(
    copy_of_round: Path, opened: Callable[[Path], Opened]
) -> None:
    live = opened(copy_of_round)
    assert calls(live, "merge", Answers(folder=copy_of_round.parent / "回收件")) <= 152
    assert len(live.master.rows(ROUNDS)) >= 29
    assert {text(row, "state") for row in live.master.rows(ROUNDS).values()} == {"已回收"}


@pytest.mark.parametrize(("answers", "most"), [(slice(4, 14), 100), (slice(3, 80, 2), 110)])
def test_scattered_cells_cost_no_call_each(
    answers: slice, most: int, stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    """49 cells in rows that touch, and 572 in every other row."""
    path = stage("新")
    score(path, now())
    keys = list(WorkbookFile.open(path).master.rows(CRITERIA))
    write(path, *((CRITERIA.name, key, "answer", "达成") for key in keys[answers]))
    live = opened(path)
    assert calls(live, "score", Answers()) <= most
    assert len(list(live.master.rows(CRITERIA))) == len(keys)


@pytest.mark.parametrize("evaluates", ["on the sheet in front", ""])
def test_where_excel_does_not_say_where_tables_stand_each_is_looked_up(
    evaluates: str, stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    done = []
    for evaluation in ("on its sheet", evaluates):
        live = opened(stage("新", evaluation or "不算"))
        live.model.app.evaluates = evaluation
        assert calls(live, "score", Answers()) <= 183
        done.append(without_time(live.master))
        live.model.do_Close()  # one Excel opens no two workbooks of one name
    assert done[0] == done[1]
