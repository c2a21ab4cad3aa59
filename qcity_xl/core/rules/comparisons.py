"""Thresholds in Chinese wording: 不超过3%, 80%≤x＜90%, 十二次以上, 60家（含）至80家."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from qcity_xl.core.numerals import NUMERALS
from qcity_xl.core.quantities import NUMBER, QUANTITY, UNITS, parse_quantity
from qcity_xl.core.rules.conditions import Condition
from qcity_xl.core.text import fold

_NOT = "不(?:得|应|能|可|宜|会|许|准|予|要)?"
_PLAIN = str.maketrans(
    "０１２３４５６７８９．（）％＜＞＝≦≧﹤﹥－—–～~∼−＋：；，［］",
    "0123456789.()%<>=≤≥<>-------+:;,[]",
)
# 2026年, 2025-2026, but not the 2000 of 2000株.
_YEAR = (
    r"(?:(?:19|20)\d\d(?:-(?:19|20)?\d\d)?年|20[1-3]\d(?:-(?:20)?\d\d)?"
    rf"(?![\d.%‰余多万亿]|{'|'.join(map(re.escape, UNITS))}))"
)
# 每季度开展1次: how often, but no so-much-for-each as 逾期每天.
EVERY = "每个?(?:天|日|周|旬|月|季度?|半年|学期|年度?)(?=[^,。;、度])"
# Numbers that are no measure: years and dates, ordinals, names, "per million".
_NAMES = (
    rf"《[^》]*》|[“\"][^”\"]*[”\"]|\(?{_YEAR}(?:度)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?"
    rf"(?:底|末|初)?\)?|(?:\d{{1,2}}|[{NUMERALS}]+)月(?:份|底|末|初|(?:\d{{1,2}}|[{NUMERALS}]+)日)?"
    rf"|(?:\d{{1,2}}|[{NUMERALS}]+)日(?:之|以)?前|(?:每|当|本|次|上|下|翌)(?:个|年|周)?月(?:的)?(?:前)?(?:\d{{1,2}}|[{NUMERALS}]+)日"
    rf"|{EVERY}|[×*]100%"
    rf"|(?:连续|近|前|上|过去){NUMBER}(?:个?年度?|个月|个?季度)|{NUMBER}年内"
    rf"|第{NUMBER}(?:次|届|轮|批|期|个|类|方)?|[A-Za-z]+[/A-Za-z]*\d[\d.-]*|\d+[A-Za-z]+级?"
    rf"|每(?:\d+|[{NUMERALS}])?[百千万亿]+(?:人口?|户|名?|台|辆|元|吨|亩|家|件|批次?)?"
    rf"|(?<![\d{NUMERALS}点])[百千万亿](?:元|人|户|台|车|名|吨|辆|件|家)"
    rf"|[{NUMERALS}\d](?:星级?|级|等奖|等|类)|(?<![升降低高差少退进每跌{NUMERALS}\d])[{NUMERALS}\d]档|统一|一票|一体|一批|一套|一般|一定|一律|一把手|一岗"
)
_AFTER = r"(?:\((?P<{0}>不?)包?含[^()]*\))?"
_GE = (
    rf"大于(?:或者?)?等于|高于(?:或者?)?等于|多于(?:或者?)?等于|≥|>=|{_NOT}(?:低于|少于|小于|短于)"
    r"|(?:未|没有?|无)(?:低于|少于|小于|短于)|达到或(?:超过|高于)|达到|到达|达至|达"
)
_LE = (
    rf"小于(?:或者?)?等于|低于(?:或者?)?等于|少于(?:或者?)?等于|≤|<=|{_NOT}(?:超过|高于|大于|多于|长于|超出|超|突破)"
    rf"|(?:未|没有?)(?:超过|超出|超|突破|高于|大于|多于)|(?:应|须|需)?(?:控制|压减|降低|降|压缩|缩短)(?:在|到|至)|最多|至多"
)
_GT = ">|超过|高于|大于|多于|超出|高出|突破|超"
_LT = "<|低于|小于|少于|不足|不到|(?:未能?|没有?)(?:达到|达|到|满)|达不到|不满|不达|短于"
_UP = "(?:及其?|或|和)?以上"
_DOWN = "(?:及其?|或|和)?以下|(?:及|或)?以内|之内|之下"
_SOON = "内(?=[^容部外]|$)"  # 3日内
_FILL = (
    r"(?:(?![低高超少多不未小大足满])[^\d,。;、()≥≤<>]){0,4}?"  # 不少于每千人4批次, 送达率低于9%
)
_BETWEEN = r"[^≤<≥>=,。;\d]{0,16}"  # the measure within 80%≤x<90%


def _q(name: str) -> str:
    """A whole quantity: no part of 30分钟 is one."""
    return f"(?P<{name}>(?>{QUANTITY}))"


_PHRASES: tuple[tuple[str, str], ...] = (
    # [80%,90%), (60%,80%]; of round brackets at both ends only with a comma: (60%-80%) is an aside
    (
        "interval",
        rf"∈?(?=\[|\([^()\[\]]*(?:\]|,[^()\[\]]*\)))(?P<lo>[\[(])"
        rf"(?:(?P<no>-?∞)|{_q('a')})[,-]{_q('b')}(?P<hi>[\])])"
        rf"|∈?(?P<from>[\[(]){_q('c')}[,-]\+?∞[\])]",
    ),
    ("rising", rf"{_q('a')}(?P<lo><=|≤|<){_BETWEEN}(?P<hi><=|≤|<){_q('b')}"),
    ("falling", rf"{_q('b')}(?P<hi>>=|≥|>){_BETWEEN}(?P<lo>>=|≥|>){_q('a')}"),
    (
        "between",
        rf"(?:在|介于|处于|达到?)?{_q('a')}(?:以上)?{_AFTER.format('xa')}(?:-|至|到|与|和)(?=[\d{NUMERALS}])"
        rf"{_q('b')}(?:以下|以内)?{_AFTER.format('xb')}(?:之间|以内|区间)?",
    ),
    (
        "ge",
        rf"(?:{_GE}|至少{_FILL}|最少){_FILL}{_q('a')}{_AFTER.format('x')}(?:(?:{_UP}){_AFTER.format('y')})?"
        r"(?![^\d,。;、()]{0,4}(?:以内|之内|以下|之下|内(?![容部外])))",  # 到达时间8分钟以内
    ),
    (
        "le",  # but 控制在90%以上
        rf"(?:{_LE}){_FILL}{_q('a')}{_AFTER.format('x')}(?:(?:{_DOWN}){_AFTER.format('y')})?"
        rf"(?!{_UP})",
    ),
    ("gt", rf"(?:{_GT}){_q('a')}{_AFTER.format('x')}(?:(?:{_UP}){_AFTER.format('y')})?"),
    ("lt", rf"(?:{_LT}){_q('a')}{_AFTER.format('x')}(?:(?:{_DOWN}){_AFTER.format('y')})?"),
    ("place", rf"(?<![至以之年月日门面])前(?P<a>{NUMBER}(?:名|位|强)?)(?![年个季])"),
    (
        "up",
        rf"{_q('a')}(?:\(?(?P<x>不?)包?含[^()]*\))?[^\d,;。()≥≤<>]{{0,3}}?(?:{_UP}){_AFTER.format('y')}",
    ),
    ("down", rf"{_q('a')}(?:\(?(?P<x>不?)包?含[^()]*\))?(?:{_DOWN}|{_SOON}){_AFTER.format('y')}"),
    ("bare", _q("a")),
)
_NAME = re.compile(r"[(][?]P<(\w+)>")
_PARTS = tuple(tuple(_NAME.findall(pattern)) for _, pattern in _PHRASES)


def _own(pattern: str, at: int) -> str:
    """The pattern with the names of its parts made its own: a as a3."""
    return _NAME.sub(rf"(?P<\g<1>{at}>", pattern)


@cache  # it takes long to compile, and most commands read no wording
def _names() -> re.Pattern[str]:
    return re.compile(_NAMES)


@cache  # it takes longer to compile than most commands take to run
def _phrase() -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?P<k{at}>{_own(pattern, at)})" for at, (_, pattern) in enumerate(_PHRASES))
    )


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a wording names: from `low` to `high`, each end in it or not.

    `bare` where only a number stands there, without a word that compares; `start` and `end` in the
    text.
    """

    low: float
    high: float
    low_in: bool
    high_in: bool
    unit: str
    bare: bool = False
    place: bool = False
    start: int = 0
    end: int = 0
    settled: bool = False  # the wording itself says whether the ends belong
    said: tuple[bool, bool] = (False, False)  # whether it does of the low end, of the high one

    def condition(self) -> Condition:
        """The span as 参数 writes it."""
        low = Condition(">=" if self.low_in else ">", self.low, self.unit)
        high = Condition("<=" if self.high_in else "<", self.high, self.unit)
        if self.low == self.high:
            return Condition("=", self.low, self.unit)
        if math.isinf(self.high):
            return low
        return high if math.isinf(self.low) else replace(low, also=high)

    def meets(self, other: "Interval") -> "Interval | None":
        """What lies in both, None where nothing does or the units differ."""
        low = max((self.low, not self.low_in), (other.low, not other.low_in))
        high = min((self.high, self.high_in), (other.high, other.high_in))
        if self.unit != other.unit or low[0] >= high[0]:
            return None
        return replace(
            self,
            low=low[0],
            low_in=not low[1],
            high=high[0],
            high_in=high[1],
            end=max(self.end, other.end),
            start=min(self.start, other.start),
            settled=True,
        )


