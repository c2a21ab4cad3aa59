"""Small masters, row by row, as an office would type them; and the embedded table."""

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from qcity_xl.adapters.ooxml.refs import column_letters
from qcity_xl.adapters.templates.source import load_plan
from qcity_xl.adapters.templates.template import load_letters, setting_rows
from qcity_xl.core.changes import KEY, Change, dropped_row
from qcity_xl.core.master.formula_values import SCORES, factor_field
from qcity_xl.core.master.initial_rows import master_rows
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.plan import Plan
from qcity_xl.core.rounds.asked import Occasion, packs_for
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.rounds.pack import PackContent, PackRow, ReturnedPack
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    MASTER,
    RULINGS,
    SECTIONS,
    SETTINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.core.schema.pack import PACK_EVIDENCE, PackTable
from qcity_xl.core.scoring.evidence import assess
from qcity_xl.core.values import Value

SOURCE = Path(__file__).resolve().parents[2] / "workbook" / "source"
FIRST_LINE = 4  # where a table's rows begin on the sheets of these masters


class Entry(NamedTuple):
    """One row of one table."""

    table: Table
    key: str
    values: dict[str, Value]


def build(*entries: Entry) -> Master:
    """A master with these rows, in their order, every other cell blank."""
    tables: dict[str, dict[str, Row]] = {table.name: {} for table in MASTER}
    lines: dict[tuple[str, str], int] = {}
    for table, key, values in entries:
        unknown = set(values) - set(table.fields)
        assert not unknown, f"{table.sheet} has no {unknown}"
        assert key not in tables[table.name], f"{table.sheet} has {key} already"
        lines[table.name, key] = FIRST_LINE + len(tables[table.name])
        tables[table.name][key] = {**dict.fromkeys(table.fields), **values, KEY: key}
    return Master(tables, lines, _letters())


def _letters() -> dict[tuple[str, str], str]:
    return {
        (table.name, field): column_letters(index + 1)
        for table in MASTER
        for index, field in enumerate(table.fields)
    }


def section(no: int, points: Value, bonus: str = "否") -> Entry:
    values: dict[str, Value] = {"no": no, "title": f"第{no}部分", "points": points, "bonus": bonus}
    return Entry(SECTIONS, f"S{no}", values)


def indicator(no: int, points: Value, combine: str = "累加", **more: Value) -> Entry:
    values: dict[str, Value] = {"no": no, "section": 1, "title": f"指标{no}", "points": points}
    values |= {"combine": combine, "methods": "查阅文件"}
    values |= {factor_field(score): 1 for score in SCORES}
    return Entry(INDICATORS, f"I{no}", {**values, **more})


def criterion(
    label: str, points: Value, kind: str = "达成", params: str | None = None, **more: Value
) -> Entry:
    """A criterion such as 13(3), of indicator 13; its row id is C13.3."""
    number, _, ordinal = label.rstrip(")").partition("(")
    values: dict[str, Value] = {"label": label, "section": 1, "indicator": int(number)}
    values |= {"text": f"得分点{label}", "points": points, "kind": kind, "params": params}
    return Entry(CRITERIA, f"C{number}.{ordinal}", {**values, "may_be_absent": "否", **more})


def task(no: str, leads: str = "市农委", criteria: str = "", **more: Value) -> Entry:
    values: dict[str, Value] = {"no": no, "indicator": int(no.split(".")[0]), "text": f"任务{no}"}
    values |= {"leads": leads, "criteria": criteria or None, "deadline": "2016-2017"}
    return Entry(TASKS, f"T{no}", {**values, **more})


def unit(name: str, aliases: str | None = None, **more: Value) -> Entry:
    contact = {"contact": "王敏", "email": "wangmin@example.com"}
    values: dict[str, Value] = {"name": name, "kind": "单位", "aliases": aliases, **contact}
    return Entry(UNITS, f"U-{name}", {**values, **more})


def group(name: str, members: str | None = None, aliases: str | None = None) -> Entry:
    values: dict[str, Value] = {"name": name, "kind": "组", "members": members, "aliases": aliases}
    return Entry(UNITS, f"G-{name}", values)


def assignment(no: str, unit_name: str, role: str | None = "牵头", **more: Value) -> Entry:
    values: dict[str, Value] = {"task": no, "text": f"任务{no}", "unit": unit_name, "role": role}
    values |= {"why": f"{role}单位", "deadline": "2016-2017"}
    return Entry(ASSIGNMENTS, f"T{no}/{unit_name}", {**values, **more})


def evidence(key: str, criteria: str, **more: Value) -> Entry:
    """A sound piece of evidence; name what is wrong with it in `more`."""
    values: dict[str, Value] = {"criteria": criteria, "unit": "市农委", "kind": "文件"}
    values |= {"title": f"关于{key}的通知", "dated": "2016-03-15", "location": f"佐证/{key}.pdf"}
    return Entry(EVIDENCE, key, {**values, "state": "待审", **more})


