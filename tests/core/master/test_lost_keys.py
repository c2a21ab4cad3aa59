"""Ids are found again only where one row alone says what one alone said."""

from qcity_xl.core.changes import KEY
from qcity_xl.core.master.lost_keys import found_again
from qcity_xl.core.master.model import Row
from qcity_xl.core.schema import EVIDENCE, ROUNDS, TASKS, Table


def evidence(title: str, number: str | None = None) -> Row:
    return {"criteria": "9(1)", "title": title, "number": number}


def again(
    *rows: Row,
    known: dict[str, Row],
    taken: tuple[str, ...] = (),
    table: Table = EVIDENCE,
    all_lost: bool = False,
) -> dict[int, str]:
    return found_again(table, dict(enumerate(rows)), taken, lambda: known, all_lost=all_lost)


WAS = {"E1": evidence("通知", "1号"), "E2": evidence("方案")}


def test_a_row_that_says_the_same_has_its_id_back() -> None:
    assert again(evidence("方案"), evidence("通知", "1号"), known=WAS) == {0: "E2", 1: "E1"}


def test_a_row_that_was_edited_since_is_known_by_its_title() -> None:
    assert again(evidence("通知", "2号"), known=WAS) == {0: "E1"}


def test_an_id_that_a_row_has_is_given_to_no_other() -> None:
    assert again(evidence("通知", "1号"), known=WAS, taken=("E1",)) == {}


def test_where_two_say_the_same_none_is_guessed() -> None:
    two = {**WAS, "E3": evidence("通知", "3号")}
    assert again(evidence("通知", "2号"), known=two) == {}
    assert again(evidence("通知", "2号"), evidence("通知", "5号"), known=WAS) == {}


def test_rows_that_tell_their_ids_ask_for_nothing_unless_all_are_lost() -> None:
    def unasked() -> dict[str, Row]:
        raise AssertionError

    row = {0: {"round": "第1轮", "unit": "市农委"}}
    assert found_again(ROUNDS, row, (), unasked, all_lost=False) == {}
    old = {"T手工/1": {KEY: "T手工/1", "no": "9.1", "text": "修订目录"}}
    row = {0: {"no": "9.1", "text": "修订目录"}}
    assert found_again(TASKS, row, (), lambda: old, all_lost=True) == {0: "T手工/1"}
