"""计件: so many points for each one, up to the criterion's points."""

from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.rules import spoken
from qcity_xl.core.rules.base import Earned, Measure, ParamsError, Rulings, points_text, segments
from qcity_xl.core.rules.tally import Tally, parse_tally
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value, parse_number

_BASE = "基础"


@dataclass(frozen=True, slots=True)
class CountRule:
    """Things by class, each worth its points beside a `base` that needs none; all together no more
    than the criterion's points.

    Ruling 不足一步 (不计, 按比例) says what a part of every 5 is worth.
    """

    points: float
    things: Tally
    base: float = 0.0

    name: ClassVar[str] = "计件"
    example: ClassVar[str] = "每项：2，或 国家级：2；省级：1，或 基础：6；每项：1"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """Perhaps 基础 and its points; pairs of a class (or 每 and a unit) and its worth."""
        pairs = segments(params)
        based = bool(pairs) and pairs[0][0] == _BASE
        base = parse_number(pairs[0][1]) if based else 0.0
        things = parse_tally(pairs[1:] if based else pairs, may_take_all=False)
        if things is None or base is None or not 0 <= base < max(points, 1e-9):
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, things, base)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """The points of all things, the criterion's points at most."""
        worth, shown = self.things.sum(answer, rulings)
        worth += self.base
        shown = f"基础{number_text(self.base)}分，{shown}" if self.base else shown
        points = round(min(self.points, worth), 2)
        capped = f"（封顶{number_text(self.points)}分）" if worth > self.points else ""
        return Earned(points, f"{shown}{capped}，{points_text(points)}")

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """None: numbers are wanted."""
        return ()

    def allowed(self, rulings: Rulings) -> str:
        """How many, by class."""
        return self.things.allowed()

    @property
    def measure(self) -> Measure | None:
        """A number; None where each class has its own."""
        return self.things.measure

    def says(self, rulings: Rulings) -> str:
        """What each thing is worth, and how much at most."""
        base = f"先得基础分{spoken.points(self.base)}，" if self.base else ""
        return f"{base}{self.things.says('得', rulings)}，最多得{spoken.points(self.points)}"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """Nothing, one, and as many as earn all."""
        return self.things.trials(self.points - self.base)

    def signature(self) -> tuple[object, ...]:
        """Points, base and classes."""
        return (self.name, self.points, self.base, *self.things.classes)