def ruling(
    subject: str, item: str, default: str, choice: str | None = None, options: str | None = None
) -> Entry:
    values: dict[str, Value] = {"subject": subject, "item": item, "question": "文件未写"}
    values |= {"default": default, "choice": choice, "options": options}
    return Entry(RULINGS, f"Q{subject}/{item}", values)


def setting(group_name: str, item: str, value: Value) -> Entry:
    values: dict[str, Value] = {"group": group_name, "item": item, "value": value}
    return Entry(SETTINGS, f"{group_name}/{item}", values)


def conflict(key: str, row: str, column: str, **more: Value) -> Entry:
    values: dict[str, Value] = {"kind": "冲突", "unit": "市农委", "round": "第1轮"}
    return Entry(CONFLICTS, key, {**values, "sheet": "填报", "row": row, "column": column, **more})


YEARS = (setting("总表", "任务年份", "2016-2017"), setting("总表", "考核年份", 2017))
KINDS = (setting("验收方式", "查阅文件", "文件"), setting("验收方式", "现场检查", "现场照片"))


def sound(*more: Entry) -> Master:
    """A master in which the checks find nothing: one indicator, two criteria, two tasks."""
    return build(*SOUND, *more)


SOUND = (
    section(1, 30),
    indicator(1, 30),
    criterion("1(1)", 10, owner="市农委"),
    criterion("1(2)", 20, "分档", "20：已出台；10：制定中；0：未着手", owner="市教育局"),
    task("1.1", "市农委", "1(1)", partners="教育局；常州国检局"),
    task("1.2", "市教育局", "1(2)"),
    unit("市农委", "农委、市农业委员会"),
    unit("市教育局", "教育局"),
    unit("常州国检局", "国检局"),
    *YEARS,
    *KINDS,
    setting("总表", "总表编号", "test"),
)


@functools.cache
def embedded_plan() -> Plan:
    """The table that the product ships."""
    return load_plan(SOURCE)


@functools.cache
def embedded() -> Master:
    """A new master on the table that the product ships."""
    rows = master_rows(embedded_plan(), setting_rows(), load_letters(SOURCE))
    return build(
        *(
            Entry(table, str(row[KEY]), {f: v for f, v in row.items() if f != KEY})
            for table in MASTER
            for row in rows[table.name]
        )
    )


# -- rounds

ROUND = "第1轮"
DUE = dt.date(2016, 12, 7)
Filled = tuple[PackTable, str, str, Value]  # table of the pack, row id, field, what was filled in


def issued(*more: Entry) -> Master:
    """The sound master as it is when packs go out: each duty has its row on 填报."""
    master = sound(*more)
    master = master.with_changes(assignment_changes(master)[0])
    blank = dict.fromkeys(ASSIGNMENTS.fields)
    rows = {key: {**blank, **row} for key, row in master.rows(ASSIGNMENTS).items()}
    return replace(master, tables={**master.tables, ASSIGNMENTS.name: rows})


def pack_of(master: Master, unit_name: str, round_name: str = ROUND) -> PackContent:
    (pack,) = packs_for(master, assess(master, {}), Occasion(round_name, DUE), [unit_name])
    return pack


def returned(
    pack: PackContent,
    *cells: Filled,
    gone: Iterable[str] = (),
    new: Iterable[dict[str, Value]] = (),
) -> ReturnedPack:
    """The pack as a unit sends it back: some cells filled, rows deleted, evidence added below."""
    filled = {(table.table.name, row, field): value for table, row, field, value in cells}
    rows: dict[str, tuple[PackRow, ...]] = {}
    for name, sent in pack.base.items():
        kept = {key: row for key, row in sent.items() if key not in set(gone)}
        rows[name] = tuple(
            PackRow(key, {f: filled.pop((name, key, f), v) for f, v in row.items()}, line)
            for line, (key, row) in enumerate(kept.items(), 6)
        )
    assert not filled, f"the pack has no {list(filled)}"
    below = PACK_EVIDENCE.table.name
    rows[below] += tuple(PackRow("", values, 90 + n) for n, values in enumerate(new))
    return ReturnedPack(pack.identity, pack.base, rows)


def set_cell(master: Master, table: Table, row: str, field: str, value: Value) -> Master:
    """The master after the office typed into one cell."""
    old = master.rows(table)[row].get(field)
    return master.with_changes([Change(table.name, row, field, old, value)])


def drop(master: Master, table: Table, row: str) -> Master:
    """The master after the office deleted a row."""
    return master.with_changes(dropped_row(table.name, row, dict(master.rows(table)[row])))
