"""The finished file, where openpyxl alone would write something else."""

import re
from collections.abc import Callable

import pytest

from .build import master_bytes, pack_bytes, part

# ECMA-376 part 1, CT_Font, as Microsoft's schema has it.
SCHEMA = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"


@pytest.mark.parametrize("build", [master_bytes, pack_bytes])
def test_fonts_hold_all_they_had_in_the_order_of_the_schema(build: Callable[[], bytes]) -> None:
    fonts = re.findall("<font>(.+?)</font>", part(build(), "xl/styles.xml"))
    cells = [font for font in fonts if "<name " in font]  # the others are of conditional formats
    assert len(cells) > 5
    assert all("<sz " in font and "<color " in font for font in cells)
    for font in fonts:
        names = re.findall(r"<(\w+)", font)
        assert names == sorted(names, key=SCHEMA.split().index)


@pytest.mark.parametrize("build", [master_bytes, pack_bytes])
def test_tables_leave_unsaid_that_they_have_one_header_row(build: Callable[[], bytes]) -> None:
    # ONLYOFFICE reads headerRowCount="1" as no header: each column would begin one row too high.
    assert "headerRowCount" not in part(build(), "xl/tables/table1.xml")


@pytest.mark.parametrize("build", [master_bytes, pack_bytes])
def test_characters_are_written_as_themselves(build: Callable[[], bytes]) -> None:
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        assert not re.search(r"&#\d{3,};", part(build(), name))
