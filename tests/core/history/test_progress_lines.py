"""进展记录: what was said in each round."""

from qcity_xl.core.history.progress_lines import ProgressChange, moved_since, progress_changes
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import ASSIGNMENTS, PROGRESS_LINES
from qcity_xl.core.values import Value
from tests.core.builders import assignment, build, set_cell

KEY = next(iter(build(assignment("4.2", "市体育局")).rows(ASSIGNMENTS)))


def kept(master: Master) -> Master:
    return master.with_changes(progress_changes(master))


def said(master: Master, round_name: str, **cells: Value) -> Master:
    for name, value in {"round": round_name, **cells}.items():
        master = set_cell(master, ASSIGNMENTS, KEY, name, value)
    return kept(master)


def lines(master: Master) -> list[tuple[Value, Value, Value]]:
    rows = master.rows(PROGRESS_LINES).values()
    return [(row["round"], row["progress"], row["note"]) for row in rows]


BLANK = build(assignment("4.2", "市体育局"), assignment("4.3", "市体育局", note="办公室记的"))


def test_each_round_keeps_its_words() -> None:
    first = said(BLANK, "第1轮", progress="未开始", note="等资金")
    second = said(first, "第2轮", progress="推进中", note="已招标")
    assert lines(second) == [("第1轮", "未开始", "等资金"), ("第2轮", "推进中", "已招标")]
    assert progress_changes(second) == []


def test_a_correction_within_a_round_is_its_last_word() -> None:
    first = said(BLANK, "第1轮", progress="未开始", note="等资金")
    assert lines(said(first, "第1轮", note="资金已到")) == [("第1轮", "未开始", "资金已到")]


def test_what_no_round_brought_is_not_kept() -> None:
    assert lines(kept(BLANK)) == []


def test_what_moved_since_the_round_before() -> None:
    first = said(BLANK, "第1轮", progress="未开始")
    assert list(moved_since(first, "第1轮")) == [ProgressChange("4.2", "市体育局", "", "未开始")]
    second = said(first, "第2轮", progress="已完成")
    assert list(moved_since(second, "第2轮")) == [
        ProgressChange("4.2", "市体育局", "未开始", "已完成")
    ]
    same = said(first, "第2轮", note="没有变化")
    assert list(moved_since(same, "第2轮")) == []
