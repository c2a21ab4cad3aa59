"""The cheapest steps: no other way of doing things gains as much with less effort."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcity_xl.adapters.solver import cheapest
from qcity_xl.core.changes import Change
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, STEPS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.moves import CLAIMED, EVIDENCED, Move, moves_of
from qcity_xl.core.scoring.next_steps import NextSteps, next_steps, step_changes
from qcity_xl.core.values import Value, parse_number
from tests.core.builders import (
    KINDS,
    YEARS,
    Entry,
    build,
    criterion,
    evidence,
    indicator,
    section,
    set_cell,
    setting,
    task,
)

_RULES: dict[str, tuple[str | None, tuple[Value, ...]]] = {
    "达成": (None, ("达成", "未达成", None)),
    "分档": ("9：已投运；5：试运行；0：未开工", ("5分", "未开工", None)),
    "部分达成": ("3项", ("1/3", "2/3", None)),
    "扣减": ("≥96%；每降1：扣4", ("94%", None)),
    "专家评分": ("9；3", (None,)),
}


@st.composite
def masters(draw: st.DrawFn) -> Master:
    """Two or three indicators of one to three criteria, some answered, proved or reviewed."""
    entries: list[Entry] = [section(1, 50), section(2, 20, "是"), *KINDS, *YEARS]
    for no in range(1, draw(st.integers(2, 3)) + 1):
        labels = [f"{no}({n})" for n in range(1, draw(st.integers(1, 3 if no < 3 else 2)) + 1)]
        combine = draw(st.sampled_from(("累加", "取高", "累加封顶")))
        points = 9 * len(labels) if combine == "累加" else draw(st.sampled_from((9, 13)))
        entries.append(indicator(no, points, combine, section=draw(st.sampled_from((1, 2)))))
        for label in labels:
            kind = draw(st.sampled_from(list(_RULES)))
            params, answers = _RULES[kind]
            cells: dict[str, Value] = {"answer": draw(st.sampled_from(answers))}
            cells["effort"] = draw(st.sampled_from((None, None, 1, "2.5", 7, 0, "不办")))
            if draw(st.integers(0, 5)) == 0 and kind != "专家评分":
                cells["may_be_absent"], cells["answer"] = "是", "不适用"
            if draw(st.integers(0, 5)) == 0:
                cells["ruling"] = "9分" if kind == "专家评分" else None
            entries.append(criterion(label, 9, kind, params, **cells))
            if draw(st.booleans()):
                entries.append(evidence(f"材料{label}", label))
    return build(*entries)


def asked(master: Master, points: float | None, score: str, *, basic: bool = False) -> NextSteps:
    evaluation = evaluate(master, {})
    after = master.with_changes(evaluation.changes)
    return next_steps(after, evaluation, points, score, cheapest, basic=basic)


def total(master: Master, score: str, *, basic: bool = False) -> float:
    cards = roll_up(master.with_changes(evaluate(master, {}).changes)).cards
    names = (f"qc_{score}",) if basic else (f"qc_{score}", f"qc_{score}_bonus")
    return round(sum(parse_number(cards[name]) or 0.0 for name in names), 2)


def done(master: Master, moves: list[Move]) -> Master:
    """The master after people did it: the answer is given, and what was lacking is there."""
    for move in moves:
        label = str(master.rows(CRITERIA)[move.criterion]["label"])
        if move.answer is not None:
            master = set_cell(master, CRITERIA, move.criterion, "answer", move.answer)
        if move.gaps:
            key, row = f"办{label}", evidence(f"办{label}", label).values
            cells = [Change("tblEvidence", key, "key", None, key)]
            cells += [Change("tblEvidence", key, field, None, v) for field, v in row.items()]
            master = master.with_changes(cells)
    return master


def every_way(master: Master, score: str) -> list[tuple[float, float]]:
    """Gain and effort of each set of moves, by scoring the master after it."""
    evaluation = evaluate(master, {})
    after = master.with_changes(evaluation.changes)
    moves = moves_of(after, evaluation.assessment, evaluation.scores, score).by_criterion
    before = total(master, score)
    found = []
    for chosen in product(*((None, *own) for own in moves.values())):
        made = [move for move in chosen if move is not None]
        gain = round(total(done(master, made), score) - before, 2)
        found.append((gain, sum(move.effort for move in made)))
    return found


def _few(master: Master) -> bool:
    evaluation = evaluate(master, {})
    after = master.with_changes(evaluation.changes)
    moves = moves_of(after, evaluation.assessment, evaluation.scores, EVIDENCED).by_criterion
    ways = 1
    for own in moves.values():
        ways *= 1 + len(own)
    return ways <= 120


@settings(max_examples=25)
@given(masters().filter(_few), st.sampled_from((EVIDENCED, CLAIMED)), st.integers(1, 100))
def test_no_other_way_is_cheaper_and_the_greatest_is_the_greatest(
    master: Master, score: str, percent: int
) -> None:
    ways = every_way(master, score)
    greatest = max(gain for gain, _ in ways)
    wanted = round(greatest * percent / 100, 2) or 1.0
    found = asked(master, wanted, score)
    assert found.greatest == greatest
    assert found.feasible is (wanted <= greatest)
    least = min(effort for gain, effort in ways if gain >= min(wanted, greatest))
    assert found.effort == pytest.approx(least, abs=0.02)
    after = done(master, [step.move for step in found.steps])
    assert round(total(after, score) - total(master, score), 2) == found.gain
    assert found.gain >= min(wanted, greatest)


def office() -> Master:
    return build(
        *(section(1, 22), section(2, 9, "是"), *KINDS, *YEARS),
        indicator(1, 10, "取高"),
        criterion("1(1)", 10, owner="市交通局", effort=6),
        criterion("1(2)", 6, owner="市水利局", effort=3),
        indicator(2, 12),
        criterion("2(1)", 12, "部分达成", "4项", answer="2/4", owner="市水利局"),
        indicator(3, 9, section=2),
        criterion("3(1)", 9, owner="市文旅局", effort=2),
        task("2.1", "市水利局", "2(1)", deadline="2016年11月底前"),
    )


def test_a_step_says_what_is_missing_whose_it_is_and_by_when() -> None:
    (step,) = asked(office(), 4, EVIDENCED).steps
    assert (step.label, step.unit, step.deadline) == ("2(1)", "市水利局", "2016年11月底前")
    assert (step.target, step.move.gaps, step.gain) == ("补齐佐证", ("文件：缺失",), 6)


def test_of_the_best_only_one_is_to_be_done() -> None:
    steps = asked(office(), None, CLAIMED).steps
    assert {step.label for step in steps} == {"1(1)", "2(1)", "3(1)"}
    assert [step.gain for step in steps if step.label == "1(1)"] == [10]


def test_bonus_points_can_be_left_out() -> None:
    assert asked(office(), None, CLAIMED).greatest == 25
    basic = asked(office(), None, CLAIMED, basic=True)
    assert basic.greatest == 16
    assert not any(step.bonus for step in basic.steps)


def test_too_much_is_told_with_the_most_there_is() -> None:
    found = asked(office(), 26, CLAIMED)
    assert not found.feasible
    assert (found.greatest, found.gain) == (25, 25)


def test_the_sheet_lists_the_steps_and_no_others() -> None:
    master = office()
    first = asked(master, None, EVIDENCED).steps
    listed = master.with_changes(step_changes(master, first))
    rows = listed.rows(STEPS)
    assert [row["order"] for row in rows.values()] == [1, 2, 3]
    assert sum(float(str(row["gain"])) for row in rows.values()) == 31
    assert step_changes(listed, first) == []
    fewer = asked(master, 4, EVIDENCED).steps
    after = listed.with_changes(step_changes(listed, fewer))
    assert [row["label"] for row in after.rows(STEPS).values()] == ["2(1)"]
    assert after.rows(STEPS)["J1"]["target"] == "补齐佐证"


def test_without_a_wish_the_settings_say_how_many_points() -> None:
    entries = (indicator(1, 12), criterion("1(1)", 8), criterion("1(2)", 4, effort=9))
    wish = setting("加分建议", "再得几分", 5)
    found = asked(build(section(1, 12), *entries, wish), None, CLAIMED)
    assert [step.label for step in found.steps] == ["1(1)"]
    assert asked(build(section(1, 12), *entries), None, CLAIMED).gain == 12
