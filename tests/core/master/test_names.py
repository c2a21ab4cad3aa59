"""People read numbers as they stand on the sheets, not ids."""

import pytest

from qcity_xl.core.changes import Change
from qcity_xl.core.master.names import place_name, row_name
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA
from tests.core.builders import embedded


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("C13.10", "13(10)"),
        ("I13", "13"),
        ("T13.10", "13.10"),
        ("T13.3/市质监局", "13.3 市质监局"),
        ("E第1轮/市财政局/001", "E第1轮/市财政局/001"),
        ("总表/考核年份", "总表/考核年份"),
        ("U01", "U01"),
    ],
)
def test_a_row_is_named_by_its_number(row: str, shown: str) -> None:
    assert row_name(row) == shown


def test_every_criterion_is_named_by_its_label() -> None:
    for key, row in embedded().rows(CRITERIA).items():
        assert row_name(key) == row["label"]


def test_a_cell_is_named_by_sheet_row_and_column() -> None:
    change = Change(ASSIGNMENTS.name, "T4.3/市发改委", "note", None, "已印发")
    assert place_name(change) == "「填报」4.3 市发改委 进展说明"
