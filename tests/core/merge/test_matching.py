"""Rows of a returned pack find the rows that were sent; the rest is new evidence or a stray."""

from qcity_xl.core.merge.matching import (
    TWICE,
    UNKNOWN_ROW,
    Matched,
    differing,
    evidence_key,
    match_rows,
    new_key,
)
from qcity_xl.core.rounds.pack import PackRow
from qcity_xl.core.schema.pack import PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.values import Value
from tests.core.builders import assignment, build
from tests.core.merge.rounds import base_of, returned, rows_of

UNIT = "市民政局"
KEY = f"T6.1/{UNIT}"
BASE = base_of(build(assignment("6.1", UNIT), assignment("6.2", UNIT)), UNIT)
TASKS, EVIDENCE = PACK_TASKS.table.name, PACK_EVIDENCE.table.name


def matched(table: str, *more: PackRow, without: str = "") -> Matched:
    """One table of a pack that came back with more rows, or without one."""
    rows = rows_of(BASE)
    rows[table] = [row for row in rows[table] if row.key != without] + list(more)
    found = match_rows(returned(BASE, UNIT, rows))
    return next(one for one in found if one.table.table.name == table)


def task(key: str, **values: Value) -> PackRow:
    return PackRow(key, {**BASE[TASKS][KEY], **values}, 20)


def test_a_pack_that_comes_back_untouched_says_nothing() -> None:
    for table in (TASKS, EVIDENCE):
        found = matched(table)
        assert (found.known, found.added, found.strays, found.gone) == ({}, {}, [], [])


def test_only_rows_that_differ_are_known() -> None:
    found = matched(TASKS, task(KEY, note="已入户"), without=KEY)
    assert list(found.known) == [KEY]
    (column,) = differing(found.table, found.known[KEY].values, BASE[TASKS][KEY])
    assert column.field == "note"


def test_a_row_that_is_lacking_is_gone() -> None:
    assert matched(TASKS, without=KEY).gone == [KEY]


def test_two_copies_of_a_row_count_where_they_agree() -> None:
    one = task(KEY, progress="推进中", note="已入户")
    other = task(KEY, progress="推进中", note="未入户")
    found = matched(TASKS, one, other, without=KEY)
    assert found.known[KEY].values["progress"] == "推进中"
    assert found.known[KEY].values["note"] is None
    assert {(stray.row.values["note"], stray.reason) for stray in found.strays} == {
        ("已入户", TWICE),
        ("未入户", TWICE),
    }


def test_a_row_with_an_id_that_was_not_sent_is_a_stray() -> None:
    found = matched(TASKS, PackRow("T9.9/市水利局", {"note": "别人的行"}, 20))
    assert [(s.column.field, s.reason) for s in found.strays] == [("note", UNKNOWN_ROW)]


def test_evidence_without_an_id_is_new_and_the_same_again_is_the_same() -> None:
    values: dict[str, Value] = {"criteria": "6(1)", "kind": "文件", "title": "关于低保的通知"}
    found = matched(EVIDENCE, PackRow("", values, 30), PackRow("", dict(values), 31))
    assert list(found.added) == [evidence_key(UNIT, values)]
    assert found.strays == []


def test_new_evidence_never_gets_an_id_that_was_sent() -> None:
    values: dict[str, Value] = {"title": "关于低保的通知"}
    first = evidence_key(UNIT, values)
    second = new_key(UNIT, values, {first})
    assert new_key(UNIT, values, ()) == first != second
    assert new_key(UNIT, values, {first, second}) not in {first, second}
    assert evidence_key("市水利局", values) != first
