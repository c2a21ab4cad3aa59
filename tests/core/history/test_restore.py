"""What stood in a deleted sheet or column: the newest state that had it, and the log since."""

from dataclasses import replace

import pytest

from qcity_xl.core.changes import HEADER, KEY, SHEET, Change
from qcity_xl.core.history.log import Stamp, as_lines, log_rows
from qcity_xl.core.history.restore import LostColumn, deleted_sheets, lost, restored
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.upgrade import VERSION
from qcity_xl.core.schema import ASSIGNMENTS, EVIDENCE, SCHEMA_VERSION, SETTINGS, Table
from tests.core.builders import Entry, assignment, build

DOCTOR = "自检"
ONE, TWO = "T2.1/市住建局", "T2.2/市住建局"
NOTE = LostColumn(ASSIGNMENTS.name, "note")


def _did(master: Master, command: str, *changes: Change) -> Master:
    """The master after a step."""
    after = master.with_changes(changes)
    stamp = Stamp("2016-06-01 09:00", "周岚", command)
    return after.with_changes(log_rows(master, stamp, as_lines(changes)))


def _note(row: str, old: str | None, new: str | None) -> Change:
    return Change(ASSIGNMENTS.name, row, "note", old, new)


SENT = build(
    assignment("2.1", "市住建局", note="管网已普查"),
    assignment("2.2", "市住建局", note="图纸在审"),
    Entry(SETTINGS, VERSION, {"value": SCHEMA_VERSION}),
)
MERGED = _did(SENT, "合并回收", _note(TWO, "图纸在审", "图纸已审"))


def _without_notes(master: Master) -> Master:
    rows = {k: {**r, "note": None} for k, r in master.rows(ASSIGNMENTS).items()}
    return replace(master, tables={**master.tables, ASSIGNMENTS.name: rows})


def test_the_log_goes_on_from_the_older_state() -> None:
    blank = _without_notes(MERGED)
    assert restored(NOTE, blank, [SENT], frozenset()) == (
        0,
        [_note(ONE, None, "管网已普查"), _note(TWO, None, "图纸已审")],
    )
    assert restored(NOTE, blank, [_without_notes(SENT)], frozenset()) is None
    assert restored(NOTE, blank, [blank, SENT], frozenset()) == (
        1,
        [_note(ONE, None, "管网已普查"), _note(TWO, None, "图纸已审")],
    )


def test_what_stands_there_by_now_stays() -> None:
    typed = _without_notes(MERGED).with_changes([_note(ONE, None, "另写的")])
    assert restored(NOTE, typed, [SENT], frozenset()) == (0, [_note(TWO, None, "图纸已审")])
    fresh = frozenset({(ASSIGNMENTS.name, ONE)})
    changed = restored(NOTE, typed, [SENT], fresh)
    assert changed
    assert changed[1][0] == _note(ONE, "另写的", "管网已普查")


def test_a_lost_sheet_gets_its_rows() -> None:
    gone = replace(MERGED, tables={**MERGED.tables, ASSIGNMENTS.name: {}})
    found = restored(LostColumn(ASSIGNMENTS.name, KEY), gone, [SENT], frozenset())
    assert found
    assert gone.with_changes(found[1]).rows(ASSIGNMENTS)[TWO]["note"] == "图纸已审"


def test_what_was_put_back_blank_is_known_by_the_log_until_it_was_filled() -> None:
    header = Change(ASSIGNMENTS.name, HEADER, "note", None, "进展说明")
    put_back = _did(_without_notes(MERGED), "升级总表", header)
    (place,) = lost(put_back, [], DOCTOR)
    assert (place.field, place.before) == ("note", 2)
    assert restored(place, put_back, [put_back, MERGED], frozenset())
    assert restored(place, put_back, [put_back], frozenset()) is None  # it never had any before
    filled = _did(put_back, DOCTOR, _note(ONE, None, "管网已普查"))
    assert lost(filled, [], DOCTOR) == []


@pytest.mark.parametrize(
    ("version", "table", "deleted"),
    [
        (SCHEMA_VERSION, EVIDENCE, ["佐证"]),
        (SCHEMA_VERSION - 1, EVIDENCE, []),
        (SCHEMA_VERSION - 1, SETTINGS, ["设置"]),
    ],
)
def test_a_sheet_that_an_older_master_never_had_was_not_deleted(
    version: int, table: Table, deleted: list[str]
) -> None:
    master = build(Entry(SETTINGS, VERSION, {"value": version}))
    structure = [Change(table.name, SHEET, KEY, None, table.sheet)]
    assert deleted_sheets(master, structure) == deleted
    assert LostColumn(table.name, KEY).words == f"「{table.sheet}」"
