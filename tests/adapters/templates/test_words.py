"""What the guides say: every name in them is one that the reader finds on the sheet."""

import re

import pytest

from qcity_xl.adapters.templates import words
from qcity_xl.core.schema.cards import SCORE_CARDS
from qcity_xl.core.schema.pack import PACK

HEADERS = {pack.table.sheet: set(pack.table.headers.values()) for pack in PACK}
ANSWERS = {"不适用"}  # explained beside the columns


@pytest.mark.parametrize(("sheet", "lines"), words.PACK_GUIDE, ids=lambda part: str(part)[:4])
def test_the_guide_of_a_pack_names_columns_that_are_there(
    sheet: str, lines: tuple[tuple[str, str], ...]
) -> None:
    assert all(said.endswith("。") for _, said in lines)
    if sheet in HEADERS:
        named = {name for names, _ in lines for name in names.split("、")}
        assert named <= HEADERS[sheet] | ANSWERS


def test_the_line_over_a_pack_names_its_sheets_in_their_order() -> None:
    told = re.findall("|".join(HEADERS), words.PACK_LINE)
    assert told == list(HEADERS)
    assert words.PACK_GUIDE_TITLE in words.PACK_LINE


def test_the_three_scores_are_those_of_the_cards() -> None:
    labels = " ".join(card.label for card in SCORE_CARDS)
    assert [name for name, _ in words.SCORES if name not in labels] == []
    assert len(words.SCORES) == 3
