"""处理冲突: carry out what the office chose on 冲突."""

from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.names import row_name
from qcity_xl.core.master.numbers import standing_ids
from qcity_xl.core.merge.conflicts import resolve_conflicts
from qcity_xl.core.schema import CONFLICTS
from qcity_xl.core.schema.words import is_refusal
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.data_returns import ResolveData
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Outcome,
    Section,
    change_data,
    change_section,
)
from qcity_xl.steps.shared.target import Target, open_sound


def resolve(target: Target, context: Context) -> Outcome[ResolveData]:
    """Apply the chosen sides; conflicts without a choice stay open."""
    file = open_sound(target)
    resolution = resolve_conflicts(file.master)
    commit(file, as_lines(resolution.changes), context, BY_ID["resolve"].title)
    vain = sum(1 for row in file.master.rows(CONFLICTS).values() if _chosen_in_vain(row))
    refused = f"另有{vain}条是未采用的，选了处理也不采用：请直接改总表，或请单位改好再报。"
    left = tuple((_place(file.master, key), why) for key, why in resolution.left)
    return Outcome(
        f"处理了{resolution.resolved}条冲突，还剩{len(resolution.left)}条",
        {
            "resolved": resolution.resolved,
            "left": [{"row": row, "reason": why} for row, why in resolution.left],
            "changes": len(resolution.changes),
            "changed": change_data(resolution.changes),
        },
        LEFT if resolution.left else DONE,
        sections=(
            Section("没有处理的", (Column("哪一条", "label"), Column("原因")), left),
            change_section(resolution.changes, standing_ids(file.master)),
        ),
        notices=(refused,) if vain else (),
        changes=len(resolution.changes),
    )


def _place(master: Master, key: str) -> str:
    row = master.rows(CONFLICTS)[key]
    name = row_name(text(row, "row"), standing_ids(master))
    return f"「{text(row, 'sheet')}」{name} {text(row, 'column')}"


def _chosen_in_vain(row: Row) -> bool:
    return is_refusal(text(row, "kind")) and bool(text(row, "choice")) and not text(row, "outcome")
