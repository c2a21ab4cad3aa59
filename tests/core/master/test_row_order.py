"""The order of rows as changes: they make it, and their inverses bring the old one back."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import HEADER, inverted
from qcity_xl.core.master.row_order import behind, order_changes, placed, wanted_order
from qcity_xl.core.schema import TASKS

IDS = st.lists(st.sampled_from([f"T{a}.{b}" for a in (1, 2) for b in range(1, 7)]), unique=True)


@given(IDS, IDS)
def test_changes_of_an_order_make_it_and_are_taken_back(
    before: list[str], after: list[str]
) -> None:
    changes = order_changes(TASKS, before, after)
    left = [row for row in before if row in after]
    unplaced = [*left, *(row for row in after if row not in before)]
    assert placed(unplaced, changes) == after
    back = [*(row for row in after if row in before), *(r for r in before if r not in after)]
    assert placed(back, inverted(changes)) == before
    if before == after:
        assert not changes


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), unique=True))
def test_a_table_by_its_numbers_stays_so(numbers: list[tuple[int, int]]) -> None:
    half = sorted(numbers[::2])
    before = {f"T{a}.{b}": f"{a}.{b}" for a, b in half}
    after = before | {f"T{a}.{b}": f"{a}.{b}" for a, b in numbers[1::2]}
    assert wanted_order(before, after) == [f"T{a}.{b}" for a, b in sorted(numbers)]


def test_new_rows_of_a_table_that_was_sorted_otherwise_stand_behind_the_next_lower_number() -> None:
    before = {"T2.1": "2.1", "T1.10": "1.10", "T1.2": "1.2"}
    after = before | {"T1.11": "1.11", "T1.3": "1.3", "T1.1": "1.1"}
    assert wanted_order(before, after) == ["T2.1", "T1.10", "T1.11", "T1.2", "T1.3", "T1.1"]


def test_few_rows_move() -> None:
    changes = order_changes(TASKS, ["T1.1", "T1.2", "T1.3"], ["T1.1", "T1.9", "T1.2", "T1.3"])
    assert [(c.row, c.old, c.new) for c in changes] == [("（次序）T1.9", None, "T1.1")]
    assert not order_changes(TASKS, ["T1.1"], ["T1.1", "T1.2"])  # where it would stand anyway
    assert behind(["T1.1"]) == {"T1.1": HEADER}
