"""Dates that contradict progress, and evidence that says too little."""

import datetime as dt

from qcity_xl.core.rounds.progress_checks import check_future, check_papers, check_progress
from tests.core.builders import assignment, evidence, sound

TODAY = dt.date(2016, 11, 22)


def test_what_is_done_has_its_day_and_contradicts_nothing() -> None:
    master = sound(
        assignment("1.1", "市农委", progress="已完成", done_on="2016-05-04"),
        assignment("1.2", "市教育局", progress="推进中"),
        evidence("通报", "1(1)", period="2016年9月"),
        evidence("纪要", "1(1)"),
    )
    assert [*check_progress(master), *check_papers(master), *check_future(master, TODAY)] == []


def test_a_day_that_has_not_come_yet_is_told() -> None:
    master = sound(assignment("1.1", "市农委", progress="已完成", done_on="2016-11-23"))
    (problem,) = check_future(master, TODAY)
    assert (problem.sheet, problem.cell, problem.severity) == ("填报", "J4", "warning")
    assert "2016-11-23还没有到" in problem.found


def test_what_a_unit_no_longer_answers_for_is_not_asked() -> None:
    master = sound(assignment("1.1", "市农委", role=None, progress="推进中", done_on="2016-05-04"))
    assert list(check_progress(master)) == []
