"""What names rows by their numbers follows them."""

from qcity_xl.core.adopting.following import follow
from qcity_xl.core.adopting.renumbered import new_numbers
from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import ASSIGNMENTS, EVIDENCE, PROGRESS_LINES, RULINGS, SCORE_LINES, TASKS
from tests.core.adopting.tables import FILLED, MECHANISM, REWARD, TALENT, Table, match

TURNED: Table = ((TALENT,), (MECHANISM, REWARD))  # 3 is 1, 1 is 2, 2 is 3


def followed(master: Master = FILLED) -> Master:
    matched = match(master, TURNED)
    numbers = new_numbers(matched)
    after = master.with_changes(
        Change(TASKS.name, key, "no", text(row, "no"), numbers.rows[TASKS.name][key])
        for key, row in master.rows(TASKS).items()
    )
    following = follow(master, after, matched, numbers, set(), set())
    return after.with_changes(following.changes)


def test_parts_evidence_and_rulings_bear_the_new_numbers() -> None:
    master = followed()
    assert master.rows(ASSIGNMENTS)["T3.1/市教育局"]["task"] == "1.1"
    assert master.rows(EVIDENCE)["EC1.2"]["criteria"] == "2(2)"
    assert master.rows(RULINGS)["Q1(1)/部分"]["subject"] == "2(1)"
    assert master.rows(PROGRESS_LINES)["第1轮/T1.1/市农委"]["task"] == "2.1"


def test_a_unit_that_was_released_keeps_its_row_under_the_new_number() -> None:
    released = FILLED.with_changes(
        [
            Change(TASKS.name, "T1.1", "leads", "市农委", "市教育局"),
            Change(ASSIGNMENTS.name, "T1.1/市农委", "role", "牵头", None),
        ]
    )
    row = followed(released).rows(ASSIGNMENTS)["T1.1/市农委"]
    assert (row["task"], row["note"]) == ("2.1", "填报T1.1/市农委")


def test_earlier_scores_of_sections_bear_the_new_numbers() -> None:
    line = {"key": "R1", "claimed_sections": "1：20；2：5"}
    tables = {**FILLED.tables, SCORE_LINES.name: {"R1": line}}
    master = followed(Master(tables, FILLED.lines))
    assert master.rows(SCORE_LINES)["R1"]["claimed_sections"] in ("1：20；2：5", "2：20；1：5")
