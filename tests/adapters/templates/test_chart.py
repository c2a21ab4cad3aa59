"""The chart on 看板 draws the rows of the table beside it, whatever they hold."""

import re

from openpyxl.utils import range_boundaries

from qcity_xl.adapters.templates import style
from qcity_xl.core.schema import SECTIONS

from .build import cell_of, master_bytes, part, sheet_of, table_of


def chart() -> str:
    return part(master_bytes(), "xl/charts/chart1.xml")


def refs() -> list[str]:
    return re.findall(r"<(?:\w+:)?f>([^<]+)<", chart())


def test_each_score_is_drawn_from_its_column() -> None:
    _, _, _, bottom = range_boundaries(table_of(sheet_of(SECTIONS)).ref)
    for field in ("claimed", "evidenced", "reviewed", "ceiling"):
        letter, first = cell_of(SECTIONS, field)[0], cell_of(SECTIONS, field)[1:]
        assert f"'看板'!${letter}${first}:${letter}${bottom}" in refs()
        assert f"'看板'!${letter}${int(first) - 1}" in refs()  # its name is the header


def test_bars_carry_the_names_of_the_sections() -> None:
    title = cell_of(SECTIONS, "title")[0]
    assert sum(ref.startswith(f"'看板'!${title}$") for ref in refs()) == 4


def test_the_first_section_is_on_top() -> None:
    assert 'orientation val="maxMin"' in chart()


def test_names_of_sections_fit_beside_the_bars_and_the_legend_stands_below_the_numbers() -> None:
    left, top, width, height = (
        float(re.findall(rf'<(?:\w+:)?{side} val="([\d.]+)"', chart())[0]) for side in "xywh"
    )
    columns = sheet_of(SECTIONS).column_dimensions
    right = [columns[letter] for letter in "NOPQRSTUVW"]
    pixels = sum(7 * column.width + 5 for column in right if not column.hidden)
    longest = len("质量工作制度、方法和机制创新") * style.SIZE * 96 / 72
    assert left * pixels > longest + 8  # what stands between a name and its axis
    assert left + width < 1
    assert top + height < 0.8
