"""The cheapest choice is the cheapest one: beside every choice there is."""

import subprocess
import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcity_xl.adapters.solver import Choice, cheapest

GROUPS = st.lists(
    st.lists(st.tuples(st.integers(1, 900), st.integers(0, 40).map(lambda n: n / 8)), max_size=3),
    min_size=1,
    max_size=5,
)


def taken(groups: list[list[Choice]], places: list[int | None]) -> tuple[int, float]:
    chosen = [one[p] for one, p in zip(groups, places, strict=True) if p is not None]
    return sum(gain for gain, _ in chosen), sum(cost for _, cost in chosen)


@settings(max_examples=60)
@given(GROUPS, st.integers(0, 100))
def test_no_choice_that_gains_enough_costs_less(groups: list[list[Choice]], percent: int) -> None:
    least = sum(max((gain for gain, _ in one), default=0) for one in groups) * percent // 100
    every = product(*([None, *range(len(one))] for one in groups))
    enough = [cost for gain, cost in (taken(groups, [*p]) for p in every) if gain >= least]
    gain, cost = taken(groups, cheapest(groups, least))
    assert gain >= least
    assert cost == pytest.approx(min(enough), abs=1e-6)


def test_what_nothing_reaches_is_refused() -> None:
    with pytest.raises(ValueError, match="301"):
        cheapest([[(200, 1.0)], [(100, 1.0), (40, 0.5)]], 301)


def test_a_hair_is_not_passed_over() -> None:
    """A gap of a hundredth of a percent, at which HiGHS stops by itself, is 0.05 of 500."""
    groups: list[list[Choice]] = [[(100, 500.0), (100, 499.96)], [(50, 3.0)]]
    assert cheapest(groups, 150) == [1, 0]


def test_it_says_nothing_on_standard_output() -> None:
    code = "from qcity_xl.adapters.solver import cheapest; cheapest([[(3, 1.0)], [(2, 0.5)]], 4)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b""
