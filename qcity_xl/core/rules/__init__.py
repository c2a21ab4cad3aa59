"""How points are earned: a closed list of rule kinds, one small class each."""

from qcity_xl.core.rules.bands import Bands
from qcity_xl.core.rules.base import AnswerError, Outcome, ParamsError, Rule, Rulings
from qcity_xl.core.rules.judged import Judged
from qcity_xl.core.rules.levels import Levels
from qcity_xl.core.rules.met import Met
from qcity_xl.core.rules.rank import Rank
from qcity_xl.core.rules.share import Share
from qcity_xl.core.rules.steps import Steps

KINDS: dict[str, type[Rule]] = {
    kind.name: kind for kind in (Met, Levels, Bands, Steps, Rank, Share, Judged)
}
NOT_APPLICABLE = "不适用"  # the answer for 合理缺项, on criteria that allow it


def parse_rule(kind: str, params: str, points: float) -> Rule:
    """The rule of a criterion; ParamsError if the kind is unknown or `params` don't fit it."""
    if kind not in KINDS:
        raise ParamsError(kind, params, f"计分方式只能是 {'、'.join(KINDS)}")
    return KINDS[kind].parse(params, points)


__all__ = [
    "KINDS",
    "NOT_APPLICABLE",
    "AnswerError",
    "Outcome",
    "ParamsError",
    "Rule",
    "Rulings",
    "parse_rule",
]
