"""使用说明 tells of every step of a day and of every sheet, and leads there."""

import re

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.core.catalogue import BUTTONS, DAY
from qcity_xl.core.schema import GUIDE_SHEET, MASTER
from qcity_xl.core.schema.first_day import FIRST_DAY

from .build import master_book

BUTTON_WORDS = [step.button.label for step in BUTTONS if step.button]


@pytest.fixture(scope="module")
def page() -> Worksheet:
    sheet: Worksheet = master_book()[GUIDE_SHEET]
    return sheet


def test_the_day_of_an_office_is_that_of_the_catalogue(page: Worksheet) -> None:
    lines = [[str(cell.value) for cell in row if cell.value] for row in page.iter_rows()]
    wanted = [[f"{n} {s.title}", s.day] for n, s in enumerate(DAY, 1)]
    start = lines.index(wanted[0])
    assert lines[start : start + len(wanted)] == wanted
    assert len(wanted) > 8


def test_each_thing_of_the_first_day_ticks_itself_on_the_first_screen(page: Worksheet) -> None:
    for row, (number, thing) in enumerate(enumerate(FIRST_DAY, 1), 5):
        title, how, state = (page.cell(row, column) for column in (2, 3, 4))
        assert (title.value, how.value) == (f"{number} {thing.title}", thing.how)
        assert state.value == f"={thing.formula}"
        assert master_book().defined_names[thing.name].attr_text == f"'使用说明'!$D${row}"
        assert all(button in BUTTON_WORDS for button in re.findall("点“(.+?)”", thing.how))


def test_each_sheet_is_named_and_one_click_away(page: Worksheet) -> None:
    links = {
        str(cell.value): str(cell.hyperlink.location)
        for row in page.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    days = {f"{n} {thing.title}": f"'{thing.sheet}'!A1" for n, thing in enumerate(FIRST_DAY, 1)}
    assert links == days | {table.sheet: f"'{table.sheet}'!A1" for table in MASTER}


def test_it_prints_across_the_page(page: Worksheet) -> None:
    setup = page.page_setup
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", 1, 0)
