"""The figure cards on top of 看板: a big number in a named cell under a small label."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style
from qcity_xl.adapters.templates.conditions import look
from qcity_xl.core.schema.cards import (
    BONUS_CARDS,
    RANGE_CARDS,
    SCORE_CARDS,
    WORK_CARDS,
    Card,
    card_label,
)
from qcity_xl.core.schema.marks import Mark

# Five cards a row, of nearly equal width, on the columns of the table below.
SPANS = (("B", "C"), ("D", "F"), ("G", "I"), ("J", "K"), ("L", "M"))
FIRST_ROW = 4
_NOT_EVALUATED = 'General;-General;General;"未评"'  # the last part shows for an empty text
_LABEL_HEIGHT, _NUMBER_HEIGHT, _RANGE_HEIGHT, _GAP_HEIGHT = 22, 34, 16, 8


def place_cards(book: Workbook, sheet: Worksheet) -> int:
    """All cards; the row after the last one."""
    row = FIRST_ROW
    for cards in (SCORE_CARDS, BONUS_CARDS, WORK_CARDS[:5], WORK_CARDS[5:]):
        _place_row(book, sheet, row, cards)
        sheet.row_dimensions[row].height = _LABEL_HEIGHT
        sheet.row_dimensions[row + 1].height = _NUMBER_HEIGHT
        if cards[1].name in RANGE_CARDS:
            sheet.row_dimensions[row + 2].height = _RANGE_HEIGHT
            row += 1
        sheet.row_dimensions[row + 2].height = _GAP_HEIGHT
        row += 3
    return row


def _place_row(book: Workbook, sheet: Worksheet, row: int, cards: Sequence[Card]) -> None:
    for (first, last), card in zip(SPANS, cards, strict=True):
        scored = card not in WORK_CARDS
        lead = card in (SCORE_CARDS[0], BONUS_CARDS[0])
        back = style.ACCENT if lead else style.PALE if scored else style.SHADE
        ink = style.WHITE if lead else style.ACCENT if scored else style.INK
        quiet = style.WHITE if lead else style.MUTED
        _paint(sheet, f"{first}{row}:{last}{row + (2 if scored else 1)}", back)
        label, number = sheet[f"{first}{row}"], sheet[f"{first}{row + 1}"]
        label.value = card_label(card.name)
        label.font = style.font(9, quiet)
        label.alignment = style.aligned("left", "bottom", indent=1)
        _write_number(number, card, style.font(20 if scored else 16, ink, bold=True))
        _name(book, sheet, card, first, row + 1)
        span = RANGE_CARDS.get(card.name)
        if span:
            cell = sheet[f"{first}{row + 2}"]
            cell.value = f"={span.formula}"
            cell.font = style.font(9, style.MUTED)
            cell.alignment = style.aligned("left", "top", indent=1)
            _name(book, sheet, span, first, row + 2)
        if first != last:
            for line in range(row, row + (3 if scored else 2)):
                sheet.merge_cells(f"{first}{line}:{last}{line}")
        if card.trouble:
            _mark_trouble(sheet, f"{first}{row}:{last}{row + 1}", f"${first}${row + 1}")


def _name(book: Workbook, sheet: Worksheet, card: Card, column: str, row: int) -> None:
    place = f"'{sheet.title}'!${column}${row}"
    book.defined_names[card.name] = DefinedName(card.name, attr_text=place)


def _write_number(cell: Cell, card: Card, font: Font) -> None:
    cell.value = f"={card.formula}"
    cell.font = font
    cell.number_format = _NOT_EVALUATED if card not in WORK_CARDS else style.CARD_FORMAT
    cell.alignment = style.aligned("left", "center", indent=1)


def _paint(sheet: Worksheet, area: str, color: str) -> None:
    for line in sheet[area]:
        for cell in line:
            cell.fill = style.fill(color)


def _mark_trouble(sheet: Worksheet, card: str, number: str) -> None:
    mark = Mark("waiting", f"{number}>0", "▲")
    rule = Rule(type="expression", formula=[mark.test], dxf=look(mark, style.CARD_FORMAT))
    sheet.conditional_formatting.add(card, rule)
