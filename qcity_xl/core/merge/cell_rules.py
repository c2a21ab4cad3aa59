"""What becomes of one cell in which a unit wrote something: rules, tried in order.

The first rule that applies decides. The case table stands in `decide`. A unit may send several
files (`others`); then these cases come first, in this order:

| what was said before or elsewhere by the same unit   | decision                         |
|------------------------------------------------------|----------------------------------|
| not allowed; a newer or rival file has it right      | keep ours: that one decides      |
| this difference stands on 冲突, open                 | conflict (listed once)           |
| this difference stands on 冲突, dealt with           | keep ours                        |
| it was refused for what stood elsewhere, open        | refuse (listed once)             |
| this value was merged before                         | keep ours, whatever happened since |
| a newer file says something else                     | keep ours: the newer one decides |
| a rival file at hand says something else             | conflict, in both                |
| a later saved rival may have cleared it              | conflict                         |
| the master holds what an older file of it says       | as if ours were the same         |
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from qcity_xl.core.master.conflict_ids import listed_row
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.merge.decisions import ROW_GONE, Action, Decision
from qcity_xl.core.merge.other_versions import OtherVersions
from qcity_xl.core.merge.versions import CellId, Version
from qcity_xl.core.rounds.pack import PackRow, ReturnedPack
from qcity_xl.core.schema import ASSIGNMENTS, BY_NAME, CRITERIA, EVIDENCE, FieldColumn
from qcity_xl.core.schema.pack import PACK
from qcity_xl.core.text import fold, shorten
from qcity_xl.core.values import Value, same_meaning

Verdict = tuple[Action, str]  # with the reason, in Chinese
DEALT_WITH = "这处冲突已经处理过，按当时的选择"
SETTLED = "这个内容已经合并过，总表后来的改动不动"
NO_EVIDENCE = "只填了零散内容，没有材料名称、文号、日期或位置"
NO_DELETING = "单位不能删行，总表保留"
ALREADY_SO = "总表已是这个内容"
_PACK_OF = {table.source.name: table.table for table in PACK}


@dataclass(frozen=True, slots=True)
class FilledCell:
    """One cell that the unit filled otherwise than sent; `ours` is None where the row is gone."""

    row: PackRow
    place: CellId
    column: FieldColumn
    base: Value
    ours: Row | None
    theirs: Value
    fault: str = ""
    said: Value = None  # as it was written, where that was another word for it

    @property
    def mine(self) -> Value:
        """What the master holds."""
        return None if self.ours is None else self.ours.get(self.column.field)

    def same(self, one: Value, other: Value) -> bool:
        """Whether two values mean the same in this column."""
        return same_meaning(one, other, self.column.type)

    def decision(self, verdict: Verdict) -> Decision:
        """The decision that a verdict makes."""
        action, reason = verdict
        table, key, name = self.place
        mine = ROW_GONE if self.ours is None and action == "conflict" else self.mine
        sheet, line = _PACK_OF[table].sheet, self.row.line
        return Decision(action, table, key, name, self.base, mine, self.theirs, reason, sheet, line)


@dataclass(frozen=True)
class Sides:
    """The pack, the master, and what the unit says in other files."""

    pack: ReturnedPack
    master: Master
    others: OtherVersions

    @cached_property
    def papers(self) -> Mapping[str, Row]:
        """The rows of evidence as they came back."""
        return {row.key: row.values for row in self.pack.rows[_PACK_OF[EVIDENCE.name].name]}


def verdict_on(sides: Sides, cell: FilledCell) -> Verdict:
    """What the first rule that has something to say says."""
    return next(verdict for rule in _RULES if (verdict := rule(sides, cell)))


def not_allowed(_: Sides, cell: FilledCell) -> Verdict | None:
    """Refused: not the unit's cell, or not what may stand there."""
    return ("refuse", cell.fault) if cell.fault else None


def _corrected(sides: Sides, cell: FilledCell) -> Verdict | None:
    others = sides.others
    if not cell.fault:
        return None
    right = others.superseded(cell.place, cell.theirs) or others.disputed(cell.place, cell.theirs)
    if right is None:
        return None
    return "keep", f"{cell.fault}；本单位另一份回收件填的是“{_shown(right, cell)}”，以那份为准"


def _already_so(_: Sides, cell: FilledCell) -> Verdict | None:
    if cell.ours is None or not cell.same(cell.mine, cell.theirs):
        return None
    return "keep", ALREADY_SO


def listed(sides: Sides, cell: FilledCell) -> Verdict | None:
    """What 冲突 says of it already."""
    key = cell.decision(("conflict", "")).listed_as(sides.pack.identity)
    row = listed_row(sides.master, key)
    if row is None:
        return None
    if text(row, "outcome"):
        return "keep", DEALT_WITH
    if text(row, "second_id") == key:  # the reason there is told of the first value
        return "conflict", _another_says(text(row, "theirs") or None)
    return "conflict", text(row, "reason")


