"""数值分段: a number falls in a band."""

from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.quantities import is_scaled, quantity_text
from qcity_xl.core.rules import spoken
from qcity_xl.core.rules.base import (
    Earned,
    Measure,
    ParamsError,
    Rulings,
    points_text,
    ruled_number,
    segments,
)
from qcity_xl.core.rules.conditions import Condition, parse_condition
from qcity_xl.core.rules.spans import NOT_NEGATIVE, Span, take_span
from qcity_xl.core.rules.spoken import edges, in_words, numbers, possible, ruled, ruled_points
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value, parse_number

_CUMULATIVE, _PART = "累进", "不足一步"


@dataclass(frozen=True, slots=True)
class Bands:
    """Thresholds with points, best first; cumulative bands add up.

    A number that meets no band earns the ruling 其余, or nothing where there is none. Ruling 边界
    (上档, 下档) says where a number belongs that two bands name, 不足一步 (不计, 按比例) whether
    what lies between two thresholds earns a part.
    """

    points: float
    bands: tuple[tuple[Condition, float], ...]
    cumulative: bool = False
    span: Span = NOT_NEGATIVE

    name: ClassVar[str] = "数值分段"
    example: ClassVar[str] = "≥1‰：30；≥0.6‰：20；=0‰：0（可加：累进）"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """Pairs of threshold and points, and the word 累进 where bands add up."""
        pairs = segments(params)
        cumulative = (_CUMULATIVE, "") in pairs
        pairs = [pair for pair in pairs if pair != (_CUMULATIVE, "")]
        heads = [condition for head, _ in pairs if (condition := parse_condition(head))]
        unit = heads[0].unit if heads else ""
        span, pairs = take_span(pairs, unit, [condition.number for condition in heads])
        read = [(parse_condition(head), parse_number(tail)) for head, tail in pairs]
        bands = tuple((c, p) for c, p in read if c is not None and p is not None)
        most = sum(p for _, p in bands) if cumulative else max((p for _, p in bands), default=0)
        least = min((p for _, p in bands), default=0)
        units = {condition.unit for condition, _ in bands}
        if not bands or len(bands) < len(pairs) or len(units) > 1 or most > points or least < 0:
            raise ParamsError(cls.name, params, cls.example)
        if span is None:
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, bands, cumulative, span)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """The points of the bands that the number meets."""
        value = self.measure.read(answer)
        met = [(c, p) for c, p in self.bands if c.holds(value)]
        if rulings.get("边界") == "下档" and len(met) > 1:
            met = [(c, p) for c, p in met if not c.touches(value)] or met
        shown = quantity_text(round(value, 10), self.measure.unit)
        if not met:
            # A ruling on what is too little says nothing of nothing at all.
            asked = "其余" in rulings and value > 0
            points = (ruled_number(rulings, "其余", answer, self.points) if asked else 0) or 0
            nearest = min(self.bands, key=lambda band: abs(band[0].number - value))[0]
            why = "按待定事项" if asked else ""
            return Earned(points, f"{shown}，未达到 {nearest.text()}，{why}{points_text(points)}")
        adds = self.cumulative and rulings.get(_CUMULATIVE, _CUMULATIVE) == _CUMULATIVE
        used = met if adds else [max(met, key=lambda band: band[1])]
        points = round(sum(p for _, p in used) + self._part(value, met, rulings), 2)
        met_text = "、".join(f"{c.text()} {number_text(p)}分" for c, p in used)
        return Earned(points, f"{shown}，符合 {met_text}，{points_text(points)}")

    def _part(self, value: float, met: list[tuple[Condition, float]], rulings: Rulings) -> float:
        """What a number between two thresholds earns beyond the lower one, where a part counts."""
        low, worth = max(met, key=lambda band: band[1])
        better = [(c.number, p) for c, p in self.bands if p > worth]
        if rulings.get(_PART) != "按比例" or not better or self.cumulative:
            return 0.0
        high, more = min(better, key=lambda band: band[1])
        return (more - worth) * (value - low.number) / (high - low.number)

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """None: a number is wanted."""
        return ()

    def allowed(self, rulings: Rulings) -> str:
        """A number with its unit."""
        return self.measure.allowed

    @property
    def measure(self) -> Measure:
        """A number in the unit of the thresholds."""
        first = self.bands[0][0]
        scaled = any(is_scaled(condition.number) for condition, _ in self.bands)
        return Measure(first.unit, self.span, scaled)

    def says(self, rulings: Rulings) -> str:
        """Each threshold with its points, then how several of them go together."""
        listed = "；".join(f"{in_words(c)}得{spoken.points(p)}" for c, p in self.bands)
        unit = self.bands[0][0].unit
        return (
            f"按数值计分{possible(self.span, unit)}：{listed}"
            f"；{self._together(rulings)}{self._below(rulings)}"
        )

    def _together(self, rulings: Rulings) -> str:
        if self.cumulative:
            how = rulings.get(_CUMULATIVE, _CUMULATIVE)
            words = "各档的分加在一起" if how == _CUMULATIVE else "只得最高一档"
            return f"够几档的，{words}（累进，见待定事项）；"
        if len(self.bands) == 1:
            return ""
        edge = f"，两档都有的数归{ruled(rulings, '边界', '上档')}" if "边界" in rulings else ""
        part = ruled(rulings, _PART, "不计") if _PART in rulings else ""
        part = f"，不足一步的部分{part}" if part else ""
        return f"够几档的，只得最高一档{edge}{part}；"

    def _below(self, rulings: Rulings) -> str:
        if "其余" in rulings:
            return f"都不够的{ruled_points(rulings, '其余')}，为0的得0分"
        return "不符合的得0分"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """Each threshold and its neighbours."""
        values = [edge for c, _ in self.bands for edge in edges(c, self.span)]
        return numbers(values, self.span, self.bands[0][0].unit)

    def signature(self) -> tuple[object, ...]:
        """The bands and whether they add up."""
        return (self.name, self.cumulative, *self.bands)
