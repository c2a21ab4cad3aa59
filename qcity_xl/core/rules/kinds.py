"""The closed list of rule kinds."""

from functools import lru_cache

from qcity_xl.core.rules.bands import Bands
from qcity_xl.core.rules.base import ParamsError, Rule
from qcity_xl.core.rules.count import CountRule
from qcity_xl.core.rules.deduct import Deduct
from qcity_xl.core.rules.judged import Judged
from qcity_xl.core.rules.levels import Levels
from qcity_xl.core.rules.met import Met
from qcity_xl.core.rules.minus import Minus
from qcity_xl.core.rules.proportion import Proportion
from qcity_xl.core.rules.rank import Rank
from qcity_xl.core.rules.share import Share
from qcity_xl.core.rules.steps import Steps
from qcity_xl.core.rules.veto import Veto

KINDS: dict[str, type[Rule]] = {
    kind.name: kind
    for kind in (
        *(Met, Levels, Bands, Steps, Rank, Share, Deduct, CountRule, Proportion, Judged),
        *(Veto, Minus),
    )
}


@lru_cache(maxsize=4096)
def parse_rule(kind: str, params: str, points: float) -> Rule:
    """The rule of a criterion; ParamsError if the kind is unknown or `params` don't fit it."""
    if kind not in KINDS:
        raise ParamsError(kind, params, f"计分方式只能是 {'、'.join(KINDS)}")
    return _parsed(KINDS[kind], params, points)


@lru_cache(maxsize=1 << 12)
def _parsed(kind: type[Rule], params: str, points: float) -> Rule:
    # A master's rules are read for its checks, its scores and its dropdowns; rules never change.
    return kind.parse(params, points)
