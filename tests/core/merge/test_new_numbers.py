"""A late pack of an older table: what it calls 1(1) is filed under what that is called now."""

import datetime as dt

from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.history.log import Stamp, as_lines, log_rows
from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.merge_all import merge_returns
from qcity_xl.core.merge.new_numbers import NOTE, numbers_since, renumbered, under_new_numbers
from qcity_xl.core.rounds.pack import PackContent, ReturnedPack
from qcity_xl.core.schema import CRITERIA, EVIDENCE, ROUNDS
from qcity_xl.core.schema.pack import PACK_EVIDENCE
from tests.core.builders import ROUND, issued, pack_of, returned

PAPER = {"criteria": "1(1)、1(2)", "kind": "文件", "title": "专班方案", "number": "市质〔2016〕3号"}


def logged(master: Master, command: str, *changes: Change) -> Master:
    lines = log_rows(master, Stamp("2016-12-01 09:00", "张三", command), as_lines(changes))
    return master.with_changes([*changes, *lines])


def sent(master: Master) -> Master:
    """The master after the pack was handed out."""
    cells = {"round": ROUND, "unit": "市农委", "state": "已生成"}
    return logged(master, "拆分下发", *added_row(ROUNDS.name, f"R{ROUND}/市农委", {**cells}))


def turned(master: Master) -> Master:
    """1(1) is 1(3) now; 1(2) is gone, and another criterion is called 1(1)."""
    gone = [Change(CRITERIA.name, "C1.2", "label", "1(2)", None)]
    gone.append(Change(CRITERIA.name, "C1.2", "key", "C1.2", None))
    return logged(
        master,
        "换用新表",
        Change(CRITERIA.name, "C1.1", "label", "1(1)", "1(3)"),
        *added_row(CRITERIA.name, "C1.1_2", {"label": "1(1)", "text": "质量考核", "indicator": 1}),
        *gone,
    )


def pack() -> tuple[PackContent, ReturnedPack]:
    content = pack_of(issued(), "市农委")
    return content, returned(content, new=[{**PAPER}])


def test_numbers_from_an_operation_on() -> None:
    master = turned(sent(issued()))
    assert numbers_since(master, renumbered(master), 1) == {"1(1)": "1(3)", "1(2)": ""}
    assert numbers_since(master, renumbered(master), 2) == {}
    back = logged(master, "撤销", Change(CRITERIA.name, "C1.1", "label", "1(3)", "1(1)"))
    assert "1(1)" not in numbers_since(back, renumbered(back), 1)


def test_evidence_of_an_older_table_is_filed_under_the_numbers_of_now() -> None:
    master = turned(sent(issued()))
    (merged,) = merge_returns(master, [pack()[1]], dt.date(2016, 12, 8))
    assert merged.file.notes == (f"{NOTE}；1(2)已取消，没有写上",)
    changed = master.with_changes(line.change for line in merged.lines if line.change)
    (paper,) = [r for r in changed.rows(EVIDENCE).values() if r.get("title") == "专班方案"]
    assert paper["criteria"] == "1(3)"


def test_a_file_that_was_merged_before_brings_nothing_twice() -> None:
    master = sent(issued())
    (merged,) = merge_returns(master, [pack()[1]], dt.date(2016, 12, 8))
    lines = log_rows(master, Stamp("2016-12-08 09:00", "张三", "合并回收"), merged.lines)
    master = master.with_changes([*(x.change for x in merged.lines if x.change), *lines])
    (key,) = [k for k, r in master.rows(EVIDENCE).items() if r.get("title") == "专班方案"]
    master = turned(master)
    now = Change(EVIDENCE.name, key, "criteria", "1(1)、1(2)", "1(3)")
    master = logged(master, "换用新表", now)
    (again,) = merge_returns(master, [pack()[1]], dt.date(2016, 12, 9))
    assert not [line for line in again.lines if line.change and line.table == EVIDENCE.name]


def test_a_pack_of_the_table_of_now_is_left_as_it_is() -> None:
    _, file = pack()
    assert under_new_numbers(file, {"9(9)": "1(1)"}) is file
    numbered = under_new_numbers(file, {"1(1)": "1(3)"})
    rows = numbered.rows[PACK_EVIDENCE.table.name]
    assert [r.values["criteria"] for r in rows if r.values.get("title")] == ["1(3)、1(2)"]
