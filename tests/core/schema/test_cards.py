"""The figures on 看板: one name each, over columns that are there."""

import pytest

from qcity_xl.core.schema.cards import BONUS_CARDS, CARDS, SCORE_CARDS, Card
from tests.core.schema.references import named, unknown


@pytest.mark.parametrize("card", CARDS, ids=[card.name for card in CARDS])
def test_a_card_names_columns_of_the_master(card: Card) -> None:
    assert named(card.formula) or "qc_" in card.formula
    assert not list(unknown(card.formula))


def test_no_name_twice() -> None:
    names = [card.name for card in CARDS]
    assert len(set(names)) == len(names)


def test_bonus_points_are_counted_as_the_others_are() -> None:
    for basic, bonus in zip(SCORE_CARDS, BONUS_CARDS, strict=True):
        assert bonus.name == f"{basic.name}_bonus"
        assert bonus.formula == basic.formula.replace('"否"', '"是"') != basic.formula
