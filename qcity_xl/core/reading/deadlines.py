"""Deadlines: 2016, 2016—2017, 2025年12月底前, 长期."""

import re

from qcity_xl.core.text import fold, one_line

_YEAR = r"(?:19|20)\d{2}"
_DATE = rf"{_YEAR}(?:年|[-./])?(?:\d{{1,2}}(?:月|[-./])?)?(?:\d{{1,2}}日?)?"
_BEFORE = "(?:上半年|下半年|第?[一二三四1-4]季度|年?[初中底末])?(?:之?前|以前|内|完成|前完成)?"
_DEADLINE = re.compile(rf"{_DATE}{_BEFORE}(?:[-至到]{_DATE}{_BEFORE})?")
_WORDS = re.compile(
    "(长期|常年|全年|持续|每年|经常|年底前|随时|按期|每季度|每月)(推进|坚持|开展|完成|实施)?"
)
_SPAN = re.compile(rf"({_YEAR})年?(?:[-至到]({_YEAR})年?)?")


def is_deadline(text: str) -> bool:
    """Whether a text can be nothing but a deadline."""
    flat = fold(text)
    return bool(_DEADLINE.fullmatch(flat) or _WORDS.fullmatch(flat))


def parse_deadline(text: str) -> tuple[str, bool]:
    """The deadline in its usual form, and whether it was understood.

    Years alone come out as 2016 or 2016-2017; other forms stay as they are written.
    """
    flat = fold(text)
    if span := _SPAN.fullmatch(flat):
        return "-".join(year for year in span.groups() if year), True
    known = is_deadline(text)
    return flat if known else one_line(text), known
