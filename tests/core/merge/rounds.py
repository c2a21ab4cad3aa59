"""A round at core level: a small master, the packs that it sends, returns, merges, the log."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qcity_xl.core.changes import KEY
from qcity_xl.core.history.log import LogLine, Stamp, log_rows
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.merge.merge_all import Merged, lines_of, merge_returns
from qcity_xl.core.rounds.pack import Base, Identity, PackRow, ReturnedPack
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, EVIDENCE, ROUNDS
from qcity_xl.core.schema.pack import PACK, PACK_EVIDENCE
from qcity_xl.core.values import Value
from tests.core.builders import Entry

TODAY = dt.date(2016, 6, 1)
STAMP = Stamp("2016-06-01 09:30", "张三", "合并回收")
SLOTS = 2  # blank lines for evidence in each pack
OWNED = {ASSIGNMENTS.name: "unit", CRITERIA.name: "owner", EVIDENCE.name: "unit"}
Table = dict[str, dict[str, Value]]  # row id -> row


def sent_row(unit: str, round_name: str = "第1轮", made_on: dt.date = TODAY) -> Entry:
    """The row of 轮次 of a pack that was sent."""
    identity = Identity("test", round_name, unit)
    values: dict[str, Value] = {"round": round_name, "unit": unit, "made_on": made_on}
    return Entry(ROUNDS, identity.round_key, {**values, "state": "已生成"})


def base_of(master: Master, unit: str, round_name: str = "第1轮") -> Base:
    """What a pack sent now to this unit holds."""
    base: dict[str, dict[str, Row]] = {}
    for pack_table in PACK:
        fields = [f for f in pack_table.table.fields if f in pack_table.source.fields and f != KEY]
        base[pack_table.table.name] = {
            key: {name: row.get(name) for name in fields}
            for key, row in master.rows(pack_table.source).items()
            if text(row, OWNED[pack_table.source.name]) == unit
        }
    blank = dict.fromkeys(PACK_EVIDENCE.table.fields[1:])
    asked: Row = {**blank, "criteria": "1(1)", "kind": "文件", "period": "2016"}
    for number in range(1, SLOTS + 1):
        slot = asked if number == 1 else blank
        base[PACK_EVIDENCE.table.name][f"E{round_name}/{unit}/{number:03d}"] = slot
    return base


def rows_of(base: Base) -> dict[str, list[PackRow]]:
    """A pack as it comes back untouched."""
    return {
        name: [PackRow(key, dict(row), line) for line, (key, row) in enumerate(rows.items(), 5)]
        for name, rows in base.items()
    }


def returned(
    base: Base, unit: str, rows: Mapping[str, Sequence[PackRow]], round_name: str = "第1轮"
) -> ReturnedPack:
    """A pack that came back with these rows."""
    read = {name: tuple(listed) for name, listed in rows.items()}
    return ReturnedPack(Identity("test", round_name, unit), base, read)


def filled(
    base: Base, unit: str, cells: Mapping[tuple[str, str], Value], round_name: str = "第1轮"
) -> ReturnedPack:
    """A pack in which the cells (row id, field) were filled."""
    rows = rows_of(base)
    for listed in rows.values():
        for index, row in enumerate(listed):
            new = {name: value for (key, name), value in cells.items() if key == row.key}
            listed[index] = PackRow(row.key, {**row.values, **new}, row.line)
    return returned(base, unit, rows, round_name)


def merge(
    master: Master, *packs: ReturnedPack | tuple[str, ReturnedPack], log: bool = True
) -> "Outcome":
    """Merge these packs in one step; a name stands for the file's content too."""
    files = [
        replace(pack, name=f"{name}.xlsx", sha256=name)
        for name, pack in (
            item if isinstance(item, tuple) else (f"文件{number}", item)
            for number, item in enumerate(packs)
        )
    ]
    merged = merge_returns(master, files, TODAY)
    lines = lines_of(merged)
    changes = (line.change for line in lines if line.change)
    return Outcome(logged(master, lines) if log else master.with_changes(changes), merged)


def logged(master: Master, lines: Iterable[LogLine]) -> Master:
    """The master after one step."""
    listed = list(lines)
    changes = [line.change for line in listed if line.change]
    return master.with_changes([*changes, *log_rows(master, STAMP, listed)])


def office(master: Master, *cells: tuple[str, str, str, Value]) -> Master:
    """The master after the office typed into cells (table, row id, field): nothing is logged."""
    tables: dict[str, Table] = {
        name: {key: dict(row) for key, row in rows.items()} for name, rows in master.tables.items()
    }
    for table, key, name, value in cells:
        if name == KEY and value is None:
            del tables[table][key]
        else:
            tables[table].setdefault(key, {KEY: key})[name] = value
    return Master(tables, master.lines, master.letters)


class Outcome:
    """What a merge came to."""

    def __init__(self, master: Master, merged: Sequence[Merged]) -> None:
        self.master = master
        self.merged = merged

    def cell(self, key: str, name: str, table: str = ASSIGNMENTS.name) -> Value:
        return self.master.tables[table][key].get(name)

    def actions(self) -> list[tuple[str, str, str, Value]]:
        """Action, row, field and value of each decision, in order."""
        return [
            (d.action, d.row, d.field, d.theirs) for item in self.merged for d in item.decisions
        ]

    def lines(self) -> int:
        return sum(len(item.lines) for item in self.merged)
