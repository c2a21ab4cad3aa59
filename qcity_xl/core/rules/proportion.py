"""按比例: actual over target, never above full."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.quantities import is_scaled, parse_quantity, quantity_text
from qcity_xl.core.rules import spoken
from qcity_xl.core.rules.base import (
    AnswerError,
    Earned,
    Measure,
    ParamsError,
    Rulings,
    points_text,
    segments,
)
from qcity_xl.core.rules.conditions import Condition, parse_condition
from qcity_xl.core.rules.spans import NOT_NEGATIVE
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value


@dataclass(frozen=True, slots=True)
class Proportion:
    """A target to be reached; what is reached of it earns its share, nothing below the `floor`."""

    points: float
    target: float
    unit: str = ""
    floor: Condition | None = None

    name: ClassVar[str] = "按比例"
    example: ClassVar[str] = "目标40个，或 目标100%；<60%：0"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """The target with its unit, perhaps a floor ：0 in the same unit."""
        head, *tail = segments(params) or [("", "")]
        text = fold(head[0])
        target = parse_quantity(text.removeprefix("目标")) if text.startswith("目标") else None
        floor = parse_condition(tail[0][0]) if len(tail) == 1 and tail[0][1] == "0" else None
        if target is None or target.number <= 0 or head[1] or len(tail) != bool(floor):
            raise ParamsError(cls.name, params, cls.example)
        below = floor is None or (floor.op in ("<", "<=") and floor.number <= target.number)
        if not below or (floor and floor.unit != target.unit):
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, target.number, target.unit, floor)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """The share of the points that is the share of the target, all of them at most."""
        part = re.fullmatch(r"(\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)", fold(str(answer)))
        if part and float(part[2]) != self.target:
            raise AnswerError(answer, self.allowed(rulings))
        actual = part[1] if part else answer
        value = self.measure.read(actual)
        points = round(self.points * min(1.0, value / self.target), 2)
        shown = f"{quantity_text(value, self.unit)}，目标{quantity_text(self.target, self.unit)}"
        if self.floor and self.floor.holds(value):
            return Earned(0.0, f"{shown}，{self.floor.text()}，{points_text(0.0)}")
        return Earned(points, f"{shown}，{points_text(points)}")

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """None: a number is wanted."""
        return ()

    def allowed(self, rulings: Rulings) -> str:
        """A number with its unit."""
        return f"实际完成的数值{self.measure.written}"

    @property
    def measure(self) -> Measure:
        """A number in the unit of the target, above it too."""
        return Measure(self.unit, NOT_NEGATIVE, is_scaled(self.target))

    def says(self, rulings: Rulings) -> str:
        """The target and what a part of it earns."""
        goal = quantity_text(self.target, self.unit)
        full = spoken.points(self.points)
        below = f"，{spoken.in_words(self.floor)}得0分" if self.floor else ""
        return (
            f"按完成目标的比例计分：目标{goal}，达到或超过得{full}，做到几成得{full}的几成{below}"
        )

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """The target and half of it, or the floor and what is below."""
        ends = spoken.edges(self.floor, NOT_NEGATIVE) if self.floor else (self.target / 2,)
        return tuple(quantity_text(number, self.unit) for number in (self.target, *ends))

    def signature(self) -> tuple[object, ...]:
        """Points, target and floor."""
        extra = (self.floor,) if self.floor else ()
        return (self.name, self.points, self.target, self.unit, *extra)
