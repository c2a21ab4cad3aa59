"""Which changes alter what a row offers."""

import pytest

from qcity_xl.core.changes import KEY, ORDER, Change
from qcity_xl.core.master.offers import changes_offers
from qcity_xl.core.schema import CRITERIA, RULINGS, TASKS


@pytest.mark.parametrize(
    ("change", "does"),
    [
        (Change(CRITERIA.name, "C1.1", KEY, None, "C1.1"), True),
        (Change(CRITERIA.name, "C1.1", KEY, "C1.1", None), False),  # gone: no cell is left
        (Change(CRITERIA.name, "C1.1", KEY, "", "C1.1"), False),  # it was there, without an id
        (Change(CRITERIA.name, "C1.1", "params", "a：1", "b：1"), True),
        (Change(CRITERIA.name, "C1.1", "points", 5, 10), True),
        (Change(CRITERIA.name, "C1.1", "answer", None, "a"), False),
        (Change(CRITERIA.name, f"{ORDER}C1.1", KEY, "C1.2", "C1.3"), False),
        (Change(RULINGS.name, "Q1(1)/部分", KEY, None, "Q1(1)/部分"), True),
        (Change(RULINGS.name, "Q1(1)/部分", "choice", None, "同意"), False),
        (Change(TASKS.name, "T1.1", KEY, None, "T1.1"), False),  # all tasks offer the same
    ],
)
def test_rows_that_are_new_or_have_another_rule_offer_others(change: Change, does: bool) -> None:
    assert changes_offers(change) is does
