"""A row keeps its id under a new number; 设置 says which number that is."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import Change
from qcity_xl.core.checks import check_moved_rows, check_numbers_as_text
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.moved import moved_rows
from qcity_xl.core.master.names import row_name
from qcity_xl.core.master.numbers import free_id, number_changes, standing_id, standing_ids
from qcity_xl.core.schema import CRITERIA, SETTINGS, TASKS
from tests.core.builders import assignment, issued, ruling, set_cell

IDS = st.dictionaries(
    st.from_regex(r"[TCI][1-9]\d?(\.[1-9]\d?)?", fullmatch=True),
    st.from_regex(r"T[1-9]\d?\.[1-9]\d?", fullmatch=True),
    max_size=5000,
)


def renumbered() -> Master:
    """1.1 and 1.2 have changed places: each row keeps its id and all that stands beside it."""
    master = issued(assignment("1.2", "市教育局", note="教材在编"), ruling("1(1)", "部分", "不计"))
    for key, no in (("T1.1", "1.2"), ("T1.2", "1.1")):
        master = set_cell(master, TASKS, key, "no", no)
    return master


@given(IDS)
def test_what_is_written_is_read_and_written_once(wanted: dict[str, str]) -> None:
    master = issued()
    changed = master.with_changes(number_changes(master, wanted))
    assert standing_ids(changed) == {row: said for row, said in wanted.items() if row != said}
    assert not number_changes(changed, wanted)
    gone = changed.with_changes(number_changes(changed, {}))
    assert gone.rows(SETTINGS) == master.rows(SETTINGS)
    assert all(len(str(row.get("value"))) < 32_767 for row in changed.rows(SETTINGS).values())


def test_a_row_under_a_new_number_is_not_taken_for_a_moved_one() -> None:
    master = renumbered()
    assert list(moved_rows(master))
    known = master.with_changes(number_changes(master, {"T1.1": "T1.2", "T1.2": "T1.1"}))
    tasks = [found for found in moved_rows(known) if found.table is TASKS]
    assert not tasks
    assert not list(check_numbers_as_text(known))


def test_a_row_that_was_moved_after_that_is_still_noticed() -> None:
    master = renumbered()
    known = master.with_changes(number_changes(master, {"T1.1": "T1.2", "T1.2": "T1.1"}))
    one, other = known.rows(CRITERIA)["C1.1"], known.rows(CRITERIA)["C1.2"]
    swapped = known.with_changes(
        [
            Change(CRITERIA.name, "C1.1", "label", one["label"], other["label"]),
            Change(CRITERIA.name, "C1.2", "label", other["label"], one["label"]),
            Change(TASKS.name, "T1.1", "no", "1.2", "1.1"),
            Change(TASKS.name, "T1.2", "no", "1.1", "1.2"),
        ]
    )
    assert {found.row for found in moved_rows(swapped)} >= {"C1.1", "C1.2", "T1.1", "T1.2"}
    assert len(list(check_moved_rows(swapped))) >= 4


def test_people_read_the_number_that_stands_on_the_sheet() -> None:
    standing = {"T13.3": "T13.4", "T13.3_2": "T13.3"}
    assert row_name("T13.3", standing) == "13.4"
    assert row_name("T13.3/市教育局", standing) == "13.4 市教育局"
    assert row_name("T13.3_2", standing) == "13.3"
    assert standing_id("T13.4", standing) == "T13.4"


def test_an_id_is_never_given_twice() -> None:
    assert free_id("T1.3", {"T1.1"}) == "T1.3"
    assert free_id("T1.1", {"T1.1", "T1.1_2"}) == "T1.1_3"


def test_a_text_that_nobody_can_read_is_none() -> None:
    master = issued()
    (change, *_) = number_changes(master, {"T1.1": "T1.2"})
    key = change.row
    broken = master.with_changes(number_changes(master, {"T1.1": "T1.2"}))
    broken = set_cell(broken, SETTINGS, key, "value", "T1.1 现为 1.2")
    assert standing_ids(broken) == {}
