"""扣减: full at the base value, minus p for each step below, never under 0."""

import math
from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.rules.base import (
    Measure,
    Outcome,
    ParamsError,
    Rulings,
    points_text,
    segments,
)
from qcity_xl.core.rules.conditions import Condition, parse_condition
from qcity_xl.core.rules.spans import NOT_NEGATIVE, Span, take_span
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value, parse_number


@dataclass(frozen=True, slots=True)
class Steps:
    """Deduction by steps.

    Rulings: 不足一步 (不扣, 扣一步, 按比例) says what a part of a step costs; 口径 (百分点, 百分比)
    whether the shortfall is a difference or a share of the base.
    """

    points: float
    base: Condition
    step: float
    minus: float
    span: Span = NOT_NEGATIVE

    name: ClassVar[str] = "扣减"
    example: ClassVar[str] = "≥98%；每降0.5：扣1"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """The base as a threshold, then 每降 a step ：扣 points."""
        pairs = segments(params)
        base = parse_condition(pairs[0][0]) if pairs else None
        ends = (base.unit, [base.number]) if base else ("", [])
        span, pairs = take_span(pairs, *ends)
        base = base if len(pairs) == 2 else None
        step = parse_number(pairs[1][0].removeprefix("每降")) if base else None
        minus = parse_number(pairs[1][1].removeprefix("扣")) if base else None
        if base is None or base.op != ">=" or not base.number:
            raise ParamsError(cls.name, params, cls.example)
        if step is None or minus is None or step <= 0 or minus <= 0 or span is None:
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, base, step, minus, span)

    def score(self, answer: Value, rulings: Rulings) -> Outcome:
        """Full points at the base or above, less for each step below."""
        value = self.measure.read(answer)
        shown = f"{value:.10g}{self.base.unit}"
        if self.base.holds(value):
            return Outcome(
                self.points, f"{shown}，达到 {self.base.text()}，{points_text(self.points)}"
            )
        short, by = self.base.number - value, "个百分点" if self.base.unit == "%" else ""
        if rulings.get("口径") == "百分比":
            short, by = short / self.base.number * 100, "%"
        policy = rulings.get("不足一步", "不扣")
        exact = round(short / self.step, 9)
        steps = _whole(exact, policy)
        points = max(0.0, self.points - steps * self.minus)
        minus = number_text(min(self.points, steps * self.minus))
        return Outcome(
            round(points, 2),
            f"{shown}，比 {self.base.text()} 低{short:.4g}{by}，"
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
        return Measure(self.base.unit, self.span, f"{self.base.number:g}{self.base.unit}")

    def signature(self) -> tuple[object, ...]:
        """Points, base, step, deduction."""
        return (self.name, self.points, self.base, self.step, self.minus)


def _whole(steps: float, policy: str) -> float:
    return {"不扣": math.floor, "扣一步": math.ceil}.get(policy, float)(steps)
