"""Scores know when they are old."""

from collections.abc import Callable

import pytest

from qcity_xl.core.checks import check_master
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, RULINGS, Table
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.stale import check_stale
from qcity_xl.core.values import Value
from tests.core.builders import (
    KINDS,
    build,
    criterion,
    embedded,
    evidence,
    indicator,
    ruling,
    set_cell,
    sound,
)


def scored(master: Master) -> Master:
    return master.with_changes(evaluate(master, {}).changes)


def told(master: Master) -> list[str]:
    return [problem.found for problem in check_stale(master)]


def inspected() -> Master:
    return scored(
        build(
            indicator(6, 12),
            criterion("6(1)", 8, "分档", "8：已挂牌；3：在建", answer="在建", may_be_absent="是"),
            criterion("6(2)", 4, answer="达成"),
            ruling("6(1)", "未尽", "0"),
            ruling("6(1)", "缺项", "折算", options="满分 / 剔除 / 折算"),
            *KINDS,
        )
    )


def test_a_master_that_was_never_scored_is_not_old() -> None:
    assert told(embedded()) == told(sound()) == []


@pytest.mark.parametrize("make", [lambda: scored(embedded()), inspected], ids=["示范", "现场"])
def test_right_after_scoring_nothing_is_old(make: Callable[[], Master]) -> None:
    assert told(make()) == []


@pytest.mark.parametrize(
    ("table", "row", "field", "value", "found"),
    [
        (CRITERIA, "C6.2", "answer", "未达成", "6(2)1个得分点还是改动前的得分"),
        (CRITERIA, "C6.2", "ruling", "达成", "6(2)1个得分点还是改动前的得分"),
        (CRITERIA, "C6.2", "answer", None, "6(2)1个得分点还是改动前的得分"),
        (CRITERIA, "C6.1", "answer", "不适用", "6(1)、6(2)2个得分点还是改动前的得分"),
    ],
)
def test_what_changed_since_is_named(
    table: Table, row: str, field: str, value: Value, found: str
) -> None:
    changed = set_cell(inspected(), table, row, field, value)
    assert told(changed) == [found]
    assert [p.code for p in check_master(changed)].count("stale") == 1
    assert told(scored(changed)) == []


def test_a_ruling_makes_scores_old() -> None:
    master = scored(set_cell(inspected(), CRITERIA, "C6.1", "answer", "不适用"))
    ruled = set_cell(master, RULINGS, "Q6(1)/缺项", "choice", "满分")
    assert told(ruled) == ["6(1)、6(2)2个得分点还是改动前的得分"]
    assert told(scored(ruled)) == []


def test_evidence_that_came_since_is_counted() -> None:
    master = inspected()
    fresh = build(evidence("批文", "6(2)")).tables["tblEvidence"]
    both = Master({**master.tables, "tblEvidence": fresh})
    assert told(both) == ["「佐证」有1行新材料没有计入"]
    assert told(scored(both)) == []
