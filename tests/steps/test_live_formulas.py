"""The master adds up without the program: LibreOffice is the referee."""

import datetime as dt
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.rules import NOT_APPLICABLE, parse_rule
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    CRITERIA,
    GUIDE_SHEET,
    INDICATORS,
    ROUNDS,
    SECTIONS,
    SETTINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.core.schema.words import FINISHED, RETURNED
from qcity_xl.core.values import Value, parse_number
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.libreoffice import LibreOffice


def answered(master: Master) -> list[Change]:
    """An answer of every kind of rule, two rulings, one criterion that is not applicable."""
    changes: list[Change] = []
    numbers = {"数值分段": "1.5", "扣减": "98.2", "名次": "12"}
    for index, (key, row) in enumerate(master.rows(CRITERIA).items()):
        kind, unit = text(row, "kind"), "‰" if "‰" in text(row, "params") else ""
        points = parse_number(row.get("points")) or 0
        choices = parse_rule(kind, text(row, "params"), points).choices({})
        answer: Value = choices[index % len(choices)] if choices else numbers[kind] + unit
        if index % 7 == 3:
            answer = None
        if text(row, "may_be_absent") == "是":
            answer = NOT_APPLICABLE
        field = "ruling" if kind == "专家评分" else "answer"
        if answer is not None:
            changes.append(Change(CRITERIA.name, key, field, None, answer))
        if index % 5 == 0 and kind == "达成":
            changes.append(Change(CRITERIA.name, key, "ruling", None, "未达成"))
    return changes


def kept(master: Master) -> list[Change]:
    """Points of an old book: for some indicators, above their points too, and some criteria."""
    indicators = list(master.rows(INDICATORS))[:12]
    changes = [
        Change(INDICATORS.name, key, "kept", None, n * 2.5) for n, key in enumerate(indicators)
    ]
    criteria = list(master.rows(CRITERIA))[::4]
    return [*changes, *(Change(CRITERIA.name, key, "kept", None, 1.5) for key in criteria)]


def disputed(master: Master) -> list[Change]:
    """What is to be settled: in three tables, about a whole row, and where no row is any more."""
    task, criterion, unit = (next(iter(master.rows(t))) for t in (TASKS, CRITERIA, UNITS))
    places = (
        *(("单位", unit, "电话"), ("得分点", criterion, "自评答案"), ("任务", task, "完成时限")),
        *(("任务", task, "行键"), ("佐证", "E第1轮/市质监局/001", "材料名称")),
        ("填报", "第5行", "进展说明"),
    )
    return [
        change
        for number, (sheet, row, column) in enumerate(places)
        for change in added_row(
            CONFLICTS.name,
            f"X{number}",
            {"kind": "冲突", "unit": "市质监局", "sheet": sheet, "row": row, "column": column},
        )
    ]


def first_day(master: Master) -> list[Change]:
    """Some of the first day done: settings, a group, a contact, a trial that came back."""
    group = next(k for k, row in master.rows(UNITS).items() if row["kind"] == "组")
    unit = next(k for k, row in master.rows(UNITS).items() if row["kind"] == "单位")
    trial: dict[str, Value] = {"round": "试发", "unit": "市质监局", "state": "已回收"}
    return [
        *(Change(SETTINGS.name, f"总表/{item}", "value", None, item) for item in ("城市",)),
        Change(SETTINGS.name, "轮次/办公室联系人", "value", None, "张三"),
        Change(UNITS.name, group, "members", None, "按需"),
        *(Change(UNITS.name, unit, field, None, "wu@qq.com") for field in ("contact", "email")),
        *added_row(ROUNDS.name, "试发/市质监局", trial),
    ]


FILLED = {"kept": kept, "disputed": disputed, "first day": first_day}


