"""扣分项: points below nothing, taken from the total."""

from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.rules import spoken
from qcity_xl.core.rules.base import Earned, Measure, ParamsError, Rulings, segments
from qcity_xl.core.rules.tally import Tally, parse_tally, split_bound
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value


@dataclass(frozen=True, slots=True)
class Minus:
    """Faults by class, `most` points at most (None for no bound). The criterion has 0 points."""

    points: float
    faults: Tally
    most: float | None

    name: ClassVar[str] = "扣分项"
    example: ClassVar[str] = "每次：2；最多：6，或 省级通报：4；市级通报：2"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """Pairs of a class and what one of it costs, then 最多 and the bound."""
        pairs, bound = split_bound(segments(params))
        faults = parse_tally(pairs, may_take_all=False)
        if faults is None or points or (bound is not None and bound <= 0):
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, faults, bound)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """Points below nothing, 0 where there is no fault."""
        minus, shown = self.faults.sum(answer, rulings)
        minus = round(minus if self.most is None else min(minus, self.most), 2)
        how = f"从总分中扣{number_text(minus)}分" if minus else "不扣分"
        return Earned(-minus or 0.0, f"{shown}，{how}")

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
        """What each fault costs of the total, and how much at most."""
        most = "不封顶" if self.most is None else f"最多扣{spoken.points(self.most)}"
        return f"从总分中扣分：{self.faults.says('扣', rulings)}，{most}"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """No fault, one, and as many as cost the most."""
        return self.faults.trials(self.most or 0)

    def signature(self) -> tuple[object, ...]:
        """The classes and the bound."""
        return (self.name, self.most, *self.faults.classes)
