"""What becomes of what a book says about a cell of the master."""

import pytest

from qcity_xl.core.adopting.claims import LONGEST, Claim, settle
from qcity_xl.core.adopting.ledger import BookCell, Ledger
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import Stamp, as_lines, log_rows
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import ASSIGNMENTS, EVIDENCE, UNITS
from tests.core.adopting.books import COMMAND, OFFICE
from tests.core.builders import assignment, build

NOTE = (ASSIGNMENTS.name, "T1.1/市农委", "note")
ONE, TWO = BookCell("工作表“台账”", "C3", "一"), BookCell("工作表“台账”", "C4", "二")


def holding(note: str | None) -> Master:
    return build(assignment("1.1", "市农委", note=note))


def brought(master: Master, *values: str, command: str = COMMAND) -> Master:
    """The master after books that each wrote one of these values."""
    old: str | None = None
    for value in values:
        line = as_lines([Change(*NOTE, old, value)])
        master = master.with_changes(log_rows(master, Stamp("2016-05-01", "王敏", command), line))
        old = value
    return master


def fate(master: Master, *claims: Claim) -> tuple[list[Change], dict[BookCell, str]]:
    ledger = Ledger()
    for claim in claims:
        for cell in claim.cells:
            ledger.enter(cell)
    settled = settle(master, claims, ledger, "台账.xlsx", COMMAND)
    names = ("open", "heading", "there", "taken", "left")
    return settled.changes, {c: name for name in names for c in ledger.cells(name)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "before", "said", "becomes"),
    [
        ("已挂牌", (), "已挂牌 ", "there"),
        (None, (), "已挂牌", "taken"),
        ("筹备", ("筹备",), "已挂牌", "taken"),
        ("已验收", ("已挂牌",), "已挂牌", "there"),
        ("已挂牌", ("筹备", "已挂牌"), "筹备", "left"),
        ("已验收", (), "已挂牌", "left"),
    ],
)
def test_a_claim_against_the_master(
    ours: str | None, before: tuple[str, ...], said: str, becomes: str
) -> None:
    master = brought(holding(ours), *before)
    changes, fates = fate(master, Claim(*NOTE, said, (ONE,)))
    assert fates == {ONE: becomes}
    assert ([c for c in changes if c.table == ASSIGNMENTS.name] != []) == (becomes == "taken")


def test_what_other_steps_wrote_was_not_brought_by_a_book() -> None:
    master = brought(holding("筹备"), "筹备", command="合并回收")
    assert fate(master, Claim(*NOTE, "已挂牌", (ONE,)))[1] == {ONE: "left"}


def test_texts_of_several_rows_are_joined() -> None:
    changes, fates = fate(holding(None), Claim(*NOTE, "甲", (ONE,)), Claim(*NOTE, "乙", (TWO,)))
    assert changes == [Change(*NOTE, None, "甲\n乙")]
    assert fates == {ONE: "taken", TWO: "taken"}


def test_texts_that_no_cell_can_hold_are_cut_and_told() -> None:
    long = "长" * (LONGEST - 1)
    changes, fates = fate(holding(None), Claim(*NOTE, long, (ONE,)), Claim(*NOTE, "乙", (TWO,)))
    assert len(str(changes[0].new)) == LONGEST
    assert fates == {ONE: "left", TWO: "left"}


def test_two_states_of_one_task_are_nobodys() -> None:
    state = (*NOTE[:2], "progress")
    claims = Claim(*state, "已完成", (ONE,)), Claim(*state, "推进中", (TWO,))
    changes, fates = fate(holding(None), *claims)
    assert changes == []
    assert fates == {ONE: "left", TWO: "left"}


def test_a_list_of_contacts_counts_before_a_name_beside_the_work() -> None:
    phone = (UNITS.name, "U-市农委", "contact")
    claims = Claim(*phone, "陈静", (ONE,), 1), Claim(*phone, "周宁", (TWO,))
    changes, fates = fate(OFFICE, *claims)
    assert changes == [Change(*phone, None, "周宁")]
    assert fates == {ONE: "left", TWO: "taken"}


def test_what_is_told_by_the_way_gives_way() -> None:
    serves = (EVIDENCE.name, "E1", "criteria")
    soft = [Claim(*serves, label, (ONE,), 2, soft=True) for label in ("1(1)", "1(2)")]
    changes, _ = fate(OFFICE, *soft)
    assert Change(*serves, None, "1(1)、1(2)") in changes
    changes, fates = fate(OFFICE, *soft, Claim(*serves, "1", (TWO,)))
    assert Change(*serves, None, "1") in changes
    assert fates == {ONE: "there", TWO: "taken"}
