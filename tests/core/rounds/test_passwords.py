"""打开口令: what counts as one, in which order they are tried, and that none is ever told."""

import datetime as dt

import pytest

from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master
from qcity_xl.core.rounds.passwords import (
    check_passwords,
    passwords,
    passwords_for,
    unreadable_passwords,
)
from qcity_xl.core.values import Value
from tests.core.builders import build, unit


def master(**given: Value) -> Master:
    made = build(*(unit(name) for name in given))
    return made.with_changes(
        Change("tblUnits", f"U-{name}", "password", None, value) for name, value in given.items()
    )


def test_the_password_of_the_unit_in_the_file_name_is_tried_first() -> None:
    made = master(市农委="nong-0001", 市财政局="cai-00001", 市科技局=None, 市教育局="nong-0001")
    assert passwords(made) == {
        "市农委": "nong-0001",
        "市财政局": "cai-00001",
        "市教育局": "nong-0001",
    }
    assert passwords_for(made, "第1轮_市财政局 (2).xlsx") == ["cai-00001", "nong-0001"]
    assert passwords_for(made, "随便.xlsx") == ["nong-0001", "cai-00001"]


@pytest.mark.parametrize("value", [12345678, 1.5, True, dt.date(2016, 5, 1)])
def test_what_excel_may_have_altered_is_no_password(value: Value) -> None:
    made = master(市农委=value, 市财政局="cai-00001")
    assert passwords(made) == {"市财政局": "cai-00001"}
    assert list(unreadable_passwords(made)) == ["市农委"]


@pytest.mark.parametrize(
    "value", ["Abc-123", "Abc 12345", "Abc-１２３４５", "口令口令口令口令", 87654321]
)
def test_a_problem_never_tells_the_password(value: Value) -> None:
    (problem,) = check_passwords(master(市农委=value))
    assert str(value) not in problem.sentence()
    assert (problem.severity == "error") is not isinstance(value, str)


def test_a_password_that_can_be_typed_is_no_problem() -> None:
    assert not list(check_passwords(master(市农委="Abc-12345", 市财政局=None)))
