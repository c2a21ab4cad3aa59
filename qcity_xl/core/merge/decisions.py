"""What becomes of a difference, and the changes that taking it makes: decisions are data."""

from dataclasses import dataclass
from typing import Literal

from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.master.conflict_ids import conflict_id
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.merge.successors import current_name
from qcity_xl.core.rounds.pack import Identity, ReturnedPack
from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.schema.words import AWAITING, CONFLICT, KEPT, PASSED, REFUSED, SENT_BACK
from qcity_xl.core.text import shorten
from qcity_xl.core.values import Value, same_meaning

Action = Literal["take", "keep", "conflict", "refuse"]
WORDS: dict[Action, str] = {"take": "采用", "keep": KEPT, "conflict": CONFLICT, "refuse": REFUSED}
ONLY_WRITING = "与下发的只是写法不同，按没有改动处理"
_LONGEST_REFUSED = 300  # characters of it on 日志 and 冲突
ROW_GONE = "（行已删除）"
REVIEWED = (PASSED, SENT_BACK)  # 审核 of evidence


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

    @property
    def place(self) -> str:
        """The row that it is about; where a row has no id, its line on the pack's sheet."""
        return self.row or f"第{self.line}行"

    @property
    def passed_over(self) -> bool:
        """Whether the master keeps something else than what was said."""
        differs = not same_meaning(self.ours, self.theirs)
        return self.action == "keep" and differs and self.reason != ONLY_WRITING

    @property
    def listed_value(self) -> Value:
        """What the unit said, as 日志 and 冲突 keep it: a long text that was refused is cut, since
        nothing is ever made of it and the file itself is kept.
        """
        long = self.action == "refuse" and isinstance(self.theirs, str)
        return shorten(str(self.theirs), _LONGEST_REFUSED) if long else self.theirs

    def listed_as(self, identity: Identity) -> str:
        """Its row id on 冲突: the same file again, or another that says the same, is not new."""
        place = self.table, self.row or str(self.line), self.field
        return conflict_id(self.action, (identity.round, identity.unit), place, self.theirs)


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
    for decision in decisions:  # what was prepared stands where the unit's words are refused
        values = new_rows.get((decision.table, decision.row))
        if values is not None and decision.action == "refuse" and decision.base is not None:
            values.setdefault(decision.field, decision.base)
    for (table, row), values in new_rows.items():
        unit = current_name(master, pack.identity.unit)
        given = {"unit": unit, "state": AWAITING, "round": pack.identity.round}
        changes += added_row(table, row, {**values, **given})
    for table, row in touched:
        present = master.tables[table][row]
        if "round" in present and not same_meaning(present["round"], pack.identity.round):
            changes.append(Change(table, row, "round", present["round"], pack.identity.round))
        changes += reopened(table, row, present)
    return changes


def reopened(table: str, row: str, present: Row) -> list[Change]:
    """Evidence that the unit changed after it was reviewed waits for a review again."""
    state = present.get("state")
    if table != EVIDENCE.name or state not in REVIEWED:
        return []
    return [Change(table, row, "state", state, AWAITING)]
