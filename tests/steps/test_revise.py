"""换用新表 by command: asked, previewed, logged, undoable, once."""

from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.history.log import as_lines, operations, verify
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CRITERIA,
    EVIDENCE,
    LOG,
    MASTER,
    REVISIONS,
    SETTINGS,
    TASKS,
)
from qcity_xl.core.values import same_meaning
from qcity_xl.steps.adopt import adopt
from qcity_xl.steps.history import undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.revise import revise
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.steps.books import NEW_TABLE, OLD_TABLE, table_for
from tests.steps.conftest import Qcity


@pytest.fixture
def running(tmp_path: Path, context: Context) -> Path:
    """A master on the older table, with answers, a paper and notes of the office's own."""
    path = tmp_path / "总表（运行中）.xlsx"
    new(path, context, master_id="test", document=table_for(tmp_path, "旧版.csv", OLD_TABLE))
    file = WorkbookFile.open(path)
    cells = (
        (ASSIGNMENTS, "T1.1/市农委", "note", "一季度已开"),
        (ASSIGNMENTS, "T2.1/市教育局", "note", "教材在编"),
        (CRITERIA, "C3.2", "answer", "达成"),
        (CRITERIA, "C2.1", "answer", "未达成"),
    )
    changes = [
        Change(t.name, row, name, file.master.rows(t)[row].get(name), said)
        for t, row, name, said in cells
    ]
    paper = {"criteria": "3(2)、2(1)", "unit": "市财政局", "title": "拨付凭证", "state": "通过"}
    changes += added_row(EVIDENCE.name, "E901", {**paper})
    commit(file, as_lines(changes), context, "手工填写")
    score(path, context)
    return path


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    return table_for(tmp_path, "新版 任务分解表.csv", NEW_TABLE)


def opened(path: Path) -> Master:
    return WorkbookFile.open(path).master


def same_cells(one: Master, other: Master) -> bool:
    tables = [t for t in MASTER if t not in (LOG, SETTINGS)]
    return all(
        one.rows(t).keys() == other.rows(t).keys()
        and all(
            same_meaning(row.get(c.field), other.rows(t)[key].get(c.field), c.type)
            for key, row in one.rows(t).items()
            for c in t.columns
        )
        for t in tables
    )


def test_a_newer_table_is_previewed_taken_once_and_undone(
    qcity: Qcity, running: Path, newer: Path
) -> None:
    before, data = opened(running), running.read_bytes()
    status, shown = qcity("revise", running, newer, "--dry-run")
    assert (status, running.read_bytes()) == (1, data)

    status, done = qcity("adopt", running, newer, "--table")
    assert status == 1  # there is something to look at
    assert (done["changes"], done["kind"]) == (shown["changes"], "table")
    after = opened(running)
    numbers = {text(r, "text"): text(r, "no") for r in after.rows(TASKS).values()}
    assert numbers == {
        "召开质量例会": "3.1",
        "设立市长质量奖": "2.2",
        "兑现奖励资金": "2.1",
        "制定品牌培育规划": "1.1",
    }
    assert after.rows(ASSIGNMENTS)["T1.1/市农委"]["note"] == "一季度已开"
    assert after.rows(ASSIGNMENTS)["T1.1/市农委"]["task"] == "3.1"
    assert after.rows(CRITERIA)["C3.2"]["answer"] == "达成"
    assert (after.rows(CRITERIA)["C3.2"]["points"], after.rows(CRITERIA)["C3.2"]["claimed"]) == (
        *(10, 10),
    )
    assert after.rows(EVIDENCE)["E901"]["criteria"] == "2(2)"
    held = "\n".join(text(row, "held") for row in after.rows(REVISIONS).values())
    assert "教材在编" in held
    assert "自评答案：未达成" in held
    assert "拨付凭证" in held
    assert not verify(after)
    problems = qcity("check", running)[1]["problems"]
    assert not [p for p in problems if p["severity"] == "error"]
    qcity("undo", running)  # of the check

    data = running.read_bytes()
    assert qcity("revise", running, newer)[1]["changes"] == 0
    assert running.read_bytes() == data

    assert qcity("undo", running)[0] == 0
    assert same_cells(opened(running), before)


def test_the_log_says_which_table_and_what_the_office_said(
    running: Path, tmp_path: Path, context: Context
) -> None:
    odd = [row for row in OLD_TABLE if row[2] != "1.2 印发例会纪要"]
    odd.append((1, OLD_TABLE[0][1], "1.2 每次例会印发纪要并通报", "2016年", "市农委", ""))
    table = table_for(tmp_path, "新版.csv", tuple(sorted(odd)))
    asked = revise(running, table, context)
    assert (asked.status, asked.changes) == (3, 0)
    (question,) = asked.data["questions"]
    assert (question["old_no"], question["new_no"]) == ("1.2", "1.2")
    revise(running, table, context, pairs="1.2=1.2")
    last = operations(opened(running))[-1]
    assert (last.stamp.command, last.stamp.source) == ("换用新表", "新版.csv（1.2=1.2）")
    assert opened(running).rows(TASKS)["T1.2"]["text"] == "每次例会印发纪要并通报"
    assert not revise(running, table, context).changes


