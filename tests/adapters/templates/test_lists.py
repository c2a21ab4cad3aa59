"""The lists on 看板: shades that a copy in grey keeps apart, marks that words say too."""

from itertools import pairwise

import pytest

from qcity_xl.adapters.templates.lists import GAIN_SPOTS, SHADES, SOON_SPOTS, UNIT_SPOTS, Spot
from qcity_xl.core.schema import SECTIONS
from qcity_xl.core.schema.board import GAINS_LIST, SOON_LIST, UNITS_LIST, Block

from .build import sheet_of
from .test_style import brightness, grey


def test_a_deeper_shade_is_darker_in_grey_and_its_number_can_be_read() -> None:
    greys = [grey(paper) for _, paper, _ in SHADES]
    assert all(lighter - darker >= 0.05 for darker, lighter in pairwise(greys))
    for _, paper, ink in SHADES:
        light, dark = sorted((brightness(ink), brightness(paper)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("block", "spots"),
    [(UNITS_LIST, UNIT_SPOTS), (GAINS_LIST, GAIN_SPOTS), (SOON_LIST, SOON_SPOTS)],
)
def test_each_column_has_its_place(block: Block, spots: tuple[Spot, ...]) -> None:
    assert len(spots) == block.size[1]
    assert len({spot.first for spot in spots}) == len(spots)


def test_a_unit_that_is_late_is_marked_by_the_word_in_its_row() -> None:
    tests = [
        rule.formula[0]
        for area in sheet_of(SECTIONS).conditional_formatting
        for rule in area.rules
        if "逾期未报" in rule.formula[0]
    ]
    assert len(tests) == 1
    assert tests[0].startswith("$D")
