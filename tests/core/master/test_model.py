"""The master as values: rows by id, what the office ruled, changes that make another master."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import Change, added_row, dropped_row
from qcity_xl.core.master.model import Master, Row, differences, text
from qcity_xl.core.schema import CRITERIA, EVIDENCE, UNITS
from tests.core.builders import FIRST_LINE, build, criterion, evidence, ruling, setting, unit

MASTER = build(
    unit("市园林局", phone="0519-85680000"),
    unit("市气象局"),
    ruling("9(1)", "未尽", "2分", choice="3分"),
    ruling("9(1)", "其余", "0"),
    ruling("9(2)", "未尽", "5"),
    setting("总表", "总表编号", "园林"),
)


def test_a_cell_s_address_is_for_people() -> None:
    assert MASTER.cell(UNITS, "U-市气象局", "name") == f"B{FIRST_LINE + 1}"
    assert MASTER.cell(UNITS, "U-市水产局", "name") == ""


def test_the_office_s_choice_holds_before_the_default() -> None:
    assert MASTER.rulings() == {"9(1)": {"未尽": "3分", "其余": "0"}, "9(2)": {"未尽": "5"}}
    assert MASTER.settings.master_id == "园林"


def test_changes_make_another_master_and_leave_this_one() -> None:
    changes = [
        Change(UNITS.name, "U-市园林局", "phone", "0519-85680000", None),
        *dropped_row(UNITS.name, "U-市气象局", dict(MASTER.rows(UNITS)["U-市气象局"])),
        *added_row(UNITS.name, "U-市侨办", {"name": "市侨办"}),
    ]
    after = MASTER.with_changes(changes)
    assert list(after.rows(UNITS)) == ["U-市园林局", "U-市侨办"]
    assert text(after.rows(UNITS)["U-市园林局"], "phone") == ""
    assert list(MASTER.rows(UNITS)) == ["U-市园林局", "U-市气象局"]


def test_only_what_means_something_else_is_a_difference() -> None:
    master = build(evidence("E7", "9(1)"), criterion("9(1)", 10))
    assert differences(master, EVIDENCE, {"E7": {"dated": "2016年3月15日"}}) == []
    assert differences(master, CRITERIA, {"C9.1": {"points": "１０", "owner": None}}) == []
    assert differences(master, CRITERIA, {"C9.1": {"owner": "市气象局"}}) == [
        Change(CRITERIA.name, "C9.1", "owner", None, "市气象局")
    ]


_WORDS = ("", "甲", "乙")


def _title(row: Row) -> str:
    return text(row, "title")


_STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(_WORDS), st.booleans()))
)


@given(_STEPS)
def test_rows_are_found_by_what_they_say_whatever_changes(
    steps: list[list[tuple[str, str, bool]]],
) -> None:
    def found(master: Master) -> dict[str, set[str]]:
        return {what: set(master.saying(EVIDENCE, _title, what)) for what in _WORDS}

    def looked_for(master: Master) -> dict[str, set[str]]:
        rows = master.rows(EVIDENCE).items()
        return {
            what: {key for key, row in rows if _title(row) == what} for what in ("", "甲", "乙")
        }

    master = build(evidence("A", "9(1)"))
    for step in steps:
        before, changes = master, list[Change]()
        for key, title, stays in step:
            row = master.with_changes(changes).rows(EVIDENCE).get(key)
            if row is None:
                changes += added_row(EVIDENCE.name, key, {"title": title or None})
            elif stays:
                changes.append(Change(EVIDENCE.name, key, "title", row.get("title"), title or None))
            else:
                changes += dropped_row(EVIDENCE.name, key, dict(row))
        assert found(before) == looked_for(before)
        master = before.with_changes(changes)
        assert found(master) == looked_for(master)
    assert found(master) == looked_for(master)
