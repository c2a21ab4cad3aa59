"""Looks: what can be read on its background, and formats that leave what was typed alone."""

from typing import Any

import pytest
from openpyxl import Workbook

from qcity_xl.adapters.templates import style
from qcity_xl.core.schema import MASTER
from qcity_xl.core.schema.pack import PACK

COLUMNS = [c for table in (*MASTER, *(p.table for p in PACK)) for c in table.columns]
PAIRS = [(style.INK, style.WHITE), (style.INK, style.SHADE), (style.INK, style.YELLOW)]
PAIRS += [(style.MUTED, style.WHITE), (style.ACCENT, style.PALE), (style.WHITE, style.ACCENT)]
PAIRS += [(style.WHITE, voice.dark) for voice in style.VOICES.values()]
PAIRS += [(style.INK, style.LOCKED_HEAD), (style.BAD, style.WHITE)]
PAIRS += [(voice.dark, voice.tint) for voice in style.VOICES.values()]


def brightness(color: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = (int(color[n : n + 2], 16) / 255 for n in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_can_be_read_on_its_background() -> None:
    for ink, paper in PAIRS:
        light, dark = sorted((brightness(ink), brightness(paper)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)  # WCAG 2.1, level AA


def test_text_stays_text_and_numbers_stand_on_the_right() -> None:
    for column in COLUMNS:
        number = column.type == "number" or (column.type == "formula" and not column.wrap)
        assert style.is_number(column) is number, column.header
        typed = column.type not in ("number", "formula", "date")
        assert (style.number_format(column) == "@") is typed, column.header
        side = "right" if number else "left"
        assert style.body_alignment(column).horizontal == side, column.header


def grey(color: str) -> float:
    """How bright a photocopier shows it, 0 to 1."""
    red, green, blue = (int(color[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (style.OWN_LINE, style.YELLOW),  # a cell to fill has a box
        (style.OWN_LINE, style.WHITE),
        (style.VOICES["unit"].dark, style.LOCKED_HEAD),  # a header over cells to fill is dark
    ],
)
def test_where_to_write_is_seen_on_a_copy_without_colours(one: str, other: str) -> None:
    assert abs(grey(one) - grey(other)) >= 0.3


def test_a_look_that_is_worn_is_the_one_that_is_set() -> None:
    looks: list[dict[str, Any]] = [
        {"border": style.BOX},
        {"font": style.font(), "number_format": style.DATE_FORMAT},
        {"fill": style.fill(style.SHADE), "alignment": style.aligned("right")},
    ]
    orders = [(0, 1), (1, 0), (0, 1, 2), (2, 1), (1, 1), (0, 1), (2, 1)]
    worn, plain = (Workbook().worksheets[0] for _ in range(2))
    for row, order in enumerate(orders, 1):
        for at in order:
            style.wear(worn.cell(row, 1), **looks[at])
            for name, value in looks[at].items():
                setattr(plain.cell(row, 1), name, value)
    found: list[list[Any]] = [
        [sheet.cell(r + 1, 1) for r in range(len(orders))] for sheet in (worn, plain)
    ]
    assert [bytes(cell._style) for cell in found[0]] == [bytes(cell._style) for cell in found[1]]
    worn.cell(1, 1).font = style.font(20)  # its look is its own
    assert worn.cell(6, 1).font.size == style.SIZE
