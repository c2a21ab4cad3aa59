"""What can be done next for a criterion, and what it costs."""

import pytest

from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.moves import CLAIMED, EVIDENCED, Move, Moves, moves_of
from qcity_xl.core.values import Value
from tests.core.builders import (
    KINDS,
    YEARS,
    build,
    criterion,
    evidence,
    indicator,
    ruling,
    set_cell,
    setting,
)


def possible(master: Master, score: str = EVIDENCED) -> Moves:
    evaluation = evaluate(master, {})
    after = master.with_changes(evaluation.changes)
    return moves_of(after, evaluation.assessment, evaluation.scores, score)


def one(kind: str = "达成", params: str | None = None, points: int = 12, **cells: Value) -> Master:
    made = criterion("8(1)", points, kind, params, **cells)
    return build(*KINDS, *YEARS, indicator(8, points), made)


def told(moves: tuple[Move, ...]) -> list[tuple[Value, float, float]]:
    return [(move.answer, move.points, move.effort) for move in moves]


def test_each_better_answer_is_a_move_and_costs_its_part_and_the_evidence() -> None:
    moves = possible(one("分档", "12：已验收；6：在建；0：未立项")).by_criterion["C8.1"]
    assert told(moves) == [("12分 已验收", 12, 6), ("6分 在建", 6, 3.5)]
    assert {move.gaps for move in moves} == {("文件：缺失",)}


def test_what_was_claimed_may_lack_its_evidence_alone() -> None:
    master = one("部分达成", "3项", answer="2/3")
    assert told(possible(master).by_criterion["C8.1"]) == [(None, 8, 1), ("3/3", 12, 6)]
    assert told(possible(master, CLAIMED).by_criterion["C8.1"]) == [("3/3", 12, 5)]


def test_what_is_proved_and_full_leaves_nothing_to_do() -> None:
    made = criterion("8(1)", 12, answer="达成")
    master = build(*KINDS, *YEARS, indicator(8, 12), made, evidence("E1", "8(1)"))
    assert possible(master).by_criterion["C8.1"] == ()


@pytest.mark.parametrize(
    ("effort", "costs"),
    [("8", [4, 8]), (0, [0, 0]), (None, [3.5, 6]), ("很难", [3.5, 6]), ("-3", [3.5, 6])],
)
def test_the_effort_of_a_criterion_is_the_offices_to_say(effort: Value, costs: list[float]) -> None:
    found = possible(one("分档", "12：已验收；6：在建", effort=effort))
    assert sorted(move.effort for move in found.by_criterion["C8.1"]) == costs
    assert found.misread == (("8(1)",) if effort in ("很难", "-3") else ())


def test_the_settings_say_what_the_others_cost() -> None:
    dear = setting("加分建议", "达标难度", 20), setting("加分建议", "每份佐证难度", 3)
    master = build(*KINDS, *YEARS, *dear, indicator(8, 12), criterion("8(1)", 12))
    assert told(possible(master).by_criterion["C8.1"]) == [("达成", 12, 23)]


@pytest.mark.parametrize(
    ("why", "master"),
    [
        ("已核定", one(ruling="未达成")),
        ("只由评审给分", one("专家评分", "12；6")),
        ("不适用", one(may_be_absent="是", answer="不适用")),
        ("不得分的得分点", one("一票否决", "本项", 0)),
        ("参数读不懂", one("数值分段", "看情况")),
        ("不办", one(effort="不办")),
    ],
)
def test_where_nothing_can_be_done_it_says_why(why: str, master: Master) -> None:
    found = possible(master)
    assert found.closed == {"C8.1": why}
    assert "C8.1" not in found.by_criterion


def test_what_happened_is_not_undone() -> None:
    master = one("扣分", "每次：3", answer="2次")
    assert told(possible(master).by_criterion["C8.1"]) == [(None, 6, 1)]
    assert possible(set_cell(master, CRITERIA, "C8.1", "answer", None)).by_criterion["C8.1"]


def test_nobody_is_told_to_aim_at_what_the_wording_leaves_out() -> None:
    made = criterion("8(1)", 12, "分档", "12：已验收；6：在建")
    master = build(indicator(8, 12), made, ruling("8(1)", "未尽", "9"))
    assert {move.points for move in possible(master, CLAIMED).by_criterion["C8.1"]} == {12, 6}
