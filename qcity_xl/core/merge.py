"""Three-way merge of returned packs: decide first, apply after.

| ours vs base | theirs vs base                     | decision                 |
|--------------|------------------------------------|--------------------------|
| same         | same                               | nothing                  |
| same         | changed                            | take theirs              |
| changed      | same                               | keep ours (nothing said) |
| changed      | changed, equal in meaning          | keep ours                |
| changed      | changed, different                 | conflict                 |
| any          | changed where the unit may not     | refuse                   |
| any          | changed to what is not allowed     | refuse                   |
| row deleted  | row changed                        | conflict                 |
| row changed  | row deleted                        | conflict                 |
| row same     | row deleted                        | refuse (units delete no rows) |
| absent       | new evidence row                   | add; one row if two added the same |

"Same" and "equal" are `same_meaning`: 1 and 1.0, half and full width, any dash, dates as text.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from qcity_xl.core.accept import Accepted, accept
from qcity_xl.core.changes import KEY, Change, added_row
from qcity_xl.core.master import Master, Row, text
from qcity_xl.core.packs import PackRow, ReturnedPack
from qcity_xl.core.schema import EVIDENCE, Column
from qcity_xl.core.schema.pack import PACK, PackTable
from qcity_xl.core.values import Value, canonical, same_meaning

Action = Literal["take", "keep", "conflict", "refuse"]
_IDENTIFYING = ("title", "number", "dated", "location")  # what makes an evidence row one
ROW_GONE = "（行已删除）"


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one difference; `table` and `field` are the master's, `line` the pack's."""

    action: Action
    table: str
    row: str
    field: str
    base: Value
    ours: Value
    theirs: Value
    reason: str = ""
    sheet: str = ""
    line: int = 0

    def change(self) -> Change:
        """The change that taking it makes."""
        return Change(self.table, self.row, self.field, self.ours, self.theirs)


def decide_pack(pack: ReturnedPack, master: Master) -> list[Decision]:
    """One decision for each difference between a pack and what was sent to its unit."""
    read = (table for table in PACK if table.table.name in pack.rows)
    return [decision for table in read for decision in _Side(pack, master, table).decide()]


def changes_of(decisions: list[Decision], master: Master, pack: ReturnedPack) -> list[Change]:
    """The changes that the taken decisions make, each touched row marked with the round."""
    taken = [decision for decision in decisions if decision.action == "take"]
    changes: list[Change] = []
    new_rows: dict[tuple[str, str], dict[str, Value]] = {}
    touched: dict[tuple[str, str], None] = {}
    for decision in taken:
        place = (decision.table, decision.row)
        if decision.row in master.tables.get(decision.table, {}):
            changes.append(decision.change())
            touched[place] = None
        else:
            new_rows.setdefault(place, {})[decision.field] = decision.theirs
    for (table, row), values in new_rows.items():
        given = {"unit": pack.identity.unit, "state": "待审", "round": pack.identity.round}
        values.pop(KEY, None)
        changes += added_row(table, row, {**values, **given})
    for table, row in touched:
        present = master.tables[table][row]
        if "round" in present and not same_meaning(present["round"], pack.identity.round):
            changes.append(Change(table, row, "round", present["round"], pack.identity.round))
    return changes


