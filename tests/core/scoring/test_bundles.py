"""Sets of moves of one indicator: how criteria combine decides what they gain together."""

from qcity_xl.core.master.model import Row
from qcity_xl.core.scoring.bundles import IndicatorStanding, bundles_of, single_gains
from qcity_xl.core.scoring.moves import Move


def move(criterion: str, points: float, effort: float) -> Move:
    return Move(criterion, "达成", (), points, effort)


def standing(
    combine: str, points: float, factor: float = 1.0, **now: float | None
) -> IndicatorStanding:
    row: Row = {"no": 5, "points": points, "combine": combine}
    return IndicatorStanding(row, "claimed", factor, now)


def worth(stand: IndicatorStanding, *moves: tuple[Move, ...]) -> list[tuple[float, float]]:
    return [(bundle.gain, bundle.effort) for bundle in bundles_of(stand, moves)]


A, B = move("A", 10, 4), move("B", 6, 1)


def test_sums_take_what_they_can_get() -> None:
    assert worth(standing("累加", 16, A=None, B=None), (A,), (B,)) == [(6, 1), (10, 4), (16, 5)]


def test_of_the_best_one_counts_alone() -> None:
    assert worth(standing("取高", 10, A=None, B=None), (A,), (B,)) == [(6, 1), (10, 4)]
    assert worth(standing("取高", 10, A=None, B=8), (A,)) == [(2, 4)]


def test_a_cap_takes_the_rest() -> None:
    assert worth(standing("累加封顶", 12, A=None, B=None), (A,), (B,)) == [(6, 1), (10, 4), (12, 5)]
    assert worth(standing("累加封顶", 10, A=None, B=None), (A,), (B,)) == [(6, 1), (10, 4)]


def test_a_factor_weighs_what_is_left() -> None:
    assert worth(standing("累加", 20, 1.25, A=None, B=6), (A,)) == [(12.5, 4)]
    assert worth(standing("累加", 20, 0.0, A=None, B=6), (A,)) == []


def test_of_one_criterion_one_move_is_made() -> None:
    some = (move("A", 4, 1), move("A", 10, 4))
    assert worth(standing("累加", 10, A=None), some) == [(4, 1), (10, 4)]


def test_what_is_dearer_and_no_better_is_left_out() -> None:
    some = (move("A", 4, 5), move("A", 10, 4))
    assert worth(standing("累加", 10, A=2), some) == [(8, 4)]


def test_single_gains_add_up_to_the_whole() -> None:
    stand = standing("累加封顶", 12, A=None, B=None)
    assert single_gains(stand, (B, A)) == [(A, 10), (B, 2)]
