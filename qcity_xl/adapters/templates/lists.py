"""The lists on 看板: headed blocks of live formulas, their columns under names of the workbook."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style
from qcity_xl.adapters.templates.cards import name_cells
from qcity_xl.adapters.templates.conditions import look
from qcity_xl.core.schema.board import (
    HEAT,
    INCOMPLETE,
    OVERDUE,
    SHARES,
    Block,
)
from qcity_xl.core.schema.marks import Mark
from qcity_xl.core.schema.words import RED, YELLOW

_ROW_HEIGHT, _HEAD_HEIGHT, _TITLE_HEIGHT = 16, 18, 20
_DAY_FORMAT = 'm"月"d"日"'
# How much of an indicator's points is evidenced: from a share on, the paper and the ink on it.
SHADES = (
    (1, style.ACCENT, style.WHITE),
    (0.6, "3F6796", style.WHITE),
    (0.3, "9DBAD9", style.INK),
    (0.005, "D3E0EE", style.INK),
    (0, style.SHADE, style.MUTED),
)
_SHADE_WORDS = ("全部", "六成", "三成", "有分", "零分")


@dataclass(frozen=True, slots=True)
class Spot:
    """A column of a list: its header, its cells from one letter to another, how they look.

    What is short, a `number` or a sign, stands in the middle.
    """

    header: str
    first: str
    last: str
    number: bool = False
    shape: str = style.CARD_FORMAT


UNIT_SPOTS = (
    Spot("", "B", "B", number=True),
    Spot("单位", "C", "C"),
    Spot("报送", "D", "E"),
    Spot("逾期天", "F", "F", number=True),
    Spot("牵头", "G", "G", number=True),
    Spot("配合", "H", "H", number=True),
    Spot("已完成", "I", "I", number=True),
    Spot("没填", "J", "J", number=True),
    Spot("红灯", "K", "K", number=True),
    Spot("黄灯", "L", "L", number=True),
    Spot("缺佐证", "M", "M", number=True),
)
GAIN_SPOTS = (
    Spot("指标", "B", "B", number=True),
    Spot("", "C", "E"),
    Spot("可加分", "F", "F", number=True),
    Spot("自评单位", "G", "I"),
    Spot("还缺什么", "J", "M"),
)
SOON_SPOTS = (
    Spot("任务", "N", "N"),
    Spot("到期", "P", "Q", number=True, shape=_DAY_FORMAT),
    Spot("牵头单位", "R", "T"),
    Spot("灯", "U", "W"),
)


def write_title(sheet: Worksheet, row: int, first: str, last: str, words: str) -> Cell:
    """The title of a list, over all of its columns; `words` may be a formula."""
    cell: Cell = sheet[f"{first}{row}"]
    cell.value = words
    cell.font = style.font(11, style.ACCENT, bold=True)
    cell.alignment = style.aligned("left", "center")
    sheet.merge_cells(f"{first}{row}:{last}{row}")
    sheet.row_dimensions[row].height = _TITLE_HEIGHT
    return cell


def place_list(
    book: Workbook, sheet: Worksheet, header: int, block: Block, spots: Sequence[Spot]
) -> int:
    """Headers and formulas from this row on; the row after the last one."""
    sheet.row_dimensions[header].height = _HEAD_HEIGHT
    for column, spot in enumerate(spots):
        _head(sheet, header, spot)
        for row, line in enumerate(block.rows, header + 1):
            sheet.row_dimensions[row].height = _ROW_HEIGHT
            _body(sheet, row, spot, line[column])
        last = header + len(block.rows)
        name_cells(
            book, sheet, block.column(column + 1), f"{spot.first}{header + 1}:{spot.first}{last}"
        )
    return header + len(block.rows) + 1


def _head(sheet: Worksheet, row: int, spot: Spot) -> None:
    for cell in _cells(sheet, row, spot):
        style.wear(cell, fill=style.fill(style.LOCKED_HEAD), border=style.BOX)
    cell = sheet[f"{spot.first}{row}"]
    cell.value = spot.header or None
    style.wear(cell, font=style.font(bold=True), alignment=_aligned(spot))
    _join(sheet, row, spot)


def _aligned(spot: Spot) -> Alignment:
    return style.aligned("center") if spot.number else style.aligned(indent=1)


def _body(sheet: Worksheet, row: int, spot: Spot, formula: str) -> None:
    for cell in _cells(sheet, row, spot):
        style.wear(cell, border=style.BOX)
    cell = sheet[f"{spot.first}{row}"]
    cell.value = f"={formula}"
    style.wear(cell, font=style.font(), number_format=spot.shape, alignment=_aligned(spot))
    _join(sheet, row, spot)


def _cells(sheet: Worksheet, row: int, spot: Spot) -> Sequence[Cell]:
    found: Sequence[Cell] = sheet[f"{spot.first}{row}:{spot.last}{row}"][0]
    return found


def _join(sheet: Worksheet, row: int, spot: Spot) -> None:
    if spot.first != spot.last:
        sheet.merge_cells(f"{spot.first}{row}:{spot.last}{row}")


def mark_states(sheet: Worksheet, area: str, state: str) -> None:
    """Colour rows by what their cell `state` says, which is said in words there too."""
    _mark(sheet, area, Mark("bad", f'{state}="{OVERDUE}"'))
    _mark(sheet, area, Mark("waiting", f'{state}="{INCOMPLETE}"'))


def mark_lights(sheet: Worksheet, area: str, light: str) -> None:
    """Colour cells by the light that stands in them."""
    _mark(sheet, area, Mark("bad", f'LEFT({light},2)="{RED}"'))
    _mark(sheet, area, Mark("waiting", f'LEFT({light},2)="{YELLOW}"'))


def _mark(sheet: Worksheet, area: str, mark: Mark) -> None:
    rule = Rule(type="expression", formula=[mark.test], dxf=look(mark, style.CARD_FORMAT))
    sheet.conditional_formatting.add(area, rule)


def place_heat(book: Workbook, sheet: Worksheet, first_row: int, first: str, helper: str) -> None:
    """The indicators of each section beside its row, darker the more of their points is evidenced;
    the shares stand in as many columns from `helper` on.
    """
    rows, columns = HEAT.size
    left, aside = column_index_from_string(first), column_index_from_string(helper)
    for column in range(columns):
        for block, at in ((HEAT, left), (SHARES, aside)):
            letter = get_column_letter(at + column)
            for row, line in enumerate(block.rows, first_row):
                cell = sheet[f"{letter}{row}"]
                cell.value = f"={line[column]}"
                style.wear(cell, font=style.font(), alignment=style.aligned("center"))
            name_cells(
                book,
                sheet,
                block.column(column + 1),
                f"{letter}{first_row}:{letter}{first_row + rows - 1}",
            )
    for number, ((_, paper, ink), said) in enumerate(zip(SHADES, _SHADE_WORDS, strict=True)):
        cell = sheet.cell(first_row - 1, left + number, said)
        cell.fill, cell.font = style.fill(paper), style.font(color=ink)
        cell.alignment = style.aligned("center")
    area = f"{first}{first_row}:{get_column_letter(left + columns - 1)}{first_row + rows - 1}"
    share = f"{helper}{first_row}"
    for least, paper, ink in SHADES:
        test = f"AND(ISNUMBER({share}),N({share})>={least})"
        look_ = DifferentialStyle(
            font=Font(name=None, sz=None, color=ink, b=True), fill=style.fill(paper)
        )
        rule = Rule(type="expression", formula=[test], dxf=look_, stopIfTrue=True)
        sheet.conditional_formatting.add(area, rule)


def place_aside(book: Workbook, sheet: Worksheet, row: int, letter: str, block: Block) -> None:
    """A block that people need not see, its columns side by side from a letter on."""
    left = column_index_from_string(letter)
    for column in range(block.size[1]):
        here = get_column_letter(left + column)
        for line, formulas in enumerate(block.rows, row):
            sheet[f"{here}{line}"].value = f"={formulas[column]}"
        last = row + len(block.rows) - 1
        name_cells(book, sheet, block.column(column + 1), f"{here}{row}:{here}{last}")
