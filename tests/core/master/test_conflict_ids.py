"""A row of 冲突 says which id it has."""

import datetime as dt

import pytest

from qcity_xl.core.master.conflict_ids import conflict_id, shown_conflict
from qcity_xl.core.merge.conflicts import conflict_rows
from qcity_xl.core.merge.decisions import Action, Decision
from qcity_xl.core.rounds.pack import Identity
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS
from qcity_xl.core.values import Value
from tests.core.builders import build

WHO = Identity("test", "第2轮", "市林业局")


@pytest.mark.parametrize("action", ["conflict", "refuse"])
@pytest.mark.parametrize(
    ("row", "line", "said"),
    [
        ("T3.2/市林业局", 12, "已造林三百亩"),
        ("", 9, "没有编号的一行"),
        ("T3.2/市林业局", 12, dt.date(2016, 4, 5)),
        ("T3.2/市林业局", 12, 96.5),
        ("T3.2/市林业局", 12, None),
    ],
)
def test_what_is_listed_says_its_own_id(action: Action, row: str, line: int, said: Value) -> None:
    decision = Decision(action, ASSIGNMENTS.name, row, "note", None, "甲", said, "", "填报", line)
    listed = build().with_changes(conflict_rows(build(), WHO, [decision], "市林业局.xlsx"))
    ((key, shown),) = listed.rows(CONFLICTS).items()
    assert key == decision.listed_as(WHO) == shown_conflict(shown)


def test_another_word_is_another_row() -> None:
    place = (ASSIGNMENTS.name, "T3.2/市林业局", "note")
    ids = {conflict_id("conflict", ("第2轮", "市林业局"), place, said) for said in ("甲", "乙")}
    assert len(ids) == 2


def test_a_sheet_that_is_none_of_ours_says_no_id() -> None:
    assert shown_conflict({"kind": "冲突", "sheet": "附表", "column": "进展说明"}) == ""
