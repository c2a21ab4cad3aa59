"""What every rule kind offers, and how answers and parameters are read."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

from qcity_xl.core.errors import QcityError
from qcity_xl.core.quantities import COUNTERS, PERCENT, PERMILLE, in_unit, parse_quantity
from qcity_xl.core.rules.spans import RATIOS, Span, usual_span
from qcity_xl.core.text import fold, number_text
from qcity_xl.core.values import Value, parse_number

_DOUBTFUL = 2.0
_ABOUT = re.compile("左右|上下|大约|大概|约|接近|将近|近|不到|不足|以上|以下|超过|多|余")
Rulings = Mapping[str, str]  # item of 待定事项 -> what holds


@dataclass(frozen=True, slots=True)
class Earned:
    """Points earned and the sentence that says why."""

    points: float
    reason: str


class AnswerError(QcityError):
    """An answer that the rule can't score: `found` is the answer, `allowed` what it takes."""

    def __init__(self, found: Value, allowed: str) -> None:
        """Build the sentence."""
        self.found, self.allowed = str(found), allowed
        super().__init__(f"填写“{found}”无法计分，应填：{allowed}")


class ParamsError(QcityError):
    """Parameters in 参数 that the rule kind can't read."""

    def __init__(self, kind: str, params: str, example: str) -> None:
        """Build the sentence."""
        self.found, self.allowed = params, f"“{kind}”的写法如：{example}"
        super().__init__(f"参数“{params}”不合“{kind}”的写法，例：{example}")


_WRITTEN = {PERCENT: "12.3%", PERMILLE: "0.12‰"}


@dataclass(frozen=True, slots=True)
class Measure:
    """The number that a rule wants: its unit, and which numbers are possible.

    `scaled` where the rule itself writes 万 or 亿.
    """

    unit: str
    span: Span
    scaled: bool = False

    @property
    def allowed(self) -> str:
        """What an answer may be: 数值，写法如 12.3%（0%到100%）; 数值，单位为个."""
        possible = self.span.text(self.unit)
        return f"数值{self.written}" + (f"（{possible}）" if possible else "")

    @property
    def written(self) -> str:
        """How the number is written: no example is a mark of the rule, which people would copy."""
        if self.unit in _WRITTEN:
            return f"，写法如 {_WRITTEN[self.unit]}"
        if self.scaled:
            return f"，连单位写全，写法如 1.23万{self.unit}"
        return f"，单位为{self.unit}" if self.unit else ""

    def read(self, answer: Value) -> float:
        """The number of an answer, in the unit. Raises AnswerError."""
        return measure(answer, self.unit, self.allowed, self.span, scaled=self.scaled)

    def entry(self, cell: str) -> str:
        """A formula that is false for impossible numbers in that cell."""
        return self.span.entry(cell, self.unit)


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

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """Points for an answer that is not blank; AnswerError if it can't be scored."""

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """What a dropdown offers; empty where a number is wanted."""

    def allowed(self, rulings: Rulings) -> str:
        """What an answer may be, in Chinese."""

    @property
    def measure(self) -> Measure | None:
        """The number that is wanted, None where the answer is chosen from a list."""

    def says(self, rulings: Rulings) -> str:
        """The rule as one plain sentence without a full stop: every parameter in words."""

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """Answers on both sides of each boundary; none where `says` already tells every case."""

    def signature(self) -> tuple[object, ...]:
        """Everything that decides points, wording left out: equal signatures score alike."""


def segments(params: str) -> list[tuple[str, str]]:
    """Pairs of 参数: "20：已出台；10：制定中" gives ("20", "已出台"), ("10", "制定中")."""
    parts = [part.strip() for part in re.split("[；;\n]", params) if part.strip()]
    pairs = (re.split("[：:]", part, maxsplit=1) for part in parts)
    return [(pair[0].strip(), pair[1].strip() if len(pair) > 1 else "") for pair in pairs]


def measure(
    answer: Value, unit: str, allowed: str, span: Span | None = None, *, scaled: bool = False
) -> float:
    """The number in an answer such as 96.5%, "３个", 8, 2.5万元; in `unit`.

    A bare fraction where a percentage is wanted is refused: 0.95 may be 95% or 0.95%, 1.02 be 102%
    without its format. So is what is not possible in the unit, or in `span` where it is given, and
    a bare number where the rule is written with 万 or 亿 (`scaled`): 3 may be 3万 or 3.
    """
    number = _measured(answer, unit, allowed, scaled=scaled)
    if not (span or usual_span(unit)).holds(number):
        raise AnswerError(answer, allowed)
    return number


def _measured(answer: Value, unit: str, allowed: str, *, scaled: bool) -> float:
    match = re.fullmatch(r"第?(-?)(\d.*)", fold(str(answer)))
    read = parse_quantity(match[2]) if match and not isinstance(answer, bool) else None
    if match is None or read is None:
        raise AnswerError(answer, allowed + _exactly(answer))
    number, written = -read.number if match[1] else read.number, read.unit
    if unit in RATIOS:
        if written in RATIOS:
            return number * RATIOS[written] / RATIOS[unit]
        if written or 0 < number < 1 or (0 < number <= _DOUBTFUL and unit == PERCENT):
            asked = _exactly(answer) or f"，请带上“{unit}”"
            raise AnswerError(answer, allowed + asked)
        return number
    if scaled and number and parse_number(match[2]) is not None:
        raise AnswerError(answer, f"{allowed}，请写明单位")
    if written != unit and (same := in_unit(number, written, unit)) is not None:
        return same
    counted = written in COUNTERS and unit in COUNTERS
    if written and unit and written != unit and not counted:
        raise AnswerError(answer, allowed + _exactly(answer))
    return number


def _exactly(answer: Value) -> str:
    """What is asked of 95%左右: a number that decides points is not guessed."""
    said = fold(str(answer))
    about = _ABOUT.search(said) if re.search(r"\d", said) else None
    return f"；要准确的数，不写“{about[0]}”" if about else ""


def ruled_number(
    rulings: Rulings, item: str, answer: Value, most: float = math.inf
) -> float | None:
    """What a ruling says in numbers (10, 10分, 前10名), None without one.

    AnswerError if it says something else: the answer waits until the office mends it.
    """
    if item not in rulings:
        return None
    match = re.fullmatch(r"[前第]?([\d.]+)[分名位]?", fold(rulings[item]))
    number = parse_number(match[1]) if match else None
    if number is None or number > most:
        bound = "" if most == math.inf else f"，不超过{number_text(most)}"
        raise AnswerError(answer, f"先在待定事项把“{item}”裁定为一个数{bound}")
    return number


def points_text(points: float) -> str:
    """得 10 分, or 不得分."""
    return f"得{number_text(points)}分" if points else "不得分"
