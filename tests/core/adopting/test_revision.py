"""A newer table held against the master, level by level; what is in doubt is asked."""

from dataclasses import replace

from qcity_xl.core.adopting.revision import said_parts
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS, TASKS
from tests.core.adopting.tables import (
    COURSE,
    FILLED,
    MECHANISM,
    MEETING,
    OLD,
    REWARD,
    TALENT,
    Table,
    match,
)


def test_the_same_table_is_matched_row_by_row() -> None:
    matched = match(FILLED, OLD)
    for table in (SECTIONS, INDICATORS, TASKS):
        level = matched.levels[table.name]
        assert level.same == {key: key for key in FILLED.rows(table)}
        assert not (level.gone or level.kept or level.doubts)
    criteria = matched.levels[CRITERIA.name]
    assert criteria.kept == list(FILLED.rows(CRITERIA))  # the wording is the same


def test_criteria_of_a_reworded_rule_are_matched_by_what_they_say() -> None:
    new = replace(MECHANISM, criteria=(replace(MEETING, points=8), *MECHANISM.criteria[1:]))
    criteria = match(FILLED, ((new, REWARD), (TALENT,))).levels[CRITERIA.name]
    assert criteria.same == {"C1.1": "C1.1", "C1.2": "C1.2"}


def test_an_indicator_with_another_title_is_found_by_what_stands_under_it() -> None:
    new = replace(TALENT, title="人才队伍")
    assert match(FILLED, ((MECHANISM, new), (REWARD,))).levels[INDICATORS.name].same["I3"] == "I2"


def test_a_doubt_names_both_rows() -> None:
    odd = replace(COURSE, words="开设质量课程，培养职业院校学生质量意识和能力")
    new: Table = ((MECHANISM, REWARD), (replace(TALENT, tasks=(odd,)),))
    (question,) = match(FILLED, new).questions
    assert (question.kind, question.old, question.new) == ("任务", COURSE.words, odd.words)


def test_a_table_with_one_section_says_nothing_of_sections() -> None:
    matched = match(FILLED, ((MECHANISM, REWARD, TALENT),))
    assert matched.flat
    assert matched.levels[SECTIONS.name].kept == list(FILLED.rows(SECTIONS))


def test_what_cannot_stay_is_told() -> None:
    (fault,) = match(FILLED, ((MECHANISM,), (REWARD,)), "3.1=保留").faults
    assert "所在的指标取消了" in fault


def test_answers_may_be_written_in_one_go_and_in_full_width() -> None:
    assert said_parts(["13.3＝13.4；13（2）=无", "13.3=13.4"]) == ("13.3=13.4", "13(2)=无")


def test_all_doubts_may_be_settled_at_once() -> None:
    odd = replace(COURSE, words="开设质量课程，培养职业院校学生质量意识和能力")
    new: Table = ((MECHANISM, REWARD), (replace(TALENT, tasks=(odd,)),))
    assert match(FILLED, new, "都是").levels[TASKS.name].same["T3.1"] == "T3.1"
    settled = match(FILLED, new, "都不是")
    assert settled.levels[TASKS.name].gone == ["T3.1"]
    assert not settled.questions
