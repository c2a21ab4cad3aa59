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
| row deleted, or given to another unit | changed   | conflict                 |
| row changed  | row deleted                        | conflict                 |
| row same     | row deleted                        | refuse (units delete no rows) |
| absent       | new evidence row                   | add; one row if two added the same |

"Same" and "equal" are `same_meaning`: 1 and 1.0, half and full width, any dash, dates as text.

What the unit says in other files counts as well: see `cell_rules`.

Evidence that two units give alike is one row, of the unit that comes first (in one merge, by
name); the other's cells are kept ones, so that 日志 names its file, its unit and the row.
"""

from collections import ChainMap
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from typing import cast

from qcity_xl.core.changes import KEY
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.merge.cell_rules import (
    ALREADY_SO,
    NO_DELETING,
    NO_EVIDENCE,
    SETTLED,
    FilledCell,
    Sides,
    Verdict,
    listed,
    not_allowed,
    refused_before,
    verdict_on,
)
from qcity_xl.core.merge.decisions import ROW_GONE, WORDS, Action, Decision, changes_of
from qcity_xl.core.merge.matching import (
    IDENTIFYING,
    UNKNOWN_ROW,
    Matched,
    StrayCell,
    columns_of,
    differing,
    evidence_key,
    is_evidence,
    match_rows,
    new_key,
)
from qcity_xl.core.merge.other_versions import OtherVersions
from qcity_xl.core.merge.validation import accept
from qcity_xl.core.merge.versions import CellId
from qcity_xl.core.rounds.pack import PackRow, ReturnedPack
from qcity_xl.core.schema import EVIDENCE, FieldColumn
from qcity_xl.core.schema.base import KEY_COLUMN
from qcity_xl.core.values import Value, same_meaning

NOBODY = OtherVersions()
NOT_YOURS = "这一格不由单位填写"
WITHDRAWN = "本单位先保存的一份填了这一格，这一份又和下发时一样，可能是清空的"
OTHER_EVIDENCE = "本单位更新的一份回收件在这一行填了别的材料，以那份为准"


def decide_pack(
    pack: ReturnedPack, master: Master, others: OtherVersions = NOBODY
) -> list[Decision]:
    """One decision for each difference between a pack and what was sent to its unit.

    `others` are what the unit says in other files.
    """
    if pack.untouched and not others.withdrawn:
        return []
    return [d for found in match_rows(pack) for d in _Side(pack, master, others, found).decide()]


class _Side:
    """One table of one pack against the master."""

    def __init__(
        self, pack: ReturnedPack, master: Master, others: OtherVersions, found: Matched
    ) -> None:
        self.sides = Sides(pack, master, others)
        self.others, self.found = others, found
        self.table = found.table
        self.base = pack.base.get(found.table.table.name, {})
        # The master's rows, under those that this pack makes of them.
        rows = cast("MutableMapping[str, Row]", master.rows(found.table.source))  # it reads alone
        self.ours: ChainMap[str, Row] = ChainMap({}, rows)
        self._contents: dict[str, str] = {}  # what evidence says that this pack makes -> its row

    def decide(self) -> Iterator[Decision]:
        # New evidence last: it may equal what the cells before make of another row.
        slots = {key for key in self.found.known if self._is_slot(key)}
        for key, row in self.found.known.items():
            if key not in slots:
                yield from self._cells(key, row)
        for key, row in self.found.known.items():
            if key in slots:
                yield from self._slot(key, row)
        for key, row in self.found.added.items():
            yield from self._new(row, key, {})
        for stray in self.found.strays:
            yield self._stray(stray)
        for key in self.found.gone:
            yield from self._gone(key)
        for place, brought in self.others.withdrawn.items():
            yield from self._withdrawn(place, brought)

    # -- rows

    def _stray(self, stray: StrayCell) -> Decision:
        """A cell of no row that was sent; what the master has there too is no news."""
        cell = self._cell(stray.row, stray.row.key, stray.column, stray.base)
        if stray.reason == UNKNOWN_ROW and cell.ours and cell.same(cell.mine, cell.theirs):
            return cell.decision(("keep", ALREADY_SO))
        return cell.decision(("refuse", stray.reason))

    def _is_slot(self, key: str) -> bool:
        """Whether a blank line for evidence was sent."""
        return self.table.source is EVIDENCE and not is_evidence(self.base[key])

    def _cells(self, key: str, row: PackRow) -> Iterator[Decision]:
        """A row that was sent, cell by cell."""
        sent = self.base.get(key, {})
        for column in differing(self.table, row.values, sent):
            cell = self._cell(row, key, column, sent.get(column.field))
            action, reason = verdict_on(self.sides, cell)
            if action == "take":
                self._make(key, {**self.ours[key], column.field: cell.theirs})
            yield cell.decision((action, reason))

    def _slot(self, key: str, row: PackRow) -> Iterator[Decision]:
        """A blank line that the unit filled: new evidence, or more of what is there by now.

        Other files of the unit may have other evidence in that line.
        """
        sent, others = self.base[key], self.others
        columns = (c for c in differing(self.table, row.values, {}) if c.field in IDENTIFYING)
        cells = (self._cell(row, key, column, None) for column in columns)
        filled = [cell for cell in cells if not cell.fault]
        new = [(cell.place, cell.theirs) for cell in filled]
        if new and all(others.settled(c.place, c.theirs) or listed(self.sides, c) for c in filled):
            yield from self._cells(key, row)
        elif any(others.disputed(place, value) for place, value in new):
            own_key = new_key(self.sides.pack.identity.unit, row.values, self.base)
            yield from self._new(row, own_key, sent)
        elif key in self.ours or others.wrote(EVIDENCE.name, key):
            yield from self._cells(key, row)
        elif any(others.superseded(place, value) for place, value in new):
            for column in differing(self.table, row.values, sent):
                cell = self._cell(row, key, column, sent.get(column.field))
                yield cell.decision(not_allowed(self.sides, cell) or ("keep", OTHER_EVIDENCE))
        else:
            yield from self._new(row, key, sent)

    def _new(self, row: PackRow, key: str, sent: Row) -> Iterator[Decision]:
        """New evidence: one row, unless the master has one that says the same.

        All its cells are decided, prefilled ones too, since they become part of the new row.
        """
        changed = differing(self.table, row.values, sent)
        filled = differing(self.table, row.values, {})
        cells = [
            self._cell(row, key, column, sent.get(column.field))
            for column in columns_of(self.table)
            if column in changed or column in filled
        ]
        given = {c.column.field: c.theirs for c in cells if not not_allowed(self.sides, c)}
        if not is_evidence(given):
            for cell in (c for c in cells if c.column in changed):
                yield cell.decision(not_allowed(self.sides, cell) or ("refuse", NO_EVIDENCE))
            return
        twin = self._twin(given)
        if twin is None and not self.others.wrote(EVIDENCE.name, key):
            if key in self.ours:  # of an undone merge, kept because the office wrote in it
                yield from self._cells(key, row)
                return
            self._make(key, given)
        for cell in cells:
            yield self._new_cell(cell, twin)

    def _new_cell(self, cell: FilledCell, twin: str | None) -> Decision:
        refused = not_allowed(self.sides, cell)
        if refused:
            return cell.decision(refused)
        if twin is not None:
            cell = replace(cell, ours=self.ours[twin])
            return cell.decision(("keep", f"与{twin}是同样的佐证，不重复登记"))
        if self.others.wrote(*cell.place[:2]):
            return cell.decision(("keep", SETTLED))
        if cell.theirs is None:
            return cell.decision(("keep", "新增的佐证里这一项留空"))
        return cell.decision(("take", "新增佐证"))

    def _twin(self, given: Row) -> str | None:
        """The row of the master that says the same as this new evidence."""
        content, made = _content(given), self.ours.maps[0]
        there = self.sides.master.saying(EVIDENCE, _content, content)
        return next((key for key in there if key not in made), self._contents.get(content))

    def _make(self, key: str, row: Row) -> None:
        if self.table.source is EVIDENCE:
            if key in self.ours.maps[0]:
                self._contents.pop(_content(self.ours[key]), None)
            self._contents[_content(row)] = key
        self.ours[key] = row

    def _gone(self, key: str) -> Iterator[Decision]:
        """A row that was sent and did not come back; nothing for a blank line of evidence."""
        sent, ours = self.base[key], self.ours.get(key)
        if self.table.source is EVIDENCE and not is_evidence(sent):
            return
        cell = FilledCell(PackRow(key, {}, 0), self._place(key, KEY), KEY_COLUMN, key, ours, None)
        if ours is None:
            verdict: Verdict = ("keep", "总表也已没有这一行")
        elif known := listed(self.sides, cell) or refused_before(self.sides, cell):
            verdict = known
        elif self._office_wrote(key, sent, ours):
            verdict = ("conflict", "单位删去了这一行，总表却有新内容")
        else:
            verdict = ("refuse", NO_DELETING)
        yield cell.decision(verdict)

    def _office_wrote(self, key: str, sent: Row, ours: Row) -> bool:
        """Whether the master has something in the unit's cells that the unit did not bring."""
        present = {name: ours.get(name) for name in self.table.editable}
        return any(
            not self.others.brought(self._place(key, column.field), present[column.field])
            for column in differing(self.table, present, sent)
        )

    # -- cells

    def _withdrawn(self, place: CellId, brought: Value) -> Iterator[Decision]:
        """A cell that is as sent again, though the master has what the unit said before."""
        table, key, name = place
        ours = self.ours.get(key)
        if table != self.table.source.name or ours is None or key in self.found.gone:
            return
        column, sent = self.table.source.column(name), self.base[key].get(name)
        cell = FilledCell(PackRow(key, {}, 0), place, column, sent, ours, sent)
        if cell.same(cell.mine, brought):
            yield cell.decision(listed(self.sides, cell) or ("conflict", WITHDRAWN))

    def _place(self, key: str, name: str) -> CellId:
        return (self.table.source.name, key, name)

    def _cell(self, row: PackRow, key: str, column: FieldColumn, base: Value) -> FilledCell:
        place = self._place(key, column.field)
        value = row.values.get(column.field)
        if column.field not in self.table.editable:
            return FilledCell(row, place, column, base, self.ours.get(key), value, NOT_YOURS)
        accepted = accept(self.sides.master, self.table.source, key, column, value)
        ours, taken = self.ours.get(key), accepted.value
        reworded = bool(column.choices) and not accepted.fault
        said = value if reworded and not same_meaning(value, taken) else None
        return FilledCell(row, place, column, base, ours, taken, accepted.fault, said)


def _content(row: Row) -> str:
    return evidence_key("", row)


__all__ = ["ROW_GONE", "WORDS", "Action", "Decision", "changes_of", "decide_pack"]
