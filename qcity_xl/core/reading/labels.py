"""Numbers in front of a text in any style: 1. 1.1 1.1.1 （一） （1） ① A1-1 指标3："""

import re

from qcity_xl.core.numerals import chinese_number
from qcity_xl.core.reading.numbers import halved

Label = tuple[int, ...]

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_COUNTED = "亿万千元%‰倍米吨"
_DOTTED = re.compile(r"\s*(\d{1,4}(?:[.]\d{1,4}){1,3})(?![\d])[.、)]?(\s*)(\S.*)", re.S)
_WHOLE = re.compile(
    r"\s*(?:指标|任务|事项|序号)?\s*(\d{1,4})\s*(?:[.、):：]|\ufe0f?\u20e3)\s*(?!\d)(\S.*)", re.S
)
_ROUND = re.compile(r"\s*\(\s*(\d{1,4})\s*\)\s*[.、]?\s*(\S.*)", re.S)
_CHINESE = re.compile(
    r"\s*(?:\(([一二三四五六七八九十]{1,3})\)|([一二三四五六七八九十]{1,3})[、.])\s*(\S.*)", re.S
)
_CIRCLE = re.compile(rf"\s*([{_CIRCLED}])\s*(\S.*)", re.S)
_LETTERED = re.compile(
    r"\s*[A-Z](\d{1,3}(?:[-.]\d{1,3})*)(?![\dA-Za-z])\s*[.、:：]?\s*([^\sA-Za-z0-9].*)", re.S
)


def parse_label(text: str) -> tuple[Label, str] | None:
    """The number before a text and the text behind it; None where there is none.

    1.5亿元 and 3C认证 bear none: a decimal with its measure is no number of an item.
    """
    flat = halved(text)
    if match := _DOTTED.match(flat):
        if match[3][0] not in _COUNTED or match[2]:
            return tuple(map(int, match[1].split("."))), text[match.start(3) :]
        return None
    for pattern in (_WHOLE, _ROUND):
        if match := pattern.match(flat):
            return (int(match[1]),), text[match.start(2) :]
    if match := _CHINESE.match(flat):
        return (chinese_number(match[1] or match[2]) or 0,), text[match.start(3) :]
    if match := _CIRCLE.match(text):
        return (_CIRCLED.index(match[1]) + 1,), text[match.start(2) :]
    if match := _LETTERED.match(flat):
        return tuple(map(int, re.split("[-.]", match[1]))), text[match.start(2) :]
    return None


def labelled_lines(text: str) -> list[tuple[Label | None, str]]:
    """A text with its number; each of its lines where all are numbered, one after the other."""
    pieces = text.split("\n")
    found = [one for one in map(parse_label, pieces) if one]
    numbers = [label[-1] for label, _ in found]
    if len(pieces) == len(numbers) > 1 and numbers == sorted(set(numbers)):
        return list(found)
    return [parse_label(text) or (None, text)]


def whole_label(text: str) -> Label | None:
    """A cell that holds nothing but a number: 3, 3. 1.2 （三） A3."""
    found = parse_label(f"{text.strip().rstrip('.、')}、文")
    return found[0] if found and found[1].lstrip("、") == "文" else None
