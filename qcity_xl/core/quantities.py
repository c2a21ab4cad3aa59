"""Numbers with their units, as offices write them: 10万平方米, 百分之九十五, 三成, 十二次.

One table of units and one reader serve the wordings of the document, the parameters of rules and
the answers.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from qcity_xl.core.numerals import NUMERALS, chinese_number

PERCENT, PERMILLE, POINT = "%", "‰", "个百分点"
_COUNTS = (
    *("个", "项", "张", "次", "名", "位", "家", "批次", "批", "人", "件", "人次", "家次", "场次"),
    *("场", "份", "起", "例", "宗", "篇", "条", "期", "类", "种", "处", "所", "座", "户", "套"),
    *("台", "辆", "支", "本", "册", "部", "门", "款", "幅", "块", "笔", "轮", "届", "档", "组"),
    *("枚", "只", "艘", "架", "班", "人份", "户次", "课", "节", "讲", "集", "首", "道", "根"),
    *("株", "棵", "头", "栋", "间", "盏"),
)
_MEASURES = (
    *(
        "微克/立方米",
        "微克/m3",
        "毫克/m3",
        "μg/m3",
        "mg/m3",
        "mg/L",
        "毫克/立方米",
        "毫克/升",
        "吨标准煤/万元",
        "千克标准煤",
        "吨标准煤",
        "平方公里",
        "平方千米",
        "平方米",
        "立方米",
        "千瓦时",
        "个工作日",
    ),
    *(
        "工作日",
        "个百分点",
        "百分点",
        "公里",
        "千米",
        "毫克",
        "千克",
        "公斤",
        "公顷",
        "美元",
        "学时",
    ),
    *("课时", "小时", "分钟", "个月", "米", "亩", "吨", "克", "升", "元", "天", "日", "周", "年"),
    *("秒", "度", "倍", "分贝", "岁", "分", "名次", "位次", "个位次", "个名次"),
    *("㎡", "m²", "m2", "㎥", "m³", "m3", "㎞", "km", "㎏", "kg", "L"),
)
UNITS = tuple(sorted((PERCENT, PERMILLE, *_COUNTS, *_MEASURES), key=len, reverse=True))
COUNTERS = frozenset((*_COUNTS, "天", "名次", "位次"))  # an answer in one of them fits the other
_SAME = {
    "百分点": POINT,
    "日": "天",
    "个工作日": "工作日",
    "公斤": "千克",
    "千米": "公里",
    "平方千米": "平方公里",
    "个位次": "位次",
    "个名次": "名次",
    **dict.fromkeys(("㎡", "m²", "m2"), "平方米"),
    **dict.fromkeys(("㎥", "m³", "m3"), "立方米"),
    **dict.fromkeys(("㎞", "km"), "公里"),
    **dict.fromkeys(("㎏", "kg"), "千克"),
    **dict.fromkeys(("微克/m3", "μg/m3"), "微克/立方米"),
    **dict.fromkeys(("毫克/m3", "mg/m3"), "毫克/立方米"),
    "mg/L": "毫克/升",
    "L": "升",
}
# Units of one measure, by how many of the smallest each is; 工作日 is no fixed time.
_MEASURED_ALIKE = (
    {"秒": 1, "分钟": 60, "小时": 3600, "天": 86400},
    {"克": 1, "千克": 1000, "吨": 1_000_000},
    {"米": 1, "公里": 1000},
    {"平方米": 1, "公顷": 10_000, "平方公里": 1_000_000},
)
_SCALES = {"万亿": 1e12, "千万": 1e7, "百万": 1e6, "亿": 1e8, "万": 1e4}
_SHOWN = (("亿", 1e8), ("万", 1e4))

_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_CHINESE = rf"[{NUMERALS}]+(?:点[{NUMERALS}]+)?"
NUMBER = rf"(?:{_DIGITS}|{_CHINESE})"
_UNIT = "|".join(map(re.escape, UNITS))
# Numerals of one letter are often a word (统一, 三级): they need a unit behind them.
QUANTITY = (
    rf"(?:[百千万]分之{NUMBER}|[{NUMERALS}]分之[{NUMERALS}]+|[{NUMERALS}\d]成[{NUMERALS}]?(?![立果效员本])"
    rf"|{_DIGITS}(?:{'|'.join(_SCALES)})?(?:余|多)?(?:{_UNIT})?"
    rf"|{_CHINESE}(?:余|多)?(?:{_UNIT}))"
)
_OUT_OF = re.compile(rf"([百千万])分之({NUMBER})")
_PART = re.compile(rf"([{NUMERALS}])分之([{NUMERALS}]+)")
_TENTHS = re.compile(rf"([{NUMERALS}\d])成([{NUMERALS}])?")
_MEASURED = re.compile(
    rf"({_DIGITS}|{_CHINESE})({'|'.join(_SCALES)})?(?:余|多)?"
    r"((?:微克/|毫克/|μg/|mg/)?m[23²³]|[^\d\s,.、。；;]{0,8}?)"
)
_PLAIN = re.compile(_DIGITS)
_PER = {"百": (1.0, PERCENT), "千": (1.0, PERMILLE), "万": (0.01, PERCENT)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a unit without 万 or 亿: 10万平方米 is 100000 平方米. `unit` "" if none."""

    number: float
    unit: str = ""


