"""Clauses gathered into groups: by marks, by what earns, by sentences."""

import pytest

from qcity_xl.core.reading.wording.grouping import apart, marked, opens, shifted
from tests.core.reading.wording.groups import group


@pytest.mark.parametrize(
    ("wording", "whole", "groups"),
    [
        ("有台账（2分），有总结（1分）。", False, ["M", "M"]),
        ("有台账（2分），缺1项扣1分；有总结（1分）。", False, ["MD", "M"]),
        ("有台账（2分）；宣传每开展1次得1分，最高3分。", False, ["M", "AC"]),
        ("有台账（2分）：专人管理得1分，专柜存放得1分。", True, ["MAA"]),
        ("有台账（2分）。专人管理得1分，专柜存放得1分。", True, ["MAA"]),
        ("合格率达到95%（3分），达到98%（5分）。", False, ["MM"]),
        ("合格率达到95%（3分），公示率达到98%（5分）。", False, ["M", "M"]),
    ],
)
def test_marks_close_groups(wording: str, whole: bool, groups: list[str]) -> None:
    made = group(wording)
    found = marked(made.clauses, "" if whole else made.flat)
    assert ["".join(clause.kind for clause in each) for each in found] == groups


def test_marks_before_their_text_take_what_follows() -> None:
    found = shifted(group("（3分）建立台账；（2分）定期公示").clauses)
    assert [[clause.text for clause in each] for each in found] == [["建立台账"], ["定期公示"]]


def test_each_case_that_earns_stands_apart() -> None:
    found = apart(group("有机构得2分，未成立不得分；有经费得3分。").clauses)
    assert ["".join(clause.kind for clause in each) for each in found] == ["AZ", "A"]


def test_sentences_begin_after_a_full_stop_or_semicolon() -> None:
    made = group("有机构得2分，有人员得1分；有经费得3分。（有台账得1分）")
    assert [opens(made.flat, clause) for clause in made.clauses] == [False, False, True, True]
