"""Which lines of 日志 are folded away."""

from dataclasses import replace

from qcity_xl.core.changes import Change
from qcity_xl.core.history.folded import operation_lines
from qcity_xl.core.history.log import LogLine, Stamp, log_rows
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.upgrade import VERSION
from qcity_xl.core.schema import ASSIGNMENTS, LOG, SETTINGS
from tests.core.builders import build, setting

LINES = [
    LogLine("修改", ASSIGNMENTS.name, f"T1.{n}/市农委", "note", None, f"第{n}次")
    for n in range(1, 4)
]


def logged(master: Master, count: int) -> tuple[Master, list[Change]]:
    rows = log_rows(master, Stamp("2016-05-01 09:30", "张三", "合并回收"), LINES[:count])
    after = master.with_changes(rows)
    lines = {(LOG.name, key): n for n, key in enumerate(after.rows(LOG), 5)}
    return replace(after, lines=lines), rows


def test_all_lines_of_an_operation_make_one_group() -> None:
    first, _ = logged(build(), 3)
    second, rows = logged(first, 2)
    assert operation_lines(second, rows) == [range(8, 10)]
    assert operation_lines(second, []) == []


def test_an_upgrade_folds_what_was_logged_before() -> None:
    old, _ = logged(build(setting("总表", "结构版本", 1)), 3)
    old, _ = logged(old, 1)
    newer = Change(SETTINGS.name, VERSION, "value", 1, 2)
    master, rows = logged(old, 2)
    assert operation_lines(master, [newer, *rows]) == [range(5, 8), range(8, 9), range(9, 11)]


def test_lines_that_people_took_apart_are_not_joined() -> None:
    master, rows = logged(build(), 3)
    apart = {(LOG.name, key): line for key, line in zip(master.rows(LOG), (5, 9, 10), strict=True)}
    found = operation_lines(replace(master, lines=apart), rows)
    assert found == [range(5, 6), range(9, 11)]
