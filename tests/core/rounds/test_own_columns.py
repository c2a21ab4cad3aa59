"""Columns of the office's own that it marks go to the units, and no others."""

import datetime as dt

from qcity_xl.core.rounds.own_columns import sent_along
from qcity_xl.core.values import Value

CELLS: dict[tuple[int, int], Value] = {
    (5, 9): "法规处",
    (5, 10): "不外传",
    (5, 11): 3.50,
    (6, 10): "只有内部备注",
    (7, 9): " 质量处 ",
    (7, 11): dt.date(2016, 5, 1),
    (8, 11): True,
}
TEXTS = {8: "备注", 9: "经办科室（发单位）", 10: "内部备注", 11: "上年数\n(发单位) "}
LINES = {"T1": 5, "T2": 6, "T3": 7, "T4": 8}


def told(texts: dict[int, str]) -> dict[str, str]:
    return sent_along(texts, [8], LINES, lambda line, col: CELLS.get((line, col)))


def test_marked_columns_are_told_with_their_names() -> None:
    assert told(TEXTS) == {
        "T1": "经办科室：法规处；上年数：3.5",
        "T3": "经办科室：质量处；上年数：2016-05-01",
        "T4": "上年数：是",
    }


def test_without_a_mark_nothing_is() -> None:
    assert told({8: "备注", 9: "经办科室", 10: "（发单位）", 11: "发单位"}) == {}


def test_a_column_of_the_master_is_none_of_the_offices_own() -> None:
    assert told({8: "备注（发单位）"}) == {}
