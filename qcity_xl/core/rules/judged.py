"""专家评分: a level that only the review can set."""

from dataclasses import dataclass
from typing import ClassVar, Self

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
from qcity_xl.core.text import fold, number_text
from qcity_xl.core.values import Value, parse_number


@dataclass(frozen=True, slots=True)
class Judged:
    """Levels by points; without levels any number of points up to the maximum."""

    points: float
    levels: tuple[float, ...] = ()

    name: ClassVar[str] = "专家评分"
    example: ClassVar[str] = "20；10；5，或留空（0 到满分之间）"
    reviewed_only: ClassVar[bool] = True

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """Points of the levels, or nothing."""
        read = [parse_number(head) for head, _ in segments(params)]
        levels = tuple(number for number in read if number is not None)
        if len(levels) < len(read) or any(not 0 <= level <= points for level in levels):
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, levels)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """The points that the review gave."""
        points = parse_number(fold(str(answer)).removesuffix("分"))
        fits = points in self.levels if self.levels else 0 <= (points or 0) <= self.points
        if points is None or not fits:
            raise AnswerError(answer, self.allowed(rulings))
        return Earned(points, f"评审给分，{points_text(points)}")

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """The levels."""
        return tuple(f"{number_text(level)}分" for level in self.levels)

    def allowed(self, rulings: Rulings) -> str:
        """The levels, or the range."""
        return "、".join(self.choices(rulings)) or f"0 到 {number_text(self.points)} 分"

    @property
    def measure(self) -> Measure | None:
        """None: an answer is chosen."""
        return None

    def says(self, rulings: Rulings) -> str:
        """Who gives the points, and which."""
        if self.levels:
            listed = "、".join(map(spoken.points, self.levels))
            return f"由评审专家定档，不自评：满分{spoken.points(self.points)}，可给{listed}"
        return f"由评审专家给分，不自评：0到{spoken.points(self.points)}"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """None: the answer is the points."""
        return ()

    def signature(self) -> tuple[object, ...]:
        """Points and levels."""
        return (self.name, self.points, self.levels)
