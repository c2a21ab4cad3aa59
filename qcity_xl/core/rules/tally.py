"""Things that are counted, each class at its own rate: 国家级：2；省级：1, or 每2次：1."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from qcity_xl.core.quantities import parse_quantity, quantity_text
from qcity_xl.core.rules.base import AnswerError, Measure, Rulings, measure
from qcity_xl.core.rules.spans import Span
from qcity_xl.core.text import fold, number_text
from qcity_xl.core.values import Value, parse_number

ALL = "全部"  # what a class costs that takes all the points at once
_NONE = {fold(word) for word in ("无", "没有", "未发生", "未发现", "零", "未出现", "达成")}
_ONCE = "（只计一次）"
_MOST = "最多"
_PART = re.compile(r"(.*?)(\d+(?:\.\d+)?)(\D*)")  # 5A级景区2个: the last number counts


@dataclass(frozen=True, slots=True)
class Class:
    """One class of things: `points` for each `size` of them, infinite where one takes all.

    `label` is "" for the only class of a rule; `once` counts it no more than one time.
    """

    label: str
    points: float
    size: float = 1
    unit: str = ""
    once: bool = False

    def text(self) -> str:
        """The class as 参数 writes it."""
        worth = ALL if math.isinf(self.points) else number_text(self.points)
        head = (
            self.label
            or f"每{quantity_text(self.size, self.unit) if self.size != 1 else self.unit}"
        )
        return f"{head}：{worth}{_ONCE if self.once else ''}"


@dataclass(frozen=True, slots=True)
class Tally:
    """The classes of a rule: either one without a label, or some with labels."""

    classes: tuple[Class, ...]

    def sum(self, answer: Value, rulings: Rulings) -> tuple[float, str]:
        """Points for the things that an answer counts, and the answer as it was understood."""
        if fold(str(answer)) in _NONE:
            return 0.0, "无"
        only = self.classes[0]
        if not only.label:
            return self._single(only, answer, rulings)
        counts = self._counts(answer)
        total = sum(
            (min(count, 1) if each.once else count) * each.points
            for each, count in counts.items()
            if count
        )
        shown = "、".join(f"{each.label}{number_text(n)}" for each, n in counts.items())
        return total, shown

    def _single(self, only: Class, answer: Value, rulings: Rulings) -> tuple[float, str]:
        text = re.sub(r"^(\d+)/\d+$", r"\1", fold(str(answer)))
        value = measure(text, only.unit, self.allowed(), _span(only), scaled=only.size >= 10_000)
        times = value / only.size
        if only.size != 1 and rulings.get("不足一步") != "按比例":
            times = math.floor(round(times, 9))
        if only.once:
            times = min(times, 1)
        return (times * only.points if times else 0.0), quantity_text(value, only.unit)

    def _counts(self, answer: Value) -> Mapping[Class, float]:
        counts: dict[Class, float] = {}
        for part in filter(None, re.split("[、,;]", fold(str(answer)))):
            match = _PART.fullmatch(part.replace("各", ""))
            named = [each for each in self.classes if match and match[1] and _names(each, match[1])]
            exact = [each for each in named if match and fold(each.label) == match[1]]
            found = exact or named
            count = parse_number(match[2]) if match else None
            if len(found) != 1 or count is None or not count.is_integer() or found[0] in counts:
                raise AnswerError(answer, self.allowed())
            counts[found[0]] = count
        if not counts:
            raise AnswerError(answer, self.allowed())
        return counts

    def allowed(self) -> str:
        """What an answer looks like."""
        only = self.classes[0]
        if not only.label:
            return f"数量{Measure(only.unit, _span(only)).written}；没有的填 0"
        return f"各类的数量，如 {'、'.join(f'{each.label}1' for each in self.classes)}；没有的填 无"

    @property
    def measure(self) -> Measure | None:
        """The number that is wanted, None where each class has its own."""
        only = self.classes[0]
        return None if only.label else Measure(only.unit, _span(only))

    def says(self, verb: str, rulings: Rulings) -> str:
        """Each class and what one of it earns (得) or costs (扣), in words."""
        return "，".join(_in_words(each, verb, rulings) for each in self.classes)

    def trials(self, most: float) -> tuple[str, ...]:
        """Nothing, one of each class, and as many of the only class as come to `most`."""
        only = self.classes[0]
        if only.label:
            return ("无", *(f"{each.label}1" for each in self.classes))
        enough = 1 if math.isinf(only.points) else max(1, math.ceil(most / only.points))
        tried = sorted({0, 1, enough, enough + 1}, reverse=True)
        return tuple(quantity_text(count * only.size, only.unit) for count in tried)

    def text(self) -> str:
        """The classes as 参数 writes them."""
        return "；".join(each.text() for each in self.classes)


def _in_words(each: Class, verb: str, rulings: Rulings) -> str:
    """每2次得1分（只计一次）."""
    worth = "全部分值" if math.isinf(each.points) else f"{number_text(each.points)}分"
    once = _ONCE if each.once else ""
    if each.label:
        return f"每有1个“{each.label}”{verb}{worth}{once}"
    size = quantity_text(each.size, each.unit) if each.size != 1 else each.unit or "1"
    part = ""
    if each.size != 1:
        ways = "按比例" if rulings.get("不足一步") == "按比例" else "不计"
        part = f"，不足{size}的部分{ways}（见待定事项）"
    return f"每{size}{verb}{worth}{once}{part}"


def _span(only: Class) -> Span:
    """Whole things are counted; a measure may be any number."""
    return Span(whole=only.size == 1 and only.unit != "%")


def _names(each: Class, word: str) -> bool:
    return word in fold(each.label)


def split_bound(pairs: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], float | None]:
    """The pairs without 最多：6 at their end, and its number; None where there is none."""
    bound = parse_number(pairs[-1][1]) if pairs and pairs[-1][0] == _MOST else None
    return (pairs, None) if bound is None else (pairs[:-1], bound)


def parse_tally(pairs: list[tuple[str, str]], *, may_take_all: bool) -> Tally | None:
    """The tally that pairs of 参数 write; None where they are not of its form."""
    classes: list[Class] = []
    for head, tail in pairs:
        once = tail.endswith(_ONCE)
        worth = tail.removesuffix(_ONCE)
        points = math.inf if may_take_all and worth == ALL else parse_number(worth)
        if points is None or points <= 0 or not head:
            return None
        size = parse_quantity(head[1:]) if head.startswith("每") and len(pairs) == 1 else None
        if size and size.number > 0:
            classes.append(Class("", points, size.number, size.unit, once))
        elif head.startswith("每") and len(pairs) == 1:
            if len(head) > 7 or re.search(r"\d", head):
                return None
            classes.append(Class("", points, 1, head[1:], once))
        else:
            classes.append(Class(head, points, 1, "", once))
    labels = {fold(each.label) for each in classes}
    return Tally(tuple(classes)) if classes and len(labels) == len(classes) else None
