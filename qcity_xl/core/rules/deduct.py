"""扣分: full points, minus so much for each fault, never under 0."""

from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.rules import spoken
from qcity_xl.core.rules.base import Earned, Measure, ParamsError, Rulings, points_text, segments
from qcity_xl.core.rules.tally import Tally, parse_tally, split_bound
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value


@dataclass(frozen=True, slots=True)
class Deduct:
    """Faults by class, `most` points at most. A class at 全部 takes all the points at once."""

    points: float
    faults: Tally
    most: float

    name: ClassVar[str] = "扣分"
    example: ClassVar[str] = "每次：2；最多：6，或 一般问题：1；严重问题：3；重大问题：全部"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """Pairs of a class (or 每 and a unit) and what one costs, perhaps 最多 and a bound."""
        pairs, most = split_bound(segments(params))
        faults = parse_tally(pairs, may_take_all=True)
        if faults is None or (most is not None and not 0 < most <= points):
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, faults, points if most is None else most)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """The points less what the faults cost."""
        minus, shown = self.faults.sum(answer, rulings)
        left = round(self.points - min(minus, self.most), 2)
        lost = number_text(self.points - left)
        return Earned(left, f"{shown}，扣{lost}分，{points_text(left)}")

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """None: numbers are wanted."""
        return ()

    def allowed(self, rulings: Rulings) -> str:
        """How many faults, by class."""
        return f"扣分情形的{self.faults.allowed()}"

    @property
    def measure(self) -> Measure | None:
        """A number; None where each class has its own."""
        return self.faults.measure

    def says(self, rulings: Rulings) -> str:
        """What each fault costs, and how much at most."""
        most = "扣完为止" if self.most == self.points else f"最多扣{spoken.points(self.most)}"
        return f"满分{spoken.points(self.points)}，{self.faults.says('扣', rulings)}，{most}"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """No fault, one, and as many as take all."""
        return self.faults.trials(self.most)

    def signature(self) -> tuple[object, ...]:
        """Points and classes."""
        return (self.name, self.points, self.most, *self.faults.classes)
