"""The figures on top of 看板."""

import re

from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

from qcity_xl.core.schema import SECTIONS
from qcity_xl.core.schema.cards import BONUS_CARDS, CARDS, RANGE_CARDS, SCORE_CARDS, WORK_CARDS

from .build import (
    master_book,
    sheet_of,
    table_of,
)


def test_each_card_is_a_named_formula_above_the_table() -> None:
    top = range_boundaries(table_of(sheet_of(SECTIONS)).ref)[1] or 0
    for card in CARDS:
        sheet, cells = next(master_book().defined_names[card.name].destinations)
        address = cells.replace("$", "")
        assert sheet == SECTIONS.sheet
        assert master_book()[sheet][address].value == f"={card.formula}"
        assert int(re.sub(r"\D", "", address)) < top


def test_a_card_says_what_it_counts_over_its_number() -> None:
    sheet = sheet_of(SECTIONS)
    for card in (*SCORE_CARDS, *WORK_CARDS):
        _, cells = next(master_book().defined_names[card.name].destinations)
        number = sheet[cells.replace("$", "")]
        label = str(sheet.cell(number.row - 1, number.column).value)
        assert label.endswith(card.label)


def test_bonus_points_stand_in_the_tile_of_their_score_and_say_what_they_are() -> None:
    for card, bonus in zip(SCORE_CARDS, BONUS_CARDS, strict=True):
        (_, above), (_, below) = (
            next(master_book().defined_names[one.name].destinations) for one in (card, bonus)
        )
        assert above.split("$")[1] == below.split("$")[1]
        shape = sheet_of(SECTIONS)[below.replace("$", "")].number_format
        assert shape.startswith('"另有加分 "')
        assert shape.endswith('未评"')


def test_a_score_that_is_not_there_reads_as_such() -> None:
    _, cells = next(master_book().defined_names[SCORE_CARDS[1].name].destinations)
    assert sheet_of(SECTIONS)[cells.replace("$", "")].number_format.endswith('"未评"')


def test_below_a_score_stands_from_where_to_where_it_may_go() -> None:
    for name, card in RANGE_CARDS.items():
        (_, score), (_, span) = (
            next(master_book().defined_names[n].destinations) for n in (name, card.name)
        )
        row, column = coordinate_to_tuple(score.replace("$", ""))
        assert coordinate_to_tuple(span.replace("$", "")) == (row + 1, column)
