"""What the linter of rules finds."""

from collections.abc import Mapping
from dataclasses import dataclass

KIND_NAMES: Mapping[str, str] = {
    "gap": "空档",
    "overlap": "重叠",
    "unreachable": "到不了",
    "sum": "分值合计",
    "zero": "没有零分档",
    "word": "词义未定",
    "boundary": "分界",
    "partial": "部分达成",
    "either": "二选一",
    "yearly": "取哪一年",
    "policy": "算法未写",
    "task": "任务弱于规则",
    "section": "与部分目标不一",
}


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One way to understand a rule, and the points that it gives in the case at hand."""

    words: str
    points: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule leaves open.

    `criterion` is the label of what it concerns: 13(3), or 21 for an indicator as a whole, or
    部分6. `kind` is a key of KIND_NAMES.
    """

    criterion: str
    kind: str
    found: str
    options: tuple[Interpretation, ...] = ()

    @property
    def effect(self) -> float:
        """Points between the best and the worst way to understand it."""
        worth = [way.points for way in self.options]
        return round(max(worth) - min(worth), 2) if worth else 0.0
