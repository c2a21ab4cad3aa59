"""扣减: full at the base value, minus p for each step away from it, never under 0."""

import math
from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.quantities import is_scaled, parse_quantity, quantity_text
from qcity_xl.core.rules import spoken
from qcity_xl.core.rules.base import (
    Earned,
    Measure,
    ParamsError,
    Rulings,
    points_text,
    segments,
)
from qcity_xl.core.rules.conditions import Condition, parse_condition
from qcity_xl.core.rules.spans import NOT_NEGATIVE, Span, take_span
from qcity_xl.core.rules.spoken import OPEN, edges, in_words, numbers, possible, ruled
from qcity_xl.core.text import fold, number_text
from qcity_xl.core.values import Value, parse_number

_PART = "不足一步"
_PARTS = ("不扣", "扣一步", "按比例")
_STEP = {">=": "每降", "<=": "每超"}


@dataclass(frozen=True, slots=True)
class Steps:
    """Deduction by steps below a base, or above one that must not be exceeded (≤).

    Below the `floor` (or above it) nothing is earned. `part` is what the wording itself says of a
    part of a step, "" where it does not.

    Rulings: 不足一步 (不扣, 扣一步, 按比例) says what a part of a step costs; 口径 (百分点, 百分比)
    whether the shortfall is a difference or a share of the base.
    """

    points: float
    base: Condition
    step: float
    minus: float
    floor: Condition | None = None
    part: str = ""
    span: Span = NOT_NEGATIVE

    name: ClassVar[str] = "扣减"
    example: ClassVar[str] = "≥98%；每降0.5：扣1，或 ≤3天；每超1天：扣2；>10天：0；不足一步：扣一步"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """A base, 每降 (每超) a step ：扣 points, perhaps a floor ：0 and 不足一步."""
        pairs = segments(params)
        first = parse_condition(pairs[0][0]) if pairs else None
        span, pairs = take_span(pairs, *((first.unit, [first.number]) if first else ("", [])))
        part = pairs.pop()[1] if len(pairs) > 2 and pairs[-1][0] == _PART else ""
        floor = parse_condition(pairs[2][0]) if len(pairs) == 3 and pairs[2][1] == "0" else None
        base = parse_condition(pairs[0][0]) if len(pairs) == (3 if floor else 2) else None
        step = minus = None
        if base is not None and base.op in _STEP and base.also is None:
            head = fold(pairs[1][0])
            step = parse_quantity(head.removeprefix(_STEP[base.op]))
            minus = parse_number(pairs[1][1].removeprefix("扣"))
            step = step if head.startswith(_STEP[base.op]) else None
        if base is None or step is None or minus is None or step.number <= 0 or minus <= 0:
            raise ParamsError(cls.name, params, cls.example)
        if (
            step.unit not in ("", base.unit)
            or (floor and floor.unit != base.unit)
            or part not in ("", *_PARTS)
            or (base.op == ">=" and not base.number)
            or span is None
        ):
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, base, step.number, minus, floor, part, span)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """Full points at the base or better, less for each step beyond."""
        value = self.measure.read(answer)
        shown = quantity_text(round(value, 10), self.base.unit)
        if self.base.holds(value):
            return Earned(
                self.points, f"{shown}，达到 {self.base.text()}，{points_text(self.points)}"
            )
        if self.floor and self.floor.holds(value):
            return Earned(0, f"{shown}，{self.floor.text()}，不得分")
        off, by = abs(self.base.number - value), "个百分点" if self.base.unit == "%" else ""
        if rulings.get("口径") == "百分比":
            off, by = off / self.base.number * 100, "%"
        policy = self.part or rulings.get(_PART, "不扣")
        exact = round(off / self.step, 9)
        steps = _whole(exact, policy)
        points = max(0.0, self.points - steps * self.minus)
        minus = number_text(min(self.points, steps * self.minus))
        way = "低" if self.base.op == ">=" else "高"
        return Earned(
            round(points, 2),
            f"{shown}，比 {self.base.text()} {way}{off:.4g}{by}，"
            + ("" if exact.is_integer() else f"不足一步的{policy}，")
            + f"扣{minus}分，{points_text(points)}",
        )

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """None: a number is wanted."""
        return ()

    def allowed(self, rulings: Rulings) -> str:
        """A number with its unit."""
        return self.measure.allowed

    @property
    def measure(self) -> Measure:
        """A number in the unit of the base."""
        return Measure(self.base.unit, self.span, is_scaled(self.base.number))

    def says(self, rulings: Rulings) -> str:
        """The base, the step and what it costs, what a part of one costs, where it ends."""
        unit = self.base.unit
        way = "低" if self.base.op == ">=" else "高"
        kind = rulings.get("口径", "百分点") if unit == "%" else ""
        step = f"{self.step:.15g}个百分点" if kind == "百分点" else quantity_text(self.step, unit)
        if kind == "百分比":
            step = f"满分线的{step}"
        by = OPEN if "口径" in rulings else ""
        part = f"{self.part}（文件已写明）" if self.part else ruled(rulings, _PART, _PARTS[0])
        floor = f"；{in_words(self.floor)}得0分" if self.floor else ""
        return (
            f"按数值扣减{possible(self.span, unit)}：{in_words(self.base)}得"
            f"{spoken.points(self.points)}；每{way}{step}{by}扣{spoken.points(self.minus)}，"
            f"不足一步的{part}，扣完为止{floor}"
        )

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """The base, half a step, one and two steps, the last points and the end."""
        away = -1 if self.base.op == ">=" else 1
        share = self.base.number / 100 if rulings.get("口径") == "百分比" else 1
        size = self.step * share * away
        last = math.ceil(round(self.points / self.minus, 9))
        values = [self.base.number + size * count for count in (0, 0.5, 1, 2, last - 1, last)]
        if self.floor:
            values += edges(self.floor, self.span)
        return numbers([v for v in values if v >= 0], self.span, self.base.unit)

    def signature(self) -> tuple[object, ...]:
        """Points, base, step, deduction, floor, what a part of a step costs."""
        extra = (self.floor, self.part) if self.floor or self.part else ()
        return (self.name, self.points, self.base, self.step, self.minus, *extra)


def _whole(steps: float, policy: str) -> float:
    return {"不扣": math.floor, "扣一步": math.ceil}.get(policy, float)(steps)