def refused_before(sides: Sides, cell: FilledCell) -> Verdict | None:
    """What was refused because of what stood elsewhere at that time stays so: a line that named no
    evidence before another file named some, a deleted row that nobody had written in.
    """
    decision = cell.decision(("refuse", ""))
    row = listed_row(sides.master, decision.listed_as(sides.pack.identity)) or {}
    reason = text(row, "reason")
    if reason not in (NO_EVIDENCE, NO_DELETING):
        return None
    return ("keep", DEALT_WITH) if text(row, "outcome") else ("refuse", reason)


def _settled(sides: Sides, cell: FilledCell) -> Verdict | None:
    return ("keep", SETTLED) if sides.others.settled(cell.place, cell.theirs) else None


def _superseded(sides: Sides, cell: FilledCell) -> Verdict | None:
    newer = sides.others.superseded(cell.place, cell.theirs)
    if newer is None:
        return None
    which = "另一份更全的" if newer.round == sides.pack.identity.round else newer.round
    return "keep", f"本单位{which}回收件填的是“{_shown(newer, cell)}”，以那份为准"


def _disputed(sides: Sides, cell: FilledCell) -> Verdict | None:
    rival = sides.others.disputed(cell.place, cell.theirs)
    if rival is None or (rival.merged and not cell.same(rival.values[cell.place], cell.mine)):
        return None
    return "conflict", _another_says(rival.values[cell.place])


def _another_says(value: Value) -> str:
    return f"本单位另一份回收件填的是“{_short(value)}”，分不出先后"


def _cleared(sides: Sides, cell: FilledCell) -> Verdict | None:
    if not sides.others.cleared(cell.place):
        return None
    return "conflict", "本单位另一份保存得更晚的回收件里，这一格和下发时一样，可能是清空的"


def _row_gone(_: Sides, cell: FilledCell) -> Verdict | None:
    return ("conflict", "总表已删去这一行") if cell.ours is None else None


def _elsewhere(sides: Sides, cell: FilledCell) -> Verdict | None:
    """What the row was sent with, or evidence that it names, stands beside an id by now that was
    sent or came back with something else, or the row is another unit's: somebody moved cells of
    the master.
    """
    table, key, _ = cell.place
    ours, pack = cell.ours or {}, _PACK_OF[table].name
    states = [("下发时", sides.pack.base[pack])]
    names: tuple[str, ...] = ("text",)
    shown: Callable[[Row], tuple[str, ...]] = _text
    if table == EVIDENCE.name:
        names, shown = ("title", "number"), _title
        states.append(("回收件里", sides.papers))
    registry, unit = sides.master.registry, sides.pack.identity.unit
    others = text(ours, "unit") not in ("", unit, registry.find(unit))
    known = [(when, rows) for when, rows in states if any(shown(rows.get(key, {})))]
    if shown(ours) in [shown(rows[key]) for _, rows in known]:
        return None
    held = sides.master.tables[table]
    for when, rows in known:
        was = shown(rows[key])
        moved = any(
            shown(rows[k]) != was if k in rows else text(held[k], "unit") == unit
            for k in sides.master.saying(BY_NAME[table], shown, was)
        )
        if moved or others:
            said = shorten(" ".join(text(rows[key], name) for name in names).strip(), 40)
            return "conflict", f"{when}这一行是“{said}”，总表里它现在在别的行，请核对填的是哪一行"
    return None


def _text(row: Row) -> tuple[str, ...]:
    return (fold(text(row, "text")),)


def _title(row: Row) -> tuple[str, ...]:
    return fold(text(row, "title")), fold(text(row, "number"))


def _reassigned(sides: Sides, cell: FilledCell) -> Verdict | None:
    table, key, _ = cell.place
    ours = cell.ours or {}
    if table == ASSIGNMENTS.name:
        sent = sides.pack.base[_PACK_OF[table].name][key]
        if sent.get("role") and not text(ours, "role"):
            return "conflict", "下发之后任务已改派，这一行不再由本单位填报"
    if table == CRITERIA.name and text(ours, "owner"):
        registry = sides.master.registry
        owner = registry.find(text(ours, "owner")) or text(ours, "owner")
        if owner != (registry.find(sides.pack.identity.unit) or sides.pack.identity.unit):
            return "conflict", f"下发之后已改由{owner}自评"
    return None


def _three_way(sides: Sides, cell: FilledCell) -> Verdict:
    others = sides.others
    own = [others.own(cell.place, cell.base), *others.before(cell.place)]
    if any(cell.same(cell.mine, value) for value in own):
        return "take", f"单位写的是“{cell.said}”" if cell.said is not None else ""
    return "conflict", "下发之后总表也改过"


_Rule = Callable[[Sides, FilledCell], Verdict | None]
_RULES: tuple[_Rule, ...] = (
    _corrected,
    not_allowed,
    _already_so,
    listed,
    refused_before,
    _settled,
    _superseded,
    _disputed,
    _cleared,
    _row_gone,
    _elsewhere,
    _reassigned,
    _three_way,
)


def _shown(version: Version, cell: FilledCell) -> str:
    return _short(version.values[cell.place])


def _short(value: Value) -> str:
    return "（空）" if value is None else shorten(str(value), 40)
