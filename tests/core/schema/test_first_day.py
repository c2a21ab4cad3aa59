"""The list of the first day: each thing counts by a formula over columns that are there."""

import re

import pytest

from qcity_xl.core.schema import BY_SHEET, SETTINGS
from qcity_xl.core.schema.first_day import (
    DONE,
    FIGURES,
    FIRST_DAY,
    OPEN,
    TITLE_FORMULA,
    FirstThing,
)
from tests.core.schema.references import named, unknown


@pytest.mark.parametrize("thing", FIRST_DAY, ids=[thing.name for thing in FIRST_DAY])
def test_a_thing_is_counted_on_the_sheet_that_it_leads_to(thing: FirstThing) -> None:
    assert not list(unknown(thing.formula))
    assert {table for table, _ in named(thing.count)} == {BY_SHEET[thing.sheet].name}


@pytest.mark.parametrize("thing", FIRST_DAY, ids=[thing.name for thing in FIRST_DAY])
def test_the_formula_has_the_words_of_the_state(thing: FirstThing) -> None:
    shown = re.findall(r'"([^"]*)"', thing.formula.replace(thing.count, "#"))
    assert shown[0] == DONE == thing.state(0)
    assert "7".join(shown[1:]) in (thing.state(7), thing.state(7).removesuffix("7"))
    assert thing.state(7).startswith(OPEN)


def test_every_figure_has_a_name_of_its_own() -> None:
    assert len(set(FIGURES)) == len(FIGURES)


def test_the_title_asks_the_settings() -> None:
    assert {table for table, _ in named(TITLE_FORMULA)} == {SETTINGS.name}
    assert not list(unknown(TITLE_FORMULA))
