"""Rows that hold something, without what is empty at their ends."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.packs.sheets import Raw, filled

CELLS = st.lists(st.sampled_from(["", None, "内容", 0, False]), max_size=6)


def test_empty_ends_go_and_gaps_stay() -> None:
    rows: list[tuple[int, list[Raw]]] = [
        (1, ["", "", None]),
        (2, ["编号", "", "进展", "", None]),
        (9, [dt.time(9, 30)]),
    ]
    assert list(filled(rows)) == [(2, ["编号", "", "进展"]), (9, [dt.time(9, 30)])]


@given(CELLS)
def test_zero_and_no_are_content(cells: list[Raw]) -> None:
    found = list(filled([(1, cells)]))
    kept = found[0][1] if found else []
    assert list(cells[: len(kept)]) == list(kept)
    assert all(cell in ("", None) and cell is not False for cell in cells[len(kept) :])
    assert not kept or kept[-1] not in ("", None)
