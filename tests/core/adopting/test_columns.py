"""Header words of working books."""

import pytest

from qcity_xl.core.adopting.columns import lists_contacts, lists_evidence, slot_of
from qcity_xl.core.reading import Words


@pytest.mark.parametrize(
    ("header", "slot"),
    [
        ("目前进展情况", "progress"),
        ("完成率（%）", "rate"),
        ("存在的主要困难", "problem"),
        ("下一步打算", "next"),
        ("是否办结", "state"),
        ("自评得分", "score"),
        ("自评答案", "answer"),
        ("佐证材料清单", "evidence"),
        ("发文字号", "number"),
        ("存放路径", "location"),
        ("对应指标", "serves"),
        ("办结日期", "done_on"),
        ("完成时限", "deadline"),
        ("牵头单位", "leads"),
        ("分管领导", "nowhere"),
        ("联系电话", "phone"),
        ("心情", None),
    ],
)
def test_a_header_is_known(header: str, slot: str | None) -> None:
    assert slot_of(header) == slot


def test_a_date_is_that_of_a_document_in_a_list_of_documents_alone() -> None:
    assert slot_of("日期", in_list=True) == "dated"
    assert slot_of("日期") == "deadline"


@pytest.mark.parametrize(
    ("headers", "evidence"),
    [
        (["序号", "材料名称", "文号"], True),
        (["名称", "日期", "存放路径"], True),
        (["工作任务", "佐证材料", "文号", "进展情况"], False),
        (["材料名称", "单位"], False),
    ],
)
def test_a_list_of_documents(headers: list[str], evidence: bool) -> None:
    assert lists_evidence(headers) is evidence


def test_contacts_beside_work_are_no_list_of_contacts() -> None:
    assert lists_contacts({"units", "contact", "phone"})
    assert not lists_contacts({"task", "units", "contact", "phone"})


def test_what_the_office_says_of_a_header_counts_first() -> None:
    own: Words = (("办到哪步", "progress"), ("得分", "left"), ("C列", "leads"))
    assert slot_of("办到哪步", own=own) == "progress"
    assert slot_of("得分", own=own) == "nowhere"
    assert slot_of("得分") == "score"
    assert slot_of("C列", own=own) is None  # a column of another document