def prepare(master: Path) -> None:
    """A second round as it is today: units late, due, returned; tasks due in some days."""
    context = Context(dt.datetime.now(), "袁素梅")
    today = context.now.date()

    def write(*cells: tuple[Table, str, str, Value]) -> None:
        file = WorkbookFile.open(master)
        rows = file.master.tables
        listed = [Change(t.name, key, f, rows[t.name][key].get(f), v) for t, key, f, v in cells]
        commit(file, as_lines(listed), context, "手工填写")

    split(master, master.parent / "试", context, round_name="试填", units=["市农委"])
    answers = answered(WorkbookFile.open(master).master)
    commit(WorkbookFile.open(master), as_lines(answers[::2]), context, "手工填写")
    score(master, context)
    split(master, master.parent / "下发", context, round_name="第1轮")
    commit(WorkbookFile.open(master), as_lines(answers[1::2]), context, "手工填写")
    rows = WorkbookFile.open(master).master
    sent = [key for key, row in rows.rows(ROUNDS).items() if text(row, "round") == "第1轮"]
    days = zip(sent, (3, 9, 1, 0), strict=False)
    due = [(ROUNDS, key, "due", today - dt.timedelta(late)) for key, late in days]
    back = [(ROUNDS, key, "state", RETURNED) for key in sent[4:12]]
    parts = [(ASSIGNMENTS, k, "progress", FINISHED) for k in list(rows.rows(ASSIGNMENTS))[::5]]
    soon = zip(list(rows.rows(TASKS))[5:], (2, 0, 30, 31, -1), strict=False)
    tasks = [(TASKS, k, "deadline", f"{today + dt.timedelta(n)}") for k, n in soon]
    write(*due, *back, *parts, *tasks)
    score(master, context)


def test_what_hangs_on_the_day_is_calculated_as_it_was_cached(
    libreoffice: LibreOffice, master: Path
) -> None:
    """Units late by some days, due today and later; tasks due soon; an earlier round to compare."""
    prepare(master)
    cached, calculated = libreoffice.values(master), libreoffice.recalculate(master)
    for sheet, cells in calculated.items():
        for cell, value in cells.items():
            assert cached[sheet].get(cell, "") == value, f"{sheet}!{cell}"
    shown = WorkbookFile.open(master).master.figures
    assert shown["qc_late"] == 3
    assert [shown[f"qc_units_{n}.0"] for n in (1, 3, 4)] == ["▲", "逾期未报", 9]
    assert {shown[f"qc_units_3.{n}"] for n in range(9)} == {"逾期未报", "未报"}
    assert shown["qc_incomplete"]
    assert shown["qc_soon_count"] == 3
    assert str(shown["qc_claimed_change"]).startswith("较上轮+")
    assert shown["qc_gains_2.0"]


@pytest.mark.parametrize("stage", ["blank", "answered", "changed since", *FILLED])
def test_libreoffice_calculates_the_cached_values(
    libreoffice: LibreOffice, master: Path, context: Context, stage: str
) -> None:
    if stage != "blank":
        file = WorkbookFile.open(master)
        commit(
            file,
            as_lines(FILLED.get(stage, answered)(file.master)),
            context,
            "手工填写",
        )
        report = score(master, context)
        blank = {"points": None, "bonus": None}
        assert (report.data["claimed"] == blank) == (stage in ("disputed", "first day"))
    if stage == "changed since":
        file = WorkbookFile.open(master)
        rows = list(file.master.rows(CRITERIA).items())[:40]
        new: list[Value] = ["达成", 0.95, 3, None]
        changes = [
            Change(CRITERIA.name, key, "answer", row.get("answer"), new[number % 4])
            for number, (key, row) in enumerate(rows)
            if row.get("answer") != new[number % 4]
        ]
        commit(file, as_lines(changes), context, "手工填写")
        stale = [row["stale"] for row in WorkbookFile.open(master).master.rows(SECTIONS).values()]
        assert sum(map(int, map(str, stale))) == len(changes) > 30
    cached = libreoffice.values(master)
    calculated = libreoffice.recalculate(master)
    assert sum(len(cells) for cells in calculated.values()) > 300
    for sheet, cells in calculated.items():
        for cell, value in cells.items():
            assert cached[sheet].get(cell, "") == value, f"{sheet}!{cell}"
    if stage == "first day":
        states = [cached[GUIDE_SHEET][f"D{row}"] for row in range(5, 11)]
        assert states == [
            "✓ 已做好",
            "☐ 还有3个组没有成员",
            "☐ 还有28个单位没有联系人或邮箱",
            "☐ 还有26项影响得分的没有裁定",
            "✓ 已做好",
            "☐ 还没有下发",
        ]
    if stage == "disputed":
        links = [cached[CONFLICTS.sheet].get(f"E{row}", "") for row in range(5, 11)]
        assert links == ["转到", "转到", "转到", "转到", "", ""]
