"""What a row of 待定事项 may become, and all that a criterion can then score."""

import pytest

from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.scoring.alternatives import Alternative, matters_of, options
from qcity_xl.core.scoring.evidence import assess
from qcity_xl.core.values import Value
from tests.core.builders import Entry, build, criterion, indicator, ruling


def with_one(kind: str, params: str | None, answer: Value, *rulings: Entry) -> Master:
    made = criterion("6(1)", 12, kind, params, answer=answer)
    return build(indicator(6, 12), made, *rulings)


def claimed(master: Master) -> set[float | None]:
    alternative = Alternative(master, assess(master, {}))
    return {score.claimed for score in alternative.scores("C6.1", {})}


def test_what_holds_comes_first_then_the_other_choices() -> None:
    master = with_one("部分达成", "4项", "3项", ruling("6(1)", "部分", "乙", "丙", "甲 / 乙 / 丙"))
    matter = matters_of(master)["6(1)", "部分"]
    assert matter.ruled
    assert options(matter, master.rows(CRITERIA)["C6.1"]) == ("丙", "甲", "乙")


@pytest.mark.parametrize(
    ("kind", "params", "item", "answer", "found"),
    [
        ("分档", "12：已运行；6：试运行", "未尽", "其他情形", ("6", "0", "12")),
        ("名次", "前列：12；其余：3", "前列", "第9名", ("6", "1", "8", "9")),
        ("名次", "前列：12；其余：3", "前列", None, ("6", "1")),
        ("名次", "前列：12；其余：3", "前列", "前列", ("6", "1")),
        ("达成", "读不懂", "未尽", "达成", ("6",)),
    ],
)
def test_of_numbers_those_that_bound_the_others(
    kind: str, params: str, item: str, answer: Value, found: tuple[str, ...]
) -> None:
    master = with_one(kind, params, answer, ruling("6(1)", item, "6"))
    assert options(matters_of(master)["6(1)", item], master.rows(CRITERIA)["C6.1"]) == found


def test_matters_are_tried_together_but_only_where_they_are_asked_for() -> None:
    rulings = (
        ruling("6(1)", "前列", "5"),
        ruling("6(1)", "中游", "9"),
        ruling("6(1)", "口径提示", "按评分要求执行"),
    )
    params = "前列：12；中游：7；其余：2"
    assert claimed(with_one("名次", params, "第8名", *rulings)) == {12, 7, 2}
    assert claimed(with_one("名次", params, "中游", *rulings)) == {7}
    assert claimed(with_one("名次", params, None, *rulings)) == {None}


def test_what_the_office_ruled_is_not_tried() -> None:
    ruled = ruling("6(1)", "未尽", "6", "9")
    assert claimed(with_one("分档", "12：已运行；6：试运行", "其他情形", ruled)) == {9}


def test_a_criterion_with_a_row_of_its_own_does_not_go_by_that_of_its_indicator() -> None:
    master = build(
        indicator(6, 24),
        criterion("6(1)", 12, may_be_absent="是"),
        criterion("6(2)", 12, may_be_absent="是"),
        ruling("6", "缺项", "折算"),
        ruling("6(2)", "缺项", "满分"),
    )
    alternative = Alternative(master, assess(master, {}))
    assert alternative.policies("C6.1", {"缺项": "剔除", "组合": "取高"}) == {"缺项": "剔除"}
    assert alternative.policies("C6.2", {"缺项": "剔除"}) == {}


def test_the_claim_alone_is_that_of_the_whole_score() -> None:
    master = with_one("名次", "前列：12；其余：3", None, ruling("6(1)", "前列", "6"))
    alternative = Alternative(master, assess(master, {}))
    row, answers = master.rows(CRITERIA)["C6.1"], ["第4名", "第6名", "第7名", "其余", "好"]
    for chosen in ({}, {"前列": "4"}, {"前列": None}):
        whole = [alternative.score("C6.1", chosen, {**row, "answer": one}) for one in answers]
        assert alternative.claimed("C6.1", chosen, answers) == [one.claimed for one in whole]
