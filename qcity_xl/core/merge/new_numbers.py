"""A pack that was sent under the numbers of an older table: its evidence under those of now."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.rounds.pack import PackRow, ReturnedPack
from qcity_xl.core.schema import CRITERIA, INDICATORS, LOG
from qcity_xl.core.schema.pack import PACK_EVIDENCE
from qcity_xl.core.text import fold, labels_in
from qcity_xl.core.values import Value, parse_number

_NUMBERS = {CRITERIA.sheet: (CRITERIA, "label"), INDICATORS.sheet: (INDICATORS, "no")}
_FIELD = "criteria"
NOTE = "是换用新版任务分解表之前下发的，佐证的得分点已从当时的编号换成现在的编号"


class Renumbered(NamedTuple):
    """What a line of 日志 says: a row of a sheet was called otherwise before that operation."""

    operation: float
    sheet: str
    row: str
    old: str


def renumbered(master: Master) -> list[Renumbered]:
    """The criteria and indicators that got another number, by 日志, oldest first."""
    found = []
    for line in master.rows(LOG).values():
        table, field = _NUMBERS.get(text(line, "sheet"), (None, ""))
        if table is None or text(line, "column") != table.column(field).header:
            continue
        if old := text(line, "old"):
            number = parse_number(line.get("operation")) or 0
            found.append(Renumbered(number, text(line, "sheet"), text(line, "row"), old))
    return found


def numbers_since(master: Master, lines: Iterable[Renumbered], operation: int) -> dict[str, str]:
    """What criteria and indicators were called before 日志 went on from an operation, and are
    called now, "" for one that is gone. Without those that are called the same.
    """
    first: dict[tuple[str, str], str] = {}
    for line in lines:
        if line.operation > operation:
            first.setdefault((line.sheet, line.row), line.old)
    found: dict[str, str] = {}
    for (sheet, row), old in first.items():
        table, field = _NUMBERS[sheet]
        now = text(master.rows(table).get(row, {}), field)
        if now != old:
            found[fold(old)] = now
    return found


def under_new_numbers(pack: ReturnedPack, numbers: Mapping[str, str]) -> ReturnedPack:
    """The pack with the evidence of its base and rows under the numbers of now, and a note if
    that makes a difference. What is gone is left out and noted, as a newer table does it.
    """
    name = PACK_EVIDENCE.table.name
    rows = tuple(_row(row, numbers) for row in pack.rows.get(name, ()))
    sent = {key: _cells(row, numbers) for key, row in pack.base.get(name, {}).items()}
    if name not in pack.rows or (rows == pack.rows[name] and sent == pack.base.get(name, {})):
        return pack
    named = {
        label for row in pack.rows[name] for label in labels_in(text(row.values, _FIELD), numbers)
    }
    gone = sorted(label for label in named if numbers.get(label) == "")
    return replace(
        pack,
        rows={**pack.rows, name: rows},
        base={**pack.base, name: sent},
        notes=(*pack.notes, NOTE + (f"；{'、'.join(gone)}已取消，没有写上" if gone else "")),
    )


def _row(row: PackRow, numbers: Mapping[str, str]) -> PackRow:
    values = _cells(row.values, numbers)
    return row if values == row.values else replace(row, values=values)


def _cells(row: Row, numbers: Mapping[str, str]) -> dict[str, Value]:
    listed = labels_in(text(row, _FIELD), numbers)
    if not any(label in numbers for label in listed):
        return dict(row)
    found = filter(None, (numbers.get(label, label) for label in listed))
    return {**row, _FIELD: "、".join(found) or None}