class _Side:
    """One table of one pack against the master."""

    def __init__(self, pack: ReturnedPack, master: Master, table: PackTable) -> None:
        self.pack, self.master, self.table = pack, master, table
        self.base = pack.base.get(table.table.name, {})
        self.ours = master.tables.get(table.source.name, {})
        # 怎么填 and the like are the pack's own; only columns of the master can differ.
        own = table.source.fields
        self.columns = [c for c in table.table.columns if c.field in own and c.field != KEY]

    def decide(self) -> Iterator[Decision]:
        seen: dict[str, PackRow] = {}
        for row in self.pack.rows[self.table.table.name]:
            if row.key in seen:
                yield from self._again(row, seen[row.key])
            elif row.key in self.base:
                seen[row.key] = row
                yield from self._known(row)
            else:
                yield from self._stranger(row)
        for key, base in self.base.items():
            if key not in seen:
                yield from self._gone(key, base)

    def _known(self, row: PackRow) -> Iterator[Decision]:
        base, ours = self.base[row.key], self.ours.get(row.key)
        changed = [c for c in self.columns if self._differs(c, row.values, base)]
        if ours is None and self.table.source is EVIDENCE and not _is_evidence(base):
            if any(text(row.values, name) for name in _IDENTIFYING):
                yield from self._new(row, row.key)
            else:
                yield from (
                    self._refuse(row, c, base, "只填了零散内容，没有材料名称、文号或位置")
                    for c in changed
                )
            return
        for column in changed:
            yield self._cell(row, column, base.get(column.field), ours)

    def _cell(self, row: PackRow, column: Column, base: Value, ours: Row | None) -> Decision:
        """One changed cell of a row that was sent."""
        field, theirs = column.field, row.values.get(column.field)
        if field not in self.table.editable:
            return self._decision("refuse", row, field, base, ours, theirs, "这一格不由单位填写")
        accepted = self._accept(row.key, column, theirs)
        if accepted.fault:
            return self._decision("refuse", row, field, base, ours, theirs, accepted.fault)
        theirs = accepted.value
        if ours is None:
            return self._decision("conflict", row, field, base, ours, theirs, "总表已删去这一行")
        mine = ours.get(field)
        if same_meaning(mine, theirs, column.type):
            return self._decision("keep", row, field, base, ours, theirs, "总表已是这个内容")
        if same_meaning(mine, base, column.type):
            return self._decision("take", row, field, base, ours, theirs)
        return self._decision("conflict", row, field, base, ours, theirs, "下发之后总表也改过")

    def _accept(self, key: str, column: Column, value: Value) -> Accepted:
        return accept(self.master, self.table.source, key, column, value)

    def _stranger(self, row: PackRow) -> Iterator[Decision]:
        """A row that was not sent: new evidence, or something that has no place."""
        filled = [c for c in self.columns if row.values.get(c.field) is not None]
        if not filled:
            return
        if self.table.source is EVIDENCE and any(c.field in _IDENTIFYING for c in filled):
            yield from self._new(row, evidence_key(self.pack.identity.unit, row.values))
            return
        for column in filled:
            if self.table.source is EVIDENCE or column.field in self.table.editable:
                yield self._refuse(row, column, {}, "这一行不是下发的行，认不出属于哪一条")

    def _again(self, row: PackRow, first: PackRow) -> Iterator[Decision]:
        """A second row with the same id: a copy says nothing, new evidence counts as new."""
        differing = [c for c in self.columns if self._differs(c, row.values, first.values)]
        if not differing:
            return
        if self.table.source is EVIDENCE and any(text(row.values, n) for n in _IDENTIFYING):
            yield from self._new(row, evidence_key(self.pack.identity.unit, row.values))
            return
        for column in differing:
            if self._differs(column, row.values, self.base[row.key]):
                yield self._refuse(row, column, self.base[row.key], "同一行出现两次，按第一次的算")

    def _new(self, row: PackRow, key: str) -> Iterator[Decision]:
        """A new evidence row, unless the master has one that says the same."""
        twin = self._twin(row, key)
        for column in self.columns:
            value = row.values.get(column.field)
            if value is None or column.field not in self.table.editable:
                continue
            accepted = self._accept(key, column, value)
            if accepted.fault:
                yield self._refuse(row, column, {}, accepted.fault)
            elif twin is not None:
                reason = "已有同样的佐证，不重复登记"
                yield self._decision("keep", row, column.field, None, twin, accepted.value, reason)
            else:
                yield Decision(
                    "take",
                    EVIDENCE.name,
                    key,
                    column.field,
                    None,
                    None,
                    accepted.value,
                    "新增佐证",
                    self.table.table.sheet,
                    row.line,
                )

    def _twin(self, row: PackRow, key: str) -> Row | None:
        if key in self.ours:
            return self.ours[key]
        wanted = evidence_key("", row.values)
        return next((r for r in self.ours.values() if evidence_key("", r) == wanted), None)

    def _gone(self, key: str, base: Row) -> Iterator[Decision]:
        """A row that was sent and did not come back."""
        ours = self.ours.get(key)
        if ours is None:
            return
        edited = [f for f in self.table.editable if not same_meaning(ours.get(f), base.get(f))]
        action: Action = "conflict" if edited else "refuse"
        why = "单位删去了这一行，总表却有新内容" if edited else "单位不能删行，总表保留"
        yield self._decision(action, PackRow(key, {}, 0), KEY, key, ours, None, why)

    def _differs(
        self, column: Column, one: Mapping[str, Value], other: Mapping[str, Value]
    ) -> bool:
        return not same_meaning(one.get(column.field), other.get(column.field), column.type)

    def _refuse(self, row: PackRow, column: Column, base: Row, reason: str) -> Decision:
        field = column.field
        return self._decision(
            "refuse",
            row,
            field,
            base.get(field),
            self.ours.get(row.key),
            row.values.get(field),
            reason,
        )

    def _decision(
        self,
        action: Action,
        row: PackRow,
        field: str,
        base: Value,
        ours: Row | None,
        theirs: Value,
        reason: str = "",
    ) -> Decision:
        mine = ROW_GONE if ours is None and action == "conflict" else (ours or {}).get(field)
        return Decision(
            action,
            self.table.source.name,
            row.key,
            field,
            base,
            mine,
            theirs,
            reason,
            self.table.table.sheet,
            row.line,
        )


def _is_evidence(row: Row) -> bool:
    return any(row.get(name) is not None for name in _IDENTIFYING)


def evidence_key(unit: str, row: Mapping[str, Value]) -> str:
    """Row id of evidence that came without one, from what it says: the same again is the same."""
    names = ("criteria", "kind", *_IDENTIFYING)
    parts = [unit, *(canonical(row.get(n), EVIDENCE.column(n).type) for n in names)]
    return "E" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