def plain(text: str) -> str:
    """Half-width digits, signs, brackets and commas, one kind of dash: one letter for one."""
    return text.translate(_PLAIN)


def masked(text: str) -> str:
    """The text with every number that is no measure blotted out, one letter for one."""
    return _names().sub(lambda match: "□" * len(match[0]), text)


@lru_cache(maxsize=1 << 10)  # each way to read a clause asks for them again
def find_spans(text: str) -> tuple[Interval, ...]:
    """Every threshold, range and bare quantity in a text, in order."""
    return tuple(_spans(masked(plain(text))))


def find_conditions(wording: str) -> tuple[Condition, ...]:
    """Every threshold in a piece of wording, in order; bare numbers are none."""
    return tuple(span.condition() for span in find_spans(fold(wording)) if not span.bare)


def _spans(text: str) -> Iterator[Interval]:
    for match in _phrase().finditer(text):
        at = int(str(match.lastgroup)[1:])  # the group that closes last is the phrase as a whole
        parts = {name: match[f"{name}{at}"] for name in _PARTS[at]}
        kind = _PHRASES[at][0]
        if (
            kind == "bare"
            and match[0] != text
            and re.match(f"[{NUMERALS}](?![{NUMERALS}])", match[0])
        ):
            continue  # 一次验收: one numeral counts where something compares, or where it stands alone
        span = _span(kind, parts)
        if span is not None:
            yield replace(span, start=match.start(), end=match.end())


