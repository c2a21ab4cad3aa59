"""A change is one cell; what adds or drops a row can be taken back."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import KEY, Change, added_row, dropped_row, inverted
from qcity_xl.core.schema import UNITS
from tests.core.builders import build, unit

VALUES = st.none() | st.sampled_from(["李雷", "韩梅", "王敏"])


def test_an_added_row_comes_with_its_filled_cells() -> None:
    first, *cells = added_row("tblUnits", "U-市林业局", {"name": "市林业局", "contact": None})
    assert first == Change("tblUnits", "U-市林业局", KEY, None, "U-市林业局")
    assert cells == [Change("tblUnits", "U-市林业局", "name", None, "市林业局")]
    assert first.adds_row
    assert not first.drops_row
    assert not cells[0].adds_row


def test_a_dropped_row_names_what_stood_there_and_goes_last() -> None:
    *cells, last = dropped_row("tblUnits", "U-市林业局", {KEY: "U-市林业局", "name": "市林业局"})
    assert cells == [Change("tblUnits", "U-市林业局", "name", "市林业局", None)]
    assert last.drops_row
    assert not last.adds_row


@given(st.lists(VALUES, min_size=1, max_size=5))
def test_undoing_brings_every_cell_back(contacts: list[str | None]) -> None:
    before = build(unit("市林业局"))
    values = ["王敏", *contacts]
    edits = [
        Change(UNITS.name, "U-市林业局", "contact", old, new)
        for old, new in zip(values, contacts, strict=False)
    ]
    after = before.with_changes(edits)
    assert after.rows(UNITS)["U-市林业局"]["contact"] == contacts[-1]
    assert after.with_changes(inverted(edits)) == before


def test_undoing_a_dropped_row_makes_it_whole_again() -> None:
    before = build(unit("市林业局"))
    row = dict(before.rows(UNITS)["U-市林业局"])
    dropped = dropped_row(UNITS.name, "U-市林业局", row)
    assert not before.with_changes(dropped).rows(UNITS)
    back = before.with_changes(dropped).with_changes(inverted(dropped)).rows(UNITS)["U-市林业局"]
    assert {name: back.get(name) for name in row} == row