def parse_number_word(text: str) -> float | None:
    """A number in digits or numerals: 12.5, 1,200, 十二, 零点五; None for anything else."""
    if _PLAIN.fullmatch(text):
        return float(text.replace(",", ""))
    whole, point, part = text.partition("点")
    value = chinese_number(whole)
    if value is None or not point:
        return None if value is None else float(value)
    digits = [chinese_number(letter) for letter in part]
    if not digits or any(digit is None or digit > 9 for digit in digits):
        return None
    return float(f"{value}.{''.join(map(str, digits))}")


@lru_cache(maxsize=1 << 12)
def parse_quantity(text: str) -> Quantity | None:
    """The quantity that a text is and nothing else; any unit of up to eight letters is taken."""
    if match := _OUT_OF.fullmatch(text):
        number = parse_number_word(match[2])
        scale, unit = _PER[match[1]]
        return None if number is None else Quantity(number * scale, unit)
    if match := _PART.fullmatch(text):
        whole, part = chinese_number(match[1]), chinese_number(match[2])
        return Quantity(100 * part / whole, PERCENT) if whole and part is not None else None
    if match := _TENTHS.fullmatch(text):
        tens, ones = (parse_number_word(part) if part else 0.0 for part in match.groups())
        return None if tens is None or ones is None else Quantity(tens * 10 + ones, PERCENT)
    match = _MEASURED.fullmatch(text)
    number = parse_number_word(match[1]) if match else None
    if match is None or number is None:
        return None
    scale = _SCALES[match[2]] if match[2] else 1.0
    return Quantity(round(number * scale, 6), _SAME.get(match[3], match[3]))


def in_unit(number: float, unit: str, wanted: str) -> float | None:
    """A number of one unit in another one of the same measure: 2 小时 are 120 分钟; else None."""
    for alike in _MEASURED_ALIKE:
        if unit in alike and wanted in alike:
            return number * alike[unit] / alike[wanted]
    return None


def finest(units: Collection[str]) -> str:
    """The smallest of units of one measure, "" where they are not of one."""
    for alike in _MEASURED_ALIKE:
        if alike.keys() >= set(units):
            return min(units, key=alike.__getitem__, default="")
    return ""


def quantity_text(number: float, unit: str) -> str:
    """A quantity as an office writes it: 100000 平方米 as 10万平方米."""
    for word, scale in _SHOWN:
        short = number / scale
        if number >= scale and unit not in (PERCENT, PERMILLE) and round(short, 4) == short:
            return f"{short:.15g}{word}{unit}"
    return f"{number:.15g}{unit}" if round(number, 6) == number else f"{number:.6f}{unit}"


def is_scaled(number: float) -> bool:
    """Whether `quantity_text` writes 万 or 亿: a bare number beside it may be meant either way."""
    return any(
        number >= scale and round(number / scale, 4) == number / scale for _, scale in _SHOWN
    )
