"""Colours that mean something, and when."""

from qcity_xl.core.schema import CONFLICTS, CRITERIA, MASTER

from .build import cell_of, formats_at, sheet_of


def test_an_unsettled_conflict_is_marked() -> None:
    cell = cell_of(CONFLICTS, "choice")
    rules = [
        rule.formula[0]
        for area in sheet_of(CONFLICTS).conditional_formatting
        if cell in area.cells
        for rule in area.rules
    ]
    assert rules == ['AND($B5="冲突",$L5="",$N5="")']


def test_a_score_below_its_points_is_marked_and_a_full_one_is_not() -> None:
    cell, points = cell_of(CRITERIA, "claimed"), cell_of(CRITERIA, "points")
    (test,) = formats_at(sheet_of(CRITERIA), cell)
    assert test == f"AND(ISNUMBER(${cell}),${cell}<${points})"


def test_no_colour_stands_alone() -> None:
    """A word in the cell says it, or a sign before the value does."""
    for table in MASTER:
        for area in sheet_of(table).conditional_formatting:
            for rule in area.rules:
                shade = rule.formula[0].startswith("AND(ISNUMBER(AF")  # dark says it, in grey too
                told = rule.dxf.numFmt is not None or '"' in rule.formula[0] or shade
                assert told or "LEN(" in rule.formula[0], (table.sheet, rule.formula)
                assert rule.dxf.font.b
