"""The lists on 看板: columns that are there, names once, formulas that every program takes."""

import re

from qcity_xl.core.schema.board import BLOCKS, FACTS, HEIGHTS, INDICATORS_SHOWN, number
from qcity_xl.core.schema.cards import ON_BOARD, card_label
from tests.core.schema.references import unknown


def test_a_formula_names_columns_and_figures_that_are_there() -> None:
    known = {*HEIGHTS, *(one.partition(".")[0] for one in ON_BOARD)}
    for name, formula in ON_BOARD.items():
        assert list(unknown(formula)) == [], name
        assert formula.count("(") == formula.count(")"), name
        assert len(formula) <= 8192, name  # Excel takes no longer one
        assert set(re.findall(r"\bqc_\w+", formula)) <= known, name


def test_names_are_told_once_and_people_have_a_word_for_each_list() -> None:
    columns = [block.column(n) for block in BLOCKS for n in range(1, block.size[1] + 1)]
    assert len({*columns, *FACTS}) == len(columns) + len(FACTS)
    for block in BLOCKS:
        assert card_label(block.cell(0, 0)) == block.label


def test_arrays_are_reckoned_within_a_function_that_takes_them() -> None:
    """Outside of SUMPRODUCT an old Excel takes one cell of a column."""
    for name, formula in ON_BOARD.items():
        if "VALUE(" in formula:
            assert "SUMPRODUCT(" in formula, name
            assert "IFERROR(VALUE" not in formula


def test_what_is_no_number_counts_as_none() -> None:
    assert number("A1:A9") == 'VALUE("0"&MID(A1:A9,1,15*ISNUMBER(A1:A9)))'
    assert INDICATORS_SHOWN >= 8  # the most that a section of the state's table has
