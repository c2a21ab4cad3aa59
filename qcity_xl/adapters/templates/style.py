"""Every colour, font and number format of the workbooks, in one place."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.numbers import NumberFormat

from qcity_xl.core.schema import FieldColumn
from qcity_xl.core.schema.base import Editor
from qcity_xl.core.schema.marks import SIGNS, Sign, Tone

FAMILY = "微软雅黑"  # Excel, WPS and LibreOffice fall back to their own CJK font without it
SIZE = 10

INK = "1F2933"
MUTED = "5B6773"
ACCENT = "1F3A5F"
PALE = "E9EEF5"
WHITE = "FFFFFF"
LINE = "D3DAE3"
YELLOW = "FFF2C2"
OWN_LINE = "B08A1E"  # around what a unit fills: a copier in grey shows it
LOCKED_HEAD = "DFE5EC"
BAD = "A61B1B"
SHADE = "F4F6F8"

TONES: dict[Tone, tuple[str, str]] = {  # ink and background
    "good": ("1B6E3C", "E3F4E8"),
    "waiting": ("8A5A00", "FFF1D0"),
    "bad": (BAD, "FDE7E7"),
    "done": ("1D4E89", "E3EDFA"),
    "quiet": (MUTED, SHADE),
    "low": ("8A5A00", ""),
}

TEXT_FORMAT = "@"
PEN_FORMAT = '"✎ "@'
DATE_FORMAT = "yyyy-mm-dd"
# Scores are rounded to 2 decimals; 0.## would show 10 as "10.". _) keeps off the border.
GENERAL = "General_)"
CARD_FORMAT = "General"
_FORMATS = (GENERAL, CARD_FORMAT, DATE_FORMAT, TEXT_FORMAT)
_FIRST_ID = 200  # beyond what Excel and openpyxl give to formats of cells


@dataclass(frozen=True, slots=True)
class Voice:
    """How the columns of one kind of editor look: `dark` behind the header, `tint` above it."""

    name: str
    dark: str
    tint: str


_AUTOMATIC = Voice("自动生成", "5F6A77", "EBEEF1")
VOICES: dict[Editor, Voice] = {
    "office": Voice("办公室填", ACCENT, "DDE6F1"),
    "unit": Voice("单位填", "0B6B64", "D9EFEC"),
    "program": _AUTOMATIC,
    "formula": _AUTOMATIC,
}

_THIN = Side(style="thin", color=LINE)
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_OWN = Side(style="thin", color=OWN_LINE)
OWN_BOX = Border(left=_OWN, right=_OWN, top=_OWN, bottom=_OWN)
UNDERLINE = Border(bottom=_THIN)


_Look = tuple[Any, ...]
# Of each workbook: looks by what a cell wore before and what it was given, with the objects given,
# so that no other takes the place of one in memory.
_WORN: WeakKeyDictionary[Workbook, dict[_Look, tuple[Any, _Look]]] = WeakKeyDictionary()


def wear(cell: Cell | MergedCell, **look: object) -> None:
    """Give a cell these looks (font, fill, border, alignment, number_format, protection).

    As setting them one by one does; but openpyxl reckons a hash over all that a font says each
    time, and a sheet has thousands of cells and a dozen looks.
    """
    worn = _WORN.setdefault(cell.parent.parent, {})  # type: ignore[arg-type]  # it is on a sheet
    dressed: Any = cell
    key = (bytes(dressed._style or b""), *((name, id(value)) for name, value in look.items()))
    if key not in worn:
        for name, value in look.items():
            setattr(cell, name, value)
        worn[key] = dressed._style, tuple(look.values())
    dressed._style = worn[key][0].__copy__()


@cache
def font(size: float = SIZE, color: str = INK, *, bold: bool = False, link: bool = False) -> Font:
    """The workbooks' font in one size and colour."""
    return Font(
        name=FAMILY,
        size=size,
        color=color,
        bold=bold,
        underline="single" if link else None,
        charset=134,
        family=2,
    )


@cache
def fill(color: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", start_color=color, end_color=color)


@cache
def aligned(
    horizontal: Literal["left", "center", "right"] = "left",
    vertical: Literal["top", "center", "bottom"] = "center",
    *,
    wrap: bool = False,
    indent: int = 0,
    shrink: bool = False,
) -> Alignment:
    """Where text stands in its cell."""
    return Alignment(
        horizontal=horizontal,
        vertical=vertical,
        wrap_text=wrap,
        indent=indent,
        shrink_to_fit=shrink,
    )


def number_format(column: FieldColumn) -> str:
    """The number format of a column's cells; text stays text whatever is typed."""
    if column.type == "date":
        return DATE_FORMAT
    return GENERAL if is_number(column) or column.formula else TEXT_FORMAT


def signed(sign: Sign, base: str) -> NumberFormat:
    """The format with a sign before the value; each pair of them has an id of its own."""
    number = _FORMATS.index(base) * len(SIGNS) + SIGNS.index(sign)
    return NumberFormat(numFmtId=_FIRST_ID + number, formatCode=f'"{sign} "{base}')


def is_number(column: FieldColumn) -> bool:
    """Whether a column shows numbers, which stand on the right; a formula that wraps is text."""
    return column.type == "number" or (column.type == "formula" and not column.wrap)


def body_alignment(column: FieldColumn) -> Alignment:
    """Text at the top left, wrapped where the column says so; numbers at the top right."""
    if is_number(column):
        return aligned("right", "top")
    return aligned("left", "top", wrap=column.wrap)
