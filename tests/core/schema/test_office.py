"""The office's own tables: each part of what the program tells has a column and a word."""

from dataclasses import fields

from qcity_xl.core.merge.decisions import WORDS
from qcity_xl.core.plan import Ruling
from qcity_xl.core.problems import SEVERITY_NAMES, Problem
from qcity_xl.core.schema import LOG, MAIL, PROBLEMS, RULINGS, SETTINGS, Table


def by_the_office(table: Table) -> set[str]:
    return {column.field for column in table.columns if column.editor == "office"}


def test_a_problem_has_a_column_for_each_of_its_parts() -> None:
    parts = {field.name for field in fields(Problem)} - {"code"}
    assert parts <= set(PROBLEMS.fields)
    assert PROBLEMS.column("severity").choices == tuple(SEVERITY_NAMES.values())


def test_an_open_question_has_a_column_for_each_of_its_parts() -> None:
    assert {field.name for field in fields(Ruling)} <= set(RULINGS.fields)


def test_each_decision_of_a_merge_has_its_word_on_the_log() -> None:
    assert set(WORDS.values()) - {"采用"} <= set(LOG.column("action").choices)


def test_the_office_writes_only_what_is_its_to_decide() -> None:
    assert by_the_office(RULINGS) == {"choice", "ruled_by", "ruled_on", "ground"}
    assert by_the_office(SETTINGS) == {"value"}
    assert by_the_office(MAIL) == {"subject", "text", "signature"}
    assert not by_the_office(LOG) | by_the_office(PROBLEMS)
