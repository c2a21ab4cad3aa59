"""达成: all points or none."""

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
from qcity_xl.core.rules.conditions import Condition, parse_condition
from qcity_xl.core.rules.spoken import in_words, points
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value

_YES = {fold(word) for word in ("达成", "达到", "是", "有", "已完成", "true", "√", "✓", "✔")}
_NO = {fold(word) for word in ("未达成", "未达到", "否", "无", "未完成", "false", "×", "✗", "✘")}


@dataclass(frozen=True, slots=True)
class Met:
    """A thing that is done or not; alternatives (或) are one thing. Thresholds are shown."""

    points: float
    conditions: tuple[Condition, ...] = ()

    name: ClassVar[str] = "达成"
    example: ClassVar[str] = "留空，或写出门槛：>80%；≥10个"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """Thresholds separated by ；, or nothing."""
        parts = [part for part in params.replace(";", "；").split("；") if part.strip()]
        conditions = [parse_condition(part) for part in parts]
        if None in conditions:
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, tuple(c for c in conditions if c is not None))

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """达成 earns the points, 未达成 none."""
        word = fold(str(answer))
        if word in _YES:
            return Earned(self.points, f"达成，{points_text(self.points)}")
        if word in _NO:
            return Earned(0, "未达成，不得分")
        raise AnswerError(answer, self.allowed(rulings))

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """达成 or 未达成."""
        return ("达成", "未达成")

    def allowed(self, rulings: Rulings) -> str:
        """The two words, with the thresholds that 达成 claims."""
        # Whether several thresholds are joined by 且 or by 或, the wording says, not 参数.
        claims = "，".join(condition.text() for condition in self.conditions)
        return "达成 或 未达成" + (f"（门槛 {claims}，以得分点的文字为准）" if claims else "")

    @property
    def measure(self) -> Measure | None:
        """None: an answer is chosen."""
        return None

    def says(self, rulings: Rulings) -> str:
        """What the two words earn; thresholds are for people to go by."""
        earned = f"答“达成”得{points(self.points)}，答“未达成”得0分"
        if not self.conditions:
            return f"{earned}，没有中间分"
        claims = "、".join(map(in_words, self.conditions))
        several = "几个门槛是都要还是只要一个，" if len(self.conditions) > 1 else ""
        return f"{earned}；门槛是{claims}，{several}是否达成由填报人对照得分点的文字判断"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """None: there are two answers."""
        return ()

    def signature(self) -> tuple[object, ...]:
        """Points and thresholds."""
        return (self.name, self.points, self.conditions)
