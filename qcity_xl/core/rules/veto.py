"""一票否决: what happened takes the points of the indicator, or all of them."""

from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.rules.base import AnswerError, Earned, ParamsError, Rulings
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value

HAPPENED, SPARED = "发生", "未发生"
INDICATOR, TOTAL = "本项", "全部"
EFFECT = "一票否决"  # the ruling that says what a veto on everything does
DISQUALIFIED, ZEROED, VOIDED, NOTED = "取消评选资格", "全部得分清零", "本项不得分", "只作提示"
_YES = {fold(word) for word in (HAPPENED, "是", "有", "触发")}
_NO = {fold(word) for word in (SPARED, "否", "无", "没有", "未触发")}


@dataclass(frozen=True, slots=True)
class Veto:
    """Something that must not happen; it has no points of its own.

    `scope` 本项 takes the points of its indicator; 全部 does what the ruling 一票否决 says
    (取消评选资格, 全部得分清零, 本项不得分, 只作提示).
    """

    points: float
    scope: str

    name: ClassVar[str] = "一票否决"
    example: ClassVar[str] = "本项，或 全部"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """本项 or 全部."""
        scope = params.strip()
        if scope not in (INDICATOR, TOTAL) or points:
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, scope)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """No points either way; the reason says what follows."""
        effect = self.effect(answer, rulings)
        if effect:
            return Earned(0, f"发生，一票否决，{effect}")
        if fold(str(answer)) in _NO:
            return Earned(0, "未发生，不影响得分")
        raise AnswerError(answer, self.allowed(rulings))

    def effect(self, answer: Value, rulings: Rulings) -> str:
        """What follows where the answer says that it happened, "" where it does not."""
        if fold(str(answer)) not in _YES:
            return ""
        return VOIDED if self.scope == INDICATOR else rulings.get(EFFECT, NOTED)

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """发生 or 未发生."""
        return (SPARED, HAPPENED)

    def allowed(self, rulings: Rulings) -> str:
        """The two words."""
        return f"{SPARED} 或 {HAPPENED}"

    @property
    def measure(self) -> None:
        """No number."""
        return

    def says(self, rulings: Rulings) -> str:
        """What follows where it happened."""
        happened = self.effect(HAPPENED, rulings)
        asked = "" if self.scope == INDICATOR else f"（针对全部得分，{EFFECT}见待定事项）"
        return f"{EFFECT}：一旦发生，{happened}{asked}；没有发生不影响得分"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """None: there are two answers."""
        return ()

    def signature(self) -> tuple[object, ...]:
        """What it takes."""
        return (self.name, self.scope)
