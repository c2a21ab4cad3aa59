"""Rules of single lines go with their lines."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.ooxml.moved_rules import LineMove, shifted
from qcity_xl.adapters.ooxml.refs import Rect

TOP, LAST = 5, 10


def cells(rects: list[Rect]) -> set[tuple[int, int]]:
    return {
        (r, c)
        for a in rects
        for r in range(a.top, a.bottom + 1)
        for c in range(a.left, a.right + 1)
    }


@given(
    st.permutations(range(TOP, LAST + 1)),
    st.sets(st.integers(TOP, LAST), min_size=1, max_size=LAST - TOP),
    st.integers(TOP, LAST),
)
def test_a_rule_stands_where_its_lines_went(order: list[int], held: set[int], new: int) -> None:
    lines = dict(zip(range(TOP, LAST + 1), order, strict=True))
    move = LineMove(LAST, Rect(TOP, 2, LAST, 4), lines)
    rects = [Rect(n, 3, n, 3) for n in sorted(held)]
    there = {row for row, _ in cells(move.applied(rects, new))}
    assert there == {lines[n] for n in held if lines[n] <= new}


@given(st.permutations(range(TOP, LAST + 1)), st.integers(TOP + 1, LAST))
def test_a_rule_of_a_column_stays_one(order: list[int], new: int) -> None:
    move = LineMove(
        LAST - 1, Rect(TOP, 2, LAST, 4), dict(zip(range(TOP, LAST + 1), order, strict=True))
    )
    assert move.applied([Rect(TOP, 3, LAST - 1, 3)], new) == [Rect(TOP, 3, new, 3)]
    beyond = [Rect(TOP, 3, 20_000, 3), Rect(TOP, 9, TOP, 9)]
    assert move.applied(beyond, new) == beyond


def test_formulas_count_from_the_first_line() -> None:
    assert shifted(b"AND(F9&gt;=0,$F9&lt;F$2,G9=&quot;F9&quot;)", 3) == (
        b'AND(F12&gt;=0,$F12&lt;F$2,G12="F9")'
    )