def test_packs_that_are_out_are_waited_for(
    qcity: Qcity, running: Path, newer: Path, tmp_path: Path, context: Context
) -> None:
    packs = tmp_path / "下发"
    split(running, packs, context, round_name="第1轮")
    data = running.read_bytes()
    status, said = qcity("revise", running, newer)
    assert (status, running.read_bytes()) == (3, data)
    (why,) = said["blocked"]
    assert "市农委" in why
    assert "还没有报送" in why
    assert not revise(running, newer, context, packs_out=True).data["blocked"]
    undo(running, context)
    merge(running, [packs], context)
    assert not revise(running, newer, context).data["blocked"]


def test_another_table_is_refused(qcity: Qcity, running: Path, tmp_path: Path) -> None:
    rows = tuple(
        (n, (what, "10", f"完成{what}排查的得10分。"), f"{n}.1 排查{what}", "2016年", "市农委", "")
        for n, what in enumerate(("燃气管道", "自建房屋", "危险化学品"), 1)
    )
    data = running.read_bytes()
    status, said = qcity("revise", running, table_for(tmp_path, "安全.csv", rows))
    assert (status, running.read_bytes()) == (3, data)
    assert "看来不是这张总表的新版：指标3项里对得上0项" in said["error"]


def test_a_file_that_is_no_table_is_refused(qcity: Qcity, running: Path, tmp_path: Path) -> None:
    path = tmp_path / "合同.csv"
    path.write_text("品名,单价,数量\n投影仪,4200,3\n幕布,600,3\n", "utf-8")
    status, said = qcity("revise", running, path)
    assert status == 3
    assert "看来不是任务分解表" in said["error"]


def test_the_words_that_the_master_was_taught_are_known(
    running: Path, newer: Path, context: Context
) -> None:
    odd = newer.with_name("另一种表头.csv")
    odd.write_text(newer.read_text("utf-8").replace("牵头单位", "抓总的"), "utf-8")
    revise(running, odd, context, headers="抓总的=牵头单位")
    master = opened(running)
    assert master.settings.header_words == "抓总的=牵头单位"
    assert master.rows(TASKS)["T3.2"]["leads"] == "市财政局"
    assert not revise(running, odd, context).changes


def test_adopt_with_table_does_the_same(
    running: Path, newer: Path, tmp_path: Path, context: Context
) -> None:
    other = tmp_path / "另一份.xlsx"
    other.write_bytes(running.read_bytes())
    revise(running, newer, context)
    adopt(other, newer, context, table=True)
    assert same_cells(opened(running), opened(other))


def test_numbers_that_start_again_in_each_section_mean_the_same_rows(
    tmp_path: Path, context: Context
) -> None:
    """The newer table counts 1, 2 in both sections, where the older one counted on."""

    def written(name: str, *rows: tuple[str, ...]) -> Path:
        header = ("部分", "指标", "分值", "评分标准", "工作任务", "完成时限", "牵头单位")
        path = tmp_path / name
        path.write_text("\n".join(",".join(row) for row in (header, *rows)), "utf-8")
        return path

    def row(section: str, no: int, words: str) -> tuple[str, ...]:
        points = f"{words}的得10分。"
        return (
            *(section, f"{no}.{words}工作", "10", points),
            *(f"{no}.1 {words}", "2016年", "市农委"),
        )

    first, second = "一、组织领导", "二、质量基础"
    path = tmp_path / "总表.xlsx"
    old = (row(first, 1, "召开质量例会"), row(first, 2, "组织质量月活动"))
    more = (row(second, 3, "建成检测平台"), row(second, 4, "设立市长质量奖"))
    new(path, context, master_id="test", document=written("旧版.csv", *old, *more))
    again = (row(second, 1, "建成检测平台"), row(second, 2, "设立市长质量奖"))
    assert not revise(path, written("同.csv", *old, *again), context).changes

    words = ("开设质量课程", "召开质量例会", "组织质量月活动")
    added = [row(first, no, said) for no, said in enumerate(words, 1)]
    assert revise(path, written("新版.csv", *added, *again), context).changes
    numbers = {text(r, "text"): text(r, "no") for r in opened(path).rows(TASKS).values()}
    assert numbers == {
        "开设质量课程": "1.1",
        "召开质量例会": "2.1",
        "组织质量月活动": "3.1",
        "建成检测平台": "4.1",
        "设立市长质量奖": "5.1",
    }
    assert not revise(path, written("新版.csv", *added, *again), context).changes
