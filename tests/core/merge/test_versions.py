"""A returned file in short: the one at hand, and those that 日志 tells of."""

from dataclasses import replace

from qcity_xl.core.merge.versions import (
    Version,
    merged_files,
    merged_line,
    merged_versions,
    rounds_by_unit,
    same_in,
    sendings,
    source_of,
    version_of,
)
from qcity_xl.core.rounds.pack import Identity
from qcity_xl.core.schema import ASSIGNMENTS, LOG
from qcity_xl.core.values import Value
from tests.core.builders import Entry, assignment, build
from tests.core.merge.rounds import base_of, filled, merge, sent_row

UNIT = "市文广局"
KEY = f"T5.2/{UNIT}"
SENT = build(assignment("5.2", UNIT), sent_row(UNIT))
BASE = base_of(SENT, UNIT)
NOTE, PROGRESS = (ASSIGNMENTS.name, KEY, "note"), (ASSIGNMENTS.name, KEY, "progress")


def test_a_version_has_what_was_filled_and_apart_what_cannot_be_taken() -> None:
    pack = filled(BASE, UNIT, {(KEY, "note"): "已开馆", (KEY, "progress"): "大概吧"})
    version = version_of(replace(pack, sha256="甲", saved="2016-06-01 08:00"), SENT)
    assert version.values == {NOTE: "已开馆"}
    assert version.faulty == {PROGRESS}
    assert (version.round, version.sha256, version.saved) == ("第1轮", "甲", "2016-06-01 08:00")
    assert not version.merged


def test_the_log_tells_what_a_merged_file_said() -> None:
    pack = filled(BASE, UNIT, {(KEY, "note"): "已开馆", (KEY, "progress"): "大概吧"})
    merged = merge(SENT, ("甲", pack)).master
    (version,) = merged_versions(merged)[UNIT]
    assert version.merged
    assert version.values[NOTE] == "已开馆"
    assert version.settled == {NOTE}
    assert version.faulty == {PROGRESS}
    (take,) = version.takes
    assert (take.place, take.old, take.new) == (NOTE, None, "已开馆")


def test_nothing_was_merged_before_the_first_merge() -> None:
    assert merged_versions(SENT)[UNIT] == []


def test_rounds_are_numbered_as_they_were_sent() -> None:
    rows = [sent_row(UNIT, name) for name in ("第2轮", "第1轮")]
    assert rounds_by_unit(build(*rows)) == {UNIT: {"第2轮": 0, "第1轮": 1}}


def test_the_operation_that_sent_a_pack() -> None:
    line: dict[str, Value] = {
        "operation": 4,
        "sheet": "轮次",
        "row": f"R第1轮/{UNIT}",
        "action": "新增",
    }
    assert sendings(build(Entry(LOG, "L1", line))) == {f"R第1轮/{UNIT}": 4}


def test_a_merged_file_is_named_by_content_and_time() -> None:
    first = Version("第1轮", "ab12", {}, saved="2016-06-01 08:00:00")
    second = Version("第1轮", "cd34", {})
    assert merged_line(second) == "cd34"
    cell = f"{merged_line(first).replace(' 08', 'T08')}\n{merged_line(second)}"
    assert merged_files({"returned": cell}) == [("ab12", "2016-06-01T08:00:00"), ("cd34", "")]
    assert (
        source_of(Identity("总表", "第1轮", UNIT), "0123456789abcdef")
        == f"第1轮 {UNIT} 0123456789ab"
    )


def test_values_mean_the_same_by_the_column_s_type() -> None:
    assert same_in((ASSIGNMENTS.name, KEY, "done_on"), "2016-6-1", "2016年6月1日")
    assert not same_in(NOTE, "已开馆", "未开馆")
