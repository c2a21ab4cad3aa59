"""A whole book: each cell has its fate, and what came in comes in once."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.adopting.ledger import Fate
from qcity_xl.core.history.log import operations
from qcity_xl.core.history.undo import plan_undo
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS, EVIDENCE, INDICATORS, UNITS
from tests.core.adopting.books import OFFICE, adopt, after, sheet, why
from tests.core.builders import set_cell

HEADERS = ("工作任务", "牵头单位", "进展情况", "完成率", "自评得分", "存在问题", "佐证材料", "备注")
BOOK = sheet(
    ("本市质量工作台账（2016年8月）", "", "", "", "", "", "", ""),
    HEADERS,
    ("1.1 建立质量工作专班", "市农委", "专班已挂牌。", "100%", "", "无", "《专班方案》", ""),
    ("1.2 每季度召开一次质量例会", "教育局", "开了两次", "50%", "", "会议室不够", "", "下半年补"),
    ("2.1 制定发布地方标准三项以上", "市农委", "进行中", "", "5", "", "", ""),
)
CONTACTS = sheet(
    ("单位", "联系人", "电话"), ("农委", "陈静", "0519-85550001"), name="工作表“通讯录”"
)


def test_a_book_comes_in_without_retyping() -> None:
    adopted = adopt(BOOK, CONTACTS)
    rows = after(adopted).rows(ASSIGNMENTS)
    shown = {key: (row.get("progress"), row.get("note")) for key, row in rows.items()}
    assert shown["T1.1/市农委"] == ("已完成", "专班已挂牌。")
    assert shown["T1.2/市教育局"] == ("推进中", "开了两次\n完成率50%")
    assert shown["T2.1/市农委"] == ("推进中", None)
    assert rows["T1.2/市教育局"]["difficulty"] == "会议室不够"
    assert after(adopted).rows(INDICATORS)["I2"]["kept"] == 5
    assert after(adopted).rows(UNITS)["U-市农委"]["contact"] == "陈静"
    (document,) = after(adopted).rows(EVIDENCE).values()
    assert (document["title"], document["criteria"], document["state"]) == (
        *("专班方案", "1(1)"),
        "待审",
    )
    assert not adopted.left


def test_a_second_time_nothing_comes_in() -> None:
    first = adopt(BOOK, CONTACTS)
    again = adopt(BOOK, CONTACTS, master=after(first))
    assert first.changes
    assert not again.changes
    assert again.taken == 0
    assert again.there == first.taken + first.there


def test_what_the_master_holds_is_not_overwritten() -> None:
    master = after(adopt(BOOK), command="手工")
    master = set_cell(master, ASSIGNMENTS, "T1.1/市农委", "note", "办公室核过：已挂牌")
    adopted = adopt(BOOK, master=master)
    changed = master.with_changes(adopted.changes)
    assert changed.rows(ASSIGNMENTS)["T1.1/市农委"]["note"] == "办公室核过：已挂牌"
    (conflict,) = changed.rows(CONFLICTS).values()
    assert (conflict["row"], conflict["theirs"]) == ("T1.1/市农委", "专班已挂牌。")
    assert adopted.conflicts == 1
    assert "办公室核过" in why(adopted, "C3")
    assert not adopt(BOOK, master=changed).changes  # it is on 冲突 already


def test_after_an_undo_it_comes_in_again() -> None:
    first = adopt(BOOK)
    master = after(first)
    (operation,) = operations(master)
    undone = plan_undo(master, operations(master), operation)
    assert not undone.held
    assert adopt(BOOK, master=master.with_changes(undone.changes)).taken == first.taken


def test_a_newer_book_brings_what_is_new() -> None:
    master = after(adopt(BOOK))
    newer = sheet(HEADERS, ("1.2 每季度召开一次质量例会", "市教育局", "开了三次", "75%"))
    changed = master.with_changes(adopt(newer, master=master).changes)
    assert changed.rows(ASSIGNMENTS)["T1.2/市教育局"]["note"] == "开了三次\n完成率75%"
    assert not changed.rows(CONFLICTS)


def test_a_book_that_was_superseded_in_the_master_brings_nothing_back() -> None:
    master = set_cell(after(adopt(BOOK)), ASSIGNMENTS, "T1.1/市农委", "note", "专班已验收")
    adopted = adopt(BOOK, master=master)
    assert not adopted.changes
    assert adopted.conflicts == 0


def test_a_file_that_is_no_book() -> None:
    assert not adopt(sheet(("品名", "单价"), ("投影仪", "4200"))).known
    assert not adopt(sheet(("工作任务", "牵头单位"), ("建立质量工作专班", "市农委"))).known
    assert adopt(BOOK).known


WORDS = ("", "无", "已完成", "80%", "120%", "市农委", "市气象局", "每季度召开一次质量例会", "1.1")
CELLS = st.sampled_from(
    (*WORDS, "《质量规划》（市质〔2016〕3号）", "2016-05-01", "7.5", "随便写的")
)
TOPS = st.lists(
    st.sampled_from((*HEADERS, "文号", "日期", "联系人", "电话", "自评答案", "分值", "天气", "")),
    min_size=2,
    max_size=6,
)


@given(st.lists(st.tuples(TOPS, st.lists(st.lists(CELLS, max_size=6), max_size=5)), max_size=3))
def test_every_filled_cell_is_taken_there_a_heading_or_left(
    drawn: list[tuple[list[str], list[list[str]]]],
) -> None:
    grids = [sheet(top, *rows, name=f"工作表“{n}”") for n, (top, rows) in enumerate(drawn)]
    adopted = adopt(*grids)
    fates: tuple[Fate, ...] = ("heading", "there", "taken", "left")
    told = sorted((c.sheet, c.cell) for fate in fates for c in adopted.ledger.cells(fate))
    filled = sorted(
        (grid.name, f"{chr(64 + s.column)}{s.row}")
        for grid in grids
        for s in grid.squares
        if s.text.strip()
    )
    assert told == filled
    assert adopted.ledger.count("open") == 0
    assert all(left.reason for left in adopted.left)
    assert not adopt(*grids, master=after(adopted)).changes


def test_dates_are_dates() -> None:
    book = sheet(("工作任务", "办结日期"), ("1.1 建立质量工作专班", "2016年5月1日"))
    row = after(adopt(book)).rows(ASSIGNMENTS)["T1.1/市农委"]
    assert row["done_on"] == dt.date(2016, 5, 1)
    assert text(OFFICE.row("tblTasks", "T1.1"), "no") == "1.1"
