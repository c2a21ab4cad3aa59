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
from qcity_xl.core.schema.board import CHANGES, FACTS
from qcity_xl.core.schema.cards import (
    BONUS_CARDS,
    RANGE_CARDS,
    SCORE_CARDS,
    WORK_CARDS,
    Card,
)
from qcity_xl.core.schema.marks import Mark

# Five tiles and twice six cards, on the columns of the table below.
_TILES = (("B", "C"), ("D", "F"), ("G", "I"), ("J", "K"), ("L", "M"))
_SPANS = (("B", "C"), ("D", "E"), ("F", "G"), ("H", "I"), ("J", "K"), ("L", "M"))
FIRST_ROW = 4
_NOT_EVALUATED = 'General;-General;General;"未评"'  # the last part shows for an empty text
_BONUS = '"另有加分 "General;"另有加分 "-General;"另有加分 "General;"另有加分 未评"'
# Of a tile: label, number, range, change since the last round, small chart, bonus, its range.
_TILE_HEIGHTS = (17, 26, 14, 15, 18, 16, 14)
_LABEL_HEIGHT, _NUMBER_HEIGHT, GAP_HEIGHT = 15, 20, 4
_SMALL = style.SIZE


def place_cards(book: Workbook, sheet: Worksheet) -> int:
    """All cards; the row after the last one."""
    row = FIRST_ROW
    for height in _TILE_HEIGHTS:
        sheet.row_dimensions[row].height = height
        row += 1
    for span, card, bonus in zip(_TILES, SCORE_CARDS, BONUS_CARDS, strict=True):
        _tile(book, sheet, span, card, bonus)
    for cards in (WORK_CARDS[:6], WORK_CARDS[6:]):
        heights = (GAP_HEIGHT, _LABEL_HEIGHT, _NUMBER_HEIGHT)
        for line, height in enumerate(heights, row):
            sheet.row_dimensions[line].height = height
        for (first, last), card in zip(_SPANS, cards, strict=True):
            _small_card(book, sheet, (first, last), row + 1, card)
        row += len(heights)
    return row


def trend_cells() -> list[str]:
    """Where the small chart of each score stands."""
    return [f"{last}{FIRST_ROW + 4}" for _, last in _TILES[1:]]


def _tile(book: Workbook, sheet: Worksheet, span: tuple[str, str], card: Card, bonus: Card) -> None:
    first, last = span
    lead = card is SCORE_CARDS[0]
    back = style.ACCENT if lead else style.PALE
    ink, quiet = (style.WHITE, style.WHITE) if lead else (style.ACCENT, style.INK)
    _paint(sheet, f"{first}{FIRST_ROW}:{last}{FIRST_ROW + len(_TILE_HEIGHTS) - 1}", back)
    label, number, range_, change, trend, more, more_range = range(
        FIRST_ROW, FIRST_ROW + len(_TILE_HEIGHTS)
    )
    small = style.font(_SMALL, quiet)
    _say(sheet, f"{first}{label}", card.label, style.font(style.SIZE, quiet, bold=True))
    _figure(
        book, sheet, f"{first}{number}", card.name, card.formula, style.font(20, ink, bold=True)
    )
    sheet[f"{first}{number}"].number_format = _NOT_EVALUATED
    _merge(sheet, first, last, (label, number, range_, change, more, more_range))
    _merge(sheet, first, chr(ord(last) - 1), (trend,))
    _figure(book, sheet, f"{first}{more}", bonus.name, bonus.formula, small)
    sheet[f"{first}{more}"].number_format = _BONUS
    score = card.name.removeprefix("qc_")
    if score not in CHANGES:
        _say(sheet, f"{first}{change}", "全部满分，加分项另列", small)
        return
    _figure(book, sheet, f"{first}{change}", CHANGES[score], FACTS[CHANGES[score]], small)
    _say(sheet, f"{first}{trend}", "历次得分", small)
    for row, scored in ((range_, card), (more_range, bonus)):
        may = RANGE_CARDS[scored.name]
        _figure(book, sheet, f"{first}{row}", may.name, may.formula, small)


def _small_card(
    book: Workbook, sheet: Worksheet, span: tuple[str, str], row: int, card: Card
) -> None:
    first, last = span
    _paint(sheet, f"{first}{row}:{last}{row + 1}", style.SHADE)
    _say(sheet, f"{first}{row}", card.label, style.font(_SMALL))
    number = f"{first}{row + 1}"
    _figure(book, sheet, number, card.name, card.formula, style.font(14, bold=True))
    sheet[number].number_format = style.CARD_FORMAT
    _merge(sheet, first, last, (row, row + 1))
    if card.trouble:
        _mark_trouble(sheet, f"{first}{row}:{last}{row + 1}", f"${first}${row + 1}")


def _say(sheet: Worksheet, address: str, words: str, font: Font) -> None:
    cell = sheet[address]
    cell.value, cell.font = words, font
    cell.alignment = style.aligned("left", "center", indent=1)


def _figure(
    book: Workbook, sheet: Worksheet, address: str, name: str, formula: str, font: Font
) -> None:
    cell: Cell = sheet[address]
    cell.value, cell.font = f"={formula}", font
    cell.alignment = style.aligned("left", "center", indent=1)
    name_cells(book, sheet, name, address)


def name_cells(book: Workbook, sheet: Worksheet, name: str, area: str) -> None:
    """Give these cells a name of the workbook."""
    absolute = sheet[area]
    first, last = (absolute, absolute) if isinstance(absolute, Cell) else _corners(absolute)
    place = f"${first.column_letter}${first.row}"
    if last is not first:
        place += f":${last.column_letter}${last.row}"
    book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{place}")


def _corners(cells: Sequence[Sequence[Cell]]) -> tuple[Cell, Cell]:
    return cells[0][0], cells[-1][-1]


def _merge(sheet: Worksheet, first: str, last: str, rows: Sequence[int]) -> None:
    for row in rows if first != last else ():
        sheet.merge_cells(f"{first}{row}:{last}{row}")


def _paint(sheet: Worksheet, area: str, color: str) -> None:
    for line in sheet[area]:
        for cell in line:
            style.wear(cell, fill=style.fill(color))


def _mark_trouble(sheet: Worksheet, card: str, number: str) -> None:
    mark = Mark("waiting", f"{number}>0", "！")
    rule = Rule(type="expression", formula=[mark.test], dxf=look(mark, style.CARD_FORMAT))
    sheet.conditional_formatting.add(card, rule)
