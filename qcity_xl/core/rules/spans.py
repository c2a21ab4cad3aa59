"""Which numbers are possible: a share is at most 100 %, and there is no half prize.

By the unit, where 参数 does not say it: 范围：0-200, 范围：≥0, 范围：不限.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from qcity_xl.core.quantities import COUNTERS, PERCENT, PERMILLE
from qcity_xl.core.text import fold, number_text

RATIOS = {PERCENT: 10.0, PERMILLE: 1.0}  # in ‰
_RATES = ("张", "批次")  # counted by the thousand heads as well, so that 1.5 is possible
_SIGNED = ("个百分点",)
_WORD = "范围"


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from `low` to `high`, both included; `whole` ones alone."""

    low: float = 0.0
    high: float = math.inf
    whole: bool = False

    def holds(self, value: float) -> bool:
        """Whether the number is possible; float noise at the ends is forgiven."""
        inside = self.low - 1e-9 <= value <= self.high + 1e-9
        return inside and (float(value).is_integer() or not self.whole)

    def text(self, unit: str = "") -> str:
        """What is possible: 0%到100%, 不小于0的整数; "" where everything is."""
        noun = "整数" if self.whole else ""
        if self.low == -math.inf and self.high == math.inf:
            return noun
        low, high = (f"{number_text(end)}{unit}" for end in (self.low, self.high))
        if self.high == math.inf:
            return f"不小于{number_text(self.low)}" + (f"的{noun}" if noun else "")
        return f"{low}到{high}" + (f"的{noun}" if noun else "")

    def entry(self, cell: str, unit: str) -> str:
        """A formula for data validation: false for what is a number and not possible.

        What is no number passes: it may be text that the rule understands.
        """
        typed = f'VALUE(SUBSTITUTE({cell},"{unit}",""))' if unit else f"VALUE({cell})"
        return f"IF(ISNUMBER({cell}),{self._within(cell)},IFERROR({self._within(typed)},TRUE))"

    def _within(self, number: str) -> str:
        ends = [f"{number}>={self.low:.15g}"] if self.low > -math.inf else []
        ends += [f"{number}<={self.high:.15g}"] if self.high < math.inf else []
        ends += [f"{number}=INT({number})"] if self.whole else []
        return f"AND({','.join(ends)})" if ends else "TRUE"


NOT_NEGATIVE = Span()


def usual_span(unit: str, thresholds: Iterable[float] = ()) -> Span:
    """What numbers in this unit can be; a share whose thresholds pass 100 % has no upper end."""
    if unit in RATIOS:
        most = 1000 / RATIOS[unit]
        return Span(0, math.inf if any(number > most for number in thresholds) else most)
    if unit in _SIGNED:
        return Span(-math.inf)
    return Span(whole=unit in COUNTERS and unit not in _RATES)


def take_span(
    pairs: list[tuple[str, str]], unit: str, thresholds: Iterable[float]
) -> tuple[Span | None, list[tuple[str, str]]]:
    """The span that 参数 states, else the usual one, and the other pairs of 参数.

    None for one that can't be read.
    """
    stated = [tail for head, tail in pairs if head == _WORD]
    rest = [pair for pair in pairs if pair[0] != _WORD]
    return (_parse(stated[0]) if stated else usual_span(unit, thresholds)), rest


def _parse(text: str) -> Span | None:
    folded = fold(text)
    if folded == "不限":
        return Span(-math.inf)
    match = re.fullmatch(r"(?:≥|>=)?(\d+(?:\.\d+)?)\D?(?:-(\d+(?:\.\d+)?)\D?)?", folded)
    if match is None:
        return None
    return Span(float(match[1]), float(match[2]) if match[2] else math.inf)
