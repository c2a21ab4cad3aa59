"""The time left goes down like a clock."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.pace import Pace


class Clock:
    """Seconds that a test passes by itself."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def told(seconds: list[float]) -> list[str]:
    """What is said before each item, when the items take so many seconds."""
    clock = Clock()
    pace, said = Pace(len(seconds), clock=clock), []
    for done, taken in enumerate(seconds):
        said.append(pace.left(done))
        clock.now += taken
    return said


def seconds_in(words: str) -> int:
    match = re.fullmatch(r"约剩(\d+)(秒|分钟)", words)
    assert match, words
    return int(match[1]) * (60 if match[2] == "分钟" else 1)


def test_nothing_is_said_at_first_nor_of_short_work() -> None:
    assert told([0.1] * 40) == [""] * 40
    assert told([1.0] * 5)[:3] == [""] * 3


def test_the_time_left_is_said_roughly() -> None:
    said = told([1.0] * 300)
    assert (said[3], said[150], said[215], said[294], said[298]) == (
        *("约剩5分钟", "约剩3分钟", "约剩90秒", "约剩10秒", ""),
    )


@given(st.floats(0.1, 5), st.lists(st.floats(0.8, 1.2), min_size=2, max_size=200))
def test_even_work_is_a_clock_that_never_goes_up(base: float, parts: list[float]) -> None:
    """Items that differ by a fifth leave an estimate within what is not told anew."""
    left = [seconds_in(words) for words in told([base * part for part in parts]) if words]
    rises = [after - before for before, after in pairwise(left)]
    assert max(rises, default=0) <= 60
    assert sum(1 for rise in rises if rise > 0) <= 2


def test_one_huge_item_moves_the_end_once() -> None:
    left = [seconds_in(words) for words in told([1.0] * 20 + [100.0] + [1.0] * 20) if words]
    assert sum(1 for before, after in pairwise(left) if after > before) <= 2


@pytest.mark.parametrize("done", [0, 10, 11])
def test_neither_before_the_first_nor_after_the_last_item(done: int) -> None:
    clock = Clock()
    pace = Pace(10, clock=clock)
    clock.now += 60
    assert pace.left(done) == ""


@given(st.lists(st.integers(0, 1 << 36), min_size=2, max_size=60).filter(any))
def test_where_sizes_are_known_bytes_are_the_clock(sizes: list[int]) -> None:
    """Whatever the files, at an even speed the first estimate is the end: it never rises."""
    clock, gone = Clock(), []
    pace = Pace(len(sizes), sizes, clock)
    for done, size in enumerate(sizes):
        gone.append(pace.left(done))
        clock.now += (size + (1 << 16)) / (100 << 20)
    left = [seconds_in(words) for words in gone if words]
    assert all(after <= before for before, after in pairwise(left))


def test_a_huge_file_among_small_ones_is_waited_for() -> None:
    clock = Clock()
    pace = Pace(11, [10 << 20] * 10 + [6000 << 20], clock)
    clock.now += 10  # ten small files took a second each
    assert pace.left(10) == "约剩10分钟"
    assert (pace.place(1), pace.place(11)) == ("0.0/6.0GB", "0.1/6.0GB")


def test_the_place_is_told_in_things_or_bytes() -> None:
    assert Pace(12).place(3) == "3/12"
    assert Pace(2, [0, 0]).place(2) == "2/2"
    assert Pace(2, [200, 300]).place(2) == "200/500字节"
