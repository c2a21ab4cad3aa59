"""使用说明 tells of every step of a day and of every sheet, and leads there."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.core.catalogue import DAY
from qcity_xl.core.schema import GUIDE_SHEET, MASTER

from .build import master_book


@pytest.fixture(scope="module")
def page() -> Worksheet:
    sheet: Worksheet = master_book()[GUIDE_SHEET]
    return sheet


def test_the_day_of_an_office_is_that_of_the_catalogue(page: Worksheet) -> None:
    lines = [[str(cell.value) for cell in row if cell.value] for row in page.iter_rows()]
    told = [line for line in lines if len(line) == 3 and line[1].startswith("qcity ")]
    wanted = [[f"{n} {s.title}", s.example, s.day] for n, s in enumerate(DAY, 1)]
    assert told == wanted
    assert len(wanted) > 8


def test_each_sheet_is_named_and_one_click_away(page: Worksheet) -> None:
    links = {
        str(cell.value): str(cell.hyperlink.location)
        for row in page.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert links == {table.sheet: f"'{table.sheet}'!A1" for table in MASTER}


def test_it_prints_on_one_page(page: Worksheet) -> None:
    setup = page.page_setup
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("portrait", 1, 1)
