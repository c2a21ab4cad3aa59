"""Documents of a book."""

import datetime as dt

import pytest

from qcity_xl.core.adopting.materials import documents_in
from qcity_xl.core.schema import EVIDENCE
from tests.core.adopting.books import OFFICE, adopt, after, sheet, why
from tests.core.builders import build, evidence, indicator, task, unit


@pytest.mark.parametrize(
    ("cell", "documents", "rest"),
    [
        ("《质量规划》（市质〔2016〕3号）", [("质量规划", "市质〔2016〕3号")], ""),
        ("1.《甲》；2.《乙》（市质[2016]4号）等", [("甲", ""), ("乙", "市质[2016]4号")], ""),
        (
            "关于设立专班的通知（市政办〔2016〕12号）",
            [("关于设立专班的通知", "市政办〔2016〕12号")],
            "",
        ),
        ("《甲》及现场照片5张", [("甲", "")], "现场照片5张"),
        ("会议纪要、签到表", [], "会议纪要签到表"),
    ],
)
def test_the_documents_that_a_cell_names(
    cell: str, documents: list[tuple[str, str]], rest: str
) -> None:
    assert documents_in(cell) == (documents, rest)


LIST = ("序号", "对应指标", "材料名称", "文号", "日期", "提供单位", "存放路径")


def test_a_list_comes_in_row_by_row() -> None:
    adopted = adopt(
        sheet(
            LIST,
            ("1", "1", "《质量规划》", "市质〔2016〕3号", "2016年3月5日", "农委", "佐证/3.pdf"),
        )
    )
    (row,) = after(adopted).rows(EVIDENCE).values()
    wanted = {"criteria": "1", "title": "质量规划", "number": "市质〔2016〕3号", "unit": "市农委"}
    wanted |= {"location": "佐证/3.pdf", "state": "待审"}
    assert {name: row.get(name) for name in wanted} == wanted
    assert row["dated"] == dt.date(2016, 3, 5)
    assert not adopted.left


@pytest.mark.parametrize(
    ("said", "criteria"),
    [
        ("1(2)", "1(2)"),
        ("1(1)、3", "1(1)、3"),
        ("标准供给", "2"),
        ("每季度召开一次质量例会", "1(2)"),
    ],
)
def test_what_a_document_serves_is_a_number_a_title_or_a_task(said: str, criteria: str) -> None:
    adopted = adopt(sheet(LIST, ("1", said, "质量规划", "", "", "", "佐证/3.pdf")))
    (row,) = after(adopted).rows(EVIDENCE).values()
    assert row["criteria"] == criteria


def test_a_document_named_beside_the_work_is_the_one_of_the_list() -> None:
    work = sheet(
        ("工作任务", "进展情况", "佐证材料"),
        ("1.2 每季度召开一次质量例会", "开了", "《质量规划》（市质〔2016〕3号）"),
    )
    listed = sheet(LIST, ("1", "1", "质量规划", "", "2016-03-05", "", ""), name="工作表“目录”")
    adopted = adopt(work, listed)
    (row,) = after(adopted).rows(EVIDENCE).values()
    assert (row["criteria"], row["number"], row["unit"]) == ("1", "市质〔2016〕3号", "市教育局")


def test_one_that_the_master_has_is_filled_up() -> None:
    master = build(
        indicator(1, 10), task("1.1"), unit("市农委"), evidence("E9", "1", number="市质〔2016〕3号")
    )
    book = sheet(LIST, ("1", "", "关于E9的通知", "市质〔2016〕3号", "", "", "佐证/新.pdf"))
    adopted = adopt(book, master=master)
    assert [c for c in adopted.changes if c.table == EVIDENCE.name] == []
    assert adopted.conflicts == 1  # its place is another one


def test_what_can_not_be_placed_is_left() -> None:
    adopted = adopt(
        sheet(
            LIST,
            ("1", "第九章", "甲", "", "去年", "市气象局", ""),
            ("2", "1", "", "", "2016-03-05", "", ""),
        )
    )
    assert "认不出" in why(adopted, "B2")
    assert "日期" in why(adopted, "E2")
    assert "单位名录" in why(adopted, "F2")
    assert "没有材料名称" in why(adopted, "E3")


def test_what_is_to_be_handed_in_is_no_document() -> None:
    book = sheet(("工作任务", "进展情况", "佐证材料"), ("1.1 建立质量工作专班", "好", "文件、照片"))
    adopted = adopt(book)
    assert not after(adopted).rows(EVIDENCE)
    assert "书名号或文号" in why(adopted, "C2")
    assert OFFICE.rows(EVIDENCE) == {}
