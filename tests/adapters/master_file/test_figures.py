"""Figures of 看板 are found by name wherever people move them, and left alone where that fails."""

from qcity_xl.adapters.master_file.figures import figure_place
from qcity_xl.adapters.ooxml.refs import Rect

AREAS = {
    "qc_claimed": ("看板", Rect(5, 4, 5, 4)),
    "qc_units_2": ("看板", Rect(20, 3, 28, 3)),
    "qc_units_3": ("看板", Rect(20, 4, 29, 4)),
}


def test_a_figure_stands_in_its_cell_or_its_row_of_a_column() -> None:
    assert figure_place(AREAS.get, "qc_claimed") == ("看板", 5, 4)
    assert figure_place(AREAS.get, "qc_units_2.0") == ("看板", 20, 3)
    assert figure_place(AREAS.get, "qc_units_2.8") == ("看板", 28, 3)


def test_a_list_into_which_a_row_was_inserted_has_no_places() -> None:
    assert figure_place(AREAS.get, "qc_units_3.0") is None


def test_a_name_that_is_gone_has_none() -> None:
    assert figure_place(AREAS.get, "qc_heading") is None
