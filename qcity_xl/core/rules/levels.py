"""分档: one of the named levels."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.rules.base import (
    AnswerError,
    Earned,
    Measure,
    ParamsError,
    Rule,
    Rulings,
    points_text,
    ruled_number,
    segments,
)
from qcity_xl.core.rules.comparisons import find_conditions
from qcity_xl.core.rules.spoken import points, ruled_points
from qcity_xl.core.text import fold, number_text, shorten
from qcity_xl.core.values import Value, parse_number

OTHER = "其他情形"  # a case between the levels; its points are the ruling 未尽
GRADE_NAME = re.compile(
    "(?:(?:很|较|最|非常)?[好差]|优秀?|良好?|中等?|一般|(?:基本)?(?:合格|达标)|不(?:合格|达标))(?:等次|等级|档次|[等级档次])?"
)
_SHOWN = 22  # characters of a level in the dropdowns of older packs


@dataclass(frozen=True, slots=True)
class Levels:
    """Named levels that exclude each other, best first."""

    points: float
    levels: tuple[tuple[float, str], ...]

    name: ClassVar[str] = "分档"
    example: ClassVar[str] = "20：已出台；10：制定中；0：未着手"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """Pairs of points and name; no level above the criterion's points."""
        pairs = [(parse_number(head), label) for head, label in segments(params)]
        levels = tuple((number, label) for number, label in pairs if number is not None)
        if not levels or len(levels) < len(pairs) or any(n > points or n < 0 for n, _ in levels):
            raise ParamsError(cls.name, params, cls.example)
        return cls(points, levels)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """The points of the level that the answer names in full, by its points or by its name."""
        text = fold(str(answer)).removesuffix("分")
        other = ruled_number(rulings, "未尽", answer, self.points) if text == OTHER else None
        if other is not None:
            return Earned(other, f"其他情形，按待定事项{points_text(other)}")
        found = [level for level in self.levels if text in self._names(level)]
        if len(found) != 1:
            raise AnswerError(answer, self.allowed(rulings))
        points, label = found[0]
        return Earned(points, f"档次“{label or number_text(points)}”，{points_text(points)}")

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """20分, …; 其他情形 where a ruling settles its points. `spelled` says what each means."""
        return (*map(self._choice, self.levels), *((OTHER,) if "未尽" in rulings else ()))

    def allowed(self, rulings: Rulings) -> str:
        """All levels, in full."""
        return "、".join(self.spelled(rulings))

    def spelled(self, rulings: Rulings) -> tuple[str, ...]:
        """Each choice with the whole of what it means: 20分 已出台."""
        levels = (f"{self._choice(level)} {level[1]}".rstrip() for level in self.levels)
        return (*levels, *((OTHER,) if "未尽" in rulings else ()))

    def _choice(self, level: tuple[float, str]) -> str:
        """20分; of several levels worth the same 20分（1）, 20分（2）."""
        alike = [other for other in self.levels if other[0] == level[0]]
        which = f"（{alike.index(level) + 1}）" if len(alike) > 1 else ""
        return f"{number_text(level[0])}分{which}"

    def _names(self, level: tuple[float, str]) -> set[str]:
        """What an answer may call it; older packs offered its points and the start of its words."""
        choice, points, label = self._choice(level), number_text(level[0]), level[1]
        # A comma would have split a dropdown in two.
        before = shorten(re.sub("[,，]", "、", label), _SHOWN)
        called = (choice, f"{choice}{label}", f"{points}分{label}", f"{points}分 {before}", label)
        grade = label.partition("、")[0]  # 优秀 of 优秀、体系完善
        name = re.sub("(?:等次|等级|档次)$", "", grade)
        graded = (
            {grade, name, f"{name}等次", f"{name}等级"} if GRADE_NAME.fullmatch(grade) else set()
        )
        return graded | {*map(fold, called), fold(choice).removesuffix("分"), points} - {""}

    @property
    def measure(self) -> Measure | None:
        """None: an answer is chosen."""
        return None

    def says(self, rulings: Rulings) -> str:
        """Each level in full."""
        listed = "；".join(f"“{label}”得{points(worth)}" for worth, label in self.levels)
        other = f"；文件未列的情形{ruled_points(rulings, '未尽')}" if "未尽" in rulings else ""
        return f"只选一档：{listed}{other}"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """None: each level is named with its points."""
        return ()

    def signature(self) -> tuple[object, ...]:
        """The points of each level and the thresholds in its name."""
        rows = ((p, tuple((c.op, c.number) for c in find_conditions(t))) for p, t in self.levels)
        return (self.name, *rows)


def choices_in_full(rule: Rule, rulings: Rulings) -> tuple[str, ...]:
    """The choices of any rule as one says them to people; each of them is an answer, too."""
    return rule.spelled(rulings) if isinstance(rule, Levels) else rule.choices(rulings)
