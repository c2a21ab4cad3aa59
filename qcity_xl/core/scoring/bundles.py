"""What an indicator can become: sets of moves that are worth their effort, with what they gain.

Under 取高 and 累加封顶 moves don't add up, nor do they where 合理缺项 is 折算: the gain of a set is
the difference of two scores of the indicator, from the scorer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qcity_xl.core.master.formula_values import indicator_total
from qcity_xl.core.master.model import Row, text
from qcity_xl.core.plan import COMBINE_NAMES
from qcity_xl.core.scoring.moves import Move

_NOISE = 6  # decimals in which sums are the same
_Sets = dict[float, tuple[float, tuple[Move, ...]]]  # points reached -> effort, moves


@dataclass(frozen=True, slots=True)
class Bundle:
    """Moves of one indicator that are made together: points gained, effort."""

    moves: tuple[Move, ...]
    gain: float
    effort: float


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """An indicator as it is in one score: its row, its factor, the points of its criteria."""

    row: Row
    score: str
    factor: float
    points: dict[str, float | None]

    def total(self, moves: Iterable[Move] = ()) -> float:
        """The score of the indicator once these moves are made."""
        points = {**self.points, **{move.criterion: move.points for move in moves}}
        values = [value for value in points.values() if value is not None]
        return indicator_total(self.row, self.score, values, self.factor) or 0.0


def bundles_of(standing: IndicatorStanding, moves: Sequence[Sequence[Move]]) -> list[Bundle]:
    """The sets of moves, one of each criterion at most, that no cheaper or better one outdoes.

    `moves` has those of each criterion. From the least to the greatest gain.
    """
    best = text(standing.row, "combine") == COMBINE_NAMES["best"]
    sets: _Sets = {_start(standing, best=best): (0.0, ())}
    for own in moves:
        grown = dict(sets)
        for reached, (effort, made) in sets.items():
            for move in own:
                after = _after(standing, reached, move, best=best)
                cost = effort + move.effort
                if after not in grown or (cost, len(made)) < (
                    grown[after][0],
                    len(grown[after][1]),
                ):
                    grown[after] = (cost, (*made, move))
        sets = _undominated(grown)
    now = standing.total()
    found: list[Bundle] = []
    for _, (effort, made) in sorted(sets.items()):
        gain = round(standing.total(made) - now, 2)
        if gain > (found[-1].gain if found else 0):
            found.append(Bundle(made, gain, round(effort, 4)))
    return found


def _start(standing: IndicatorStanding, *, best: bool) -> float:
    values = [value or 0.0 for value in standing.points.values()]
    return max(0.0, *values, 0.0) if best else round(sum(values), _NOISE)


def _after(standing: IndicatorStanding, reached: float, move: Move, *, best: bool) -> float:
    if best:
        return max(reached, move.points)
    return round(reached + move.points - (standing.points[move.criterion] or 0.0), _NOISE)


def _undominated(sets: _Sets) -> _Sets:
    """Without sets beside which another reaches as much with as little effort."""
    kept: _Sets = {}
    least: tuple[float, int] | None = None
    for reached in sorted(sets, reverse=True):
        effort, made = sets[reached]
        if least is None or (effort, len(made)) < least:
            kept[reached] = sets[reached]
            least = (effort, len(made))
    return kept


def single_gains(standing: IndicatorStanding, moves: Sequence[Move]) -> list[tuple[Move, float]]:
    """What each move adds to those before it, the largest first; the sum is that of all."""
    made: list[Move] = []
    gains: list[tuple[Move, float]] = []
    for move in sorted(moves, key=lambda m: -(m.points - (standing.points[m.criterion] or 0.0))):
        before = standing.total(made)
        made.append(move)
        gains.append((move, round(standing.total(made) - before, 2)))
    return gains
