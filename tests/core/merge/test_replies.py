"""What goes back to a unit: its pack whole, and a remark for each thing that was not taken."""

from dataclasses import replace

from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.decide import decide_pack
from qcity_xl.core.merge.replies import Reply, reply_to
from qcity_xl.core.rounds.pack import PackFinding, ReturnedPack
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_TASKS
from tests.core.builders import issued, pack_of, returned

UNIT = "市农委"
MASTER: Master = issued()
TASK = f"T1.1/{UNIT}"


def reply(pack: ReturnedPack) -> Reply | None:
    return reply_to(pack, decide_pack(pack, MASTER), MASTER)


def test_where_all_was_taken_nothing_goes_back() -> None:
    assert reply(returned(pack_of(MASTER, UNIT), (PACK_TASKS, TASK, "progress", "推进中"))) is None


def test_the_answers_stay_and_the_refused_one_is_explained() -> None:
    filled = ((PACK_TASKS, TASK, "progress", "七成"), (PACK_TASKS, TASK, "note", "已收割"))
    made = reply(returned(pack_of(MASTER, UNIT), *filled))
    assert made is not None
    (row,) = made.content.rows[PACK_TASKS.table.name]
    assert (row["progress"], row["note"]) == ("七成", "已收割")
    (remark,) = made.remarks
    assert (remark.index, remark.field) == (0, "progress")
    assert remark.found.startswith("填了“七成”：")
    assert remark.allowed == "未开始、推进中、已完成、有困难"
    assert made.base[PACK_TASKS.table.name][TASK]["progress"] is None


def test_an_answer_is_explained_by_its_rule() -> None:
    made = reply(returned(pack_of(MASTER, UNIT), (PACK_CRITERIA, "C1.1", "answer", "还行")))
    assert made is not None
    (remark,) = made.remarks
    assert "达成 或 未达成" in remark.allowed


def test_a_row_that_was_deleted_is_back_in_its_place() -> None:
    made = reply(returned(pack_of(MASTER, UNIT), gone=[TASK]))
    assert made is not None
    assert [row["key"] for row in made.content.rows[PACK_TASKS.table.name]] == [TASK]
    assert [remark.fix for remark in made.remarks] == ["已为您恢复这一行；不用填的留空即可"]


def test_what_was_not_read_is_told_with_its_place_in_the_unit_s_file() -> None:
    finding = PackFinding(
        "本轮任务", "F9", "是合并单元格", "一格一个内容", "请拆分", "tblPackTasks", 6
    )
    made = reply(replace(returned(pack_of(MASTER, UNIT)), findings=(finding,)))
    assert made is not None
    assert made.remarks[0].found == "是合并单元格，没有读到（您的文件里 F9）"
