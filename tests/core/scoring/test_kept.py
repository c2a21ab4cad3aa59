"""台账得分: kept until answers replace it, never above the points."""

import pytest

from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, INDICATORS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.kept import check_kept
from qcity_xl.core.values import Value
from tests.core.builders import Entry, build, criterion, indicator, section


def scored(*entries: Entry) -> Master:
    master = build(section(1, 30), *entries)
    return master.with_changes(evaluate(master, {}).changes)


def claimed(master: Master, key: str = "I1") -> Value:
    return roll_up(master).cells[INDICATORS.name, key, "claimed"]


PAIR = criterion("1(1)", 10), criterion("1(2)", 20)


def test_the_points_of_an_indicator_count_while_nothing_is_answered() -> None:
    master = scored(indicator(1, 30, kept=12.5), *PAIR)
    assert claimed(master) == 12.5
    assert "暂按台账得分12.5分" in str(master.rows(INDICATORS)["I1"]["reason"])
    assert roll_up(master).cells[INDICATORS.name, "I1", "evidenced"] == ""


def test_the_first_answer_replaces_them() -> None:
    master = scored(indicator(1, 30, kept=12.5), criterion("1(1)", 10, answer="是"), PAIR[1])
    assert claimed(master) == 10
    assert "台账得分12.5分不再计" in str(master.rows(INDICATORS)["I1"]["reason"])


def test_the_points_of_a_criterion_count_until_it_is_answered() -> None:
    master = scored(indicator(1, 30), criterion("1(1)", 10, kept=6), PAIR[1])
    row = master.rows(CRITERIA)["C1.1"]
    assert (row["claimed"], row["evidenced"], row["ceiling"]) == (6, None, 10)
    assert claimed(master) == 6
    answered = scored(indicator(1, 30), criterion("1(1)", 10, kept=6, answer="否"), PAIR[1])
    row = answered.rows(CRITERIA)["C1.1"]
    assert row["claimed"] == 0
    assert "台账得分6分不再计" in str(row["reason"])


@pytest.mark.parametrize("kept", [31, 1e9])
def test_they_never_exceed_the_points(kept: float) -> None:
    master = scored(indicator(1, 30, kept=kept), *PAIR)
    assert claimed(master) == 30
    assert [p.code for p in check_kept(master)] == ["kept-points"]


@pytest.mark.parametrize("kept", ["12分", -1, True])
def test_what_is_no_number_of_points_is_a_mistake(kept: Value) -> None:
    assert [p.code for p in check_kept(build(indicator(1, 30, kept=kept), *PAIR))] == [
        "kept-points"
    ]


def test_a_veto_takes_them_too() -> None:
    veto = criterion("1(2)", 0, "一票否决", "本项", answer="发生")
    assert claimed(scored(indicator(1, 30, kept=12.5), PAIR[0], veto)) == 0


def test_a_criterion_for_experts_has_what_the_office_gave() -> None:
    master = scored(indicator(1, 30), criterion("1(1)", 10, "专家评分", kept=7), PAIR[1])
    assert master.rows(CRITERIA)["C1.1"]["claimed"] == 7
