"""What every rule kind offers, and how answers and parameters are read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

from qcity_xl.core.text import fold, number_text
from qcity_xl.core.values import Value

Rulings = Mapping[str, str]  # item of 待定事项 -> what holds
SEPARATOR = "；"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Points earned and the sentence that says why."""

    points: float
    reason: str


class AnswerError(ValueError):
    """An answer that the rule can't score: `found` is the answer, `allowed` what it takes."""

    def __init__(self, found: Value, allowed: str) -> None:
        """Build the sentence."""
        self.found, self.allowed = str(found), allowed
        super().__init__(f"填写“{found}”无法计分，应填：{allowed}")


class ParamsError(ValueError):
    """Parameters in 参数 that the rule kind can't read."""

    def __init__(self, kind: str, params: str, example: str) -> None:
        """Build the sentence."""
        self.found, self.allowed = params, f"“{kind}”的写法如：{example}"
        super().__init__(f"参数“{params}”不合“{kind}”的写法，例：{example}")


class Rule(Protocol):
    """One way of earning points, read from 分值 and 参数 of a criterion.

    `name` is the word in the column 计分方式; `example` shows how 参数 is written; the answers of a
    kind with `reviewed_only` come from the review alone.
    """

    name: ClassVar[str]
    example: ClassVar[str]
    reviewed_only: ClassVar[bool]

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """The rule; ParamsError if `params` is not of this kind's form."""

    def score(self, answer: Value, rulings: Rulings) -> Outcome:
        """Points for an answer that is not blank; AnswerError if it can't be scored."""

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """What a dropdown offers; empty where a number is wanted."""

    def allowed(self, rulings: Rulings) -> str:
        """What an answer may be, in Chinese."""

    def signature(self) -> tuple[object, ...]:
        """Everything that decides points, wording left out: equal signatures score alike."""


def segments(params: str) -> list[tuple[str, str]]:
    """Pairs of 参数: "20：已出台；10：制定中" gives ("20", "已出台"), ("10", "制定中")."""
    parts = [part.strip() for part in re.split("[；;\n]", params) if part.strip()]
    pairs = (re.split("[：:]", part, maxsplit=1) for part in parts)
    return [(pair[0].strip(), pair[1].strip() if len(pair) > 1 else "") for pair in pairs]


def measure(answer: Value, unit: str, allowed: str) -> float:
    """The number in an answer such as 96.5%, "３个", 8; in `unit`.

    A bare fraction where a percentage is wanted is refused: 0.95 may be 95% or 0.95%.
    """
    match = re.fullmatch(r"第?(-?\d[\d,]*(?:\.\d+)?)(\D*)", fold(str(answer)))
    if match is None or isinstance(answer, bool):
        raise AnswerError(answer, allowed)
    number, written = float(match[1].replace(",", "")), match[2]
    if unit in _RATIOS:
        if written in _RATIOS:
            return number * _RATIOS[written] / _RATIOS[unit]
        if written or 0 < number < 1 or (number == 1 and unit == "%"):
            raise AnswerError(answer, f"{allowed}，请带上“{unit}”")
        return number
    if written and unit and written not in (unit, *_COUNTERS):
        raise AnswerError(answer, allowed)
    return number


_RATIOS = {"%": 10.0, "‰": 1.0}
_COUNTERS = ("个", "项", "张", "次", "天", "名", "位", "家", "批次", "人", "件")


def points_text(points: float) -> str:
    """得 10 分, or 不得分."""
    return f"得{number_text(points)}分" if points else "不得分"
