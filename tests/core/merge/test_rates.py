"""完成率 in 完成情况 of a pack means what it means in a ledger, and its number is never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.model import text
from qcity_xl.core.merge.rates import with_rates_in_notes
from qcity_xl.core.rounds.pack import PackRow
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value
from tests.core.builders import assignment, build
from tests.core.merge.rounds import base_of, filled, merge, office, returned, rows_of, sent_row

UNIT, ROW = "市农委", "T1.1/市农委"
SENT = build(assignment("1.1", UNIT, note="起草中"), sent_row(UNIT))
BASE = base_of(SENT, UNIT)


def after(**cells: Value) -> tuple[Value, Value, list[tuple[str, str]]]:
    """完成情况, 进展说明 and what 冲突 lists after a pack with these cells was merged twice."""
    pack = filled(BASE, UNIT, {(ROW, name): value for name, value in cells.items()})
    once = merge(SENT, ("甲", pack)).master
    master = merge(once, ("甲", pack)).master
    assert master.tables[ASSIGNMENTS.name] == once.tables[ASSIGNMENTS.name]
    row = master.row(ASSIGNMENTS.name, ROW)
    listed = [(text(r, "kind"), text(r, "column")) for r in master.rows(CONFLICTS).values()]
    return row.get("progress"), row.get("note"), listed


@given(st.integers(1, 9999).map(lambda hundredths: hundredths / 100))
def test_a_rate_is_under_way_and_stands_in_the_note(rate: float) -> None:
    said = f"{number_text(rate)}%"
    cells = {(ROW, "progress"): f"已完成{said}"}
    pack = with_rates_in_notes(filled(BASE, UNIT, cells), SENT)
    (row,) = pack.rows[PACK_TASKS.table.name]
    assert (row.values["progress"], row.values["note"]) == ("推进中", f"起草中\n完成率{said}")
    assert with_rates_in_notes(pack, SENT) == pack


@pytest.mark.parametrize(
    ("said", "note", "state", "kept"),
    [
        ("80%", "起草中", "推进中", "起草中\n完成率80%"),
        ("80%", None, "推进中", "完成率80%"),
        ("八成", "印发了", "推进中", "印发了\n完成率80%"),
        ("80%", "已到80%", "推进中", "已到80%"),
        ("8%", "比去年多18%", "推进中", "比去年多18%\n完成率8%"),
        ("0%", "起草中", "未开始", "起草中"),
        ("100%", "起草中", "已完成", "起草中"),
    ],
)
def test_what_a_unit_wrote_is_taken_and_nothing_is_asked(
    said: str, note: Value, state: str, kept: str
) -> None:
    assert after(progress=said, note=note) == (state, kept, [])


@pytest.mark.parametrize("said", ["120%", "80", "0.8", "八成多"])
def test_what_may_be_no_rate_is_refused_as_ever(said: str) -> None:
    assert after(progress=said) == (None, "起草中", [("未采用", "完成情况")])


def test_a_rate_beside_a_note_that_can_t_be_taken_is_refused_with_it() -> None:
    state, note, listed = after(progress="80%", note="#REF!")
    assert (state, note) == (None, "起草中")
    assert sorted(listed) == [("未采用", "完成情况"), ("未采用", "进展说明")]


def test_a_rate_is_not_lost_where_the_note_could_not_be_read() -> None:
    rows = rows_of(BASE)
    (row,) = rows[PACK_TASKS.table.name]
    values = {**row.values, "progress": "80%"}
    del values["note"]
    rows[PACK_TASKS.table.name] = [PackRow(row.key, values, row.line)]
    merged = merge(SENT, ("甲", returned(BASE, UNIT, rows))).master
    assert merged.row(ASSIGNMENTS.name, ROW).get("progress") is None
    assert [text(r, "kind") for r in merged.rows(CONFLICTS).values()] == ["未采用"]


def test_the_office_is_asked_where_it_wrote_in_the_note_meanwhile() -> None:
    now = office(SENT, (ASSIGNMENTS.name, ROW, "note", "办公室补记"))
    merged = merge(now, ("甲", filled(BASE, UNIT, {(ROW, "progress"): "80%"}))).master
    (row,) = merged.rows(CONFLICTS).values()
    assert (row["kind"], row["theirs"]) == ("冲突", "起草中\n完成率80%")
    assert merged.row(ASSIGNMENTS.name, ROW)["progress"] == "推进中"
