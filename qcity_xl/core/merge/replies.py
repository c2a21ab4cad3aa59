"""What goes back to a unit: its pack whole again, with what was not taken and why."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qcity_xl.core.changes import KEY
from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.decide import Decision
from qcity_xl.core.rounds.asked import answering_of, headline, years_of
from qcity_xl.core.rounds.pack import (
    Base,
    PackContent,
    PackFinding,
    PackRow,
    ReturnedPack,
)
from qcity_xl.core.rules import Question
from qcity_xl.core.schema import ROUNDS, FieldColumn
from qcity_xl.core.schema.pack import PACK, PACK_CRITERIA, PackTable
from qcity_xl.core.text import shorten
from qcity_xl.core.values import Value, parse_date

_LONG = 300  # characters of an answer that is quoted
_CORRECT = "请改正标色的格子"
_OFFICE = "由办公室填写，已恢复为下发时的内容"
_ASK_OFFICE = "如认为应改，请在说明里写明，或与办公室联系"


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of 退回说明: `index` is a row of the table in the reply, -1 for the whole table."""

    table: str
    index: int
    field: str
    sheet: str
    found: str
    allowed: str
    fix: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A pack with the unit's answers as they came, the base as it was sent, and the remarks."""

    content: PackContent
    base: Base
    remarks: tuple[Remark, ...]


def reply_to(pack: ReturnedPack, decisions: Iterable[Decision], master: Master) -> Reply | None:
    """What goes back for one pack (mended, with its proven base); None if all was taken."""
    refused = [decision for decision in decisions if decision.action == "refuse"]
    if not refused and not pack.findings:
        return None
    rows: dict[str, list[dict[str, Value]]] = {}
    places: dict[tuple[str, int | str], int] = {}
    for pack_table in PACK:
        rows[pack_table.table.name] = list(_rows(pack_table, pack, places))
    answering = answering_of(master, pack.base.get(PACK_CRITERIA.table.name, {}))
    identity = pack.identity
    sent = master.rows(ROUNDS).get(identity.round_key, {})
    due = parse_date(sent.get("due")) or dt.date.max
    shown, years = headline(master, identity, due, rows), years_of(master, answering)
    content = PackContent(identity, shown, rows, answering, years)
    remarks = [
        *(_of_finding(finding, places) for finding in pack.findings),
        *(_of_decision(decision, places, answering) for decision in refused),
    ]
    order = [pack_table.table.name for pack_table in PACK]
    remarks.sort(key=lambda r: (order.index(r.table) if r.table in order else -1, r.index))
    return Reply(content, pack.base, tuple(remarks))


def _rows(
    pack_table: PackTable, pack: ReturnedPack, places: dict[tuple[str, int | str], int]
) -> Iterator[dict[str, Value]]:
    """The rows as sent with the unit's answers in them, then rows that have no place."""
    name = pack_table.table.name
    base = pack.base.get(name, {})
    returned: dict[str, PackRow] = {}
    loose: list[PackRow] = []
    for row in pack.rows.get(name, ()):
        if row.key in base and row.key not in returned:
            returned[row.key] = row
        elif any(row.values.get(field) is not None for field in pack_table.editable):
            loose.append(row)
    for index, (key, sent) in enumerate(base.items()):
        places[name, key] = index
        answers = _answers(pack_table, returned[key]) if key in returned else {}
        if key in returned:
            places[name, returned[key].line] = index
        yield {field: sent.get(field) for field in pack_table.table.fields} | answers | {KEY: key}
    for index, row in enumerate(loose, len(base)):
        places[name, row.line] = index
        yield dict.fromkeys(pack_table.table.fields) | _answers(pack_table, row)


def _answers(pack_table: PackTable, row: PackRow) -> dict[str, Value]:
    return {field: row.values.get(field) for field in pack_table.editable}


def _of_finding(finding: PackFinding, places: Mapping[tuple[str, int | str], int]) -> Remark:
    index = places.get((finding.table, finding.line), -1)
    where = f"（您的文件里 {finding.cell}）" if finding.cell else ""
    return Remark(
        finding.table,
        index,
        finding.field,
        finding.sheet,
        f"{finding.found}，没有读到{where}",
        finding.allowed,
        finding.fix,
    )


def _of_decision(
    decision: Decision,
    places: Mapping[tuple[str, int | str], int],
    answering: Mapping[str, Question],
) -> Remark:
    pack_table = next(p for p in PACK if p.source.name == decision.table)
    table = pack_table.table
    index = places.get((table.name, decision.line), places.get((table.name, decision.row), -1))
    allowed, fix = _advice(decision, pack_table, answering)
    said = "（空）" if decision.theirs is None else shorten(str(decision.theirs), _LONG)
    found = f"填了“{said}”：{decision.reason}" if decision.field != KEY else decision.reason
    return Remark(table.name, index, decision.field, table.sheet, found, allowed, fix)


def _advice(
    decision: Decision, pack_table: PackTable, answering: Mapping[str, Question]
) -> tuple[str, str]:
    """What may stand in the cell and how to put it right."""
    if decision.field == KEY:
        return "下发的行都要保留", "已为您恢复这一行；不用填的留空即可"
    if decision.field not in pack_table.editable:
        return _OFFICE, _ASK_OFFICE
    if not decision.row:
        return "只在下发的行里填写", "请把内容填到对应的那一行，再清空这一行"
    column = pack_table.table.column(decision.field)
    if column.field == "answer" and decision.row in answering:
        return answering[decision.row].allowed, _CORRECT
    return _may_stand(column), _CORRECT


def _may_stand(column: FieldColumn) -> str:
    if column.choices:
        return "、".join(column.choices)
    return "日期，写法：2016-05-01" if column.type == "date" else column.help or "文字或数字"