def _span(kind: str, part: dict[str, str | None]) -> Interval | None:
    if kind == "interval":
        return _interval(part)
    one = parse_quantity(part["a"] or "")
    if one is None:
        return None
    number, unit = one.number, one.unit
    if kind in ("rising", "falling", "between"):
        return _range(kind, part, number, unit)
    bound = part.get("x") if part.get("x") is not None else part.get("y")
    includes = None if bound is None else bound == ""
    if kind == "place":
        return Interval(-math.inf, number, False, True, unit, place=True)
    if kind == "bare":
        return Interval(number, number, True, True, unit, bare=True) if unit else None
    if kind in ("ge", "gt", "up"):
        inside = kind != "gt" if includes is None else includes
        settled = includes is not None or kind != "up"
        return Interval(
            number, math.inf, inside, False, unit, settled=settled, said=(settled, False)
        )
    inside = kind != "lt" if includes is None else includes
    settled = includes is not None or kind != "down"
    return Interval(-math.inf, number, False, inside, unit, settled=settled, said=(False, settled))


def _interval(part: dict[str, str | None]) -> Interval | None:
    """What [80%,90%) names: a square bracket holds its end, a round one does not."""
    low_in, high_in = (part["from"] or part["lo"]) == "[", part["hi"] == "]"
    signs = {**part, "lo": "≤" if low_in else "<", "hi": "≤" if high_in else "<"}
    edge = parse_quantity(part["c"] or (part["b"] if part["no"] else part["a"]) or "")
    if edge is None or not (part["from"] or part["no"]):
        return _range("rising", signs, edge.number, edge.unit) if edge else None
    low, high = (edge.number, math.inf) if part["from"] else (-math.inf, edge.number)
    return Interval(
        low,
        high,
        bool(part["from"]) and low_in,
        bool(part["no"]) and high_in,
        edge.unit,
        settled=True,
        said=(True, True),
    )


def _range(kind: str, part: dict[str, str | None], low: float, unit: str) -> Interval | None:
    end = parse_quantity(part["b"] or "")
    if end is None or (unit and end.unit and unit != end.unit):
        return None
    unit = unit or end.unit
    if kind == "between":
        marks = (part.get("xa"), part.get("xb"))
        said = (marks[0] is not None, marks[1] is not None)
        low_in, high_in = (mark != "不" for mark in marks)
    else:
        said = (True, True)
        low_in, high_in = ("=" in str(part[end]) or part[end] in ("≤", "≥") for end in ("lo", "hi"))
    if low >= end.number:
        return None
    return Interval(low, end.number, low_in, high_in, unit, settled=all(said), said=said)
