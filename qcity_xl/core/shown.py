"""What a cell shows for its number under a number format: that counts, not what it holds.

Of the formats (ECMA-376 part 1, 18.8.31) those that show an amount: percent, thousands, leading
zeros, words around and between the digits, sections for signs. Dates are read as such elsewhere;
of fractions, exponents and conditions the number itself stands.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from qcity_xl.core.schema import FieldColumn
from qcity_xl.core.values import Value

DIGITS = 15  # that a number keeps in Excel: of longer ones the rest is lost
LOST_DIGITS = (
    f"是超过{DIGITS}位的数，Excel 只存前{DIGITS}位，后面的已经丢失",
    "文本格式的号码",
    "请把这一格设为文本格式，再照原件重新填写",
)
NO_DATES = ("page", "number", "answer")  # fields where a date was 3-5 or 3/6 before Excel saw it
LINKED = ("location",)  # fields where a link says what the words leave out
_PLACE = re.compile(r"[\\/]|\.\w{2,5}$")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)|(?P<digit>[0#?])"
    r"|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<at>@)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_COLOURS = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|color\d+|[黑蓝青绿红白黄]色?", re.IGNORECASE
)
_EXACT = Context(prec=100)
_UNREADABLE = set("ymdhseb/")  # dates and times, exponents, fractions
_GENERAL = "\0"  # the piece where the number stands as it is


@dataclass(frozen=True, slots=True)
class _Section:
    """One section: pieces of text, and None for each place of a digit."""

    pieces: tuple[str | None, ...]
    marks: str  # the placeholder of each place, before and after the point
    whole: int  # how many places stand before the point
    thousands: bool
    scale: int  # the power of ten that the number is multiplied by


def shown_value(value: float, code: str) -> Value:
    """The number as the cell shows it: text where the format adds some, else a number.

    The number itself where the format is none of an amount's, or where Excel lost digits of it.
    """
    if abs(value) >= 10**DIGITS:
        return value
    sections = _sections(code)
    section = sections[_which(value, len(sections))] if sections else None
    if section is None:
        return value
    text = _render(abs(value) if len(sections) > 1 and value < 0 else value, section)
    plain = text.replace(",", "").strip().removesuffix(".")
    if re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", plain):
        number = float(plain)
        return int(number) if number.is_integer() else number
    return text.strip() or value


def may_show_more(column: FieldColumn, value: Value) -> bool:
    """Whether a number stands where people answer in text: its format says what it means."""
    answered = column.editor == "unit" or column.field in ("ruling", "choice")  # 核定, 裁定
    typed = answered and column.type in ("text", "choice")
    return typed and isinstance(value, int | float) and not isinstance(value, bool)


def linked_place(text: str, target: str) -> str:
    """Where a cell points: what it shows, if that is a place, else the target of its link."""
    return text if is_place(text) else target


def is_place(text: str) -> bool:
    """Whether a text names a file or an address, as 佐证/通知.pdf does and 点击查看 does not."""
    return _PLACE.search(text.strip()) is not None


def _which(value: float, count: int) -> int:
    if value < 0 and count > 1:
        return 1
    return 2 if value == 0 and count > 2 else 0


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a format; none where it is General or not understood."""
    parts = re.findall(r'(?:"[^"]*"|[\\!].|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)|^(?=;)', code)
    read = [_section(part) for part in parts[:3]]
    return () if None in read else tuple(section for section in read if section)


def _section(code: str) -> _Section | None:
    pieces: list[str | None] = []
    marks, whole, scale, commas = "", -1, 0, 0
    thousands = False
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup, match[0]
        if kind == "at" or (kind == "general" and marks):
            return None
        if kind == "bracket" and not _COLOURS.fullmatch(match[0][1:-1]):
            return None
        if kind == "plain" and text.lower() in _UNREADABLE:
            return None
        if kind == "digit":
            thousands |= commas > 0 and whole < 0
            commas = 0
            pieces.append(None)
            marks += text
        elif kind == "comma":
            commas += 1 if marks else 0
        elif kind == "point" and whole < 0:
            scale, commas = scale - 3 * commas, 0
            whole = len(marks)
            pieces.append(".")
        elif kind == "general":
            pieces.append(_GENERAL)
        elif kind == "percent":
            scale += 2
            pieces.append("%")
        else:
            found = match["quoted"] or match["escaped"] or match["money"]
            pieces.append(found or (text if kind in ("plain", "point") else ""))
    scale -= 3 * commas
    return _Section(tuple(pieces), marks, len(marks) if whole < 0 else whole, thousands, scale)


def _render(value: float, section: _Section) -> str:
    places = len(section.marks) - section.whole
    number = Decimal(f"{value:.{DIGITS}g}").scaleb(section.scale)
    number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    digits, _, fraction = f"{abs(number):f}".partition(".")
    cells = iter([*_before(digits, section), *_after(fraction, section)])
    shown = "".join(next(cells) if piece is None else piece for piece in section.pieces)
    sign = "-" if number < 0 and section.marks else ""
    return sign + shown.replace(_GENERAL, f"{value:.{DIGITS}g}")


def _before(digits: str, section: _Section) -> list[str]:
    """What stands in each place before the point; the first takes what is left."""
    marks = section.marks[: section.whole]
    if not marks:
        return []
    digits = "" if digits == "0" else digits
    more = len(digits) - len(marks)
    if more > 0:
        cells = [digits[: more + 1], *digits[more + 1 :]]
    else:
        cells = [*("0" if mark == "0" else "" for mark in marks[:-more]), *digits]
    if not section.thousands:
        return cells
    joined = "".join(cells)
    return [f"{int(joined):,}" if joined else "", *[""] * (len(marks) - 1)]


def _after(fraction: str, section: _Section) -> list[str]:
    """What stands in each place after the point; # and ? show no zero at the end."""
    marks = section.marks[section.whole :]
    cells = list(fraction.ljust(len(marks), "0"))
    for index in range(len(marks) - 1, -1, -1):
        if cells[index] != "0" or marks[index] == "0":
            break
        cells[index] = ""
    return cells
