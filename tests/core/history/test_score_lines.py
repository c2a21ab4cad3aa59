"""得分记录: a line for each run that writes."""

import datetime as dt

import pytest

from qcity_xl.core.history.score_lines import (
    before_this_round,
    current_round,
    line_changes,
    line_on,
    lines_of,
)
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, ROUNDS
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.builders import Entry, build, criterion, indicator, section, set_cell

MAY, JUNE = dt.date(2017, 5, 4), dt.date(2017, 6, 8)
OFFICE = build(
    section(1, 12),
    section(2, 5, "是"),
    indicator(11, 12),
    indicator(12, 5, section=2),
    criterion("11(1)", 12, "分档", "12：已建成；4：在建"),
    criterion("12(1)", 5, section=2),
)


def run(master: Master, day: dt.date, answer: str | None = None) -> Master:
    """The master after an answer to 11(1) and a 重算得分 on this day."""
    if answer:
        master = set_cell(master, CRITERIA, "C11.1", "answer", answer)
    changes = evaluate(master, {}).changes
    master = master.with_changes(changes)
    return master.with_changes(line_changes(master, day, writes=bool(changes)))


def test_a_line_has_the_scores_in_all_and_by_section() -> None:
    (line,) = lines_of(run(OFFICE, MAY, "在建"))
    assert line.day == MAY
    assert line.points == {"claimed": 4, "evidenced": 0, "reviewed": None, "ceiling": 12}
    assert line.bonus == {"claimed": None, "evidenced": None, "reviewed": None, "ceiling": 5}
    assert line.sections["1"] == line.points
    assert line.sections["2"]["ceiling"] == 5


def test_the_same_day_with_the_same_scores_adds_nothing() -> None:
    once = run(OFFICE, MAY, "在建")
    assert line_changes(once, MAY, writes=False) == line_changes(once, MAY, writes=True) == []


@pytest.mark.parametrize(("writes", "lines"), [(False, 1), (True, 2)])
def test_another_day_has_a_line_if_the_run_writes(writes: bool, lines: int) -> None:
    once = run(OFFICE, MAY, "在建")
    again = once.with_changes(line_changes(once, JUNE, writes=writes))
    assert len(lines_of(again)) == lines


def test_other_scores_on_one_day_are_other_lines() -> None:
    twice = run(run(OFFICE, MAY, "在建"), MAY, "已建成")
    assert [line.points["claimed"] for line in lines_of(twice)] == [4, 12]
    back = run(twice, MAY, "在建")
    assert [line.points["claimed"] for line in lines_of(back)] == [4, 12, 4]


@pytest.mark.parametrize(
    ("day", "claimed"),
    [("2017-05-03", None), ("2017-05-04", 4), ("2017-06-07", 4), ("2017-06-08", 12)],
)
def test_what_was_then_is_the_last_line_up_to_that_day(day: str, claimed: float | None) -> None:
    master = run(run(OFFICE, MAY, "在建"), JUNE, "已建成")
    line = line_on(lines_of(master), dt.date.fromisoformat(day))
    assert (line and line.points["claimed"]) == claimed


def test_the_line_before_this_round() -> None:
    sent = build(Entry(ROUNDS, "R1", {"round": "第2轮", "unit": "市农委"})).tables[ROUNDS.name]
    first = run(OFFICE, MAY, "在建")
    assert before_this_round(lines_of(first), current_round(first)) is None
    second = run(Master({**first.tables, ROUNDS.name: sent}), JUNE, "已建成")
    assert current_round(second) == "第2轮"
    before = before_this_round(lines_of(second), "第2轮")
    assert before is not None
    assert (before.day, before.round) == (MAY, "")
