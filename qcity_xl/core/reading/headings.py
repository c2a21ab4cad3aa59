"""Section headings and totals in all the styles that offices have."""

import re
import unicodedata

from qcity_xl.core.numerals import chinese_number
from qcity_xl.core.reading.numbers import Heading, halved, parse_heading
from qcity_xl.core.text import fold, one_line

_EXTRA = re.compile(r"^(?:附加|加分|奖励|奖惩加分)(?:项目?|题|分|指标)?")
_BONUS = re.compile("(?<!不含)(?:加分|附加|奖励分)")
_MINUS = re.compile("扣分项|减分项|负面清单|一票否决|否决项|倒扣")
_BRACKETED = re.compile(r"\s*[（(]([一二三四五六七八九十]{1,3})[）)]\s*(\S.*)", re.S)
_ORDINAL = re.compile(
    r"\s*(?:第([一二三四五六七八九十]{1,3})(?:章|节|类|板块|大项)|([IVX]{1,4})[.、．])\s*[:：、]?\s*(\S.*)",
    re.S,
)
_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
}
# （满分40分）, 【40分】, or 40分 alone at the end; other words belong to the title.
_WORTH = re.compile(
    r"[(\[【]\s*[^()\[\]【】\d]{0,8}?(\d+(?:\.\d+)?)\s*分[^()\[\]【】]{0,6}[)\]】]\s*$"
    r"|(?:此部分|本部分)?(?:满分|共计?|计)?(\d+(?:\.\d+)?)\s*分值?\s*$"
)
_TOTAL = re.compile(
    r"(?:本?(?:部分|项|页|表|类))?(?:小计|合计|总计|共计|累计|总分|总分值|满分|基本分合计|加分合计|合计得分)"
    r"(?:\(分\)|分值?|数)?[:]?(\d+(?:\.\d+)?)?分?"
)
_NOTE = re.compile("(?:备?注|说明|填表说明|填报说明|注释)[:：]|[*※★]")


def is_bonus(title: str) -> bool:
    """Whether a section's title says that its points come on top."""
    return bool(_BONUS.search(title))


def is_minus(title: str) -> bool:
    """Whether a section only takes points away, or bars all of them."""
    return bool(_MINUS.search(title))


def is_note(text: str) -> bool:
    """Whether a text explains the table: 注：…"""
    return bool(_NOTE.match(text.strip()))


def is_total(text: str) -> bool:
    """Whether a cell names a sum: 小计, 合计, 总分."""
    return bool(_TOTAL.fullmatch(fold(text)))


def stated_total(text: str) -> float | None:
    """The number in 合计100分; None where the cell has none."""
    match = _TOTAL.fullmatch(fold(text))
    return float(match[1]) if match and match[1] else None


def section_heading(text: str, following: int) -> Heading | None:
    """A heading of a section: 一、…（40分）, （一）…, 第一章 …, 附加项：…; None for other texts.

    `following` is the number that a heading without one gets.
    """
    flat = re.sub("^[Ⅰ-Ⅻ]+", lambda sign: unicodedata.normalize("NFKC", sign[0]), one_line(text))
    if heading := parse_heading(flat):
        title, points = _worth(heading.title) if heading.points is None else (heading.title, None)
        points = heading.points if points is None else points
        return Heading(heading.no, title, points, heading.bonus or is_bonus(heading.title))
    if match := _BRACKETED.match(flat):
        number, rest = chinese_number(match[1]), match[2]
    elif match := _ORDINAL.match(flat):
        number = chinese_number(match[1]) if match[1] else _ROMAN.get(match[2], following)
        rest = match[3]
    elif _EXTRA.match(flat):
        number, rest = following, flat
    else:
        return None
    title, points = _worth(rest)
    return Heading(number or following, title, points, is_bonus(rest))


def label_heading(text: str, following: int) -> Heading:
    """A section named by a label alone, as in a merged cell: 组织保障 (40分)."""
    heading = section_heading(text, following)
    if heading:
        return heading
    title, points = _worth(one_line(text))
    return Heading(following, title, points, is_bonus(text))


def _worth(title: str) -> tuple[str, float | None]:
    """A title without the points behind it, and the points."""
    first = re.split("[。；]", title)[0]
    match = _WORTH.search(halved(first))
    if match is None or match.start() == 0:
        return _tidy(first), None
    return _tidy(first[: match.start()]), float(match[1] or match[2])


def _tidy(title: str) -> str:
    return "".join(title.split()).strip("：:，,、")


def same_title(one: str, two: str) -> bool:
    """Whether two labels name one section: one is part of the other."""
    first, second = fold(one), fold(two)
    return bool(second) and (second in first or (len(first) > 1 and first in second))
