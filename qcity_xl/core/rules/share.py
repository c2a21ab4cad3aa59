"""部分达成: m of n parts, under a stated policy."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.rules.base import (
    AnswerError,
    Earned,
    Measure,
    ParamsError,
    Rulings,
    points_text,
)
from qcity_xl.core.rules.spoken import OPEN, points
from qcity_xl.core.text import fold, labels_in
from qcity_xl.core.values import Value

_ALL_OR_NONE = "全部达到才得分"


@dataclass(frozen=True, slots=True)
class Share:
    """Several parts for one sum of points.

    Ruling 部分 (按比例, 全部达到才得分) says what some of the parts earn.
    """

    points: float
    count: int
    parts: tuple[str, ...] = ()

    name: ClassVar[str] = "部分达成"
    example: ClassVar[str] = "6项：质量、环境、职业健康、社会管理、文化教育、医疗卫生"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """A count of parts, then their names."""
        match = re.fullmatch(r"\s*(\d{1,2})\s*项(?:[：:](.*))?", params, re.DOTALL)
        parts = tuple(p.strip() for p in (match[2] or "").split("、") if p.strip()) if match else ()
        if match is None or int(match[1]) < 1 or len(parts) not in (0, int(match[1])):
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, int(match[1]), parts)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """Points for a count of parts reached (4, 4项, 4/6) or for their names."""
        done = self._count(answer)
        if done is None or done > self.count:
            raise AnswerError(answer, self.allowed(rulings))
        whole = rulings.get("部分") == _ALL_OR_NONE
        points = self.points * (done == self.count if whole else done / self.count)
        policy = f"（{_ALL_OR_NONE}）" if whole else ""
        shown = f"{self.count}项中达到{done}项{policy}，{points_text(points)}"
        return Earned(round(points, 2), shown)

    def _count(self, answer: Value) -> int | None:
        text = fold(str(answer))
        if match := re.fullmatch(r"(\d{1,2})(?:项|/(\d+))?", text):
            return int(match[1]) if match[2] in (None, str(self.count)) else None
        known = {fold(part) for part in self.parts}
        named = set(labels_in(str(answer), known))
        return len(named) if named and named <= known else None

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """0/6 … 6/6."""
        return tuple(f"{done}/{self.count}" for done in range(self.count + 1))

    def allowed(self, rulings: Rulings) -> str:
        """How many of how many."""
        return f"达到几项，如 {self.count - 1}/{self.count}"

    @property
    def measure(self) -> Measure | None:
        """None: an answer is chosen."""
        return None

    def says(self, rulings: Rulings) -> str:
        """The parts in full and what some of them earn."""
        named = f"（{'、'.join(self.parts)}）" if self.parts else ""
        if rulings.get("部分") == _ALL_OR_NONE:
            how = f"全部做到得{points(self.points)}，缺一项得0分"
        else:
            how = f"每做到一项得{points(self.points)}的1/{self.count}"
        asked = OPEN if "部分" in rulings else ""
        return f"共{self.count}项{named}：{how}{asked}"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """None, one, all but one, all."""
        tried = sorted({0, min(1, self.count), self.count - 1, self.count}, reverse=True)
        return tuple(f"{done}/{self.count}" for done in tried)

    def signature(self) -> tuple[object, ...]:
        """Points and the number of parts."""
        return (self.name, self.points, self.count)
